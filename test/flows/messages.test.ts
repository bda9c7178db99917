/** A message nobody can apply, and what a person can do about it: seen with its reason, tried again, dismissed; over HTTP, against the toy shop. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startToy, type ToySim } from '../../sim/toy/toy.ts'
import * as connectors from '../../src/connectors/index.ts'
import { makeApiKey } from '../../src/core/people/api-key.ts'
import { postMovements } from '../../src/core/stock/post-movements.ts'
import { sql } from '../../src/db/sql.ts'
import { applyWaiting } from '../../src/sync/apply.ts'
import { journalSettled } from '../../src/sync/calls.ts'
import { type Connection, openConnection } from '../../src/sync/connection.ts'
import type { Answer, RouteId } from '../../src/web/contract/routes.ts'
import { COMPARES, type Planted, plant } from '../plant.ts'
import { openWeb, type Someone, type Web } from './web.ts'

let web: Web
let sim: ToySim
let it: Planted
let me: Someone
let connection: Connection
beforeEach(async () => {
  web = await openWeb({ connectors })
  const { clock, data, deps } = web
  sim = await startToy({ places: ['D'], now: () => clock.now(), hooks: 'manual' })
  const { ref } = sim.addItem({ number: 'TROJA-M', stock: 10 })
  it = await plant(data, { box: deps.box, code: 'toy', settings: sim.settings(), manners: COMPARES, number: 'TROJA-M', itemRef: ref, places: ['D'], start: 10, now: clock.now() })
  const { key } = await data.db.inCompany(it.companyId, (tx) => makeApiKey(tx, { name: 'kassa', scopes: ['connections:read', 'connections:write', 'articles:read'] }, by()))
  me = web.withKey(key)
  connection = openConnection(deps, it.companyId, it.listenerId)
})
afterEach(async () => {
  await journalSettled(web.deps)
  await sim.close()
  await web.close()
})

const by = () => ({ actor: 'person:1', now: web.clock.now() })
const does = <R extends RouteId>(route: R, params: Record<string, number> = {}, query: Record<string, string> = {}): Promise<Answer<R>> =>
  me.does(route, { params: { connectionId: it.listenerId, ...params }, query })
/** Steps until nothing is left to do now. */
async function settle(): Promise<void> {
  for (let n = 0; n < 60 && (await connection.step()).did; n++);
}
/** A hook of a real order, signed, with another body. */
async function hook(body: string): Promise<void> {
  const made = sim.hooks.ofOrder(sim.sell('TROJA-M', 1))
  await web.data.owner.run(
    sql`insert into inbox (company_id, listener_id, source, delivery_key, topic, headers, body, received_at) values (${it.companyId}, ${it.listenerId}, 'hook', ${`hook:${body.length}`}, 'order.changed', ${JSON.stringify({ 'content-type': made.headers['content-type'] ?? '' })}, ${Buffer.from(body)}, ${web.clock.now()})`,
  )
  await applyWaiting(web.deps, it.companyId, it.listenerId)
}
async function receive(pieces: number, key: string): Promise<void> {
  const receipt = {
    key,
    articleId: it.articleId,
    locationId: it.locationIds[0] as number,
    kind: 'receipt' as const,
    onHand: pieces,
    at: web.clock.now(),
    source: {},
    actor: 'system',
  }
  await web.data.db.inCompany(it.companyId, (tx) => postMovements(tx, [receipt], web.clock.now()))
}
const BROKEN = '{"order": {"ref": "O77", "customer_note": "x", "email": "kanarie@example.com", "token": "hemlig-kanarie", "lines": ['

test('R26: a listed message is shown with its reason and without secrets or persons; articles it holds back say so', async () => {
  await settle()
  await hook(BROKEN)
  // The shop's own sale is read first; then goods come in, and the number may not rise.
  web.clock.advance(60_000)
  await settle()
  await receive(5, 'r1')
  await web.data.owner.run(sql`update told set anchor_value = null, anchor_seen = null where company_id = ${it.companyId}`)
  await settle()
  expect(sim.value('TROJA-M')).toBe(9)
  const page = await does('connections.show')
  expect(page.queue.inboxListed).toBe(1)
  const { items } = await does('connections.inbox', {}, { state: 'listed' })
  expect(items).toMatchObject([{ topic: 'order.changed', state: 'listed', problem: { code: 'unreadable', numbers: null } }])
  const whole = await does('connections.message', { messageId: items[0]?.id ?? 0 })
  expect(JSON.stringify(whole)).toContain('O77')
  expect(JSON.stringify(whole)).not.toMatch(/kanarie/)
  expect((await does('connections.articles')).items).toMatchObject([{ state: 'checking', heldByMessage: true }])
  const article = await me.does('articles.show', { params: { articleId: it.articleId } })
  expect(article.connections).toMatchObject([{ state: 'checking', heldByMessage: true }])
})

test('R26 R23: after a person has dismissed it nothing is held back any more, and it is kept and can still be tried again', async () => {
  await settle()
  await hook(BROKEN)
  web.clock.advance(60_000)
  await settle()
  await receive(5, 'r1')
  await web.data.owner.run(sql`update told set anchor_value = null, anchor_seen = null where company_id = ${it.companyId}`)
  await settle()
  expect(sim.value('TROJA-M')).toBe(9)
  const messageId = (await does('connections.inbox', {}, { state: 'listed' })).items[0]?.id ?? 0
  expect(await does('connections.dismiss-message', { messageId })).toMatchObject({ state: 'dismissed' })
  web.clock.advance(60_000)
  await settle()
  expect(sim.value('TROJA-M')).toBe(14)
  expect((await does('connections.articles')).items).toMatchObject([{ state: 'in-sync', heldByMessage: false }])
  expect((await does('connections.show')).queue.inboxListed).toBe(0)
  expect((await web.data.owner.one<{ by: string; body: Buffer }>(sql`select dismissed_by as by, body from inbox where id = ${messageId}`)).by).toMatch(/^key:/)
  expect(await does('connections.retry-message', { messageId })).toMatchObject({ state: 'waiting' })
  await applyWaiting(web.deps, it.companyId, it.listenerId)
  expect((await does('connections.inbox', {}, { state: 'listed' })).items).toHaveLength(1)
})

test('what can be read again after all is applied when it is tried again', async () => {
  await settle()
  await hook(BROKEN)
  const messageId = (await does('connections.inbox', {}, { state: 'listed' })).items[0]?.id ?? 0
  await web.data.owner.run(sql`update inbox set body = '{"ref":"nobody"}' where id = ${messageId}`)
  await does('connections.retry-message', { messageId })
  await applyWaiting(web.deps, it.companyId, it.listenerId)
  expect(await does('connections.message', { messageId })).toMatchObject({ state: 'done', problem: null })
})

test('the page says how long changes waited for the shop, and what came in', async () => {
  await settle()
  await journalSettled(web.deps)
  const before = (await does('connections.show')).latency.hour?.n ?? 0
  for (let n = 0; n < 3; n++) {
    const sale = {
      key: `s${n}`,
      articleId: it.articleId,
      locationId: it.locationIds[0] as number,
      kind: 'sale' as const,
      onHand: -1,
      at: web.clock.now(),
      source: {},
      actor: 'system',
    }
    await web.data.db.inCompany(it.companyId, (tx) => postMovements(tx, [sale], web.clock.now()))
    web.clock.advance(800)
    await settle()
  }
  await journalSettled(web.deps)
  const { latency } = await does('connections.show')
  expect((latency.hour?.n ?? 0) - before).toBe(3)
  expect(latency.hour?.p50Ms).toBeGreaterThan(760)
  expect(latency.hour?.p50Ms).toBeLessThan(840)
  web.clock.advance(3 * 3_600_000)
  const later = await does('connections.show')
  expect(later.latency).toMatchObject({ hour: null, day: { n: latency.day?.n } })
})
