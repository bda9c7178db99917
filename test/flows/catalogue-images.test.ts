/** Pictures told to a shop: in their order, once each, and never in the place of somebody else's unless that was said. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { GIF, JPEG, PNG, photo, WEBP } from '../pictures.ts'
import { type CatalogueStand, catalogueStand } from './catalogue-stand.ts'

let s: CatalogueStand
const ids: number[] = []
const add = async (body: Buffer, query: Record<string, string> = {}) => (await s.owner.does('images.add', { params: { productId: s.product.id }, query, body })).id
const pictures = () => (s.there('Tröja')?.pictures ?? []).map(({ alt, type, item }) => [alt, type, item === null ? null : s.sim.state.items.get(item)?.number])
const added = () => s.sim.state.hits['picture.added'] ?? 0

beforeAll(async () => {
  s = await catalogueStand()
  const articleId = String(s.product.articles[1]?.id)
  ids.push(await add(PNG, { alt: 'Bak' }), await add(JPEG, { alt: 'Fram' }), await add(WEBP, { alt: 'M', articleId }))
  await s.owner.does('images.order', { params: { productId: s.product.id }, body: { imageIds: [ids[1] ?? 0] } })
  await s.set({ products: true })
})
afterAll(() => s.close())

test('a product is made with its pictures, in their order, each with its words and its article; told again none is sent twice', async () => {
  await s.tell()
  const whole = [
    ['Fram', 'image/jpeg', null],
    ['Bak', 'image/png', null],
    ['M', 'image/webp', '0202'],
  ]
  expect(pictures()).toEqual(whole)
  await s.tell('resend')
  expect([pictures(), added()]).toEqual([whole, 3])
  expect((await s.told())[0]).toMatchObject({ outcome: 'nothing', parts: expect.arrayContaining(['images']) })
})

test('what is described anew, ordered anew and deleted here is so there, and nothing is sent twice; one that is taken back comes again', async () => {
  await s.owner.does('images.change', { params: { imageId: ids[0] ?? 0 }, body: { alt: 'Ryggen' } })
  await s.owner.does('images.remove', { params: { imageId: ids[1] ?? 0 } })
  await s.settled()
  expect(pictures()).toEqual([
    ['Ryggen', 'image/png', null],
    ['M', 'image/webp', '0202'],
  ])
  expect(added()).toBe(3)
  await s.owner.does('images.put-back', { params: { imageId: ids[1] ?? 0 }, body: {} })
  await s.settled()
  expect(pictures().map(([alt]) => alt)).toEqual(expect.arrayContaining(['Ryggen', 'M', 'Fram']))
  expect(added()).toBe(4)
})

test('Nei: a picture that somebody changed in the shop survives every run and every other change', async () => {
  const product = s.there('Tröja')
  const theirs = { ref: 'theirs', alt: 'Butikens egen', item: null, type: 'image/gif', digest: 'theirs', bytes: GIF }
  product?.pictures.splice(0, 1, theirs)
  const standing = pictures()
  for (const name of ['Tröja 2', 'Tröja 3', 'Tröja']) {
    await s.owner.does('products.change', { params: { productId: s.product.id }, body: { name } })
    await add(photo(1, name))
    await s.tell()
    await s.tell('resend')
  }
  expect(pictures()).toEqual(standing)
})

test('Ja: ours replace ours, and theirs stays behind them', async () => {
  await s.set({ overwriteImages: true })
  await s.settled()
  const now = pictures().map(([alt]) => alt)
  expect(now.at(-1)).toBe('Butikens egen')
  expect(now).toHaveLength((await s.owner.does('images.list', { params: { productId: s.product.id } })).items.length + 1)
  const before = added()
  s.there('Tröja')?.pictures.shift()
  await s.owner.does('products.change', { params: { productId: s.product.id }, body: { vendor: 'Orust' } })
  await s.settled()
  expect([pictures().map(([alt]) => alt), added()]).toEqual([now, before + 1])
})

test('a picture that the shop doesn’t take is listed, and the rest goes; tried again it comes', async () => {
  s.sim.options.mostPictures = s.there('Tröja')?.pictures.length ?? 0
  const id = await add(GIF, { alt: 'En för mycket' })
  await s.owner.does('images.change', { params: { imageId: ids[2] ?? 0 }, body: { alt: 'Medium' } })
  await s.settled()
  expect(await s.rejected()).toContainEqual(expect.objectContaining({ entity: 'image', id, code: 'image-failed', title: 'Tröja' }))
  expect((await s.told())[0]).toMatchObject({ outcome: 'changed', remarks: ['image-failed'], parts: ['images'] })
  expect(pictures().map(([alt]) => alt)).toContain('Medium')
  s.sim.options.mostPictures = 20
  await s.owner.does('catalogues.retry', { params: s.at, body: {} })
  await s.settled()
  expect(pictures().map(([alt]) => alt)).toContain('En för mycket')
})
