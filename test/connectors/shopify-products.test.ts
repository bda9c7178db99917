/** Products into Shopify: made once, of what stands there only what is ours, and what the shop can't take said in plain words. */
import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ask } from '../../sim/shopify/asking.ts'
import { paintedPng } from '../../sim/shopify/painted.ts'
import { type ShopifyOptions, type ShopifySim, startShopify } from '../../sim/shopify/shopify.ts'
import type { OutgoingImage, OutgoingProduct, OutgoingVariant, ProductPut, Remote } from '../../src/connectors/contract.ts'
import { settings } from '../../src/connectors/shopify/settings.ts'
import { shopify } from '../../src/connectors/shopify/shopify.ts'
import { words } from '../../src/connectors/shopify/words.ts'
import { type FakeClock, fakeClock } from '../../src/kit/clock.ts'
import { openHttp } from '../../src/kit/http.ts'
import { neededNow, stoppedBy, stopsAll } from '../../src/sync/rights.ts'

const RIGHTS = ['read_inventory', 'write_inventory', 'read_orders', 'read_locations', 'read_merchant_managed_fulfillment_orders', 'read_products', 'write_products', 'write_files']
const SHOWING = [...RIGHTS, 'read_publications', 'write_publications']
let clock: FakeClock
let sim: ShopifySim
let remote: Remote
async function start(options: ShopifyOptions = {}): Promise<void> {
  await sim?.close()
  clock = fakeClock()
  sim = await startShopify({ clock, scopes: SHOWING, currency: 'NOK', ...options })
  const kept = new Map<string, string>()
  const http = openHttp({ allowLoopback: true })
  remote = shopify.open(settings.parse({ shop: sim.address, accessToken: sim.credentials.token }), {
    http: (url, { label: _label, ...init }) => http(url, init),
    clock: { now: clock.now, sleep: async (ms) => clock.advance(ms) },
    log: { info: () => undefined, warn: () => undefined },
    keep: { get: async (name) => kept.get(name) ?? null, set: async (name, value) => void kept.set(name, value) },
  })
}
beforeEach(() => start())
afterEach(() => sim.close())

const variant = (articleNumber: string, more: Partial<OutgoingVariant> = {}): OutgoingVariant => ({
  articleNumber,
  itemRef: null,
  optionValues: [],
  barcode: null,
  priceMinor: 59900,
  regularMinor: null,
  stockTracked: true,
  ...more,
})
const sizes = (...values: string[]) => values.map((value, n) => variant(`020${n + 1}`, { optionValues: [value] }))
const product = (more: Partial<OutgoingProduct> = {}): OutgoingProduct => ({
  productRef: null,
  name: 'Genser Tjøme',
  active: true,
  description: null,
  vendor: 'Tjøme & Sønn',
  options: ['Størrelse'],
  currency: 'NOK',
  variants: sizes('S', 'M'),
  images: [],
  formerImageRefs: [],
  imagesWhen: 'always',
  channels: null,
  write: ['details', 'description', 'price'],
  ...more,
})
const put = (change: Partial<OutgoingProduct> = {}): Promise<ProductPut> => (remote.putProduct ?? expect.fail('puts none'))(product(change), 'key')
const image = (said: string, more: Partial<OutgoingImage> = {}): OutgoingImage => {
  const bytes = paintedPng(said)
  return {
    imageRef: null,
    articleNumber: null,
    alt: said,
    type: 'image/png',
    sha256: createHash('sha256').update(bytes).digest('hex'),
    size: bytes.length,
    bytes: async () => bytes,
    ...more,
  }
}
type Done = Extract<ProductPut, { kind: 'done' }>
const done = async (change: Partial<OutgoingProduct> = {}): Promise<Done> => {
  const said = await put(change)
  return said.kind === 'done' ? said : expect.fail(`${said.code}: ${said.said}`)
}
const calls = (): string[] => sim.calls().map((call) => call.operation ?? '')
const writes = [
  'MakeProduct',
  'ChangeProduct',
  'ChangeVariants',
  'AddVariants',
  'AddOptions',
  'Publish',
  'AddImages',
  'ChangeImages',
  'DeleteImages',
  'OrderImages',
  'ShowVariants',
  'HideVariants',
]
const written = async (work: () => Promise<unknown>): Promise<string[]> => {
  const before = calls().length
  await work()
  return calls()
    .slice(before)
    .filter((name) => writes.includes(name))
}

interface Shown {
  id: string
  title: string
  handle: string
  status: string
  vendor: string
  descriptionHtml: string
  options: { name: string }[]
  variants: {
    nodes: { sku: string | null; barcode: string | null; price: string; compareAtPrice: string | null; selectedOptions: { value: string }[]; inventoryItem: { tracked: boolean } }[]
  }
  resourcePublicationsV2: { nodes: { publication: { id: string } }[] }
}
const FIELDS = `id title handle status vendor descriptionHtml options { name }
  variants(first: 250) { nodes { sku barcode price compareAtPrice selectedOptions { value } inventoryItem { tracked } } }
  resourcePublicationsV2(first: 9, onlyPublished: false) { nodes { publication { id } } }`
/** As anybody sees them in the shop. */
async function shop(): Promise<Shown[]> {
  const scopes = sim.state().scopes
  sim.setScopes(SHOWING)
  const { data } = await ask(sim, `query All { products(first: 50) { nodes { ${FIELDS} } } }`, {})
  sim.setScopes(scopes)
  return (data as unknown as { products: { nodes: Shown[] } }).products.nodes
}
const only = async (): Promise<Shown> => {
  const [one, ...others] = await shop()
  expect(others).toEqual([])
  return one ?? expect.fail('the shop is empty')
}
/** As a person in the shop, or another app, changes it. */
const inShop = (productRef: string, change: Record<string, unknown>) =>
  ask(sim, 'mutation T($product: ProductUpdateInput!) { productUpdate(product: $product) { userErrors { message } } }', { product: { id: productRef, ...change } })
const faces = (one: Shown) => one.variants.nodes.map((v) => [v.sku, v.selectedOptions.map((o) => o.value).join('/'), v.price, v.compareAtPrice])

describe('a product that isn’t there', () => {
  test('is made whole, once: with its variants, prices, text and where it is shown', async () => {
    const said = await done({
      description: 'Strikket i "Sandefjord" <ull & lin>.\nVask på 30.\n\nPasser alle.',
      variants: [
        variant('0201', { optionValues: ['S'], barcode: '7350053850019', priceMinor: 49900, regularMinor: 59900 }),
        variant('0202', { optionValues: ['M'], stockTracked: false }),
      ],
    })
    const there = await only()
    expect(there).toMatchObject({ title: 'Genser Tjøme', status: 'ACTIVE', vendor: 'Tjøme & Sønn', handle: 'genser-tjome-0201', options: [{ name: 'Størrelse' }] })
    expect(there.descriptionHtml).toBe('<p>Strikket i &quot;Sandefjord&quot; &lt;ull &amp; lin&gt;.<br>Vask på 30.</p><p>Passer alle.</p>')
    expect(faces(there)).toEqual([
      ['0201', 'S', '499.00', '599.00'],
      ['0202', 'M', '599.00', null],
    ])
    expect(there.variants.nodes.map((v) => [v.barcode, v.inventoryItem.tracked])).toEqual([
      ['7350053850019', true],
      [null, false],
    ])
    expect(there.resourcePublicationsV2.nodes).not.toEqual([])
    expect(said).toMatchObject({ did: 'made', productRef: there.id, remarks: [] })
    expect(said.items.map((item) => [item.articleNumber, item.parentRef, item.tracked])).toEqual([
      ['0201', there.id, true],
      ['0202', there.id, false],
    ])
  })

  test('one without choices, one that isn’t sold, one nobody has priced', async () => {
    await done({ options: [], variants: [variant('0301')], active: false, vendor: null })
    expect(await only()).toMatchObject({ status: 'DRAFT', options: [{ name: 'Title' }] })
    expect(await put({ name: 'Lue', options: [], variants: [variant('0302', { priceMinor: null })] })).toMatchObject({ kind: 'refused', code: 'price-missing' })
    expect(await shop()).toHaveLength(1)
  })

  test('a variant without a price isn’t given away: it is left out until it has one', async () => {
    const first = await done({ variants: [variant('0201', { optionValues: ['S'] }), variant('0202', { optionValues: ['M'], priceMinor: null })] })
    expect(first.remarks).toEqual(['price-missing'])
    expect(faces(await only())).toEqual([['0201', 'S', '599.00', null]])
    await done({ productRef: first.productRef, write: ['price'] })
    expect(faces(await only()).map(([number]) => number)).toEqual(['0201', '0202'])
  })

  test('an answer that is lost makes no second one, at once or later, while the search lags and when it has caught up', async () => {
    sim.switch({ searchLagMs: 15_000 })
    sim.fault({ arm: [{ kind: 'hangup', when: 'after', field: 'productSet' }] })
    await expect(put()).rejects.toMatchObject({ executed: 'unknown' })
    expect(await done()).toMatchObject({ did: 'changed' })
    clock.advance(60_000)
    expect(await done()).toMatchObject({ did: 'nothing' })
    expect(faces(await only())).toHaveLength(2)
    expect((await only()).resourcePublicationsV2.nodes).not.toEqual([])
  })

  test('what fails after it was made may have happened, whatever that call did', async () => {
    sim.fault({ arm: [{ kind: 'throttled', field: 'publishablePublish' }] })
    await expect(put()).rejects.toMatchObject({ kind: 'busy', executed: 'unknown' })
    expect(await done()).toMatchObject({ did: 'changed', remarks: [] })
    await only()
  })

  test('the address of somebody else’s product is left to it', async () => {
    await done({ name: 'Genser Tjøme 0201', options: [], variants: [variant('0900')] })
    await inShop((await only()).id, { handle: 'genser-tjome-0201' })
    await done()
    expect((await shop()).map((one) => one.handle).toSorted()).toEqual(['genser-tjome-0201', 'genser-tjøme'])
  })

  test('more variants than one order takes go in several', async () => {
    const many = Array.from({ length: 300 }, (_, n) => variant(`N${n}`, { optionValues: [`Nr ${n}`] }))
    expect(await written(() => done({ variants: many }))).toEqual(['MakeProduct', 'AddVariants', 'Publish'])
    expect((await done({ variants: many })).items).toHaveLength(300)
  })
})

describe('a product that stands there', () => {
  test('told again it costs a read and no write; what differs is written and nothing beside', async () => {
    const { productRef, items } = await done({ description: 'Ull.' })
    const known = { productRef, description: 'Ull.', variants: sizes('S', 'M').map((each, n) => ({ ...each, itemRef: items[n]?.itemRef ?? null })) }
    expect(await written(() => done(known))).toEqual([])
    expect(calls().at(-1)).toBe('Product')
    expect(await written(() => done({ ...known, name: 'Genser Nøtterøy' }))).toEqual(['ChangeProduct'])
    expect(await written(() => done({ ...known, name: 'Genser Nøtterøy', variants: known.variants.map((each) => ({ ...each, priceMinor: 49900, regularMinor: 59900 })) }))).toEqual(
      ['ChangeVariants'],
    )
    expect(faces(await only())[0]).toEqual(['0201', 'S', '499.00', '599.00'])
    await done({ ...known, name: 'Genser Nøtterøy' })
    expect(faces(await only())[0]).toEqual(['0201', 'S', '599.00', null])
  })

  test('three variants we don’t know are untouched after five syncs of every field', async () => {
    const [theirs] = sim.shop.addItems([
      { sku: 'THEIRS-1', product: 'Genser', options: { Størrelse: 'XL' }, priceMinor: 11100, barcode: '111' },
      { sku: 'THEIRS-2', product: 'Genser', options: { Størrelse: 'XXL' }, priceMinor: 22200, barcode: '222' },
      { sku: null, product: 'Genser', options: { Størrelse: 'XS' }, priceMinor: 33300, tracked: false },
      { sku: '0201', product: 'Genser', options: { Størrelse: 'S' } },
    ])
    const before = (await only()).variants.nodes.slice(0, 3)
    for (let n = 1; n <= 5; n++)
      await done({
        name: `Genser ${n}`,
        active: n % 2 === 0,
        description: `Nr. ${n}`,
        vendor: `Leverandør ${n}`,
        variants: sizes('S', 'M').map((each) => ({ ...each, barcode: `735005385001${n}`, priceMinor: n * 1000, regularMinor: n * 2000, stockTracked: n % 2 === 0 })),
      })
    const after = await only()
    expect(after.variants.nodes.slice(0, 3)).toEqual(before)
    expect(after).toMatchObject({ id: `gid://shopify/Product/${theirs?.productId}`, title: 'Genser 5', status: 'DRAFT', vendor: 'Leverandør 5' })
    expect(faces(after).slice(3)).toEqual([
      ['0201', 'S', '50.00', '100.00'],
      ['0202', 'M', '50.00', '100.00'],
    ])
  })

  test('only the parts that are asked for are written, and what is empty here empties nothing there', async () => {
    const { productRef } = await done({ description: 'Ull.', variants: [variant('0201', { optionValues: ['S'], barcode: '1' })] })
    await inShop(productRef, { title: 'Deres navn', vendor: 'Deres', descriptionHtml: '<p>Deres</p>' })
    await done({ productRef, variants: [variant('0201', { optionValues: ['S'], priceMinor: 100 })], write: ['price'] })
    expect(await only()).toMatchObject({ title: 'Deres navn', vendor: 'Deres', descriptionHtml: '<p>Deres</p>' })
    await done({ productRef, vendor: null, description: null, variants: [variant('0201', { optionValues: ['S'], priceMinor: 200 })], write: ['details', 'description'] })
    const there = await only()
    expect(there).toMatchObject({ title: 'Genser Tjøme', vendor: 'Deres', descriptionHtml: '<p>Deres</p>' })
    expect(there.variants.nodes[0]).toMatchObject({ price: '1.00', barcode: '1' })
  })

  test('what is archived there stays so and is said; one sold by its address stays so; hidden and shown again is DRAFT and ACTIVE', async () => {
    const { productRef } = await done()
    await inShop(productRef, { status: 'ARCHIVED' })
    expect(await done({ productRef, name: 'Nytt navn' })).toMatchObject({ remarks: ['archived-there'] })
    expect(await only()).toMatchObject({ status: 'ARCHIVED', title: 'Nytt navn' })
    await inShop(productRef, { status: 'UNLISTED' })
    expect((await done({ productRef })).remarks).toEqual([])
    expect((await only()).status).toBe('UNLISTED')
    const hidden = await done({ productRef, active: false, variants: sizes('S', 'M').map((each) => ({ ...each, stockTracked: false })) })
    expect((await only()).status).toBe('DRAFT')
    expect(hidden.items.map((item) => item.tracked)).toEqual([false, false])
    await done({ productRef })
    expect((await only()).status).toBe('ACTIVE')
  })

  test('a new variant, a new value and a new option are added; two that exchange their numbers are left to a person', async () => {
    const { productRef } = await done({ options: [], variants: [variant('0201')] })
    await done({ productRef })
    expect(faces(await only()).map(([number, choice]) => [number, choice])).toEqual([
      ['0201', 'S'],
      ['0202', 'M'],
    ])
    await done({
      productRef,
      options: ['Størrelse', 'Farge'],
      variants: [variant('0201', { optionValues: ['S', 'Blå'] }), variant('0202', { optionValues: ['M', 'Rød'] }), variant('0203', { optionValues: ['L', 'Rød'] })],
    })
    expect(faces(await only()).map(([number, choice]) => [number, choice])).toEqual([
      ['0201', 'S/Blå'],
      ['0202', 'M/Rød'],
      ['0203', 'L/Rød'],
    ])
    const { items } = await done({ productRef, options: ['Størrelse', 'Farge'], variants: [variant('0201', { optionValues: ['S', 'Blå'] })] })
    const crossed = [variant('0202', { itemRef: items[0]?.itemRef ?? null, optionValues: ['S', 'Blå'] })]
    expect(await put({ productRef, options: ['Størrelse', 'Farge'], variants: crossed })).toMatchObject({ kind: 'refused', code: 'ambiguous' })
  })

  test('an article that is one of several there keeps its price, and names nothing of theirs', async () => {
    sim.shop.addItems([
      { sku: '0201', product: 'Deres genser', options: { Size: 'S' } },
      { sku: '0202', product: 'Deres genser', options: { Size: 'M' } },
    ])
    const said = await done({ name: 'Genser S', options: [], variants: [variant('0201', { priceMinor: 12300 })] })
    expect(said.remarks).toEqual(['part-of-product'])
    const there = await only()
    expect([there.title, ...faces(there).map(([, , price]) => price)]).toEqual(['Deres genser', '123.00', '199.00'])
  })

  test('one that was deleted there is made again, one that stands in two products is left to a person', async () => {
    const first = await done()
    await ask(sim, 'mutation T($id: ID!) { productDelete(input: { id: $id }) { deletedProductId } }', { id: first.productRef })
    const again = await done({ productRef: first.productRef, variants: sizes('S', 'M').map((each, n) => ({ ...each, itemRef: first.items[n]?.itemRef ?? null })) })
    expect(again.did).toBe('made')
    sim.shop.addItems([{ sku: '0203', product: 'En annen' }])
    expect(await put({ productRef: again.productRef, variants: sizes('S', 'M', 'L') })).toMatchObject({ kind: 'refused', code: 'product-split' })
    sim.shop.addItems([{ sku: '0203', product: 'En tredje' }])
    expect(await put({ options: [], variants: [variant('0203')] })).toMatchObject({ kind: 'refused', code: 'ambiguous' })
  })
})

describe('what Shopify doesn’t take', () => {
  const colours = (count: number) => Array.from({ length: count }, (_, n) => variant(`N${n}`, { optionValues: [`Nr ${n}`] }))
  test.each<[string, Partial<OutgoingProduct>]>([
    ['too-many-variants', { variants: colours(2049) }],
    ['too-many-options', { options: ['A', 'B', 'C', 'D'], variants: [variant('1', { optionValues: ['a', 'b', 'c', 'd'] })] }],
    ['text-too-long', { name: 'x'.repeat(256) }],
    ['text-too-long', { vendor: 'x'.repeat(256) }],
    ['options-missing', { options: [] }],
    ['option-value-missing', { variants: sizes('S', ' ') }],
    ['variants-alike', { variants: sizes('S', 's') }],
    ['currency-differs', { currency: 'SEK' }],
    ['price-refused', { variants: [variant('1', { optionValues: ['S'], priceMinor: -1 })] }],
  ])('%s is a plain refusal in four languages, and nothing is made', async (code, change) => {
    expect(await put(change)).toMatchObject({ kind: 'refused', code })
    expect(Object.values(words[code] ?? {}).filter((text) => text.trim() !== '')).toHaveLength(4)
    expect(await shop()).toEqual([])
  })

  test('other options there, or the same choice under another number, stand in the way of a new variant and of nothing else', async () => {
    sim.shop.addItems([
      { sku: '0201', product: 'Genser', options: { Size: 'S' } },
      { sku: 'THEIRS', product: 'Lue', options: { Størrelse: 'M' } },
      { sku: '0301', product: 'Lue', options: { Størrelse: 'S' } },
    ])
    expect(await put()).toMatchObject({ kind: 'refused', code: 'options-differ', said: 'Size' })
    expect((await done({ variants: sizes('S') })).remarks).toEqual(['options-kept'])
    expect(await put({ variants: [variant('0301', { optionValues: ['S'] }), variant('0302', { optionValues: ['M'] })] })).toMatchObject({
      kind: 'refused',
      code: 'variant-there',
      said: '0302',
    })
    expect((await shop()).flatMap((one) => faces(one).map(([number, choice]) => `${number} ${choice}`)).toSorted()).toEqual(['0201 S', '0301 S', 'THEIRS M'])
  })

  test('the day’s thousand new variants of a large shop stand in the way of new ones alone', async () => {
    const { productRef } = await done()
    sim.switch({ newVariantsADay: 2 })
    expect(await put({ productRef, variants: sizes('S', 'M', 'L') })).toMatchObject({ kind: 'refused', code: 'variants-a-day' })
    expect(await done({ productRef, name: 'Nytt navn' })).toMatchObject({ did: 'changed' })
    clock.advance(24 * 3_600_000)
    expect(await done({ productRef, variants: sizes('S', 'M', 'L') })).toMatchObject({ did: 'changed' })
  })
})

describe('where it is shown', () => {
  const published = async () => (await only()).resourcePublicationsV2.nodes.map(({ publication }) => publication.id)
  test('everywhere, or where it is chosen; what a person hides afterwards stays hidden', async () => {
    const { channels } = await remote.check()
    expect(channels?.map((channel) => channel.name)).toContain('Online Store')
    const [first, second] = channels?.map((channel) => channel.ref) ?? []
    const { productRef } = await done({ channels: [first ?? ''] })
    expect(await published()).toEqual([first])
    await done({ productRef, name: 'Nytt navn', channels: [first ?? '', second ?? ''] })
    expect((await published()).toSorted()).toEqual([first, second].toSorted())
    await ask(sim, 'mutation T($id: ID!, $at: ID!) { publishableUnpublish(id: $id, input: [{ publicationId: $at }]) { userErrors { message } } }', { id: productRef, at: second })
    await done({ productRef, name: 'Nyere navn', channels: null })
    expect(await published()).toEqual([first])
  })

  test('without the right it is made, not shown, and said', async () => {
    sim.setScopes(RIGHTS)
    expect((await remote.check()).channels).toBeNull()
    expect(await done()).toMatchObject({ did: 'made', remarks: ['not-published'] })
    expect(await published()).toEqual([])
  })
})

describe('pictures', () => {
  const seen = () => sim.shop.images({ sku: '0201' })
  const alts = () => seen().map((each) => each.alt)
  const withRefs = (images: OutgoingImage[], { images: put }: Done) =>
    images.map((each) => ({ ...each, imageRef: put?.find(({ sha256 }) => sha256 === each.sha256)?.imageRef ?? null }))
  const pictures = (productRef: string | null, images: OutgoingImage[], more: Partial<OutgoingProduct> = {}) => done({ productRef, images, write: ['images'], ...more })

  test('go with the product that is made, in their order, as they are, each variant with its own; told again none is sent again', async () => {
    const images = [image('forfra'), image('blå', { articleNumber: '0202' }), image('bakfra')]
    const said = await done({ images })
    expect(alts()).toEqual(['forfra', 'blå', 'bakfra'])
    expect(seen().map((each) => [each.status, each.sha256, each.variants])).toEqual(images.map((each) => ['READY', each.sha256, each.articleNumber === null ? [] : ['0202']]))
    expect(said.images).toEqual(images.map(({ sha256 }, n) => ({ sha256, imageRef: seen()[n]?.gid })))
    expect(await written(() => pictures(said.productRef, withRefs(images, said)))).toEqual([])
    expect(await written(() => pictures(said.productRef, images))).toEqual([])
  })

  test('a new order, a new text, one that is gone here: only that is written, and nobody else’s picture is moved or taken away', async () => {
    const images = [image('a'), image('b'), image('c')]
    const said = await done({ images })
    sim.shop.addImage({ sku: '0201', alt: 'deres' })
    const [a, b, c] = withRefs(images, said)
    await pictures(said.productRef, [c, { ...a, alt: 'A' }].filter((each) => each !== undefined) as OutgoingImage[], { formerImageRefs: [b?.imageRef ?? ''] })
    expect(alts()).toEqual(['c', 'A', 'deres'])
  })

  test('one that somebody put other content into is ours no more: replaced where ours are to stand, left where theirs are', async () => {
    const images = [image('vår')]
    const said = await done({ images })
    const theirs = Buffer.concat([paintedPng('deres'), Buffer.alloc(9)])
    sim.shop.changeImage({ image: seen()[0]?.id ?? '', base64: theirs.toString('base64') })
    const changed = seen()[0]?.sha256
    expect((await pictures(said.productRef, withRefs(images, said), { imagesWhen: 'none-there' })).images).toBeNull()
    expect(seen().map((each) => each.sha256)).toEqual([changed])
    await pictures(said.productRef, withRefs(images, said))
    expect(seen().map((each) => each.sha256)).toEqual([images[0]?.sha256])
  })

  test('where the shop shows some already none is written, unless they are wanted', async () => {
    sim.shop.addItems([{ sku: '0201', product: 'Genser', options: { Størrelse: 'S' } }])
    sim.shop.addImage({ sku: '0201', alt: 'deres' })
    const images = [image('vår')]
    expect((await pictures(null, images, { imagesWhen: 'none-there', variants: sizes('S') })).images).toBeNull()
    expect(alts()).toEqual(['deres'])
    await pictures(null, images, { variants: sizes('S') })
    expect(alts()).toEqual(['deres', 'vår'])
  })

  test('one that Shopify can’t read is said and shown to nobody, the others go; an answer that is lost doubles none', async () => {
    sim.fault({ arm: [{ kind: 'media-fails' }] })
    const images = [image('en'), image('to')]
    const said = await done({ images })
    expect(said).toMatchObject({ remarks: ['image-failed'] })
    expect(alts()).toHaveLength(1)
    await pictures(said.productRef, images)
    expect(alts()).toEqual(['en', 'to'])
    sim.fault({ arm: [{ kind: 'hangup', when: 'after', field: 'productUpdate' }] })
    const more = [...images, image('tre')]
    await expect(put({ productRef: said.productRef, images: more, write: ['images'] })).rejects.toMatchObject({ executed: 'unknown' })
    await pictures(said.productRef, more)
    expect(alts()).toEqual(['en', 'to', 'tre'])
  })

  test('Shopify takes its time, and is asked until it is done', async () => {
    sim.switch({ mediaMs: 3_000 })
    const said = await done({ images: [image('sakte', { articleNumber: '0201' })] })
    expect(said.remarks).toEqual([])
    expect(seen()).toMatchObject([{ status: 'READY', variants: ['0201'] }])
  })
})

test('a missing right to products stops products alone, and only where the shop is told of them; files and channels stop nothing', async () => {
  sim.setScopes(RIGHTS.filter((scope) => scope !== 'write_products' && scope !== 'write_files'))
  const health = await remote.check()
  expect(stoppedBy(neededNow(health, false))).toEqual([])
  expect(stoppedBy(neededNow(health, true))).toEqual([{ what: 'products', scope: 'write_products' }])
  expect(stopsAll(neededNow(health, true))).toBeNull()
  expect(health.rights.filter((right) => right.scope.includes('content'))).toEqual([])
  sim.setScopes(RIGHTS.filter((scope) => scope !== 'write_files'))
  await done()
  const { productRef } = await done({ images: [image('a')], write: ['images'] })
  sim.shop.addImage({ sku: '0201', alt: 'deres' })
  expect(await done({ productRef, images: [image('a', { alt: 'endret' })], write: ['images'] })).toMatchObject({ remarks: ['images-not-allowed'] })
})
