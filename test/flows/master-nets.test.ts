/** What finds an ERP's changes when no call tells of them: the minute's sweep, the booked invoices, the night's walk. What is no number: test/model/economic-policies.test.ts. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { chores } from '../../src/sync/chores.ts'
import { type EconomicStand, economicStand, MINUTE_MS } from './economic-stand.ts'

const [SWEPT, WALKED, INVOICED, DRAINED] = ['0571', '0572', '0573', '0574'] as const
let s: EconomicStand

beforeAll(async () => {
  s = await economicStand({ numbers: [SWEPT, WALKED, INVOICED, DRAINED] })
})
afterAll(() => s.close())

const master = () => s.owner.does('masters.show', { params: s.at })
const call = (number: string) => s.hook(`type=stockUpdate&username=shop1&password=x&number=${number}`)
const says = async (number: string) => (await s.owner.does('articles.show', { params: { articleId: s.ids[number] ?? 0 } })).masters[0]

test('a change no call told of is found by the minute’s sweep, also where stamps go to the minute', async () => {
  for (const [lastUpdatedTo, inStock] of [
    ['second', 9],
    ['minute', 4],
  ] as const) {
    s.erp.turn({ lastUpdatedTo })
    s.erp.office.count({ productNumber: SWEPT, inStock })
    await s.pass(2 * MINUTE_MS)
    expect(s.shop.value(SWEPT)).toBe(inStock)
  }
  s.erp.turn({ lastUpdatedTo: 'second' })
  expect(await master()).toMatchObject({ changes: { called: 0, swept: 2, walked: 0 } })
})

test('R38: an invoice booked while every webhook is lost releases its order within a minute, and the shop never shows it twice', async () => {
  const order = s.shop.sell(INVOICED, 2)
  await s.pass(MINUTE_MS)
  expect(s.shop.value(INVOICED)).toBe(3)
  s.erp.office.book({ draft: s.erp.office.makeInvoice({ lines: [{ productNumber: INVOICED, quantity: 2 }], other: order.name }).number })
  await s.pass(2 * MINUTE_MS)
  expect(s.shop.value(INVOICED)).toBe(3)
  const [level] = (await s.owner.does('levels.list', { query: { number: INVOICED } })).items
  expect(level).toMatchObject({ onHand: 3, reserved: 0 })
})

test('R40: calls that come twice, late and in another order are each a look, so the number is what it is', async () => {
  s.erp.office.count({ productNumber: DRAINED, inStock: 7 })
  s.erp.office.count({ productNumber: DRAINED, inStock: 3 })
  for (let n = 0; n < 3; n++) await call(DRAINED)
  await s.pass(MINUTE_MS)
  await call(DRAINED)
  await s.pass(MINUTE_MS)
  expect(s.shop.value(DRAINED)).toBe(3)
})

test('R40: a change while its number is being read, with its call, is read again', async () => {
  // The last of the documents is read after the numbers: the call comes between the two.
  s.erp.turn({ stockMovesLastUpdated: false })
  s.erp.office.count({ productNumber: DRAINED, inStock: 8 })
  await call(DRAINED)
  let calling: Promise<number> | null = null
  s.erp.beforeNext('GET products', () =>
    s.erp.beforeNext('GET invoices/booked', () => {
      s.erp.office.count({ productNumber: DRAINED, inStock: 6 })
      calling = call(DRAINED)
    }),
  )
  await s.pass(MINUTE_MS)
  expect(await calling).toBe(200)
  await s.pass(MINUTE_MS)
  expect(s.shop.value(DRAINED)).toBe(6)
})

test('the night, where the company is, reads everything: what it alone finds is counted, so that a shop learns that no calls come', async () => {
  const { endedAt } = (await master()).walk
  s.erp.turn({ stockMovesLastUpdated: false })
  s.erp.office.count({ productNumber: WALKED, inStock: 1 })
  // Fourteen hours after the last one, and not yet night in Stockholm.
  await s.until('22:30')
  expect([(await master()).walk.endedAt, s.shop.value(WALKED)]).toEqual([endedAt, 5])
  await s.until('04:30')
  // It is told nothing, so there is nothing to compare.
  await chores(s.web.deps)
    .find((each) => each.name === 'compare')
    ?.run(s.owner.companyId)
  await s.pass(2 * MINUTE_MS)
  expect((await s.owner.does('connections.show', { params: s.at })).runs).toEqual([])
  const { walk, changes } = await master()
  expect([walk.foundByWalk, changes.walked, s.shop.value(WALKED)]).toEqual([1, 1, 1])
  await s.until('04:50')
  expect((await master()).walk).toEqual(walk)
  // The next night finds nothing; what is gone since is said to be, though nobody told.
  s.erp.office.remove({ productNumber: WALKED })
  await s.until('04:30')
  expect((await master()).walk.foundByWalk).toBe(0)
  expect(await says(WALKED)).toMatchObject({ why: 'not-there', number: 1 })
  expect(s.shop.value(WALKED)).toBe(1)
})
