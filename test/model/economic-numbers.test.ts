/** Item numbers as people write them, from e-conomic's webhook to a DanDomain shop's product and variant to the letter; and its two decimals, in each mode, below zero too. */
import { expect, test } from 'vitest'
import { invoiceStand, MINUTE_MS } from '../flows/invoice-stand.ts'

const PRODUCTS = ['A_1', 'B/2', 'C.3', 'D&4', 'E+5']
const VARIANTS = ['F#6', 'G 7', 'Æøå 8', '0009', 'a_1']
const ALL = [...PRODUCTS, ...VARIANTS]

test('S10 R40: numbers with _ / . & + # a blank, æøå and leading zeros go from the webhook to product and variant as they are, put in either way', {
  timeout: 180_000,
}, async () => {
  const s = await invoiceStand()
  try {
    const { office, hooks } = s.erp
    office.addProducts(ALL.map((productNumber) => ({ productNumber, inStock: 5 })))
    const cells = new Map<string, string>()
    for (const added of s.shop.shop.addProducts(PRODUCTS.map((itemNumber) => ({ itemNumber, title: itemNumber, stock: 0 })))) cells.set(added.itemNumber, `product:${added.id}`)
    const [parent] = s.shop.shop.addProducts([{ itemNumber: 'HOVED', title: 'Trøje', variants: VARIANTS.map((itemNumber) => ({ itemNumber, title: itemNumber, stock: 0 })) }])
    for (const variant of parent?.variants ?? []) cells.set(variant.itemNumber, `variant:${variant.id}`)
    await s.owner.does('articles.make-many', { body: { articles: ALL.map((number) => ({ number, name: number })) } })
    const articleIds = (await s.owner.does('articles.list', { query: { limit: '100' } })).items.map((item) => item.id)
    // The shop's list was read before they were there.
    await s.owner.does('runs.start', { params: { connectionId: s.shopId }, body: { kind: 'match' } })
    await s.pass(MINUTE_MS)
    await s.owner.does('connections.box', { params: { connectionId: s.shopId }, body: { boxed: true, articleIds } })
    const params = { connectionId: s.erpId }
    await s.owner.does('masters.fetch', { params, body: {} })
    const { lines } = await s.owner.does('masters.make-code', { params, body: {} })
    const postData = lines.find((line) => line.code === 'stockUpdate')?.data ?? expect.fail('no line')
    await s.pass(2 * MINUTE_MS)
    const shown = () => ALL.map((number) => s.shop.stockAt(cells.get(number) ?? ''))
    expect(shown()).toEqual(ALL.map(() => 5))

    office.addWebhook({ type: 'Varelager opdateret', url: 'https://lager.example.se/webhooks.php?', postData })
    // Nothing but the calls tells of it.
    s.erp.turn({ stockMovesLastUpdated: false })
    for (const [n, hookValues] of (['raw', 'encoded'] as const).entries()) {
      s.erp.turn({ hookValues })
      hooks.hold()
      for (const [k, productNumber] of ALL.entries()) office.count({ productNumber, inStock: 10 * (n + 1) + k })
      for (const { id, body } of hooks.waiting()) {
        const answer = await s.web.app.inject({ method: 'POST', url: '/webhooks.php?', headers: { 'content-type': 'application/x-www-form-urlencoded' }, payload: body })
        expect([body, answer.body]).toEqual([body, 'Success'])
        hooks.lose(id)
      }
      await s.pass(2 * MINUTE_MS)
      expect(shown(), hookValues).toEqual(ALL.map((_, k) => 10 * (n + 1) + k))
    }

    // In stock 12.50, available 3.00; then both below nothing: the shop sells none.
    s.erp.turn({ stockMovesLastUpdated: true })
    const [number] = PRODUCTS
    const level = async () => (await s.owner.does('levels.list', { query: { number: String(number) } })).items[0]?.onHand
    const said: [number | null | undefined, number | null][] = []
    for (const mode of ['inStock', 'available']) {
      await s.set(s.erpId, { number: mode })
      for (const [inStock, orderedByCustomers] of [
        [12.5, 9.5],
        [-0.5, 0],
      ] as const) {
        office.count({ productNumber: String(number), inStock })
        office.order({ productNumber: String(number), orderedByCustomers })
        await s.pass(3 * MINUTE_MS)
        said.push([await level(), s.shop.stockAt(cells.get(String(number)) ?? '')])
      }
    }
    expect(said).toEqual([
      [12, 12],
      [-1, 0],
      [3, 3],
      [-1, 0],
    ])
  } finally {
    await s.close()
  }
})
