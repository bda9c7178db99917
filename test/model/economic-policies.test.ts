/** What moves an ERP's numbers isn't documented, so each reading is a position: an order at five shows four in the shop all the way, through order, draft and invoice. */
import { expect, test } from 'vitest'
import type { Knobs } from '../../sim/economic/knobs.ts'
import { economicStand, MINUTE_MS, NUMBER } from '../flows/economic-stand.ts'

const POLICIES: { name: string; settings: Record<string, string>; knobs: Partial<Knobs> }[] = [
  { name: 'in stock, counted when it is booked', settings: {}, knobs: {} },
  { name: 'in stock, only counts call the webhook', settings: {}, knobs: { stockHookOn: 'count' } },
  { name: 'in stock, no change moves lastUpdated', settings: {}, knobs: { stockMovesLastUpdated: false, lastUpdatedTo: 'minute' } },
  { name: 'in stock, booking takes nothing off', settings: { counted: 'never' }, knobs: { bookingLowersInStock: false } },
  { name: 'available, counted from the order on', settings: { number: 'available' }, knobs: { draftReserves: true } },
  { name: 'available, counted from the draft on', settings: { number: 'available', counted: 'draft' }, knobs: { orderCounts: 'never', draftReserves: true } },
  { name: 'available, drafts reserve nothing', settings: { number: 'available', counted: 'booked' }, knobs: { orderCounts: 'never' } },
]
test.each(POLICIES)('R38 R39: $name', async ({ settings, knobs }) => {
  const { afterHook, close, erp, pass, shop } = await economicStand({ knobs }, settings)
  try {
    const order = shop.sell(NUMBER, 1)
    await pass(MINUTE_MS)
    const { number } = erp.office.makeOrder({ lines: [{ productNumber: NUMBER, quantity: 1 }], other: order.name })
    const seen = [await afterHook()]
    const draft = erp.office.upgrade({ order: number })
    seen.push(await afterHook())
    erp.office.book({ draft: draft.number })
    seen.push(await afterHook())
    erp.office.count({ productNumber: NUMBER, inStock: 9 })
    expect([...seen, await afterHook()]).toEqual([4, 4, 4, knobs.bookingLowersInStock === false ? 8 : 9])
  } finally {
    await close()
  }
})

test('L7: what e-conomic keeps no number of is unknown and never 0, and the article says why; a barred one has its number like any other', async () => {
  const s = await economicStand()
  try {
    const { office } = s.erp
    const says = async () => (await s.owner.does('articles.show', { params: { articleId: s.ids[NUMBER] ?? 0 } })).masters[0]
    expect(await says()).toMatchObject({ name: 'economic', number: 5, why: null })
    const after = async (work: () => unknown) => {
      work()
      return [await s.afterHook(), (await says())?.why ?? null]
    }
    const change = (to: Parameters<typeof office.change>[0]['to']) => () => office.change({ productNumber: NUMBER, to })
    for (const uncounted of ['no-object', 'zeros'] as const) {
      s.erp.turn({ uncounted })
      expect(await after(change({ group: 2 }))).toEqual([5, 'not-counted'])
      expect(await after(change({ group: 1 }))).toEqual([5, null])
    }
    expect(await after(() => office.modules({ names: ['Ordre'] }))).toEqual([5, 'not-counted'])
    expect(await after(() => office.modules({ names: ['Lager', 'Ordre'] }))).toEqual([5, null])
    change({ barred: true })()
    expect(await after(() => office.count({ productNumber: NUMBER, inStock: 2 }))).toEqual([2, null])
    expect(await after(() => office.remove({ productNumber: NUMBER }))).toEqual([2, 'not-there'])
  } finally {
    await s.close()
  }
})
