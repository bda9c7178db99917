/** The first page's one answer: what needs somebody, each number being what its list shows. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listenerById } from '../../src/core/listeners/listeners.sql.ts'
import { saveOrder } from '../../src/core/orders/save-order.ts'
import { must } from '../../src/kit/assert.ts'
import { addTallies } from '../../src/sync/measure.sql.ts'
import { sizeOf } from '../../src/sync/measure.ts'
import { anOrder } from './inbound-ground.ts'
import { type Owner, openWeb, type Web } from './web.ts'

let web: Web
let me: Owner
beforeAll(async () => {
  web = await openWeb()
  me = await web.owner()
})
afterAll(() => web.close())

test('an empty company has nothing that waits', async () => {
  expect(await me.does('overview.show')).toEqual({
    shops: [],
    orders: { open: 0, unrouted: 0, exceptions: 0 },
    stock: { articles: 0, negative: 0, uncounted: 0 },
    today: { sales: 0, salePieces: 0, orders: 0, orderPieces: 0 },
    told: null,
    shelves: [{ locationId: me.locationId, name: 'Odenplan', articles: 0, pieces: 0, out: 0 }],
  })
  const { days, places } = await me.does('overview.sales')
  expect([days.length, days[0], days.at(-1)]).toEqual([14, '2026-10-20', '2026-11-02'])
  expect(places).toEqual([{ kind: 'store', id: me.locationId, name: 'Odenplan', pieces: Array(14).fill(0) }])
})

test('each number is what its list shows, and today began at midnight where the company is', async () => {
  const make = async (number: string, more = {}) => (await me.does('articles.make', { body: { number, name: `Vara ${number}`, ...more } })).id
  const [sold, received] = [await make('1'), await make('2')]
  await make('3')
  await make('4', { stockTracked: false })
  const line = (articleId: number, quantity: number) => ({ locationId: me.locationId, lines: [{ articleId, quantity }] })
  await me.does('goods-receipts.register', { body: { ref: 'in', ...line(sold, 1) } })
  await me.does('goods-receipts.register', { body: { ref: 'in 2', ...line(received, 5) } })
  await me.does('sales.register', { body: { ref: 'today', ...line(sold, 3) } })
  // Half past midnight in Stockholm is still yesterday in UTC.
  await me.does('sales.register', { body: { ref: 'night', occurredAt: '2026-11-01T23:30:00Z', ...line(received, 1) } })
  await me.does('sales.register', { body: { ref: 'yesterday', occurredAt: '2026-11-01T22:30:00Z', ...line(received, 1) } })
  const connectionId = (await me.does('connections.make', { body: { code: 'toy', name: 'Webben' } })).id
  const values = [connectionId, me.locationId]
  await web.data.owner.run({ text: `update listener set state = 'active', default_location_id = $2 where id = $1`, values })
  const now = web.clock.now()
  const lines = [{ lineRef: 'L', articleNumber: 'NOBODY', itemRef: null, title: 'Mössa', ordered: 2, unitPriceMinor: null }]
  const order = anOrder({ placedAt: now.toISOString(), stamp: now.toISOString(), lines, routing: 'unknown' })
  await web.data.db.inCompany(me.companyId, async (tx) => {
    await saveOrder(tx, must(await listenerById(tx, connectionId), 'listener'), order, 'read', { actor: 'system', now })
  })
  const shown = await me.does('overview.show')
  expect(shown).toMatchObject({
    shops: [{ id: connectionId, state: 'active', openDifferences: 0, unread: 0 }],
    orders: { open: 1, unrouted: 0, exceptions: 1 },
    stock: { articles: 4, negative: 1, uncounted: 1 },
    today: { sales: 2, salePieces: 4, orders: 1, orderPieces: 2 },
    shelves: [{ locationId: me.locationId, articles: 1, pieces: 1, out: 1 }],
  })
  // Each day is the company's own: half an hour made two days of the two night sales.
  expect((await me.does('overview.sales')).places.map(({ kind, id, pieces }) => [kind, id, ...pieces.slice(-3)])).toEqual([
    ['store', me.locationId, 0, 1, 4],
    ['webshop', connectionId, 0, 0, 2],
  ])
  const listed = async (stock: string) => (await me.does('articles.list', { query: { stock } })).items.map((article) => article.number)
  expect([await listed('negative'), await listed('uncounted')]).toEqual([['1'], ['3']])
})

test('how long the webshops took today, and since when the oldest change waits', async () => {
  const { id } = must((await me.does('overview.show')).shops[0], 'the shop')
  const slow = 5_000
  for (const [minutes, ms] of [
    [0, 400],
    [10, 400],
    [20, slow],
    [26 * 60, 60_000],
  ] as const)
    await web.data.db.inCompany(me.companyId, (tx) =>
      addTallies(tx, [{ listenerId: id, what: 'told', slot: new Date(web.clock.now().getTime() - minutes * 60_000), size: sizeOf(ms), n: 1 }]),
    )
  const { told, shops } = await me.does('overview.show')
  expect(told?.n).toBe(3)
  expect(Math.abs((told?.p50Ms ?? 0) / 400 - 1)).toBeLessThan(0.05)
  expect(Math.abs((told?.p95Ms ?? 0) / slow - 1)).toBeLessThan(0.05)
  expect(shops).toMatchObject([{ waiting: 0, waitingSince: null, firstSyncedAt: null }])
})
