/** "Connect to article": what a person says of a line with an unknown number lands once, in every order that has it, and can be said anew. */
import { afterEach, expect, test } from 'vitest'
import { listenerById } from '../../src/core/listeners/listeners.sql.ts'
import { connectLine } from '../../src/core/orders/connect-line.ts'
import type { Order } from '../../src/core/orders/order.ts'
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

const hats = (over: Partial<Order> = {}, articleNumber: string | null = 'HAT'): Order =>
  anOrder({
    lines: [{ lineRef: 'L', articleNumber, itemRef: 'i', title: 'Mössa', ordered: 3, unitPriceMinor: null }],
    shipments: [{ shipmentRef: 'S', at: at(2).toISOString(), placeRef: 'P1', lines: [{ lineRef: 'L', quantity: 1 }] }],
    routing: [{ lineRef: 'L', placeRef: 'P1', quantity: 2 }],
    ...over,
  })

async function start() {
  const g = await ground()
  open.push(g)
  const hat = await g.addArticle('4711')
  const save = (order: Order) => g.db.inCompany(g.companyId, async (tx) => saveOrder(tx, must(await listenerById(tx, g.listenerId), 'listener'), order, 'read', g.by))
  const orderId = async (ref = 'O1') => (await g.owner.one<{ id: number }>(sql`select id from web_order where order_ref = ${ref}`)).id
  const connect = async (articleId: number | null, ref = 'O1') => {
    const input = { orderId: await orderId(ref), lineRef: 'L', articleId }
    return await g.db.inCompany(g.companyId, (tx) => connectLine(tx, input, { ...g.by, actor: 'person:1' }))
  }
  return { g, hat, save, connect, here: g.locations[0] }
}

test('R5: a connected number counts once in every order that has it, also in later ones', async () => {
  const { g, hat, save, connect, here } = await start()
  await save(hats())
  await save(hats({ orderRef: 'O2', name: '#1002' }))
  expect(await g.level(hat, here)).toBe(null)
  expect(await connect(hat)).toBe(2)
  expect(await g.level(hat, here)).toEqual([-2, 4])
  expect(await connect(hat)).toBe(0)
  await save(hats({ stamp: at(5).toISOString(), paid: true }))
  expect(await g.level(hat, here)).toEqual([-2, 4])
  await save(hats({ orderRef: 'O3', name: '#1003', shipments: [], routing: [{ lineRef: 'L', placeRef: 'P1', quantity: 3 }] }))
  expect(await g.level(hat, here)).toEqual([-2, 7])
})

test('R5: connected to the wrong article and then to the right one: the first gets everything back', async () => {
  const { g, hat, save, connect, here } = await start()
  const cap = await g.addArticle('4712')
  await save(hats())
  await connect(cap)
  expect(await g.level(cap, here)).toEqual([-1, 2])
  expect(await connect(hat)).toBe(1)
  expect([await g.level(cap, here), await g.level(hat, here)]).toEqual([
    [0, 0],
    [-1, 2],
  ])
})

test("R5: a number that is an article's own can't be given to another", async () => {
  const { g, hat, save, connect } = await start()
  await g.addArticle('HAT')
  await save(hats())
  await expect(connect(hat)).rejects.toMatchObject({ code: 'number-taken' })
  await expect(connect(null)).rejects.toMatchObject({ code: 'number-taken' })
})

test('R5: a line without a number is connected alone, and one that is no goods waits for nobody', async () => {
  const { g, hat, save, connect, here } = await start()
  await save(hats({}, ''))
  await save(hats({ orderRef: 'O2' }, null))
  expect(await connect(hat)).toBe(1)
  expect(await g.level(hat, here)).toEqual([-1, 2])
  expect(await connect(null, 'O2')).toBe(1)
  expect(await connect(null, 'O2')).toBe(0)
  await save(hats({ stamp: at(6).toISOString(), shipments: [], routing: [{ lineRef: 'L', placeRef: 'P2', quantity: 3 }] }, ''))
  expect([await g.level(hat, here), await g.level(hat, g.locations[1])]).toEqual([
    [0, 0],
    [0, 3],
  ])
})

test('R5: of an article connected by hand nothing is believed: which item the shop lowered is not known', async () => {
  const { g, hat, save, connect, here } = await start()
  const delivered = { key: 'r', articleId: hat, locationId: here, kind: 'receipt', onHand: 10, at: at(-60), source: {}, actor: 'system' } as const
  await g.db.inCompany(g.companyId, (tx) => postMovements(tx, [delivered], g.by.now))
  await g.db.inCompany(g.companyId, (tx) => tickBox(tx, g.listenerId, [hat], g.by))
  await save(hats())
  await connect(hat)
  const before = (await g.told(hat, here)).doubt
  await save(hats({ orderRef: 'O2' }))
  expect((await g.told(hat, here)).doubt).toBe(before + 1)
})

test('R26: what changed in an order since it was placed is kept, in order of time', async () => {
  const { g, save } = await start()
  await save(hats({ shipments: [], routing: 'unknown' }))
  await save(hats({ stamp: at(3).toISOString() }))
  await save(hats({ stamp: at(4).toISOString(), paid: true, routing: 'unknown' }))
  await save(hats({ stamp: new Date(at(4).getTime() + 1000).toISOString(), paid: true }))
  await save(
    hats({
      stamp: at(5).toISOString(),
      cancelledAt: at(5).toISOString(),
      withdrawals: [{ withdrawalRef: 'W', at: at(5).toISOString(), placeRef: null, lines: [{ lineRef: 'L', quantity: 2, kind: 'lost' }] }],
    }),
  )
  expect(await g.owner.rows(sql`select edit from web_order_edit order by version`)).toEqual([
    {
      edit: {
        lines: [{ lineRef: 'L', title: 'Mössa', what: 'shipped', was: 0, now: 1 }],
        moved: [{ lineRef: 'L', title: 'Mössa', to: ['P1'] }],
        cancelled: null,
      },
    },
    { edit: { lines: [{ lineRef: 'L', title: 'Mössa', what: 'lost', was: 0, now: 2 }], moved: [], cancelled: true } },
  ])
})
