/**
 * npm run hammer: the promise "zero lost updates", against the real product over HTTP. 200 sales at once, 100 claims on 10 pieces, and a server
 * that is killed five times with at least 20 requests under way while its clients repeat what they got no answer to.
 * The last line is JSON; ends with 1 unless everything is right.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { appendFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const SALES = 200
const CLAIMS = 100
const CLAIMABLE = 10
const KILLS = 5
const CLIENTS = 48
/** Of them, this many must be waiting for an answer at the moment of the kill. */
const IN_FLIGHT = 20

const root = join(import.meta.dirname, '..')
const folder = mkdtempSync(join(tmpdir(), 'lagerbro-hammer-'))
const dataDir = join(folder, 'data')
const acknowledgedFile = join(folder, 'acknowledged')
const pause = (ms: number) => new Promise<void>((done) => setTimeout(done, ms))

// ---------------------------------------------------------------- the product, as a process of its own

interface Running {
  process: ChildProcess
  address: string
  gone: Promise<void>
}
async function start(): Promise<Running> {
  const built = join(root, 'dist', 'src', 'cli.js')
  const argv = existsSync(built) ? [built] : ['--import', 'tsx', join(root, 'src', 'cli.ts')]
  const env = {
    ...process.env,
    LAGERBRO_DATA_DIR: dataDir,
    LAGERBRO_KEY_FILE: join(folder, 'key'),
    LAGERBRO_PORT: '0',
    LAGERBRO_LOG_LEVEL: 'error',
    DATABASE_URL: '',
    DATABASE_APP_URL: '',
  }
  const child = spawn(process.execPath, [...argv, 'start'], { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'] })
  const gone = new Promise<void>((done) => child.once('exit', () => done()))
  const address = await new Promise<string>((done, fail) => {
    let said = ''
    child.stdout?.on('data', (text: Buffer) => {
      said += text.toString()
      const found = /Lagerbro: (http:\S+)/.exec(said)?.[1]
      if (found !== undefined) done(found)
    })
    void gone.then(() => fail(new Error('the product ended before it was ready')))
  })
  return { process: child, address, gone }
}

// ---------------------------------------------------------------- calls

const agent = new Agent({ keepAlive: true, maxSockets: 400 })
interface Answer {
  status: number
  body: Record<string, unknown>
  headers: Record<string, string | string[] | undefined>
}
function call(address: string, method: 'GET' | 'POST', path: string, headers: Record<string, string>, body?: unknown): Promise<Answer> {
  return new Promise((done, fail) => {
    const text = body === undefined ? '' : JSON.stringify(body)
    const asked = request(
      `${address}${path}`,
      { method, agent, headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }) } },
      (response) => {
        const parts: Buffer[] = []
        response.on('data', (part: Buffer) => parts.push(part))
        response.on('error', fail)
        response.on('aborted', () => fail(new Error('the answer broke off')))
        response.on('end', () =>
          done({ status: response.statusCode ?? 0, body: JSON.parse(Buffer.concat(parts).toString() || '{}') as Record<string, unknown>, headers: response.headers }),
        )
      },
    )
    asked.on('error', fail)
    asked.end(text)
  })
}
async function must(answer: Promise<Answer>): Promise<Answer> {
  const { status, body, headers } = await answer
  if (status >= 300) throw new Error(`${status} ${JSON.stringify(body)}`)
  return { status, body, headers }
}

interface Shop {
  companyId: number
  locationId: number
  articleId: number
  keys: string[]
}
async function openShop(address: string): Promise<Shop> {
  const owner = { name: 'Anna', email: 'anna@example.com', password: 'en lång lösenfras', locale: 'sv' }
  const made = await must(
    call(address, 'POST', '/v1/setup', { origin: address }, { company: { name: 'Testgränd Handel AB', country: 'SE' }, owner, location: { name: 'Odenplan' } }),
  )
  const cookie = String([made.headers['set-cookie']].flat()[0]).split(';')[0] ?? ''
  const keys: string[] = []
  for (let n = 0; n < CLIENTS; n++) {
    const key = await must(
      call(address, 'POST', '/v1/keys', { origin: address, cookie }, { name: `Kassa ${n}`, scopes: ['articles:read', 'articles:write', 'stock:read', 'stock:write'] }),
    )
    keys.push(String(key.body.key))
  }
  const headers = { authorization: `Bearer ${keys[0]}` }
  const locations = await must(call(address, 'GET', '/v1/locations', headers))
  const article = await must(call(address, 'POST', '/v1/articles', headers, { number: '0001', name: 'Tröja' }))
  return { companyId: (made.body.company as { id: number }).id, locationId: (locations.body.items as { id: number }[])[0]?.id ?? 0, articleId: Number(article.body.id), keys }
}
const bearer = (shop: Shop, n: number) => ({ authorization: `Bearer ${shop.keys[n % shop.keys.length]}` })
async function level(address: string, shop: Shop): Promise<{ onHand: number; reserved: number }> {
  const answer = await must(call(address, 'GET', `/v1/levels?articleId=${shop.articleId}`, bearer(shop, 0)))
  return (answer.body.items as { onHand: number; reserved: number }[])[0] ?? { onHand: Number.NaN, reserved: Number.NaN }
}
const receive = (address: string, shop: Shop, ref: string, quantity: number) =>
  must(call(address, 'POST', '/v1/goods-receipts', bearer(shop, 0), { ref, locationId: shop.locationId, lines: [{ articleId: shop.articleId, quantity }] }))
const saleOf = (shop: Shop, ref: string) => ({ ref, locationId: shop.locationId, lines: [{ articleId: shop.articleId, quantity: 1 }] })

// ---------------------------------------------------------------- the three blows

async function salesAtOnce(address: string, shop: Shop): Promise<number> {
  const before = (await level(address, shop)).onHand
  const began = performance.now()
  await Promise.all(Array.from({ length: SALES }, (_, n) => must(call(address, 'POST', '/v1/sales', bearer(shop, n), saleOf(shop, `once-${n}`)))))
  const moved = (await level(address, shop)).onHand - before
  console.log(`${SALES} sales of 1 at once: ${moved} (${Math.round(performance.now() - began)} ms)`)
  return moved
}

async function claimsAtOnce(address: string, shop: Shop): Promise<number> {
  const { onHand } = await level(address, shop)
  await must(
    call(address, 'POST', '/v1/counts', bearer(shop, 0), { ref: 'before-claims', locationId: shop.locationId, lines: [{ articleId: shop.articleId, counted: CLAIMABLE }] }),
  )
  const answers = await Promise.all(
    Array.from({ length: CLAIMS }, (_, n) =>
      call(address, 'POST', '/v1/reservations', bearer(shop, n), {
        key: `claim-${n}`,
        locationId: shop.locationId,
        articleId: shop.articleId,
        quantity: 1,
        expiresInSeconds: 3600,
      }),
    ),
  )
  const granted = answers.filter((answer) => answer.status === 201).length
  const strange = answers.find((answer) => answer.status !== 201 && answer.body.code !== 'not-enough-stock')
  if (strange !== undefined) throw new Error(`a claim got ${strange.status} ${JSON.stringify(strange.body)}`)
  console.log(`${CLAIMS} claims on ${CLAIMABLE} (there were ${onHand}): ${granted} granted, ${(await level(address, shop)).reserved} reserved`)
  return granted
}

/** Each client sells, and repeats the same sale until it is answered; what was answered is written down before the next. */
async function killedFiveTimes(first: Running, shop: Shop): Promise<{ last: Running; acknowledged: number }> {
  let running = first
  let stopping = false
  let inFlight = 0
  let acknowledged = 0
  writeFileSync(acknowledgedFile, '')
  const client = async (n: number) => {
    for (let sale = 0; !stopping; sale++) {
      const ref = `till-${n}-${sale}`
      for (let answered = false; !answered; ) {
        inFlight++
        const answer = await call(running.address, 'POST', '/v1/sales', { ...bearer(shop, n), 'idempotency-key': ref }, saleOf(shop, ref)).catch(() => null)
        inFlight--
        answered = answer !== null && answer.status < 300
        if (answered) {
          appendFileSync(acknowledgedFile, `${ref}\n`)
          acknowledged++
        } else if (answer !== null && answer.status < 500 && answer.status !== 429) throw new Error(`a sale got ${answer.status} ${JSON.stringify(answer.body)}`)
        else await pause(20)
      }
    }
  }
  const clients = Promise.all(Array.from({ length: CLIENTS }, (_, n) => client(n)))
  for (let kill = 1; kill <= KILLS; kill++) {
    const enough = acknowledged + CLIENTS * 2
    while (acknowledged < enough || inFlight < IN_FLIGHT) await Promise.race([pause(1), clients])
    const under = inFlight
    running.process.kill('SIGKILL')
    await running.gone
    console.log(`kill ${kill}: ${under} requests under way, ${acknowledged} sales acknowledged`)
    running = await start()
  }
  const enough = acknowledged + CLIENTS
  while (acknowledged < enough) await Promise.race([pause(5), clients])
  stopping = true
  await clients
  return { last: running, acknowledged }
}

/** A program of its own, that reads the database and not the product. */
function checked(companyId: number): Promise<{ lost: number; doubled: number; wrong: number }> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, ['--import', 'tsx', join(root, 'scripts', 'hammer-check.ts'), dataDir, acknowledgedFile, String(companyId)], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let said = ''
    child.stdout.on('data', (text: Buffer) => {
      said += text.toString()
    })
    child.on('exit', (code) => (code === 0 ? done(JSON.parse(said) as { lost: number; doubled: number; wrong: number }) : fail(new Error('the check failed'))))
  })
}

let running = await start()
try {
  const shop = await openShop(running.address)
  await receive(running.address, shop, 'opening', 1000)
  const moved = await salesAtOnce(running.address, shop)
  const granted = await claimsAtOnce(running.address, shop)
  await receive(running.address, shop, 'more', 100_000)
  const { last, acknowledged } = await killedFiveTimes(running, shop)
  running = last
  const { lost, doubled, wrong } = await checked(shop.companyId)
  const oversold = Math.max(0, granted - CLAIMABLE)
  const right = moved === -SALES && granted === CLAIMABLE && lost === 0 && doubled === 0 && wrong === 0 && acknowledged > 0
  if (wrong > 0) console.log(`${wrong} levels are not the sum of their movements`)
  console.log(JSON.stringify({ lost: lost + Math.max(0, moved + SALES), oversold, doubled, acknowledged, granted }))
  process.exitCode = right ? 0 : 1
} finally {
  agent.destroy()
  running.process.kill('SIGTERM')
  await running.gone
  rmSync(folder, { recursive: true, force: true })
}
