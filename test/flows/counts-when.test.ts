/** From when an order holds goods: placed, or paid. Chosen per connection, changed at any time, and it never touches what the shop takes off its own number. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql } from '../../src/db/sql.ts'
import { type ToyStand, toyStand } from './toy-stand.ts'

let stand: ToyStand
beforeAll(async () => {
  stand = await toyStand(['MUGG', 'KANNA'], { rule: 'placed' })
})
afterAll(() => stand.close())

const level = async (number: string) => {
  const { levels } = await stand.owner.does('articles.show', { params: { articleId: stand.ids[number] ?? 0 } })
  return [levels[0]?.onHand, levels[0]?.reserved]
}
const choose = (countsWhen: 'placed' | 'paid') => stand.owner.does('connections.settings', { params: stand.at, body: { countsWhen } })
const arrives = async () => {
  stand.web.clock.advance(60_000)
  await stand.settle()
}

test('R2: an unpaid order holds nothing where orders count when paid; it does once it is paid, and what was shipped unpaid has left the shelf', async () => {
  expect((await choose('paid')).countsWhen).toBe('paid')
  const order = stand.sim.sell('MUGG', 2, { paid: false })
  await arrives()
  expect(await level('MUGG')).toEqual([10, 0])
  // Its goods may be sold again, here and in the shop, which is told so.
  expect(stand.sim.value('MUGG')).toBe(10)
  const [shown] = (await stand.owner.does('orders.list', { query: { state: 'unpaid' } })).items
  expect([shown?.name, shown?.waitsForPayment]).toEqual([order.name, true])

  stand.sim.pay(order)
  await arrives()
  expect([await level('MUGG'), stand.sim.value('MUGG')]).toEqual([[10, 2], 8])
  expect((await stand.owner.does('orders.list', { query: { state: 'unpaid' } })).items).toEqual([])

  const invoiced = stand.sim.sell('MUGG', 3, { paid: false })
  stand.sim.ship(invoiced)
  await arrives()
  expect([await level('MUGG'), stand.sim.value('MUGG')]).toEqual([[7, 2], 5])
})

test('R2, R3: changing it reckons open orders anew by the difference, both ways, and believes the same of the shop', async () => {
  await choose('placed')
  stand.sim.sell('KANNA', 2, { paid: false })
  stand.sim.sell('KANNA', 1, { paid: true })
  await arrives()
  const seen = async () => (await stand.web.data.owner.one<{ seen: number }>(sql`select seen from told where kind = 'stock' and entity_id = ${stand.ids.KANNA}`)).seen
  const before = await seen()
  expect([await level('KANNA'), stand.sim.value('KANNA')]).toEqual([[10, 3], 7])
  await choose('paid')
  expect([await level('KANNA'), await seen()]).toEqual([[10, 1], before])
  await stand.settle()
  expect(stand.sim.value('KANNA')).toBe(9)
  await choose('paid')
  await choose('placed')
  await stand.settle()
  expect([await level('KANNA'), stand.sim.value('KANNA'), await seen()]).toEqual([[10, 3], 7, before])
  const { n } = await stand.web.data.owner.one<{ n: number }>(
    sql`select count(*)::int as n from movement where kind in ('web-reserve', 'web-release') and article_id = ${stand.ids.KANNA}`,
  )
  expect(n).toBe(4)
})
