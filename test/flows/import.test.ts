/** First-time set-up with a shop that has products already: seen before it is done, done once, and nothing of it goes back to the shop. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ToyStand, toyStand } from './toy-stand.ts'

let s: ToyStand
const show = async () => (await s.owner.does('imports.show', { params: s.at })).import
const items = async (query: Record<string, string> = {}) => (await s.owner.does('imports.items', { params: s.at, query })).items
const EVERYTHING = { makes: true, images: true, prices: true, stock: true, boxes: true }
/** Until it waits for a person, or is over. */
async function settled() {
  for (let n = 0; n < 60; n++) {
    await s.settle()
    const now = await show()
    if (now === null || now.state === 'ready' || now.state === 'done') return now
    s.web.clock.advance(2_000)
  }
  throw new Error(`still ${(await show())?.state}`)
}
const article = async (number: string) => (await s.owner.does('articles.list', { query: { number } })).items[0]
const wrote = () => [s.sim.state.writes.length, s.sim.state.hits['product.made'] ?? 0, s.sim.state.hits['product.changed'] ?? 0]

beforeAll(async () => {
  s = await toyStand(['100'])
  s.sim.addProduct({
    name: 'Tröja Tjörn',
    vendor: 'Tjörn AB',
    description: 'Stickad.',
    options: ['Storlek', 'Färg'],
    items: [
      { number: '0201', values: ['S', 'Blå'], barcode: '7350053850019', price: 59_900, stock: 3 },
      { number: '0202', values: ['M', 'Blå'], price: 59_900, stock: 0 },
      { number: '', values: ['L', 'Blå'], price: 59_900, stock: 1 },
    ],
  })
  s.sim.addProduct({ name: 'Mössa', items: [{ number: '0301', price: 19_900, stock: 7 }] })
  s.sim.addProduct({ name: 'Mössa, igen', items: [{ number: '0301', price: 19_900 }] })
})
afterAll(async () => {
  await s.close()
})

test('a preview says what would be linked, made and left out, and changes nothing', async () => {
  expect(await s.owner.does('imports.show', { params: s.at })).toEqual({ can: true, import: null })
  await s.owner.does('imports.preview', { params: s.at, body: {} })
  expect(await settled()).toMatchObject({ state: 'ready', products: 4, variants: 6, previewed: { link: 1, make: 2, leftOut: 3 }, choices: null })
  expect((await items()).map((item) => [item.number, item.verdict, item.code])).toEqual([
    ['100', 'link', null],
    ['0201', 'make', null],
    ['0202', 'make', null],
    [null, 'left-out', 'no-number'],
    ['0301', 'left-out', 'number-in-several'],
    ['0301', 'left-out', 'number-in-several'],
  ])
  expect(await article('0201')).toBeUndefined()
})

test('carried out, products are made with all that is theirs, the numbers of goods nobody has counted are taken over, and the shop is written nothing', async () => {
  const before = wrote()
  await s.owner.does('imports.start', { params: s.at, body: EVERYTHING })
  expect(await settled()).toMatchObject({ state: 'done', became: { link: 1, make: 2, leftOut: 3 }, choices: EVERYTHING })
  const small = await article('0201')
  expect(small).toMatchObject({ name: 'Tröja Tjörn, S, Blå', optionValues: { Storlek: 'S', Färg: 'Blå' }, priceMinor: 59_900, barcodes: [{ code: '7350053850019', pack: 1 }] })
  expect(small?.levels).toMatchObject([{ locationId: s.owner.locationId, onHand: 3 }])
  expect((await article('0202'))?.levels).toMatchObject([{ onHand: 0 }])
  expect((await article('100'))?.levels).toMatchObject([{ onHand: 10 }])
  expect(await s.owner.does('products.show', { params: { productId: small?.productId ?? 0 } })).toMatchObject({ vendor: 'Tjörn AB', description: 'Stickad.' })
  expect(await s.state('100')).toBe('in-sync')
  expect(wrote()).toEqual(before)
})

test('it is done once: a second press says when, and by whom', async () => {
  for (const route of ['imports.preview', 'imports.cancel'] as const)
    expect(await s.owner.call(route, { params: s.at, body: {} })).toMatchObject({
      status: 409,
      body: { code: 'import-done', facts: { by: expect.stringMatching(/^(key|person):/) } },
    })
  expect(await s.owner.call('imports.start', { params: s.at, body: EVERYTHING })).toMatchObject({ status: 409, body: { code: 'import-done' } })
})
