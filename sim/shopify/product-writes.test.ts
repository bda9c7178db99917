/** Products written as apps write them, with Shopify's refusals in their recorded words. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ask, placeGid, stillTime } from './asking.ts'
import { type ShopifySim, startShopify } from './shopify.ts'

const SCOPES = ['read_products', 'write_products', 'read_publications', 'write_publications', 'read_inventory', 'read_locations']
const OPTIONS = 'options { id name position values optionValues { id name hasVariants } }'
const VARIANTS =
  'variants(first: 10) { nodes { id title sku price compareAtPrice barcode taxable inventoryPolicy inventoryQuantity selectedOptions { name value } inventoryItem { id tracked } } }'
const ERRORS = 'userErrors { code field message }'

let sim: ShopifySim
beforeEach(async () => {
  sim = await startShopify({ clock: stillTime(), places: ['Odenplan', 'Haga'], scopes: SCOPES, name: 'Ull & Lin' })
})
afterEach(() => sim.close())

interface Shown {
  id: string
  title: string
  options: { id: string; name: string; values: string[]; optionValues: { id: string; name: string; hasVariants: boolean }[] }[]
  variants: { nodes: { id: string; title: string; sku: string | null; price: string; inventoryItem: { id: string; tracked: boolean } }[] }
}
interface Payload {
  product: Shown | null
  productVariants: { id: string; sku: string | null; price: string }[] | null
  userErrors: { code?: string; field: string[] | null; message: string }[]
}
async function run(document: string, variables: Record<string, unknown>): Promise<Payload> {
  const answer = await ask(sim, document, variables)
  expect(answer.errors).toEqual([])
  return Object.values(answer.data ?? {})[0] as unknown as Payload
}
const create = (product: Record<string, unknown>) =>
  run(
    `mutation C($product: ProductCreateInput!) { productCreate(product: $product) { product { id title handle status vendor tags ${OPTIONS} ${VARIANTS} } shop { name } userErrors { field message } } }`,
    { product },
  )
const update = (product: Record<string, unknown>) =>
  run('mutation U($product: ProductUpdateInput!) { productUpdate(product: $product) { product { id title handle vendor status descriptionHtml } userErrors { field message } } }', {
    product,
  })
const set = (input: Record<string, unknown>, identifier: Record<string, unknown> | null = null) =>
  run(
    `mutation S($input: ProductSetInput!, $identifier: ProductSetIdentifiers) { productSet(input: $input, identifier: $identifier, synchronous: true) { product { id title ${OPTIONS} ${VARIANTS} } productSetOperation { id } ${ERRORS} } }`,
    { input, identifier },
  )
const bulk = (verb: 'Create' | 'Update', productId: string, variants: Record<string, unknown>[], more: Record<string, unknown> = {}) =>
  run(
    verb === 'Create'
      ? `mutation B($productId: ID!, $variants: [ProductVariantsBulkInput!]!, $strategy: ProductVariantsBulkCreateStrategy) { productVariantsBulkCreate(productId: $productId, variants: $variants, strategy: $strategy) { product { id ${OPTIONS} ${VARIANTS} } productVariants { id sku price } ${ERRORS} } }`
      : `mutation B($productId: ID!, $variants: [ProductVariantsBulkInput!]!, $partly: Boolean) { productVariantsBulkUpdate(productId: $productId, variants: $variants, allowPartialUpdates: $partly) { product { id ${OPTIONS} ${VARIANTS} } productVariants { id sku price } ${ERRORS} } }`,
    { productId, variants, ...more },
  )
const at = (option: string, name: string) => ({ optionName: option, name })
/** A shirt in two sizes, made as an app makes it. */
async function shirt() {
  const made = await set({
    title: 'Linneskjorta Skagen',
    productOptions: [{ name: 'Storlek', position: 1, values: [{ name: 'S' }, { name: 'M' }] }],
    variants: [
      { optionValues: [at('Storlek', 'S')], sku: 'SKJ-S', price: '995.00', inventoryItem: { tracked: true } },
      { optionValues: [at('Storlek', 'M')], sku: 'SKJ-M', price: '995.00', inventoryItem: { tracked: true } },
    ],
  })
  expect(made.userErrors).toEqual([])
  return made.product as Shown
}
const shown = async (id: string) =>
  (
    await ask(sim, `query P($id: ID!) { product(id: $id) { id title ${OPTIONS} ${VARIANTS} publishedAt resourcePublicationsV2(first: 9) { nodes { publication { name } } } } }`, {
      id,
    })
  ).data?.product as unknown as Shown & { publishedAt: string | null; resourcePublicationsV2: { nodes: { publication: { name: string } }[] } }

describe('productCreate and productUpdate', () => {
  test('a product begins with one variant, free of charge, not counted, stocked at the first place, published nowhere', async () => {
    const { product, userErrors } = await create({ title: 'Mössa Fjäll', tags: ['vinter', 'ull'] })
    expect(userErrors).toEqual([])
    expect(product).toMatchObject({
      handle: 'mossa-fjall',
      status: 'ACTIVE',
      vendor: 'Ull & Lin',
      tags: ['ull', 'vinter'],
      options: [{ name: 'Title', values: ['Default Title'], optionValues: [{ name: 'Default Title', hasVariants: true }] }],
      variants: { nodes: [{ title: 'Default Title', sku: null, price: '0.00', inventoryItem: { tracked: false } }] },
    })
    expect(await shown(product?.id ?? '')).toMatchObject({ publishedAt: null, resourcePublicationsV2: { nodes: [] } })
    const item = product?.variants.nodes[0]?.inventoryItem.id
    const levels = await ask(
      sim,
      'query L($id: ID!) { inventoryItem(id: $id) { inventoryLevels(first: 5) { nodes { location { name } quantities(names: ["available"]) { quantity } } } } }',
      {
        id: item,
      },
    )
    expect(levels.data?.inventoryItem).toEqual({ inventoryLevels: { nodes: [{ location: { name: 'Odenplan' }, quantities: [{ quantity: 0 }] }] } })
  })
  test('blank and too long texts, in the recorded words', async () => {
    const said = async (product: Record<string, unknown>) => (await create(product)).userErrors
    expect(await said({ title: '' })).toEqual([{ field: ['title'], message: "Title can't be blank" }])
    expect(await said({ title: 't'.repeat(256) })).toEqual([{ field: ['title'], message: 'Title is too long (maximum is 255 characters)' }])
    expect(await said({ title: 'x', vendor: 'v'.repeat(256) })).toEqual([{ field: ['vendor'], message: 'Vendor is too long (maximum is 255 characters)' }])
    expect(await said({ title: 'x', productType: 'p'.repeat(256) })).toEqual([
      { field: ['productType'], message: 'Product type is too long (maximum is 255 characters)' },
      { field: ['customProductType'], message: 'Custom product type is too long (maximum is 255 characters)' },
    ])
  })
  test('a handle is made plain; one made from a title gets a number, one asked for that is taken is refused', async () => {
    const handleOf = async (product: Record<string, unknown>) => (await create(product)).product as unknown as { handle: string } | null
    expect(await handleOf({ title: 'A', handle: '  Weird Handle / 100%  ' })).toMatchObject({ handle: 'weird-handle-100' })
    expect(await handleOf({ title: 'B', handle: '%%%' })).toMatchObject({ handle: 'product' })
    expect(await handleOf({ title: 'Sjal' })).toMatchObject({ handle: 'sjal' })
    expect(await handleOf({ title: 'Sjal' })).toMatchObject({ handle: 'sjal-1' })
    expect((await create({ title: 'C', handle: 'sjal' })).userErrors).toEqual([
      { field: ['input', 'handle'], message: "Handle 'sjal' already in use. Please provide a new handle." },
    ])
  })
  test('an update touches what it says and nothing else', async () => {
    const product = await shirt()
    const { product: after } = await update({ id: product.id, title: 'Linneskjorta Skagen, ny', status: 'DRAFT', descriptionHtml: '<p>Vävd i Norge</p>' })
    expect(after).toEqual({
      id: product.id,
      title: 'Linneskjorta Skagen, ny',
      handle: 'linneskjorta-skagen',
      vendor: 'Ull & Lin',
      status: 'DRAFT',
      descriptionHtml: '<p>Vävd i Norge</p>',
    })
    expect((await shown(product.id)).variants).toEqual(product.variants)
    expect((await update({ id: 'gid://shopify/Product/999999999999', title: 'x' })).userErrors).toEqual([{ field: ['id'], message: 'Product does not exist' }])
  })
  test('without the right: ACCESS_DENIED, and nothing is made', async () => {
    sim.setScopes(['read_products'])
    const answer = await ask(sim, 'mutation C { productCreate(product: { title: "x" }) { product { id } userErrors { message } } }')
    expect(answer.errors[0]).toMatchObject({
      message: 'Access denied for productCreate field. Required access: `write_products` access scope.',
      extensions: { code: 'ACCESS_DENIED' },
    })
    expect(sim.state().items).toBe(0)
  })
})

describe('productSet', () => {
  test('makes a whole product, and what a later list leaves out is deleted', async () => {
    const product = await shirt()
    expect(product.variants.nodes.map((each) => [each.title, each.sku, each.price])).toEqual([
      ['S', 'SKJ-S', '995.00'],
      ['M', 'SKJ-M', '995.00'],
    ])
    const { product: after } = await set(
      {
        productOptions: [{ name: 'Storlek', values: [{ name: 'M' }, { name: 'L' }] }],
        variants: [{ optionValues: [at('Storlek', 'M')], price: '895.00' }, { optionValues: [at('Storlek', 'L')] }],
      },
      { id: product.id },
    )
    expect(after?.title).toBe('Linneskjorta Skagen')
    expect(after?.variants.nodes.map((each) => [each.title, each.sku, each.price])).toEqual([
      ['M', 'SKJ-M', '895.00'],
      ['L', null, '0.00'],
    ])
    // The same value is the same variant; the one left out is gone.
    expect(after?.variants.nodes[0]?.id).toBe(product.variants.nodes[1]?.id)
    expect(after?.options[0]?.id).toBe(product.options[0]?.id)
    expect(() => sim.shop.handle({ sku: 'SKJ-S' })).toThrow()
  })
  test('quantities say where it is stocked', async () => {
    const { product } = await set({
      title: 'Sjal Siljan',
      productOptions: [{ name: 'Title', values: [{ name: 'Default Title' }] }],
      variants: [
        {
          optionValues: [at('Title', 'Default Title')],
          sku: 'SJAL',
          inventoryItem: { tracked: true },
          inventoryQuantities: [{ locationId: placeGid(sim, 'Haga'), name: 'available', quantity: 3 }],
        },
      ],
    })
    expect(product?.variants.nodes[0]).toMatchObject({ inventoryQuantity: 3 })
    expect([sim.available('SJAL', 'Haga'), sim.available('SJAL', 'Odenplan')]).toEqual([3, null])
  })
  test('refusals: duplicates, missing lists, ids and identifiers, lengths', async () => {
    const said = async (input: Record<string, unknown>, identifier: Record<string, unknown> | null = null) => {
      const { product, userErrors } = await set(input, identifier)
      expect(product).toBeNull()
      return userErrors
    }
    const productOptions = [{ name: 'Size', values: [{ name: 'S' }, { name: 'M' }] }]
    expect(await said({ title: 'x', productOptions, variants: ['S', 'M', 'S'].map((name) => ({ optionValues: [at('Size', name)] })) })).toEqual([
      { code: 'INVALID_VARIANT', field: ['input', 'variants', '2'], message: "The variant 'S' already exists. Please change at least one option value." },
    ])
    expect(await said({ title: 'x', productOptions })).toEqual([
      { code: 'VARIANTS_INPUT_MISSING', field: ['input', 'variants'], message: 'Variants input is required when updating product options' },
    ])
    expect((await said({ title: 'x', variants: [{ optionValues: [at('Size', 'S')] }] }))[0]).toMatchObject({ code: 'PRODUCT_OPTIONS_INPUT_MISSING' })
    expect(await said({ id: 'gid://shopify/Product/1', title: 'x' }, { handle: 'x' })).toEqual([
      { code: 'ID_NOT_ALLOWED', field: ['input'], message: 'The id field is not allowed if identifier is provided.' },
    ])
    expect((await said({ title: 'x' }, { id: 'gid://shopify/Product/1' }))[0]).toMatchObject({ code: 'PRODUCT_DOES_NOT_EXIST' })
    expect((await said({ title: 't'.repeat(256) })).map((error) => [error.field, error.message])).toEqual([
      [['input', 'title'], 'is too long (maximum is 255 characters)'],
      [['input'], 'Handle is too long (maximum is 255 characters)'],
    ])
    expect((await said({ title: 'x', productOptions: ['a', 'b', 'c', 'd'].map((name) => ({ name, values: [{ name: '1' }] })), variants: [] }))[0]?.code).toBe('OPTIONS_OVER_LIMIT')
    expect(sim.state().items).toBe(0)
  })
  test('by handle: made when there is none, changed when there is', async () => {
    const made = await set({ title: 'Vantar', handle: 'vantar' }, { handle: 'vantar' })
    const changed = await set({ title: 'Vantar Dalarna', handle: 'vantar' }, { handle: 'vantar' })
    expect([changed.product?.id, changed.product?.title]).toEqual([made.product?.id, 'Vantar Dalarna'])
    expect((await set({ title: 'x' }, { handle: 'vantar' })).userErrors[0]?.code).toBe('MISSING_FIELD_REQUIRED')
  })
  test('2,048 variants are taken, one more is too large an input; each costs a fifth of a point', async () => {
    const many = (count: number) => ({
      title: `Garn ${count}`,
      productOptions: [{ name: 'Färg', values: Array.from({ length: Math.min(count, 2048) }, (_, n) => ({ name: `F${n}` })).slice(0, 250) }],
      variants: Array.from({ length: count }, (_, n) => ({ optionValues: [at('Färg', `F${n}`)] })),
    })
    const answer = await ask(sim, 'mutation S($input: ProductSetInput!) { productSet(input: $input) { product { id } userErrors { code } } }', { input: many(2049) })
    expect(answer.errors[0]).toMatchObject({
      message: 'The input array size of 2049 is greater than the maximum allowed of 2048.',
      extensions: { code: 'MAX_INPUT_SIZE_EXCEEDED' },
    })
    const ten = await ask(sim, 'mutation S($input: ProductSetInput!) { productSet(input: $input) { product { id } userErrors { code } } }', { input: many(10) })
    expect([ten.data?.productSet, ten.cost.requestedQueryCost]).toEqual([{ product: { id: expect.any(String) }, userErrors: [] }, 12])
  })
})

describe('variants in bulk', () => {
  test('by default the standalone variant makes room; a lone real one stays', async () => {
    const { product } = await create({ title: 'Bulk' })
    const first = await bulk('Create', product?.id ?? '', [{ optionValues: [at('Title', 'Default Blue')], price: '25.00', inventoryItem: { sku: 'BLUE', tracked: true } }])
    expect(first.product).toMatchObject({
      options: [{ values: ['Default Blue'], optionValues: [{ name: 'Default Blue' }] }],
      variants: { nodes: [{ title: 'Default Blue', sku: 'BLUE', price: '25.00' }] },
    })
    const second = await bulk('Create', product?.id ?? '', [{ optionValues: [at('Title', 'Red')] }])
    expect(second.product?.variants.nodes.map((each) => each.title)).toEqual(['Default Blue', 'Red'])
    const alone = (await create({ title: 'Ensam', productOptions: [{ name: 'Color', values: [{ name: 'Red' }] }] })).product as Shown
    const third = await bulk('Create', alone.id, [{ optionValues: [at('Color', 'Blue')] }], { strategy: 'REMOVE_STANDALONE_VARIANT' })
    expect(third.product?.variants.nodes.map((each) => each.title)).toEqual(['Blue'])
  })
  test('an update touches only what it sends; a new value is made, one nobody has any more goes', async () => {
    const product = await shirt()
    const [s, m] = product.variants.nodes
    const { product: after } = await bulk('Update', product.id, [
      { id: s?.id, price: '899.50', compareAtPrice: '995', barcode: '7350053850019' },
      { id: m?.id, optionValues: [at('Storlek', 'L')] },
    ])
    expect(after?.variants.nodes).toMatchObject([
      { id: s?.id, title: 'S', sku: 'SKJ-S', price: '899.50', compareAtPrice: '995.00', barcode: '7350053850019', inventoryItem: { tracked: true } },
      { id: m?.id, title: 'L', sku: 'SKJ-M', price: '995.00', compareAtPrice: null, barcode: null },
    ])
    expect(after?.options[0]?.optionValues.map((each) => each.name)).toEqual(['S', 'L'])
  })
  test('one bad row refuses all, unless partial updates are allowed; errors in the recorded order', async () => {
    const product = await shirt()
    const [s, m] = product.variants.nodes
    const rows = [
      { id: s?.id, price: '9.99' },
      { id: m?.id, price: '-1.00' },
    ]
    const negative = { code: 'GREATER_THAN_OR_EQUAL_TO', field: ['variants', '1', 'price'], message: 'Price must be greater than or equal to 0' }
    const whole = await bulk('Update', product.id, rows)
    expect([whole.userErrors, whole.productVariants?.map((each) => each.price)]).toEqual([[negative], ['995.00', '995.00']])
    const partly = await bulk('Update', product.id, rows, { partly: true })
    expect([partly.userErrors, partly.productVariants?.map((each) => each.price)]).toEqual([[negative], ['9.99', '995.00']])
    expect((await bulk('Update', product.id, [{ id: s?.id, price: '-1.00', compareAtPrice: '1000000000000000000' }])).userErrors.map((error) => error.field?.at(-1))).toEqual([
      'compareAtPrice',
      'price',
    ])
  })
  test('refusals of an update', async () => {
    const product = await shirt()
    const [s] = product.variants.nodes
    const code = async (row: Record<string, unknown>) => (await bulk('Update', product.id, [row])).userErrors[0]?.code
    expect(await code({ price: '1' })).toBe('PRODUCT_VARIANT_ID_MISSING')
    expect(await code({ id: 'gid://shopify/ProductVariant/1', price: '1' })).toBe('PRODUCT_VARIANT_DOES_NOT_EXIST')
    expect(await code({ id: s?.id, inventoryQuantities: [{ availableQuantity: 1, locationId: placeGid(sim, 'Haga') }] })).toBe('NO_INVENTORY_QUANTITIES_ON_VARIANTS_UPDATE')
    expect(await code({ id: s?.id, optionValues: [at('Färg', 'Röd')] })).toBe('OPTION_DOES_NOT_EXIST')
    expect(await code({ id: s?.id, optionValues: [at('Storlek', 'M')] })).toBe('VARIANT_ALREADY_EXISTS')
    expect(await code({ id: s?.id, inventoryItem: { sku: 'x'.repeat(256) } })).toBe('INVALID_INPUT')
    expect((await bulk('Update', 'gid://shopify/Product/1', [])).userErrors).toEqual([{ code: 'PRODUCT_DOES_NOT_EXIST', field: ['productId'], message: 'Product does not exist' }])
    const wrong = await ask(
      sim,
      'mutation B($variants: [ProductVariantsBulkInput!]!) { productVariantsBulkUpdate(productId: "gid://shopify/Product/1", variants: $variants) { userErrors { code } } }',
      {
        variants: [{ price: '12,50' }],
      },
    )
    expect(wrong.errors[0]?.extensions.code).toBe('INVALID_VARIABLE')
  })
  test('refusals of new variants; nothing of the batch is made', async () => {
    const product = await shirt()
    const said = async (...rows: Record<string, unknown>[]) => (await bulk('Create', product.id, rows)).userErrors
    const row = (name: string) => ({ optionValues: [at('Storlek', name)] })
    expect(await said(row('S'))).toEqual([
      { code: 'VARIANT_ALREADY_EXISTS_CHANGE_OPTION_VALUE', field: ['variants', '0'], message: "The variant 'S' already exists. Please change at least one option value." },
    ])
    expect((await said(row('L'), row('L')))[0]?.field).toEqual(['variants', '1'])
    expect(await said({ optionValues: [] })).toEqual([{ code: 'NEED_TO_ADD_OPTION_VALUES', field: ['variants', '0'], message: 'You need to add option values for Storlek' }])
    expect(await said({ optionValues: [at('Storlek', 'L'), at('Storlek', 'XL')] })).toEqual([
      { code: 'INVALID_INPUT', field: ['variants', '0', 'optionValues'], message: "Duplicated option name 'Storlek'" },
    ])
    expect(await said({ ...row('L'), inventoryQuantities: [{ locationId: 'gid://shopify/Location/1', availableQuantity: 1 }] })).toEqual([
      { code: 'TRACKED_VARIANT_LOCATION_NOT_FOUND', field: ['variants', '0', 'inventoryQuantities'], message: "Quantity for L couldn't be set because the location was deleted." },
    ])
    expect((await said({ optionValues: [at('Färg', 'Röd')] }))[0]).toMatchObject({ code: 'INVALID_INPUT', message: 'Option does not exist' })
    expect((await shown(product.id)).variants).toEqual(product.variants)
  })
  test('deleting: not a stranger, not the last; a value goes with its last variant', async () => {
    const product = await shirt()
    const [s, m] = product.variants.nodes
    const gone = (...ids: (string | undefined)[]) =>
      run(`mutation D($id: ID!, $ids: [ID!]!) { productVariantsBulkDelete(productId: $id, variantsIds: $ids) { product { id ${OPTIONS} ${VARIANTS} } ${ERRORS} } }`, {
        id: product.id,
        ids,
      })
    expect((await gone(s?.id, 'gid://shopify/ProductVariant/1')).userErrors).toEqual([
      { code: 'AT_LEAST_ONE_VARIANT_DOES_NOT_BELONG_TO_THE_PRODUCT', field: ['variantsIds', '1'], message: 'At least one variant does not belong to the product' },
    ])
    expect((await gone(s?.id, m?.id)).userErrors[0]?.code).toBe('CANNOT_DELETE_LAST_VARIANT')
    expect((await gone(s?.id)).product).toMatchObject({ options: [{ optionValues: [{ name: 'M' }] }], variants: { nodes: [{ id: m?.id }] } })
  })
  test('points as recorded: 43 asked for a new variant with its product’s first hundred, 10 for bare answers', async () => {
    const product = await shirt()
    const face = 'id title sku selectedOptions { name value } inventoryItem { id tracked }'
    const rich = await ask(
      sim,
      `mutation B($id: ID!) { productVariantsBulkCreate(productId: $id, variants: []) { product { id options { id optionValues { id } } variants(first: 100) { nodes { ${face} } } } productVariants { ${face} } userErrors { code } } }`,
      { id: product.id },
    )
    expect(rich.cost.requestedQueryCost).toBe(43)
    const bare = await ask(
      sim,
      'mutation B($id: ID!) { productVariantsBulkUpdate(productId: $id, variants: []) { product { id } productVariants { id price } userErrors { code } } }',
      { id: product.id },
    )
    expect(bare.cost.requestedQueryCost).toBe(10)
  })
  test('more than 250 in one call, by switch; a day’s new variants, by switch', async () => {
    const product = await shirt()
    const rows = (count: number) => Array.from({ length: count }, (_, n) => ({ optionValues: [at('Storlek', `N${n}`)] }))
    const document =
      'mutation B($id: ID!, $variants: [ProductVariantsBulkInput!]!) { productVariantsBulkCreate(productId: $id, variants: $variants) { productVariants { id } userErrors { code } } }'
    const refused = await ask(sim, document, { id: product.id, variants: rows(251) })
    expect(refused.errors[0]?.extensions.code).toBe('MAX_INPUT_SIZE_EXCEEDED')
    sim.switch({ variantsInput: 2048, newVariantsADay: 255 })
    const taken = await ask(sim, document, { id: product.id, variants: rows(251) })
    expect((taken.data?.productVariantsBulkCreate as unknown as Payload | undefined)?.productVariants).toHaveLength(251)
    const enough = await ask(sim, document, {
      id: product.id,
      variants: [{ optionValues: [at('Storlek', 'Y')] }, { optionValues: [at('Storlek', 'Z')] }, { optionValues: [at('Storlek', 'Å')] }],
    })
    expect(enough.errors[0]?.extensions.code).toBe('VARIANT_THROTTLE_EXCEEDED')
    sim.advance(24 * 3_600_000)
    expect((await bulk('Create', product.id, [{ optionValues: [at('Storlek', 'Ö')] }])).userErrors).toEqual([])
  })
})

describe('options, publications, deletion', () => {
  const options = (productId: string, input: Record<string, unknown>[], strategy: string | null = null) =>
    run(
      `mutation O($productId: ID!, $options: [OptionCreateInput!]!, $strategy: ProductOptionCreateVariantStrategy) { productOptionsCreate(productId: $productId, options: $options, variantStrategy: $strategy) { product { id ${OPTIONS} ${VARIANTS} } ${ERRORS} } }`,
      { productId, options: input, strategy },
    )
  const color = { name: 'Color', values: [{ name: 'Blue' }, { name: 'Green' }] }
  test('new options give the variants there are their first value, or every combination', async () => {
    const one = (await create({ title: 'Ett' })).product as Shown
    expect((await options(one.id, [color])).product).toMatchObject({
      options: [
        {
          name: 'Color',
          values: ['Blue'],
          optionValues: [
            { name: 'Blue', hasVariants: true },
            { name: 'Green', hasVariants: false },
          ],
        },
      ],
      variants: { nodes: [{ id: one.variants.nodes[0]?.id, title: 'Blue' }] },
    })
    const two = (await create({ title: 'Två' })).product as Shown
    expect((await options(two.id, [color], 'CREATE')).product?.variants.nodes.map((each) => each.title)).toEqual(['Blue', 'Green'])
  })
  test('refusals of options, in the recorded words', async () => {
    const { product } = await create({ title: 'Ett', productOptions: [{ name: 'Size', values: [{ name: 'S' }] }] })
    const said = async (...input: Record<string, unknown>[]) => (await options(product?.id ?? '', input)).userErrors
    expect(await said(color, color)).toEqual([{ code: 'DUPLICATED_OPTION_NAME', field: ['options', '1'], message: 'Duplicated option name.' }])
    expect(await said({ name: 'Color', values: [] })).toEqual([
      { code: 'OPTION_VALUES_MISSING', field: ['options', '0'], message: "Option 'Color' must specify at least one option value." },
    ])
    expect(await said({ ...color, name: 'N'.repeat(256) })).toEqual([{ code: 'OPTION_NAME_TOO_LONG', field: ['options', '0'], message: 'Option name is too long.' }])
    expect(await said({ ...color, name: 'Size' })).toEqual([{ code: 'OPTION_ALREADY_EXISTS', field: ['options', '0'], message: "Option 'Size' already exists." }])
    expect(await said(color, { ...color, name: 'b' }, { ...color, name: 'c' })).toEqual([
      { code: 'OPTIONS_OVER_LIMIT', field: ['options'], message: 'Can only specify a maximum of 3 options' },
    ])
  })
  test('an option is renamed, moved, given a value and rid of one', async () => {
    const { product } = await create({
      title: 'Ett',
      productOptions: [
        { name: 'Color', values: [{ name: 'Red' }, { name: 'Green' }] },
        { name: 'Size', values: [{ name: 'Small' }] },
      ],
    })
    const [option] = (product as Shown).options
    const [red, green] = option?.optionValues ?? []
    const { product: after, userErrors } = await run(
      `mutation O($productId: ID!, $option: OptionUpdateInput!, $add: [OptionValueCreateInput!], $change: [OptionValueUpdateInput!], $gone: [ID!]) { productOptionUpdate(productId: $productId, option: $option, optionValuesToAdd: $add, optionValuesToUpdate: $change, optionValuesToDelete: $gone) { product { ${OPTIONS} ${VARIANTS} } ${ERRORS} } }`,
      { productId: product?.id, option: { id: option?.id, name: 'Shade', position: 2 }, add: [{ name: 'Blue' }], change: [{ id: red?.id, name: 'Crimson' }], gone: [green?.id] },
    )
    expect(userErrors).toEqual([])
    expect(after?.options.map((each) => [each.name, each.optionValues.map((value) => value.name)])).toEqual([
      ['Size', ['Small']],
      ['Shade', ['Crimson', 'Blue']],
    ])
    expect(after?.variants.nodes[0]?.title).toBe('Small / Crimson')
  })
  test('published to chosen channels and taken away again; an unknown channel refuses all', async () => {
    const product = await shirt()
    const publications = (await ask(sim, '{ publications(first: 5) { nodes { id name } } }')).data?.publications as unknown as { nodes: { id: string; name: string }[] }
    const put = (verb: 'Publish' | 'Unpublish', ids: (string | undefined)[]) =>
      run(
        `mutation P($id: ID!, $input: [PublicationInput!]!) { publishable${verb}(id: $id, input: $input) { publishable { resourcePublicationsCount { count } } userErrors { field message } } }`,
        {
          id: product.id,
          input: ids.map((publicationId) => ({ publicationId })),
        },
      )
    const [online, till] = publications.nodes.map((each) => each.id)
    expect((await put('Publish', [online, 'gid://shopify/Publication/1'])).userErrors[0]?.field).toEqual(['input', '1', 'publicationId'])
    expect(await put('Publish', [online, till])).toMatchObject({ publishable: { resourcePublicationsCount: { count: 2 } }, userErrors: [] })
    expect((await shown(product.id)).resourcePublicationsV2.nodes.map((each) => each.publication.name)).toEqual(['Online Store', 'Point of Sale'])
    expect(await put('Unpublish', [online])).toMatchObject({ publishable: { resourcePublicationsCount: { count: 1 } } })
    sim.setScopes(['write_products'])
    const denied = await ask(sim, 'mutation P($id: ID!) { publishablePublish(id: $id, input: []) { userErrors { message } } }', { id: product.id })
    expect(denied.errors[0]?.message).toContain('write_publications')
  })
  test('a deleted product is gone with its variants; twice is a refusal', async () => {
    const product = await shirt()
    const gone = () => run('mutation D($id: ID!) { productDelete(input: { id: $id }) { deletedProductId userErrors { field message } } }', { id: product.id })
    expect(await gone()).toEqual({ deletedProductId: product.id, userErrors: [] })
    expect(await gone()).toEqual({ deletedProductId: null, userErrors: [{ field: ['id'], message: 'Product does not exist' }] })
    expect([await shown(product.id), sim.state().items]).toEqual([null, 0])
  })
})
