/** The next product a shop is told of, whole, as it is now. What was sampled with it is what is acknowledged afterwards, and nothing that changed since. */
import type { Tx } from '../../db/open.ts'
import { contentsOf, keyOf, type Said } from '../views/contents.ts'
import { noteServed } from '../views/held.sql.ts'
import { LANES, type Lane, type ViewRow } from '../views/view.ts'
import type { Catalogue, ProductToTell, VariantToTell } from './catalogue.ts'
import { articlesToTell, nextProduct, refOfProduct, type Waiting, waitingOf } from './catalogues.sql.ts'

export interface Composed {
  productId: number
  /** What of it waits, in the versions that go now. */
  waiting: Waiting[]
  /** Null = it can't be told as it is (`refusal`), or there is nothing of it to be told any more. */
  product: ProductToTell | null
  refusal: 'ambiguous' | 'product-split' | null
  /** Articles whose price isn't told: none is set where the shop's prices come from. */
  priceless: number[]
  articleIds: Map<string, number>
}

/** `slowFirst`: what a run queued gets its share while live changes keep coming. Null = nothing waits. */
export async function composeNext(tx: Tx, view: ViewRow, catalogue: Catalogue, slowFirst: boolean, now: Date): Promise<Composed | null> {
  const lanes: Lane[] = slowFirst ? ['backfill', ...LANES.filter((lane) => lane !== 'backfill')] : [...LANES]
  const productId = await nextProduct(tx, view.id, lanes)
  return productId === null ? null : compose(tx, view, catalogue, productId, now)
}

async function compose(tx: Tx, view: ViewRow, catalogue: Catalogue, productId: number, now: Date): Promise<Composed> {
  const waiting = await waitingOf(tx, view.id, productId)
  const articles = await articlesToTell(tx, view.id, productId)
  const things = [
    { entity: 'product' as const, entityId: productId, locationId: 0 },
    ...articles.flatMap(({ id }) => (['article', 'price'] as const).map((entity) => ({ entity, entityId: id, locationId: 0 }))),
  ]
  const contents = await contentsOf(tx, view, things, now)
  const served = waiting.flatMap((row) => {
    const said = contents.get(keyOf(row))
    return row.op === 'upsert' && said !== undefined ? [{ ...row, hash: said.hash }] : []
  })
  if (served.length > 0) await noteServed(tx, view.id, served)
  const known = new Map(articles.map((article) => [article.id, itemOf(article)]))
  const base = { productId, waiting, articleIds: new Map(articles.map((article) => [article.number, article.id])) }
  if ([...known.values()].includes('ambiguous')) return { ...base, product: null, refusal: 'ambiguous', priceless: [] }
  const items = [...known.values()].filter((item): item is Item => item !== 'ambiguous' && item !== null)
  const parents = new Set(items.flatMap((item) => item.parentRef ?? []))
  if (parents.size > 1) return { ...base, product: null, refusal: 'product-split', priceless: [] }
  const productRef = [...parents][0] ?? (await refOfProduct(tx, view.id, productId))
  const product = productIn(contents, productId, productRef, catalogue)
  const variants = articles.map((article) => variantIn(contents, article.id, known.get(article.id) as Item | null, product.options, catalogue))
  const priceless = articles.filter((_, n) => variants[n]?.priceMinor === null).map((article) => article.id)
  return { ...base, product: { ...product, active: product.active && variants.length > 0, variants, images: [], write: partsOf(waiting, catalogue) }, refusal: null, priceless }
}

interface Item {
  itemRef: string
  parentRef: string | null
}
/** What is linked, else the only item that carries the number, else what it was called when it was told. Two that carry it: nobody guesses. */
function itemOf({ linked, toldRef, items }: { linked: string | null; toldRef: string | null; items: Item[] }): Item | 'ambiguous' | null {
  if (linked !== null) return items.find((item) => item.itemRef === linked) ?? { itemRef: linked, parentRef: null }
  if (items.length > 1) return 'ambiguous'
  return items[0] ?? (toldRef === null ? null : { itemRef: toldRef, parentRef: null })
}

function productIn(contents: ReadonlyMap<string, Said>, productId: number, productRef: string | null, catalogue: Catalogue): Omit<ProductToTell, 'variants' | 'images' | 'write'> {
  const data = contents.get(keyOf({ entity: 'product', entityId: productId, locationId: 0 }))?.data ?? {}
  const price = [...contents.entries()].find(([key]) => key.startsWith('price '))?.[1].data ?? {}
  return {
    productRef,
    name: String(data.name),
    active: data.active === true,
    description: catalogue.descriptions && typeof data.description === 'string' ? data.description : null,
    vendor: typeof data.vendor === 'string' ? data.vendor : null,
    options: (data.options as { name: string }[]).map((option) => option.name),
    currency: String(price.currency ?? ''),
    formerImageRefs: [],
    imagesWhen: catalogue.overwriteImages ? 'always' : 'none-there',
    channels: catalogue.channels,
  }
}

function variantIn(contents: ReadonlyMap<string, Said>, articleId: number, item: Item | null, options: string[], { priceLocationId }: Catalogue): VariantToTell {
  const article = contents.get(keyOf({ entity: 'article', entityId: articleId, locationId: 0 }))?.data ?? {}
  const price = contents.get(keyOf({ entity: 'price', entityId: articleId, locationId: 0 }))?.data ?? {}
  const values = article.optionValues as Record<string, string>
  // A barcode of a whole pack is no barcode of the piece.
  const single = (article.barcodes as { code: string; pack: number }[]).find((barcode) => barcode.pack === 1)
  const own = typeof price.priceMinor === 'number' ? price.priceMinor : null
  const there = (price.atLocations as Record<string, number>)[String(priceLocationId)]
  return {
    articleNumber: String(article.number),
    itemRef: item?.itemRef ?? null,
    optionValues: options.map((name) => values[name] ?? ''),
    barcode: single?.code ?? null,
    priceMinor: priceLocationId === null ? own : (there ?? own),
    regularMinor: null,
    stockTracked: article.stockTracked === true,
  }
}

function partsOf(waiting: Waiting[], { descriptions, priceWhenChanged }: Catalogue): ProductToTell['write'] {
  const has = (...entities: string[]) => waiting.some((row) => entities.includes(row.entity))
  const details = has('product', 'article')
  return [
    ...(details ? (['details'] as const) : []),
    ...(details && descriptions ? (['description'] as const) : []),
    ...(has('price') || !priceWhenChanged ? (['price'] as const) : []),
  ]
}
