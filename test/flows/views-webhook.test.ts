/** A view's webhook: "there is something to read", to a real server on this machine, by a clock that only the test moves. */
import { createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openHttp } from '../../src/kit/http.ts'
import { sendDue } from '../../src/sync/webhooks.ts'
import { type Owner, openWeb, type Web } from './web.ts'

const SECOND = 1_000
const HOUR = 3_600_000
let web: Web
let owner: Owner
let receiver: Server
let url: string
let answers: number[] = []
let heard: { headers: IncomingMessage['headers']; body: string }[] = []
let made = 0

beforeAll(async () => {
  web = await openWeb()
  receiver = createServer((request, answer) => {
    let body = ''
    request.on('data', (part) => {
      body += part
    })
    request.on('end', () => {
      heard.push({ headers: request.headers, body })
      const status = answers.shift() ?? 204
      answer.writeHead(status, status === 302 ? { location: 'http://127.0.0.1:1/' } : {}).end()
    })
  })
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/lagerbro`
})
beforeEach(async () => {
  owner = await web.owner('Ull & Lin')
  heard = []
  answers = []
})
afterAll(async () => {
  receiver.closeAllConnections()
  receiver.close()
  await web.close()
})

async function view() {
  const { id, key } = await owner.does('views.make', { body: { name: 'Affärssystemet', byNumber: true, joinsProducts: true } })
  const params = { viewId: id }
  const { secret } = await owner.does('views.webhook', { params, body: { url } })
  return { params, secret: String(secret), reader: web.withKey(key), shown: async () => (await owner.does('views.show', { params })).webhook }
}
const article = () => owner.does('articles.make', { body: { number: `W-${++made}`, name: 'Vara' } })
/** As the worker does it, over and over. */
const send = (deps = web.deps) => sendDue(deps, owner.companyId)
const verified = (secret: string, { headers, body }: (typeof heard)[number]) =>
  String(headers['webhook-signature'])
    .split(' ')
    .includes(
      `v1,${createHmac('sha256', Buffer.from(secret.replace('whsec_', ''), 'base64'))
        .update(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`)
        .digest('base64')}`,
    )

test('V20: one thin, signed message for many changes, and none when there is nothing new to read', async () => {
  const v = await view()
  await send()
  expect(heard).toHaveLength(0)
  await article()
  await article()
  await send()
  expect(heard).toHaveLength(1)
  const { head } = await v.reader.does('views.changes', { params: v.params })
  expect(JSON.parse(heard[0]?.body ?? '')).toEqual({ type: 'changes.available', view: v.params.viewId, head })
  expect(heard[0] && verified(v.secret, heard[0])).toBe(true)
  expect(heard[0]?.headers['webhook-timestamp']).toBe(String(Math.floor(web.clock.now().getTime() / 1000)))
  await article()
  await send()
  expect(heard).toHaveLength(1)
  await web.clock.advance(6 * SECOND)
  await send()
  expect(heard).toHaveLength(2)
  expect(heard[1]?.headers['webhook-id']).not.toBe(heard[0]?.headers['webhook-id'])
  await web.clock.advance(6 * SECOND)
  await send()
  expect(heard).toHaveLength(2)
  // Read and acknowledged before the message was due: nothing is sent.
  await article()
  const page = await v.reader.does('views.changes', { params: v.params, query: { limit: 500 } })
  await v.reader.does('views.ack', { params: v.params, body: { cursor: page.nextCursor } })
  await send()
  expect(heard).toHaveLength(2)
  // A resend queues as fast as the reader reads: that it has begun is worth a message.
  await owner.does('views.resend', { params: v.params, body: {} })
  await send()
  expect(heard).toHaveLength(3)
})

test('V20: what doesn’t arrive is tried again with the same id after 5 s, 5 min, 30 min ..., and the view says so', async () => {
  const v = await view()
  answers = [500, 302, 503]
  await article()
  await send()
  expect(await v.shown()).toMatchObject({ state: 'failing', lastStatus: 500, nextTryAt: new Date(web.clock.now().getTime() + 5 * SECOND).toISOString() })
  await send()
  expect(heard).toHaveLength(1)
  await web.clock.advance(5 * SECOND)
  await send()
  // A redirect is a failure, and nobody follows it.
  expect(await v.shown()).toMatchObject({ state: 'failing', lastStatus: 302 })
  await web.clock.advance(300 * SECOND)
  await send()
  expect(new Set(heard.map((each) => each.headers['webhook-id'])).size).toBe(1)
  expect(heard.map((each) => verified(v.secret, each))).toEqual([true, true, true])
  await web.clock.advance(HOUR / 2)
  await send()
  expect(await v.shown()).toMatchObject({ state: 'active', lastStatus: 204, failingSince: null, nextTryAt: null })
  expect(heard).toHaveLength(4)
})

test('V20: an address that is dead for a week pauses it and never deletes it; reading goes on; a test that arrives ends the pause', async () => {
  const v = await view()
  answers = Array(40).fill(500)
  const since = web.clock.now().toISOString()
  await article()
  for (let hour = 0; hour <= 8 * 24; hour += 4) {
    await send()
    await web.clock.advance(4 * HOUR)
  }
  expect(await v.shown()).toMatchObject({ url, state: 'paused', failingSince: since, lastStatus: 500, nextTryAt: null })
  const tries = heard.length
  expect(tries).toBeLessThan(20)
  await article()
  await send()
  expect(heard).toHaveLength(tries)
  expect((await v.reader.does('views.changes', { params: v.params })).items.length).toBeGreaterThan(0)
  answers = [500]
  const press = (kind: 'test' | 'replay') => owner.does('views.webhook-test', { params: v.params, body: { kind } })
  expect(await press('test')).toEqual({ delivered: false, status: 500, error: null })
  expect(await v.shown()).toMatchObject({ state: 'paused' })
  expect(await press('test')).toEqual({ delivered: true, status: 204, error: null })
  expect(JSON.parse(heard.at(-1)?.body ?? '')).toMatchObject({ type: 'test', view: v.params.viewId })
  expect(await v.shown()).toMatchObject({ state: 'active', failingSince: null })
  await send()
  expect(JSON.parse(heard.at(-1)?.body ?? '')).toMatchObject({ type: 'changes.available' })
  await press('replay')
  expect(JSON.parse(heard.at(-1)?.body ?? '')).toMatchObject({ type: 'changes.available' })
})

test('V20: 410 pauses it at once; set again it goes on', async () => {
  const v = await view()
  answers = [410]
  await article()
  await send()
  expect(await v.shown()).toMatchObject({ state: 'paused', lastStatus: 410 })
  expect(await owner.does('views.webhook', { params: v.params, body: { url } })).toMatchObject({ state: 'active', secret: null })
  await send()
  expect(await v.shown()).toMatchObject({ state: 'active', lastStatus: 204 })
})

test('V20: a new secret signs beside the old one for a day; the secret is shown once and lies sealed', async () => {
  const v = await view()
  const { secret } = await owner.does('views.webhook', { params: v.params, body: { url, newSecret: true } })
  expect(secret).toMatch(/^whsec_/)
  expect(secret).not.toBe(v.secret)
  const press = () => owner.does('views.webhook-test', { params: v.params, body: {} })
  await press()
  expect([v.secret, String(secret)].map((each) => heard[0] && verified(each, heard[0]))).toEqual([true, true])
  await web.clock.advance(25 * HOUR)
  await press()
  expect([v.secret, String(secret)].map((each) => heard[1] && verified(each, heard[1]))).toEqual([false, true])
  expect(JSON.stringify(await owner.does('views.show', { params: v.params }))).not.toContain('whsec_')
  const { settings } = await web.data.owner.one<{ settings: Buffer }>({ text: 'select settings from listener where id = $1', values: [v.params.viewId] })
  expect(settings.toString('latin1')).not.toMatch(/whsec_|127\.0\.0\.1/)
  await owner.does('views.drop-webhook', { params: v.params })
  expect(await v.shown()).toBeNull()
  expect(await owner.call('views.webhook-test', { params: v.params, body: {} })).toMatchObject({ status: 409, body: { code: 'no-webhook' } })
})

test('V20: private addresses, http and passwords are refused; this machine only where whoever runs it allows that', async () => {
  const v = await view()
  const set = (to: string) => owner.call('views.webhook', { params: v.params, body: { url: to } })
  for (const wrong of [
    'http://erp.example.se/',
    'https://10.0.0.1/',
    'https://169.254.169.254/x',
    'https://[fc00::1]/',
    'https://me:secret@erp.example.se/',
    'ftp://erp.example.se/',
  ])
    expect(await set(wrong), wrong).toMatchObject({ status: 422, body: { code: 'webhook-address', field: 'url' } })
  expect(await set('erp')).toMatchObject({ status: 400, body: { code: 'bad-input' } })
  await article()
  await send({ ...web.deps, http: openHttp({ allowLoopback: false }) })
  expect(heard).toHaveLength(0)
  expect(await v.shown()).toMatchObject({ state: 'failing', lastStatus: null, lastError: 'refused-address' })
  // A name is judged by what it stands for at the moment it is called.
  await set('https://innocent.example/')
  const inside = openHttp({
    allowLoopback: false,
    resolve: ((_host: string, _options: object, done: (error: null, found: object[]) => void) => done(null, [{ address: '10.0.0.7', family: 4 }])) as never,
  })
  await send({ ...web.deps, http: inside })
  expect(await v.shown()).toMatchObject({ state: 'failing', lastStatus: null, lastError: 'refused-address' })
})

test('V20: two processes send one message; one that died leaves it to the other; a clock set back holds up nothing', async () => {
  const v = await view()
  await article()
  await Promise.all([send(), send(), send()])
  expect(heard).toHaveLength(1)
  await web.clock.advance(6 * SECOND)
  await article()
  // It claims the message and dies before it sends it.
  const dying = send({ ...web.deps, http: () => Promise.reject(new Error('this process is dead')) })
  await expect(dying).rejects.toThrow('dead')
  await send()
  expect(heard).toHaveLength(1)
  await web.clock.advance(31 * SECOND)
  await send()
  expect(heard).toHaveLength(2)
  await web.data.owner.run({ text: "update view_webhook set announced_at = announced_at + interval '1 hour' where listener_id = $1", values: [v.params.viewId] })
  await article()
  await send()
  expect(heard).toHaveLength(3)
})
