/** Products as Shopify shows them: what is read, page by page and by search. */
import { expect, test } from 'vitest'
import { ask, stillTime } from './asking.ts'
import { startShopify } from './shopify.ts'

const SCOPES = ['read_products', 'write_products', 'read_publications', 'write_publications', 'read_inventory']
const shop = async () => {
  const sim = await startShopify({ clock: stillTime(), places: ['Odenplan'], scopes: SCOPES, name: 'Ull & Lin' })
  sim.shop.addItems([
    { sku: 'SKJ-S', product: 'Linneskjorta Skagen', options: { Storlek: 'S' }, priceMinor: 99_500, barcode: '7350053850019', levels: { Odenplan: 3 } },
    { sku: 'SKJ-M', product: 'Linneskjorta Skagen', options: { Storlek: 'M' }, priceMinor: 99_500, levels: { Odenplan: 2 } },
    { sku: '2005', title: 'Raggsockor', priceMinor: 22_900 },
  ])
  return sim
}
const READ = `query P($query: String, $sort: ProductSortKeys!) { products(first: 5, query: $query, sortKey: $sort) { nodes {
  title handle vendor status tags descriptionHtml hasOnlyDefaultVariant totalInventory variantsCount { count }
  options { name position values optionValues { name hasVariants } }
  variants(first: 5) { nodes { title displayName sku barcode price compareAtPrice taxable position selectedOptions { name value optionValue { name } } inventoryItem { tracked } } }
  resourcePublicationsV2(first: 5) { nodes { isPublished publication { name } publishable { publishedOnPublication(publicationId: "gid://shopify/Publication/1") } } } } } }`

test('a product says what it is: its options, its variants in order, where it is published', async () => {
  const sim = await shop()
  const answer = await ask(sim, READ.replace(/ publishable .*?\} \}/, ' }'), { sort: 'ID' })
  expect(answer.errors).toEqual([])
  const [shirt, socks] = (answer.data?.products as unknown as { nodes: Record<string, unknown>[] } | undefined)?.nodes ?? []
  expect(shirt).toMatchObject({
    title: 'Linneskjorta Skagen',
    handle: 'linneskjorta-skagen',
    vendor: 'Ull & Lin',
    status: 'ACTIVE',
    tags: [],
    descriptionHtml: '',
    hasOnlyDefaultVariant: false,
    totalInventory: 5,
    variantsCount: { count: 2 },
    options: [
      {
        name: 'Storlek',
        position: 1,
        values: ['S', 'M'],
        optionValues: [
          { name: 'S', hasVariants: true },
          { name: 'M', hasVariants: true },
        ],
      },
    ],
    variants: {
      nodes: [
        {
          title: 'S',
          displayName: 'Linneskjorta Skagen - S',
          sku: 'SKJ-S',
          barcode: '7350053850019',
          price: '995.00',
          compareAtPrice: null,
          taxable: true,
          position: 1,
          selectedOptions: [{ name: 'Storlek', value: 'S', optionValue: { name: 'S' } }],
          inventoryItem: { tracked: true },
        },
        { title: 'M', sku: 'SKJ-M', position: 2 },
      ],
    },
    resourcePublicationsV2: { nodes: ['Online Store', 'Point of Sale', 'Shop'].map((name) => ({ isPublished: true, publication: { name } })) },
  })
  expect(socks).toMatchObject({ hasOnlyDefaultVariant: true, options: [{ name: 'Title', values: ['Default Title'] }], variants: { nodes: [{ title: 'Default Title' }] } })
  await sim.close()
})

test('products are found by what is said of them and sorted by what is asked', async () => {
  const sim = await shop()
  const titles = async (query: string | null, sort = 'ID') =>
    (
      (await ask(sim, 'query T($query: String, $sort: ProductSortKeys!) { products(first: 5, query: $query, sortKey: $sort, reverse: true) { nodes { title } } }', { query, sort }))
        .data?.products as unknown as { nodes: { title: string }[] } | undefined
    )?.nodes.map((each) => each.title)
  expect(await titles(null, 'TITLE')).toEqual(['Raggsockor', 'Linneskjorta Skagen'])
  expect(await titles('sku:SKJ-M')).toEqual(['Linneskjorta Skagen'])
  expect(await titles("barcode:'7350053850019'")).toEqual(['Linneskjorta Skagen'])
  expect(await titles('status:draft,archived')).toEqual([])
  expect(await titles(`handle:raggsockor`)).toEqual(['Raggsockor'])
  const answer = await ask(sim, '{ productVariants(first: 5, query: "sku:skj-s OR sku:2005") { nodes { sku product { handle } } } }')
  expect(answer.data).toEqual({
    productVariants: {
      nodes: [
        { sku: 'SKJ-S', product: { handle: 'linneskjorta-skagen' } },
        { sku: '2005', product: { handle: 'raggsockor' } },
      ],
    },
  })
  await sim.close()
})

test('limits of the shop, its publications, a product by its handle', async () => {
  const sim = await shop()
  const answer = await ask(
    sim,
    '{ shop { resourceLimits { maxProductVariants maxProductOptions } } publications(first: 5) { nodes { name } } productByIdentifier(identifier: { handle: "raggsockor" }) { title } }',
  )
  expect(answer.data).toEqual({
    shop: { resourceLimits: { maxProductVariants: 2048, maxProductOptions: 3 } },
    publications: { nodes: [{ name: 'Online Store' }, { name: 'Point of Sale' }, { name: 'Shop' }] },
    productByIdentifier: { title: 'Raggsockor' },
  })
  sim.setScopes(['read_inventory'])
  const refused = await ask(sim, '{ product(id: "gid://shopify/Product/1") { id } }')
  expect(refused.errors[0]?.extensions.code).toBe('ACCESS_DENIED')
  await sim.close()
})
