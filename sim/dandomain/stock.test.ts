/** Products, variants and their numbers: how they are found, written, and moved by the shop's own sales. */
import { afterEach, expect, test } from 'vitest'
import { stillTime } from '../shopify/asking.ts'
import { session } from './asking.ts'
import { type DandomainOptions, type DandomainSim, startDandomain } from './dandomain.ts'

let sim: DandomainSim
afterEach(() => sim.close())
async function start(options: DandomainOptions = {}) {
  sim = await startDandomain({ clock: stillTime(), ...options })
  const open = await session(sim)
  for (const kind of ['Product_SetFields', 'Product_SetVariantFields']) await open.text(kind, { Fields: 'Id,ItemNumber,Stock,StockLocations' })
  return open
}
const dress = {
  itemNumber: 'KJOLE',
  title: 'Kjole',
  variants: [
    { itemNumber: 'KJOLE-S', title: 'S', stock: 2 },
    { itemNumber: '', title: 'M', stock: 3 },
  ],
}

test('a number finds all that carry it, without regard to case unless a session asks for it; an empty one finds nothing', async () => {
  const open = await start()
  sim.shop.addProducts([{ itemNumber: 'Abc', stock: 1 }, { itemNumber: 'ABC', stock: 2 }, { itemNumber: '' }, dress])
  const found = async (number: string) => (await open.records('Product_GetByItemNumber', { ItemNumber: number })).map((each) => each.ItemNumber)
  expect(await found('abc')).toEqual(['Abc', 'ABC'])
  expect(await found('')).toEqual([])
  expect((await open.records('Product_GetVariantsByItemNumber', { ItemNumber: 'kjole-s' }))[0]).toMatchObject({ Stock: '2' })
  sim.turn({ itemNumberFinds: 'any-case-and-blanks' })
  expect(await found('ABC  ')).toEqual(['Abc', 'ABC'])
  expect(await open.text('Solution_SetCaseSensitiveItemNumber', { Enabled: true })).toBe('true')
  expect(await found('ABC')).toEqual(['ABC'])
})
test('an update is partial, by id the one and by number all that carry it, and answers the ids it hit', async () => {
  const open = await start()
  const [one, two, whole] = sim.shop.addProducts([{ itemNumber: 'TVILLING', stock: 1, ean: '57' }, { itemNumber: 'tvilling', stock: 2 }, dress])
  expect(await open.items('Product_Update', { ProductData: { ItemNumber: 'TVILLING', Stock: 9 } })).toEqual([String(one?.id), String(two?.id)])
  expect(await open.items('Product_Update', { ProductData: { Id: one?.id ?? 0, Stock: 4 } })).toEqual([String(one?.id)])
  expect([one, two].map((each) => sim.stockAt(`product:${each?.id}`))).toEqual([4, 9])
  const small = whole?.variants[0]?.id ?? 0
  expect(await open.items('Product_UpdateVariant', { VariantData: { Id: small, Stock: -1 } })).toEqual([String(small)])
  expect(sim.stockAt(`variant:${small}`)).toBe(-1)
  expect(await open.items('Product_Update', { ProductData: { Id: 999, Stock: 1 } })).toEqual([])
  expect(sim.state().writes.map(({ cell, before, value }) => [cell, before, value])).toEqual([
    [`product:${one?.id}`, 1, 9],
    [`product:${two?.id}`, 2, 9],
    [`product:${one?.id}`, 9, 4],
    [`variant:${small}`, 2, -1],
  ])
  sim.turn({ negativeStock: 'PARAM' })
  await expect(open.items('Product_Update', { ProductData: { Id: one?.id ?? 0, Stock: -1 } })).rejects.toThrow('PARAM')
  await expect(open.items('Product_Update', { ProductData: { Id: one?.id ?? 0, Stock: '1.5' } })).rejects.toThrow('encoding rules')
  expect(await open.records('Product_GetByIds', { ProductIds: [two?.id ?? 0] })).toMatchObject([{ ItemNumber: 'tvilling' }])
})
test('stock at locations is written one by one; what the whole number shows then is a switch', async () => {
  for (const [totalStock, shown, written] of [
    ['first-location', 5, { 1: 8, 2: 7 }],
    ['own', 0, { 1: 5, 2: 7 }],
    ['sum', 12, { 1: 1, 2: 7 }],
  ] as const) {
    const open = await start({ locations: [1, 2], knobs: { totalStock } })
    const [cup] = sim.shop.addProducts([{ itemNumber: 'KOP', locations: { 1: 3, 2: 7 } }])
    const cell = `product:${cup?.id}`
    expect(await open.text('Product_UpdateStockForStockLocation', { ProductId: cup?.id ?? 0, StockLocationId: 1, Stock: 5 })).toBe('true')
    await expect(open.text('Product_UpdateStockForStockLocation', { ProductId: cup?.id ?? 0, StockLocationId: 3, Stock: 5 })).rejects.toThrow('PARAM')
    expect(sim.stockAt(cell), totalStock).toBe(shown)
    await open.items('Product_Update', { ProductData: { Id: cup?.id ?? 0, Stock: 8 } })
    expect(sim.state().products[0]?.locations, totalStock).toEqual(written)
    if (totalStock !== 'sum') await sim.close()
  }
})
test('the shop lowers its number when an order is placed, when it is sent, or never; and gives it back or not', async () => {
  const life = async (knobs: DandomainOptions['knobs'], autoStock = true) => {
    await start({ knobs: knobs ?? {} })
    sim.shop.addProducts([{ itemNumber: 'A', stock: 10, autoStock }])
    const stock = () => sim.shop.stock({ itemNumber: 'A' })
    const { id: order } = sim.shop.placeOrder({ lines: [{ itemNumber: 'A', amount: 3 }] })
    const seen = [stock()]
    sim.shop.edit({ order, lines: [{ itemNumber: 'A', amount: 2 }] })
    seen.push(stock())
    sim.shop.setStatus({ order, status: 3 })
    seen.push(stock())
    sim.shop.creditNote({ order, lines: [{ itemNumber: 'A', amount: 1 }] })
    seen.push(stock())
    sim.shop.setStatus({ order, status: 5 })
    seen.push(stock())
    await sim.close()
    return seen
  }
  expect(await life({})).toEqual([7, 8, 8, 9, 11])
  expect(await life({ decrementOn: 'shipped' })).toEqual([10, 10, 8, 9, 11])
  expect(await life({ decrementOn: 'never' })).toEqual([10, 10, 10, 10, 10])
  expect(await life({ editMovesStock: false, creditNoteRestoresStock: false, cancelRestoresStock: false })).toEqual([7, 7, 8, 8, 8])
  expect(await life({}, false)).toEqual([10, 10, 10, 10, 10])
  await start()
  sim.shop.addProducts([{ itemNumber: 'A', stock: 1, title: 'Åløb' }])
  expect(() => sim.shop.placeOrder({ lines: [{ itemNumber: 'A', amount: 2 }] })).toThrow('Åløb findes ikke i det antal')
  sim.shop.placeOrder({ lines: [{ itemNumber: 'A', amount: 1 }], status: 0 })
  expect(sim.shop.stock({ itemNumber: 'A' })).toBe(1)
})
