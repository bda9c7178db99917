/** A day with a DanDomain Webshop: the guide's five steps, a plain product and a variant, both ways, and what must never happen. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type DandomainSim, startDandomain } from '../../sim/dandomain/dandomain.ts'
import type { Connector } from '../../src/connectors/contract.ts'
import { dandomain } from '../../src/connectors/dandomain/dandomain.ts'
import { sql } from '../../src/db/sql.ts'
import { applyWaiting } from '../../src/sync/apply.ts'
import { journalSettled } from '../../src/sync/calls.ts'
import { type Connection, openConnection } from '../../src/sync/connection.ts'
import { type Owner, openWeb, type Someone, type Web } from './web.ts'

const MINUTE_MS = 60_000
/** As it stands in an envelope and as it was typed. */
const PASSWORDS = ['hemmeligt & <sikkert>', 'hemmeligt &amp; &lt;sikkert&gt;', 'hemmeligt &amp; &lt;sikkert>']
const NUMBERS = ['0571527051', 'BLUSE-S', 'BLUSE/M & Ø']
let web: Web
let sim: DandomainSim
let owner: Someone
let company: Owner
let params: { connectionId: number }
let connection: Connection | undefined

beforeEach(async () => {
  web = await openWeb({ connectors: { dandomain: dandomain as Connector<unknown> } })
  // Nobody but the pace sleeps here, and it need not be waited for.
  web.deps.clock = { now: web.clock.now, sleep: async (ms) => web.clock.advance(ms) }
  sim = await startDandomain({ clock: web.clock, password: PASSWORDS[0] ?? '' })
  sim.shop.addProducts([
    { itemNumber: '0571527051', title: 'Hårbørste', stock: 3 },
    {
      itemNumber: 'BLUSE',
      title: 'Bluse',
      variants: [
        { itemNumber: 'BLUSE-S', title: 'S', stock: 1 },
        { itemNumber: 'BLUSE/M & Ø', title: 'M', stock: 9 },
      ],
    },
  ])
  company = await web.owner()
  owner = await company.key()
  await owner.does('articles.make-many', { body: { articles: NUMBERS.map((number) => ({ number, name: number })) } })
  const lines = NUMBERS.map((articleNumber) => ({ articleNumber, quantity: 10 }))
  await owner.does('goods-receipts.register', { body: { ref: 'start', locationId: company.locationId, lines } })
  const { id } = await owner.does('connections.make', { body: { code: 'dandomain', name: 'Webshoppen' } })
  params = { connectionId: id }
  const { username, password, hookSecret } = sim.credentials
  await owner.does('connections.settings', { params, body: { settings: { username: ` ${username}\n`, password, hookSecret, address: sim.endpoint } } })
})
afterEach(async () => {
  await connection?.letGo()
  connection = undefined
  await sim.close()
  await web.close()
})

/** Time passes, and all that is due is done. */
async function pass(ms: number): Promise<void> {
  const end = web.clock.now().getTime() + ms
  for (let n = 0; n < 1000; n++) {
    const { applied } = await applyWaiting(web.deps, company.companyId, params.connectionId)
    const { did, nextAt } = (await connection?.step()) ?? expect.fail('not connected')
    if (did || applied > 0) continue
    const now = web.clock.now().getTime()
    if (now >= end) return
    web.clock.advance(Math.min(end, Math.max(now + 1, nextAt?.getTime() ?? end)) - now)
  }
  throw new Error('it never came to rest')
}
async function follow(): Promise<void> {
  await owner.does('connections.check', { params, body: {} })
  await owner.does('connections.places', { params, body: { places: [{ locationId: company.locationId, placeRef: 'webshop' }] } })
  await owner.does('connections.activate', { params, body: {} })
  connection = openConnection(web.deps, company.companyId, params.connectionId)
  await owner.does('connections.subscribe', { params, body: {} })
  await owner.does('runs.start', { params, body: { kind: 'match' } })
  await pass(MINUTE_MS)
  await owner.does('connections.box', { params, body: { boxed: true, foundInShop: true } })
  const { id: runId } = await owner.does('runs.start', { params, body: { kind: 'first-sync' } })
  await pass(MINUTE_MS)
  await owner.does('runs.confirm', { params: { ...params, runId }, body: {} })
  await pass(MINUTE_MS)
}
/** As the shop would call us. */
async function deliver(topic: string, about: number, change: (headers: Record<string, string>) => Record<string, string> = (headers) => headers): Promise<number> {
  const { hookUrl } = await owner.does('connections.show', { params })
  const { headers, body } = sim.hookAbout(topic, about)
  return (await web.app.inject({ method: 'POST', url: new URL(hookUrl ?? 'http://nowhere/').pathname, headers: change(headers), payload: body })).statusCode
}
const shown = () => NUMBERS.map((itemNumber) => sim.shop.stock({ itemNumber }))
const available = async () => {
  const rows = await web.data.owner.rows<{ number: string; n: number }>(
    sql`select a.number, l.on_hand - l.reserved as n from level l join article a on a.company_id = l.company_id and a.id = l.article_id where l.company_id = ${company.companyId}`,
  )
  return NUMBERS.map((number) => rows.find((row) => row.number === number)?.n)
}

test('S1 S8 T2: the five steps, a sale in the till, an order made, credited and cancelled; a forged hook is turned away, no customer is mailed, and the password is in nothing that is kept', async () => {
  await follow()
  const page = await owner.does('connections.show', { params })
  expect(page.guide.map((step) => [step.code, step.done])).toEqual(['user', 'places', 'activate', 'hooks', 'match'].map((code) => [code, true]))
  expect(page.subscribed?.topics.every((topic) => topic.state === 'by-hand')).toBe(true)
  expect(shown(), 'products and variants').toEqual([10, 10, 10])

  await owner.does('sales.register', {
    body: { ref: 'K-1', locationId: company.locationId, lines: ['0571527051', 'BLUSE/M & Ø'].map((articleNumber) => ({ articleNumber, quantity: 2 })) },
  })
  await pass(3_000)
  expect(shown(), 'cut at once (R23a)').toEqual([8, 10, 8])

  const { id: order } = sim.shop.placeOrder({ lines: ['0571527051', 'BLUSE-S'].map((itemNumber) => ({ itemNumber, amount: 2 })) })
  expect(await deliver('orders/created', order, (headers) => ({ ...headers, 'x-hmac-sha256': 'AAAA' }))).toBe(401)
  expect(await deliver('orders/created', order)).toBe(200)
  await pass(1_000)
  expect(await available()).toEqual([6, 8, 8])
  sim.shop.setStatus({ order, status: 3 })
  sim.shop.creditNote({ order, lines: [{ itemNumber: 'BLUSE-S', amount: 1 }] })
  await pass(2 * MINUTE_MS)
  expect(await available(), 'found without a hook: one is back').toEqual([6, 9, 8])
  expect(shown()).toEqual([6, 9, 8])
  const { id: other } = sim.shop.placeOrder({ lines: [{ itemNumber: '0571527051', amount: 3 }] })
  await pass(2 * MINUTE_MS)
  sim.shop.setStatus({ order: other, status: 5 })
  await pass(2 * MINUTE_MS)
  expect([await available(), shown()]).toEqual([
    [6, 9, 8],
    [6, 9, 8],
  ])
  expect((await owner.does('connections.show', { params })).hooks).toMatchObject({ forged: 1, verified: 1 })
  expect(sim.state().mails).toEqual([])

  await journalSettled(web.deps)
  const kept = await web.data.owner.rows<{ text: string }>(sql`select request::text || coalesce(response::text, '') as text from call where company_id = ${company.companyId}`)
  expect(kept.length).toBeGreaterThan(5)
  for (const { text } of kept) for (const secret of [...PASSWORDS, sim.credentials.hookSecret]) expect(text.includes(secret), secret).toBe(false)
})

test('S7: a sale nobody has told of is never raised over, a number that stands on other goods now is not written, and a session that ends in between harms nothing', async () => {
  await follow()
  // Sold there while we only know of a delivery here.
  sim.shop.placeOrder({ lines: [{ itemNumber: '0571527051', amount: 4 }] })
  sim.fault({ arm: { kind: 'session-lost', times: 2 } })
  await owner.does('goods-receipts.register', { body: { ref: 'more', locationId: company.locationId, lines: [{ articleNumber: '0571527051', quantity: 5 }] } })
  await pass(2 * MINUTE_MS)
  expect([await available(), shown()]).toEqual([
    [11, 10, 10],
    [11, 10, 10],
  ])
  const { cell } = sim.shop.goods({ itemNumber: 'BLUSE-S' })
  sim.shop.change({ cell, to: { itemNumber: 'BUKSER' } })
  const before = sim.state().writes.length
  await owner.does('sales.register', { body: { ref: 'K-2', locationId: company.locationId, lines: [{ articleNumber: 'BLUSE-S', quantity: 1 }] } })
  await pass(MINUTE_MS)
  expect(sim.state().writes).toHaveLength(before)
  expect(sim.shop.stock({ cell })).toBe(10)
})

test('R49 R50 R51: the first sync is undone: the shop shows what it showed before, less what was sold since, and is left alone from there on', async () => {
  await follow()
  sim.shop.placeOrder({ lines: [{ itemNumber: '0571527051', amount: 2 }] })
  await owner.does('sales.register', { body: { ref: 'K-1', locationId: company.locationId, lines: [{ articleNumber: 'BLUSE/M & Ø', quantity: 4 }] } })
  await pass(2 * MINUTE_MS)
  expect(shown()).toEqual([8, 10, 6])
  const first = (await owner.does('runs.list', { params })).items.find((run) => run.kind === 'first-sync')
  const { id: runId } = await owner.does('runs.undo', { params: { ...params, runId: first?.id ?? 0 }, body: {} })
  await pass(MINUTE_MS)
  const { items } = await owner.does('runs.items', { params: { ...params, runId } })
  expect(Object.fromEntries(items.map((item) => [item.articleNumber, [item.was, item.target]]))).toEqual({ '0571527051': [8, 1], 'BLUSE-S': [10, 1], 'BLUSE/M & Ø': [6, 5] })
  await owner.does('runs.confirm', { params: { ...params, runId }, body: {} })
  await pass(3 * MINUTE_MS)
  expect(await owner.does('runs.show', { params: { ...params, runId } })).toMatchObject({ state: 'done', done: 3, failed: 0 })
  expect(shown()).toEqual([1, 1, 5])
  await owner.does('sales.register', { body: { ref: 'K-2', locationId: company.locationId, lines: [{ articleNumber: 'BLUSE-S', quantity: 1 }] } })
  await pass(2 * MINUTE_MS)
  expect([shown(), await available()]).toEqual([
    [1, 1, 5],
    [8, 9, 6],
  ])
})
