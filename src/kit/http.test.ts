import type { lookup } from 'node:dns'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { isRefusedAddress } from './address-guard.ts'
import { fakeClock } from './clock.ts'
import { HttpFailed, openHttp } from './http.ts'

const closing: (() => void)[] = []
const closeAll = () => {
  for (const close of closing.splice(0)) close()
}
afterEach(closeAll)

async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1')
  await new Promise((done) => server.once('listening', done))
  closing.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
const GET = { method: 'GET', headers: {}, timeoutMs: 5000 }
const failure = (call: Promise<unknown>): Promise<HttpFailed> =>
  call.then(
    () => expect.fail('should have failed'),
    (error: unknown) => {
      expect(error).toBeInstanceOf(HttpFailed)
      return error as HttpFailed
    },
  )
/** A resolver that answers what a test says, each time something else. */
const resolver = (...answers: string[]) => {
  let asked = 0
  const resolve = ((_: string, __: object, callback: (e: null, a: { address: string; family: number }[]) => void) =>
    callback(null, [{ address: answers[Math.min(asked++, answers.length - 1)] ?? '', family: 4 }])) as unknown as typeof lookup
  return { resolve, asked: () => asked }
}

test('an answer comes with status, headers and body', async () => {
  const at = await serve((request, response) => response.writeHead(201, { 'X-Seen': request.headers['x-hello'] ?? '' }).end('å'))
  expect(await openHttp({ allowLoopback: true })(`${at}/a`, { ...GET, method: 'POST', headers: { 'x-hello': 'hej' }, body: '{"a":"ö"}' })).toMatchObject({
    status: 201,
    headers: { 'x-seen': 'hej' },
    body: 'å',
  })
})

test('private, link-local, loopback and mapped addresses are refused', () => {
  const never = [
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    'fe80::1',
    'fe80::1%eth0',
    'fd00::1',
    'fec0::1',
    'ff02::1',
    '::',
    '::ffff:10.0.0.1',
    '::ffff:a9fe:a9fe',
    '64:ff9b::a00:1',
    '::10.0.0.1',
    '2002:a00:1::',
    'localhost',
    '',
  ]
  expect(never.filter((a) => !isRefusedAddress(a, true))).toEqual([])
  const own = ['127.0.0.1', '127.8.8.8', '::1', '::ffff:127.0.0.1']
  expect(own.filter((a) => !isRefusedAddress(a, false))).toEqual([])
  expect(own.filter((a) => isRefusedAddress(a, true))).toEqual([])
  expect(['93.184.216.34', '172.32.0.1', '100.128.0.1', '2606:2800:220:1::1', '::ffff:93.184.216.34'].filter((a) => isRefusedAddress(a, false))).toEqual([])
})

test('a refused address is refused however it is written, and nothing is sent', async () => {
  const call = openHttp({ allowLoopback: false })
  for (const url of [
    'http://127.0.0.1:1',
    'http://[::1]',
    'http://2130706433',
    'http://0x7f.1',
    'http://[::ffff:127.0.0.1]',
    'http://169.254.169.254/latest',
    'ftp://example.com',
    'not an address',
    'http://user:word@example.com',
  ]) {
    expect(await failure(call(url, GET)), url).toMatchObject({ kind: 'refused-address', sent: false })
  }
})

test('one port on this machine may be opened alone, and opens nothing else', async () => {
  const at = await serve((_, response) => response.end('the demo shop'))
  const call = openHttp({ allowLoopback: false, alsoAllow: (host) => host === new URL(at).host || host === '10.0.0.1' })
  expect((await call(at, GET)).body).toBe('the demo shop')
  for (const url of ['http://127.0.0.1:1', at.replace('127.0.0.1', 'localhost'), 'http://10.0.0.1'])
    expect(await failure(call(url, GET)), url).toMatchObject({ kind: 'refused-address', sent: false })
})

test('a name that resolves to a private address is refused', async () => {
  const { resolve } = resolver('192.168.1.10')
  expect(await failure(openHttp({ allowLoopback: true, resolve })('http://shop.example', GET))).toMatchObject({ kind: 'refused-address', sent: false })
})

test('a name is resolved once per connection and that address is the one called', async () => {
  const at = await serve((_, response) => response.end('the judged one'))
  const names = resolver('127.0.0.1', '10.0.0.1')
  const call = openHttp({ allowLoopback: true, resolve: names.resolve })
  expect((await call(at.replace('127.0.0.1', 'shop.example'), GET)).body).toBe('the judged one')
  expect(names.asked()).toBe(1)
})

test('redirects are handed back, not followed', async () => {
  let calls = 0
  const at = await serve((_, response) => {
    calls++
    response.writeHead(302, { location: 'http://169.254.169.254/' }).end()
  })
  expect(await openHttp({ allowLoopback: true })(at, GET)).toMatchObject({ status: 302, headers: { location: 'http://169.254.169.254/' } })
  expect(calls).toBe(1)
})

test('more than 20 MB is cut off', async () => {
  const at = await serve((_, response) => {
    for (let n = 0; n < 22; n++) response.write(Buffer.alloc(1024 * 1024))
    response.end()
  })
  expect(await failure(openHttp({ allowLoopback: true })(at, GET))).toMatchObject({ kind: 'too-large', sent: true })
})

test('time is capped by the clock, and the request counts as sent', async () => {
  const clock = fakeClock()
  const at = await serve(() => clock.advance(5000))
  expect(await failure(openHttp({ allowLoopback: true, clock })(at, GET))).toMatchObject({ kind: 'timeout', sent: true })
})

test('a name or port nobody answers at was never sent', async () => {
  const at = await serve(() => {})
  closeAll()
  expect(await failure(openHttp({ allowLoopback: true })(at, GET))).toMatchObject({ kind: 'unreachable', sent: false, because: null })
})

test('a name nobody knows, and a line that can’t be trusted, are told apart: nothing was sent', async () => {
  const resolve = ((name: string, _: object, callback: (e: Error, a: []) => void) =>
    callback(Object.assign(new Error(name), { code: 'ENOTFOUND' }), [])) as unknown as typeof lookup
  expect(await failure(openHttp({ allowLoopback: true, resolve })('https://shop.invalid', GET))).toMatchObject({ kind: 'unreachable', sent: false, because: 'name-unknown' })
  const plain = await serve((_, response) => response.end())
  const call = openHttp({ allowLoopback: true })(plain.replace('http:', 'https:'), GET)
  expect(await failure(call)).toMatchObject({ kind: 'unreachable', sent: false, because: 'certificate-wrong' })
})

test('an answer that breaks off was sent', async () => {
  const at = await serve((_, response) => {
    response.writeHead(200, { 'content-length': '100' })
    response.write('half')
    response.socket?.destroySoon()
  })
  expect(await failure(openHttp({ allowLoopback: true })(at, GET))).toMatchObject({ kind: 'unreachable', sent: true })
})
