/** Order snapshots against the real ledger: differences, doubt, unknown numbers, put back. */
import { afterEach, expect, test } from 'vitest'
import { listenerById } from '../../src/core/listeners/listeners.sql.ts'
import { connectUnknownLines } from '../../src/core/orders/evaluate-again.ts'
import type { Order } from '../../src/core/orders/order.ts'
import { putBackLosses } from '../../src/core/orders/put-back.ts'
import { saveOrder } from '../../src/core/orders/save-order.ts'
import { postMovements } from '../../src/core/stock/post-movements.ts'
import { tickBox } from '../../src/core/told/tick-box.ts'
import { sql } from '../../src/db/sql.ts'
import { must } from '../../src/kit/assert.ts'
import { anOrder, at, type Ground, ground } from './inbound-ground.ts'

const open: Ground[] = []
afterEach(async () => {
  for (const g of open.splice(0)) await g.close()
})
async function start(over: Parameters<typeof ground>[0] = {}) {
  const g = await ground(over)
  open.push(g)
  const article = await g.addArticle('007')
  const save = (order: Order, takenFrom: 'hook' | 'read' = 'read') =>
    g.db.inCompany(g.companyId, async (tx) => saveOrder(tx, must(await listenerById(tx, g.listenerId), 'listener'), order, takenFrom, g.by))
  const receive = (location: number, onHand: number, key = `r${location}`) =>
    g.db.inCompany(g.companyId, (tx) =>
      postMovements(tx, [{ key, articleId: article, locationId: location, kind: 'receipt', onHand, at: at(-60), source: {}, actor: 'system' }], g.by.now),
    )
  /** In sync: the shop shows what we believe. */
  const anchor = async () => {
    await g.owner.run(sql`update link set state = 'matched', item_ref = 'I1'`)
    await g.owner.run(
      sql`update told set told = wanted, looks = '[]', anchor_seen = seen, anchor_value = greatest(0, (select on_hand - reserved from level v where v.article_id = told.entity_id and v.location_id = told.location_id))`,
    )
  }
  return { g, article, save, receive, anchor, here: g.locations[0], there: g.locations[1] }
}

test('R2: placed, edited, partly shipped, returned, cancelled and un-cancelled are one rule', async () => {
  const { g, article, save, receive, here } = await start()
  await receive(here, 10)
  await save(anOrder())
  expect(await g.level(article, here)).toEqual([10, 5])
  const ship = [{ shipmentRef: 'S', at: at(2).toISOString(), placeRef: 'P1', lines: [{ lineRef: 'L', quantity: 2 }] }]
  await save(anOrder({ stamp: at(2).toISOString(), shipments: ship }))
  expect(await g.level(article, here)).toEqual([8, 3])
  const back = [{ withdrawalRef: 'W', at: at(3).toISOString(), placeRef: 'P1', lines: [{ lineRef: 'L', quantity: 1, kind: 'returned' as const }] }]
  await save(anOrder({ stamp: at(3).toISOString(), shipments: ship, withdrawals: back }))
  expect(await g.level(article, here)).toEqual([9, 3])
  const cancelled = [...back, { withdrawalRef: 'W2', at: at(4).toISOString(), placeRef: 'P1', lines: [{ lineRef: 'L', quantity: 3, kind: 'restocked' as const }] }]
  await save(anOrder({ stamp: at(4).toISOString(), shipments: ship, withdrawals: cancelled, cancelledAt: at(4).toISOString() }))
  expect(await g.level(article, here)).toEqual([9, 0])
  await save(anOrder({ stamp: at(5).toISOString(), shipments: ship, withdrawals: back }))
  expect(await g.level(article, here)).toEqual([9, 3])
  await save(anOrder({ stamp: at(6).toISOString(), shipments: ship, withdrawals: back, routing: [{ lineRef: 'L', placeRef: 'P2', quantity: 3 }] }))
  expect([await g.level(article, here), await g.level(article, g.locations[1])]).toEqual([
    [9, 0],
    [0, 3],
  ])
})

test('R1: the same snapshot twice, an older one and a repeat after a restore post nothing', async () => {
  const { g, article, save, receive, here } = await start()
  await receive(here, 10)
  expect(await save(anOrder())).toBe('saved')
  expect(await save(anOrder())).toBe('older')
  expect(await save(anOrder({ stamp: at(0).toISOString(), lines: [] }))).toBe('older')
  expect(await g.level(article, here)).toEqual([10, 5])
})

test('R5: on an equal stamp a read is believed and a hook asks for one', async () => {
  const { g, article, save, receive, here } = await start()
  await receive(here, 10)
  await save(anOrder())
  const other = anOrder({ lines: [{ lineRef: 'L', articleNumber: '007', itemRef: null, title: 'Tröja', ordered: 4, unitPriceMinor: null }] })
  expect(await save(other, 'hook')).toBe('same-stamp')
  expect(await g.level(article, here)).toEqual([10, 5])
  expect(await save(other, 'read')).toBe('saved')
  expect(await g.level(article, here)).toEqual([10, 4])
})

test('R9: a certain order leaves the shop in sync, an unrouted one takes the belief away everywhere', async () => {
  const { g, article, save, receive, anchor, here, there } = await start()
  await receive(here, 10)
  await receive(there, 10)
  await g.db.inCompany(g.companyId, (tx) => tickBox(tx, g.listenerId, [article], g.by))
  await anchor()
  await save(anOrder())
  const certain = await g.told(article, here)
  expect([certain.seen, certain.anchor_value, certain.wanted - certain.told]).toEqual([-5, 10, 0])
  expect((await g.told(article, there)).touch).toBe(1)
  await save(anOrder({ orderRef: 'O2', routing: 'unknown' }))
  expect(await g.unrouted(article)).toBe(5)
  for (const cell of [await g.told(article, here), await g.told(article, there)]) expect([cell.anchor_value, cell.doubt, cell.wanted > cell.told]).toEqual([null, 1, true])
  expect([(await g.told(article, here)).provisional, (await g.told(article, there)).provisional]).toEqual([5, 0])
  await save(anOrder({ orderRef: 'O3', routing: 'unknown' }))
  expect(await g.unrouted(article)).toBe(10)
  await save(anOrder({ orderRef: 'O2', stamp: at(2).toISOString(), routing: [{ lineRef: 'L', placeRef: 'P2', quantity: 5 }] }))
  expect([await g.unrouted(article), (await g.told(article, here)).provisional]).toEqual([5, 5])
  expect([await g.level(article, here), await g.level(article, there)]).toEqual([
    [10, 10],
    [10, 5],
  ])
})

test('R9: V8: of a shop whose rule is unknown nothing is claimed and nothing is believed', async () => {
  const { g, article, save, receive, anchor, here } = await start({ ruleKnown: false })
  await receive(here, 10)
  await g.db.inCompany(g.companyId, (tx) => tickBox(tx, g.listenerId, [article], g.by))
  await anchor()
  await save(anOrder())
  const row = await g.told(article, here)
  expect([row.seen, row.anchor_value, row.doubt, row.wanted > row.told]).toEqual([0, null, 1, true])
})

test('R5: lines of an unknown number are kept, and post when the article appears', async () => {
  const { g, save } = await start()
  const lines = [
    { lineRef: 'X', articleNumber: '0042', itemRef: 'i', title: 'Mössa', ordered: 2, unitPriceMinor: null },
    { lineRef: 'Y', articleNumber: '', itemRef: null, title: 'Utan nummer', ordered: 1, unitPriceMinor: null },
  ]
  await save(anOrder({ lines, routing: [{ lineRef: 'X', placeRef: 'P2', quantity: 2 }] }))
  expect(await g.owner.rows(sql`select article_number, article_id from web_order_line order by line_ref`)).toEqual([
    { article_number: '0042', article_id: null },
    { article_number: '', article_id: null },
  ])
  expect(await g.owner.rows(sql`select 1 from movement`)).toEqual([])
  const hat = await g.addArticle('0042')
  expect(await g.db.inCompany(g.companyId, (tx) => connectUnknownLines(tx, hat, '0042', g.by))).toBe(1)
  expect(await g.level(hat, g.locations[1])).toEqual([0, 2])
  expect(await g.db.inCompany(g.companyId, (tx) => connectUnknownLines(tx, hat, '0042', g.by))).toBe(0)
})

test('R1: V10: cancelled without restock is written off, and one button puts it back', async () => {
  const { g, article, save, receive, here } = await start()
  await receive(here, 10)
  await save(anOrder())
  const lost = anOrder({
    stamp: at(2).toISOString(),
    cancelledAt: at(2).toISOString(),
    withdrawals: [{ withdrawalRef: 'W', at: at(2).toISOString(), placeRef: null, lines: [{ lineRef: 'L', quantity: 5, kind: 'lost' }] }],
  })
  await save(lost)
  expect(await g.level(article, here)).toEqual([5, 0])
  const order = (await g.owner.one<{ id: number }>(sql`select id from web_order`)).id
  expect(await g.db.inCompany(g.companyId, (tx) => putBackLosses(tx, { orderId: order, lossIds: null }, g.by))).toBe(1)
  expect(await g.level(article, here)).toEqual([10, 0])
  expect(await g.db.inCompany(g.companyId, (tx) => putBackLosses(tx, { orderId: order, lossIds: null }, g.by))).toBe(0)
  await save({ ...lost, stamp: at(3).toISOString(), paid: true })
  expect(await g.level(article, here)).toEqual([10, 0])
  const before = await g.owner.rows<{ occurred_at: Date }>(sql`select occurred_at from movement where kind = 'web-loss' order by id`)
  expect(before.map((m) => m.occurred_at.toISOString())).toEqual([at(2).toISOString(), at(2).toISOString()])
})

test('R1: V12: shipped, counted, returned, seen all at once: the book is right after', async () => {
  const { g, article, save, receive, here } = await start()
  await receive(here, 10)
  // Shipped 2 at t1; counted 8 at t2 before we knew of the shipment: the book said 10, the count posts -2 and a count line.
  await g.owner.run(
    sql`insert into count_line (company_id, key, article_id, location_id, counted_at, counted, book, posted_at, actor) values (${g.companyId}, 'c1', ${article}, ${here}, ${at(10)}, 8, 10, ${at(10)}, 'system')`,
  )
  const line = (await g.owner.one<{ id: number }>(sql`select id from count_line`)).id
  await g.db.inCompany(g.companyId, (tx) =>
    postMovements(tx, [{ key: 'count:c1', articleId: article, locationId: here, kind: 'count', onHand: -2, at: at(10), source: {}, actor: 'system', countLineId: line }], g.by.now),
  )
  const shipments = [{ shipmentRef: 'S', at: at(5).toISOString(), placeRef: 'P1', lines: [{ lineRef: 'L', quantity: 2 }] }]
  const withdrawals = [{ withdrawalRef: 'W', at: at(15).toISOString(), placeRef: 'P1', lines: [{ lineRef: 'L', quantity: 1, kind: 'returned' as const }] }]
  await save(
    anOrder({
      stamp: at(20).toISOString(),
      lines: [{ lineRef: 'L', articleNumber: '007', itemRef: null, title: 'Tröja', ordered: 2, unitPriceMinor: null }],
      shipments,
      withdrawals,
      routing: [],
    }),
  )
  expect(await g.level(article, here)).toEqual([9, 0])
})

test('R1: baseline: open orders are reserved at activation, what was shipped before never posts', async () => {
  const { g, article, save, receive, here } = await start({ countsFrom: at(10) })
  await receive(here, 10)
  const ship = (minute: number) => ({ shipmentRef: `S${minute}`, at: at(minute).toISOString(), placeRef: 'P1', lines: [{ lineRef: 'L', quantity: 1 }] })
  await save(anOrder({ shipments: [ship(5)] }))
  expect(await g.level(article, here)).toEqual([10, 4])
  await save(anOrder({ stamp: at(12).toISOString(), shipments: [ship(5), ship(12)] }))
  expect(await g.level(article, here)).toEqual([9, 3])
})
