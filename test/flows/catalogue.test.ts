/** A shop that is told of our products reads a view of its own (docs/decisions/0017): what goes, what stays as the shop has it, and what is listed. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ToyFace } from '../../sim/toy/shop.ts'
import { openConnection } from '../../src/sync/connection.ts'
import { type CatalogueStand, catalogueStand } from './catalogue-stand.ts'

let s: CatalogueStand
let product: CatalogueStand['product']
let { set, tell, settled, there, face, changes } = {} as CatalogueStand

/** One article that the shop has already, and a product with two variants that it doesn't. */
beforeAll(async () => {
  s = await catalogueStand()
  ;({ product, set, tell, settled, there, face, changes } = s)
  const lines = product.articles.map(({ id: articleId }, n) => ({ articleId, quantity: n + 3 }))
  await s.owner.does('goods-receipts.register', { body: { ref: 'first', locationId: s.owner.locationId, lines } })
})
afterAll(async () => {
  await s.close()
})

test('nothing goes until somebody says so; then the product is made whole, its stock follows, and one that was there is not made again', async () => {
  expect(await s.owner.does('catalogues.show', { params: s.at })).toMatchObject({ products: false, waiting: 0, run: null })
  expect(await s.owner.call('catalogues.tell', { params: s.at, body: {} })).toMatchObject({ status: 409, body: { code: 'not-ready' } })
  await set({ products: true })
  await s.settle()
  expect(s.sim.state.products.size).toBe(0)
  await tell()
  expect(there('Tröja')).toMatchObject({ name: 'Tröja', vendor: 'Tjörn', active: true, description: null })
  expect(face('0201')).toEqual({ values: ['S'], barcode: '7350053850019', price: 59900, before: null, stock: 3, parent: there('Tröja')?.ref })
  expect(face('0202')).toMatchObject({ values: ['M'], barcode: null, price: 59900, stock: 4 })
  expect([...s.sim.state.items.values()].filter((item) => item.number === '100')).toHaveLength(1)
})

test('told again it writes nothing; a resend of everything writes the same and makes nothing', async () => {
  const before = changes()
  await tell()
  expect(changes()).toEqual(before)
  await tell('resend')
  expect(changes()[0]).toBe(before[0])
  expect((await s.owner.does('catalogues.show', { params: s.at })).run).toMatchObject({ mode: 'resend', state: 'done' })
})

test('a price that somebody changed in the shop survives a new name; where ours goes along it is ours again', async () => {
  const item = [...s.sim.state.items.values()].find((each) => each.number === '0201')?.ref ?? ''
  const inShop = (price: number) => s.sim.state.faces.set(item, { ...(s.sim.state.faces.get(item) as ToyFace), price })
  inShop(49900)
  await s.owner.does('products.change', { params: { productId: product.id }, body: { name: 'Tröja Tjörn', description: 'Stickad i Bohuslän.' } })
  await settled()
  expect([there('Tröja Tjörn')?.description, face('0201')?.price]).toEqual([null, 49900])
  await set({ priceWhenChanged: false, descriptions: true })
  await s.owner.does('products.change', { params: { productId: product.id }, body: { vendor: 'Tjörn AB' } })
  await settled()
  expect([there('Tröja Tjörn')?.vendor, there('Tröja Tjörn')?.description, face('0201')?.price]).toEqual(['Tjörn AB', 'Stickad i Bohuslän.', 59900])
  await set({ priceWhenChanged: true })
  await s.owner.does('articles.change', { params: { articleId: product.articles[0]?.id ?? 0 }, body: { priceMinor: 65000 } })
  await settled()
  expect(face('0201')?.price).toBe(65000)
})

test('the chosen location’s prices go; an article without any is told without, and listed', async () => {
  const { id: locationId } = await s.owner.does('locations.make', { body: { name: 'Outlet' } })
  await s.owner.does('articles.price', { params: { articleId: product.articles[1]?.id ?? 0 }, body: { locationId, priceMinor: 39900 } })
  await set({ priceLocationId: locationId })
  await s.owner.does('articles.change', { params: { articleId: product.articles[0]?.id ?? 0 }, body: { priceMinor: null } })
  await settled()
  expect([face('0201')?.price, face('0202')?.price]).toEqual([65000, 39900])
  const { items } = await s.owner.does('catalogues.rejected', { params: s.at })
  expect(items.filter((row) => row.title?.startsWith('02'))).toEqual([expect.objectContaining({ entity: 'price', title: '0201', code: 'price-missing' })])
})

test('an answer that is lost makes no second product, nor does a worker that dies; what the shop refuses is listed with its words', async () => {
  await set({ priceLocationId: null })
  await settled()
  const [made = 0] = changes()
  s.sim.fault({ kind: 'timeout-after', times: 1, on: 'products' })
  await s.owner.does('articles.make', { body: { number: '0301', name: 'Vante', priceMinor: 19900 } })
  for (let n = 0; n < 8; n++) {
    s.web.clock.advance(60_000)
    await s.settle()
  }
  expect(changes()[0]).toBe(made + 1)
  s.sim.onRequest = (phase, _request, purpose) => {
    if (phase !== 'after' || purpose !== 'products') return undefined
    s.sim.onRequest = null
    s.connection.die()
    return 'hangup'
  }
  await s.owner.does('articles.make', { body: { number: '0302', name: 'Mössa', priceMinor: 29900 } })
  await s.connection.step().catch(() => {})
  const next = openConnection(s.web.deps, s.owner.companyId, s.at.connectionId)
  for (let n = 0; n < 30; n++) {
    s.web.clock.advance(30_000)
    while ((await next.step()).did);
  }
  await next.letGo()
  expect([changes()[0], face('0302')?.price]).toEqual([made + 2, 29900])
  const values = Array.from({ length: 120 }, (_, n) => `Nr ${n + 1}`)
  const many = await s.owner.does('products.make', {
    body: { name: 'Alla nyanser', options: [{ name: 'Nyans', values }], variants: values.map((Nyans, n) => ({ number: `N${n}`, optionValues: { Nyans }, priceMinor: 100 })) },
  })
  await settled()
  const { items } = await s.owner.does('catalogues.rejected', { params: s.at })
  expect(items.find((row) => row.entity === 'product' && row.id === many.id)).toMatchObject({ code: 'too-many-variants', title: 'Alla nyanser' })
})

test('turned off nothing more goes, and turned on again what changed meanwhile does', async () => {
  await set({ products: false })
  const before = changes()
  await s.owner.does('products.change', { params: { productId: product.id }, body: { active: false } })
  await s.settle()
  expect([changes(), there('Tröja Tjörn')?.active]).toEqual([before, true])
  await set({ products: true })
  await settled()
  expect(there('Tröja Tjörn')?.active).toBe(false)
  expect((await s.owner.does('views.list', {})).items).toEqual([])
})
