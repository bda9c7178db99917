/** A day with an Abicart shop: the guide's four steps, a plain article and one of the customer's choices, both ways, and what must never happen. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type AbicartSim, startAbicart } from '../../sim/abicart/abicart.ts'
import { abicart } from '../../src/connectors/abicart/abicart.ts'
import type { Connector } from '../../src/connectors/contract.ts'
import { sql } from '../../src/db/sql.ts'
import { applyWaiting } from '../../src/sync/apply.ts'
import { journalSettled } from '../../src/sync/calls.ts'
import { type Connection, openConnection } from '../../src/sync/connection.ts'
import { type Owner, openWeb, type Someone, type Web } from './web.ts'

const MINUTE_MS = 60_000
let web: Web
let sim: AbicartSim
let owner: Someone
let company: Owner
let params: { connectionId: number }
let connection: Connection

beforeEach(async () => {
  web = await openWeb({ connectors: { abicart: abicart as Connector<unknown> } })
  // Nobody but the pace sleeps here, and it need not be waited for.
  web.deps.clock = { now: web.clock.now, sleep: async (ms) => web.clock.advance(ms) }
  sim = await startAbicart({ clock: web.clock })
  sim.shop.addArticles([
    { articleNumber: 'MUGG', name: 'Mugg', stock: 3 },
    {
      articleNumber: 'TROJA',
      name: 'Tröja',
      choices: { Storlek: ['S', 'M'] },
      variants: [
        { options: ['S'], articleNumber: 'TROJA-S', stock: 1 },
        { options: ['M'], articleNumber: 'TROJA-M', stock: 9 },
      ],
    },
  ])
  company = await web.owner()
  owner = await company.key()
  await owner.does('articles.make-many', { body: { articles: ['MUGG', 'TROJA-S', 'TROJA-M'].map((number) => ({ number, name: number })) } })
  const lines = ['MUGG', 'TROJA-S', 'TROJA-M'].map((articleNumber) => ({ articleNumber, quantity: 10 }))
  await owner.does('goods-receipts.register', { body: { ref: 'start', locationId: company.locationId, lines } })
  const { id } = await owner.does('connections.make', { body: { code: 'abicart', name: 'Webben' } })
  params = { connectionId: id }
  const { key, webshop } = sim.credentials
  await owner.does('connections.settings', { params, body: { settings: { apiKey: ` ${key}\n`, shopId: `#${webshop}`, address: sim.address } } })
})
afterEach(async () => {
  await connection?.letGo()
  await sim.close()
  await web.close()
})

/** Time passes, and all that is due is done. */
async function pass(ms: number): Promise<void> {
  const end = web.clock.now().getTime() + ms
  for (let n = 0; n < 1000; n++) {
    const { applied } = await applyWaiting(web.deps, company.companyId, params.connectionId)
    const { did, nextAt } = await connection.step()
    if (did || applied > 0) continue
    const now = web.clock.now().getTime()
    if (now >= end) return
    web.clock.advance(Math.min(end, Math.max(now + 1, nextAt?.getTime() ?? end)) - now)
  }
  throw new Error('it never came to rest')
}
async function follow(): Promise<void> {
  await owner.does('connections.check', { params, body: {} })
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
/** As Abicart would call us. */
async function deliver(name: string, uid: number, change: (url: string) => string = (url) => url): Promise<number> {
  const listener = sim.state().shops[0]?.listeners.find((each) => each.eventName === name)
  const { pathname } = new URL(change(listener?.url ?? 'http://nowhere/'))
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  return (await web.app.inject({ method: 'POST', url: pathname, headers, payload: sim.eventBody(name, uid) })).statusCode
}
const shown = () => ['MUGG', 'TROJA-S', 'TROJA-M'].map((articleNumber) => sim.shop.stock({ articleNumber }))
const available = async () =>
  (
    await web.data.owner.rows<{ n: number }>(
      sql`select l.on_hand - l.reserved as n from level l join article a on a.company_id = l.company_id and a.id = l.article_id where l.company_id = ${company.companyId} order by array_position(array['MUGG', 'TROJA-S', 'TROJA-M'], a.number)`,
    )
  ).map((row) => row.n)

test('S1 S8 T2: the four steps, a sale in the till, an order made and discarded; a forged event is turned away, and the key is in nothing that is kept', async () => {
  await follow()
  const page = await owner.does('connections.show', { params })
  expect(page.guide.map((step) => [step.code, step.done])).toEqual([
    ['key', true],
    ['activate', true],
    ['hooks', true],
    ['match', true],
  ])
  expect(shown()).toEqual([10, 10, 10])

  await owner.does('sales.register', { body: { ref: 'K-1', locationId: company.locationId, lines: ['MUGG', 'TROJA-M'].map((articleNumber) => ({ articleNumber, quantity: 2 })) } })
  await pass(2_000)
  expect(shown(), 'cut at once (R23a)').toEqual([8, 10, 8])

  const lines = ['MUGG', 'TROJA-S'].map((articleNumber) => ({ articleNumber, quantity: 1 }))
  const { uid } = sim.shop.placeOrder({ lines })
  for (const forged of [(url: string) => url.slice(0, -1), (url: string) => url.slice(0, url.lastIndexOf('/'))]) expect(await deliver('Order/created', uid, forged)).toBe(401)
  expect(await deliver('Order/created', uid)).toBe(200)
  await pass(1_000)
  expect(await available()).toEqual([7, 9, 8])
  sim.shop.discard({ order: uid })
  await pass(2 * MINUTE_MS)
  expect(await available(), 'found without an event').toEqual([8, 10, 8])
  expect(shown()).toEqual([8, 10, 8])

  expect((await owner.does('connections.show', { params })).hooks).toMatchObject({ forged: 2, verified: 1 })
  await journalSettled(web.deps)
  const kept = await web.data.owner.rows<{ text: string }>(sql`select request::text || coalesce(response::text, '') as text from call where company_id = ${company.companyId}`)
  expect(kept.length).toBeGreaterThan(5)
  const { key } = sim.credentials
  for (const { text } of kept) for (const secret of [key, encodeURIComponent(key)]) expect(text.includes(secret)).toBe(false)
})

test('S7 S10: an unseen sale is never raised over, a number that stands on another article now is not written, and an item that names two articles books nothing', async () => {
  await follow()
  // Sold there while we only know of a delivery here.
  sim.shop.placeOrder({ lines: [{ articleNumber: 'MUGG', quantity: 4 }] })
  await owner.does('goods-receipts.register', { body: { ref: 'more', locationId: company.locationId, lines: [{ articleNumber: 'MUGG', quantity: 5 }] } })
  await pass(MINUTE_MS)
  expect([await available(), shown()]).toEqual([
    [11, 10, 10],
    [11, 10, 10],
  ])
  const { cell } = sim.shop.goods({ articleNumber: 'TROJA-S' })
  sim.shop.change({ cell, to: { articleNumber: 'BYXA' } })
  const before = sim.state().writes.length
  await owner.does('sales.register', { body: { ref: 'K-2', locationId: company.locationId, lines: [{ articleNumber: 'TROJA-S', quantity: 1 }] } })
  await pass(MINUTE_MS)
  expect(sim.state().writes).toHaveLength(before)
  expect(sim.shop.stock({ cell })).toBe(10)
  // Two numbers change places between an order and its reading: its item names one article, its choices the other.
  sim.shop.change({ cell, to: { articleNumber: 'TROJA-S' } })
  await pass(MINUTE_MS)
  const { uid } = sim.shop.placeOrder({ lines: [{ articleNumber: 'TROJA-S', quantity: 1 }] })
  const [s, m] = ['TROJA-S', 'TROJA-M'].map((articleNumber) => sim.shop.goods({ articleNumber }).cell)
  sim.shop.change({ cell: s as string, to: { articleNumber: 'TROJA-M' } })
  sim.shop.change({ cell: m as string, to: { articleNumber: 'TROJA-S' } })
  await pass(2 * MINUTE_MS)
  expect((await available())[1], 'nothing is booked').toBe(9)
  const { items } = await owner.does('orders.list', { query: { state: 'exception' } })
  const order = await owner.does('orders.show', { params: { orderId: items[0]?.id ?? 0 } })
  expect(order.orderRef).toBe(String(uid))
  expect(order.lines).toMatchObject([{ articleId: null, ordered: 1, unclear: { articleNumbers: ['TROJA-S', 'TROJA-M'], quantity: null } }])
})

test('each way a shop can say no has its own reason, and a sub-shop is told to connect the one above', async () => {
  const refusal = async (settings: Record<string, string>) => {
    await owner.does('connections.settings', { params, body: { settings } })
    const { status, body } = await owner.call('connections.check', { params, body: {} })
    return [status, (body as unknown as { facts: Record<string, string> }).facts?.reason, (body as unknown as { facts: Record<string, string> }).facts?.parent]
  }
  const { key, webshop } = sim.credentials
  expect(await refusal({ shopId: '1' })).toEqual([expect.any(Number), 'shop-id-wrong', undefined])
  expect(await refusal({ shopId: webshop, apiKey: 'YXV0aDpFdHRBbm5hdA==' })).toEqual([expect.any(Number), 'token-wrong', undefined])
  sim.setKey({ refused: 'all' })
  expect(await refusal({ apiKey: key })).toEqual([expect.any(Number), 'api-closed', undefined])
  const sub = sim.addShop({ webshop: 49_252, parent: 49_251 } as never)
  expect(await refusal({ apiKey: sub.key, shopId: sub.webshop })).toEqual([expect.any(Number), 'sub-shop', '49251'])
})

test('R49 R50 R51: the first sync is undone: a shop that can’t compare is read first, and shows what it showed before, less what was sold since', async () => {
  await follow()
  sim.shop.placeOrder({ lines: [{ articleNumber: 'MUGG', quantity: 2 }] })
  await owner.does('sales.register', { body: { ref: 'K-1', locationId: company.locationId, lines: [{ articleNumber: 'TROJA-M', quantity: 4 }] } })
  await pass(2 * MINUTE_MS)
  expect(shown()).toEqual([8, 10, 6])
  const first = (await owner.does('runs.list', { params })).items.find((run) => run.kind === 'first-sync')
  const { id: runId } = await owner.does('runs.undo', { params: { ...params, runId: first?.id ?? 0 }, body: {} })
  await pass(MINUTE_MS)
  const { items } = await owner.does('runs.items', { params: { ...params, runId } })
  expect(Object.fromEntries(items.map((item) => [item.articleNumber, [item.was, item.target]]))).toEqual({ MUGG: [8, 1], 'TROJA-S': [10, 1], 'TROJA-M': [6, 5] })
  // Sold there while somebody looks at the preview.
  sim.shop.placeOrder({ lines: [{ articleNumber: 'TROJA-S', quantity: 1 }] })
  await owner.does('runs.confirm', { params: { ...params, runId }, body: {} })
  await pass(3 * MINUTE_MS)
  expect(await owner.does('runs.show', { params: { ...params, runId } })).toMatchObject({ state: 'done', done: 3, failed: 0 })
  expect(shown()).toEqual([1, 0, 5])
  // The boxes are gone: what is sold here is none of the shop's business, and what it sells is still heard of.
  const writes = sim.state().writes.length
  await owner.does('sales.register', { body: { ref: 'K-2', locationId: company.locationId, lines: [{ articleNumber: 'TROJA-M', quantity: 1 }] } })
  sim.shop.placeOrder({ lines: [{ articleNumber: 'TROJA-M', quantity: 1 }] })
  await pass(2 * MINUTE_MS)
  expect(sim.state().writes).toHaveLength(writes)
  expect([shown(), await available()]).toEqual([
    [1, 0, 4],
    [8, 9, 4],
  ])
})
