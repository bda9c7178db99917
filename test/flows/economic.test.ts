/** e-conomic as master of a store's numbers, with a webshop beside it. What it counts, and when, in every position: test/model/economic-policies.test.ts. */
import { expect, test } from 'vitest'
import { economicStand, MINUTE_MS, NUMBER } from './economic-stand.ts'

test('R38 R40: the shop shows what e-conomic has less the order it has not counted; a call makes it read again and is never believed', async () => {
  const { afterHook, close, erp, hook, pass, shop } = await economicStand()
  try {
    expect(shop.value(NUMBER)).toBe(5)
    const order = shop.sell(NUMBER, 1)
    await pass(MINUTE_MS)
    expect(await afterHook(), 'a call with the old five').toBe(4)
    erp.office.book({ draft: erp.office.makeInvoice({ lines: [{ productNumber: NUMBER, quantity: 1 }], other: order.name }).number })
    expect(await afterHook(), 'e-conomic says four').toBe(4)
    erp.office.count({ productNumber: NUMBER, inStock: 9 })
    await pass(2 * MINUTE_MS)
    expect(shop.value(NUMBER), 'found without a call').toBe(9)
    expect([await hook('type=stockUpdate&number=[NUMBER]'), await hook('moon=full')]).toEqual([401, 401])
  } finally {
    await close()
  }
})
