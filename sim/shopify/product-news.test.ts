/** What apps hear of products, what people of the shop do with them, and that a large shop stays quick. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ask, listener, stillTime, subscribe } from './asking.ts'
import { type ShopifySim, startShopify } from './shopify.ts'

const SCOPES = ['write_products', 'read_publications', 'read_inventory']
let sim: ShopifySim
let ear: Awaited<ReturnType<typeof listener>>
beforeEach(async () => {
  ear = await listener()
  sim = await startShopify({ clock: stillTime(), places: ['Odenplan'], scopes: SCOPES })
})
afterEach(async () => {
  await sim.close()
  await ear.close()
})
const heard = async () => {
  await sim.hooks.quiet()
  return ear.heard.map(({ topic, body }) => ({ topic, body: JSON.parse(body) as Record<string, unknown> & { variants: Record<string, unknown>[]; variant_gids: unknown[] } }))
}
const shirt = () =>
  sim.shop.addItems(['S', 'M'].map((size) => ({ sku: `SKJ-${size}`, product: 'Linneskjorta', options: { Storlek: size }, priceMinor: 99_500, levels: { Odenplan: 2 } })))
const MAKE = 'mutation S($input: ProductSetInput!) { productSet(input: $input) { product { id } userErrors { message } } }'

describe('hooks', () => {
  test('made, changed and deleted: the product as REST shows it, then its id alone', async () => {
    for (const topic of ['PRODUCTS_CREATE', 'PRODUCTS_UPDATE', 'PRODUCTS_DELETE']) await subscribe(sim, topic, ear.uri)
    sim.shop.addItems([{ sku: 'SOCKA', title: 'Raggsockor', priceMinor: 22_900, barcode: '7350053850026' }])
    sim.shop.editVariant({ sku: 'SOCKA', priceMinor: 19_900, compareAtMinor: 22_900 })
    const { id } = sim.shop.deleteProduct({ product: 'raggsockor' })
    const [made, changed, gone] = await heard()
    expect(made).toMatchObject({
      topic: 'products/create',
      body: {
        title: 'Raggsockor',
        handle: 'raggsockor',
        status: 'active',
        options: [{ name: 'Title', position: 1, values: ['Default Title'] }],
        variants: [{ title: 'Default Title', sku: 'SOCKA', price: '229.00', compare_at_price: null, barcode: '7350053850026', option1: 'Default Title', option2: null }],
      },
    })
    expect(changed).toMatchObject({ topic: 'products/update', body: { variants: [{ price: '199.00', compare_at_price: '229.00' }] } })
    expect(gone).toEqual({ topic: 'products/delete', body: { id: Number(id) } })
  })
  test('of the hundred and first variant only the id', async () => {
    await subscribe(sim, 'PRODUCTS_CREATE', ear.uri)
    const names = Array.from({ length: 101 }, (_, n) => `F${n}`)
    await ask(sim, MAKE, {
      input: {
        title: 'Garn',
        productOptions: [{ name: 'Färg', values: names.map((name) => ({ name })) }],
        variants: names.map((name) => ({ optionValues: [{ optionName: 'Färg', name }] })),
      },
    })
    const [made] = await heard()
    expect([made?.body.variants.length, made?.body.variant_gids.length]).toEqual([100, 101])
  })
  test('the topics need the right to read products', async () => {
    sim.setScopes(['read_inventory'])
    expect((await subscribe(sim, 'PRODUCTS_UPDATE', ear.uri)).userErrors).toHaveLength(1)
  })
})

describe('what people of the shop do', () => {
  test('a product is renamed, archived, given a variant, taken from a channel, and rid of a variant', async () => {
    shirt()
    expect(sim.shop.editProduct({ product: 'SKJ-S', title: 'Linneskjorta Skagen', status: 'ARCHIVED' })).toMatchObject({
      title: 'Linneskjorta Skagen',
      status: 'ARCHIVED',
      handle: 'linneskjorta',
    })
    expect(sim.shop.addVariant({ product: 'linneskjorta', options: { Storlek: 'L' }, sku: 'SKJ-L' }).variants.map((each) => each.title)).toEqual(['S', 'M', 'L'])
    expect(sim.shop.unpublish({ product: 'linneskjorta', at: ['Shop'] }).publications).toEqual(['Online Store', 'Point of Sale'])
    sim.shop.deleteItem({ sku: 'SKJ-M' })
    expect(sim.shop.product({ product: 'linneskjorta' })).toMatchObject({ options: { Storlek: ['S', 'L'] }, variants: [{ sku: 'SKJ-S' }, { sku: 'SKJ-L' }] })
    sim.shop.deleteProduct({ product: 'linneskjorta' })
    expect([sim.shop.products(), sim.state().items]).toEqual([[], 0])
  })
  test('an archived product is still where it was put, or isn’t (switch)', async () => {
    shirt()
    sim.shop.editProduct({ product: 'linneskjorta', status: 'ARCHIVED' })
    const count = async (only: boolean) => {
      const answer = await ask(sim, '{ products(first: 1) { nodes { resourcePublicationsCount(onlyPublished: ONLY) { count } } } }'.replace('ONLY', String(only)))
      return JSON.stringify(answer.data?.products).match(/\d+/)?.[0]
    }
    expect(await count(true)).toBe('3')
    sim.switch({ hiddenIsPublished: false })
    expect([await count(true), await count(false)]).toEqual(['0', '3'])
  })
})

test('a product is found only when the index has followed, and not sooner', async () => {
  sim.switch({ searchLagMs: 5000 })
  shirt()
  const found = async (query: string) =>
    JSON.stringify((await ask(sim, 'query Q($q: String!) { products(first: 5, query: $q) { nodes { title } } }', { q: query })).data).includes('Linneskjorta')
  expect([await found('sku:SKJ-S'), await found("updated_at:>'2026-01-01'")]).toEqual([false, false])
  sim.advance(5000)
  expect([await found('sku:SKJ-S'), await found("updated_at:>'2026-01-01'")]).toEqual([true, true])
})

test('ten thousand products with thirty thousand variants are made and walked through without a walk in a walk', async () => {
  sim.switch({ costs: 'counted' })
  const started = performance.now()
  const sizes = ['S', 'M', 'L']
  sim.shop.addItems(Array.from({ length: 30_000 }, (_, n) => ({ sku: `V${n}`, product: `Vara ${Math.floor(n / 3)}`, options: { Storlek: sizes[n % 3] ?? '' } })))
  let after: string | null = null
  let seen = 0
  do {
    const answer = await ask(sim, 'query W($after: String) { productVariants(first: 250, after: $after) { nodes { sku product { id } } pageInfo { hasNextPage endCursor } } }', {
      after,
    })
    const page = answer.data?.productVariants as unknown as { nodes: unknown[]; pageInfo: { hasNextPage: boolean; endCursor: string } }
    seen += page.nodes.length
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null
  } while (after !== null)
  expect(seen).toBe(30_000)
  // About four seconds on a machine that does nothing else; a square of thirty thousand would be hours.
  expect(performance.now() - started).toBeLessThan(120_000)
}, 180_000)
