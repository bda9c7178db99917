/** The next product a shop is told of, whole, as it is now. What was sampled with it is what is acknowledged afterwards, and nothing that changed since. */
import type { Tx } from '../../db/open.ts'
import { contentsOf, keyOf } from '../views/contents.ts'
import { noteServed } from '../views/held.sql.ts'
import { LANES, type Lane, type ViewRow } from '../views/view.ts'
import type { Catalogue, ProductToTell } from './catalogue.ts'
import { storeName } from './catalogues.sql.ts'
import { type Item, imageIn, productIn, variantIn } from './product-in.ts'
import { articlesToTell, imagesToTell, nextProduct, refOfProduct, type Waiting, waitingOf } from './waiting.sql.ts'

export interface Composed {
  productId: number
  /** What of it waits, in the versions that go now. */
  waiting: Waiting[]
  /** Null = it can't be told as it is (`refusal`). */
  product: ProductToTell | null
  refusal: 'ambiguous' | 'product-split' | 'price-missing' | null
  /** Articles whose price isn't told: none is set where the shop's prices come from. */
  priceless: number[]
  /** Of those, the ones that aren't told at all: what is new there has a price, or somebody buys it for nothing. */
  leftOut: number[]
  articleIds: Map<string, number>
  /** Its pictures here, by what is in them. */
  images: Map<string, { id: number; wanted: number }>
}

/** `slowFirst`: what a run queued gets its share while live changes keep coming. Null = nothing waits. */
export async function composeNext(tx: Tx, view: ViewRow, catalogue: Catalogue, slowFirst: boolean, now: Date): Promise<Composed | null> {
  const lanes: Lane[] = slowFirst ? ['backfill', ...LANES.filter((lane) => lane !== 'backfill')] : [...LANES]
  const productId = await nextProduct(tx, view.id, catalogue.live, lanes)
  return productId === null ? null : compose(tx, view, catalogue, productId, now)
}

async function compose(tx: Tx, view: ViewRow, catalogue: Catalogue, productId: number, now: Date): Promise<Composed> {
  const waiting = await waitingOf(tx, view.id, productId)
  const articles = await articlesToTell(tx, view.id, productId)
  const pictures = await imagesToTell(tx, view.id, productId)
  const shown = pictures.filter((picture) => !picture.gone)
  const contents = await contentsOf(
    tx,
    view,
    [
      { entity: 'product' as const, entityId: productId, locationId: 0 },
      ...articles.flatMap(({ id }) => (['article', 'price'] as const).map((entity) => ({ entity, entityId: id, locationId: 0 }))),
      ...shown.map(({ id }) => ({ entity: 'image' as const, entityId: id, locationId: 0 })),
    ],
    now,
  )
  const served = waiting.flatMap((row) => {
    const said = contents.get(keyOf(row))
    return row.op === 'upsert' && said !== undefined ? [{ ...row, hash: said.hash }] : []
  })
  if (served.length > 0) await noteServed(tx, view.id, served)
  const images = shown
    .flatMap((picture) => {
      const image = imageIn(contents, picture)
      return image === null ? [] : [{ ...image, wanted: picture.wanted }]
    })
    .sort((a, b) => a.position - b.position || a.id - b.id)
  const known = new Map(articles.map((article) => [article.id, itemOf(article)]))
  const base = {
    ...{ productId, waiting, priceless: [], leftOut: [], articleIds: new Map(articles.map((article) => [article.number, article.id])) },
    images: new Map(images.map((image) => [image.said.sha256, { id: image.id, wanted: image.wanted }])),
  }
  if ([...known.values()].includes('ambiguous')) return { ...base, product: null, refusal: 'ambiguous' }
  const items = [...known.values()].filter((item): item is Item => item !== 'ambiguous' && item !== null)
  const parents = new Set(items.flatMap((item) => item.parentRef ?? []))
  if (parents.size > 1) return { ...base, product: null, refusal: 'product-split' }
  const productRef = [...parents][0] ?? (await refOfProduct(tx, view.id, productId))
  const product = productIn(contents, productId, productRef, catalogue)
  const all = articles.map((article) => ({ id: article.id, said: variantIn(contents, article.id, known.get(article.id) as Item | null, product.options, catalogue) }))
  const priceless = all.filter(({ said }) => said.priceMinor === null).map(({ id }) => id)
  const leftOut = all.filter(({ said }) => said.priceMinor === null && said.itemRef === null).map(({ id }) => id)
  const told = all.filter(({ id }) => !leftOut.includes(id))
  if (productRef === null && leftOut.length > 0 && told.length === 0) return { ...base, product: null, refusal: 'price-missing', priceless, leftOut }
  const numbers = new Map(told.map(({ id, said }) => [id, said.articleNumber]))
  return {
    ...{ ...base, refusal: null, priceless, leftOut },
    product: {
      ...product,
      vendor: catalogue.vendorFrom === 'location' ? await storeName(tx, catalogue.priceLocationId) : product.vendor,
      active: product.active && articles.length > 0,
      variants: told.map(({ said }) => said),
      images: images.map(({ said, articleId }) => ({ ...said, articleNumber: articleId === null ? null : (numbers.get(articleId) ?? null) })),
      formerImageRefs: pictures.flatMap((picture) => (picture.gone && picture.waits && picture.ref !== null ? [picture.ref] : [])),
      write: partsOf(waiting, catalogue, images.length > 0),
    },
  }
}

/** What is linked, else the only item that carries the number, else what it was called when it was told. Two that carry it: nobody guesses. */
function itemOf({ linked, toldRef, items }: { linked: string | null; toldRef: string | null; items: Item[] }): Item | 'ambiguous' | null {
  if (linked !== null) return items.find((item) => item.itemRef === linked) ?? { itemRef: linked, parentRef: null }
  if (items.length > 1) return 'ambiguous'
  return items[0] ?? (toldRef === null ? null : { itemRef: toldRef, parentRef: null })
}

function partsOf(waiting: Waiting[], { descriptions, priceWhenChanged, overwriteImages }: Catalogue, hasImages: boolean): ProductToTell['write'] {
  const has = (...entities: string[]) => waiting.some((row) => entities.includes(row.entity))
  const details = has('product', 'article')
  return [
    ...(details ? (['details'] as const) : []),
    ...(details && descriptions ? (['description'] as const) : []),
    ...(has('price') || !priceWhenChanged ? (['price'] as const) : []),
    ...(has('image') || (overwriteImages && hasImages) ? (['images'] as const) : []),
  ]
}
