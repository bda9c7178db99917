/** What a shop is told of a product, an article and a picture, read out of what a view would be served of them. */
import { keyOf, type Said } from '../views/contents.ts'
import type { Entity } from '../views/view.ts'
import type { Catalogue, ImageToTell, ProductToTell, VariantToTell } from './catalogue.ts'

/** An article as the shop shows it. */
export interface Item {
  itemRef: string
  parentRef: string | null
}
type Contents = ReadonlyMap<string, Said>

const dataOf = (contents: Contents, entity: Entity, entityId: number) => contents.get(keyOf({ entity, entityId, locationId: 0 }))?.data ?? {}

export function productIn(
  contents: Contents,
  productId: number,
  productRef: string | null,
  catalogue: Catalogue,
): Omit<ProductToTell, 'variants' | 'images' | 'formerImageRefs' | 'write'> {
  const data = dataOf(contents, 'product', productId)
  const price = [...contents.entries()].find(([key]) => key.startsWith('price '))?.[1].data ?? {}
  return {
    productRef,
    name: String(data.name),
    active: data.active === true,
    description: catalogue.descriptions && typeof data.description === 'string' ? data.description : null,
    vendor: typeof data.vendor === 'string' ? data.vendor : null,
    options: (data.options as { name: string }[]).map((option) => option.name),
    currency: String(price.currency ?? ''),
    imagesWhen: catalogue.overwriteImages ? 'always' : 'none-there',
    channels: catalogue.channels,
  }
}

export function variantIn(contents: Contents, articleId: number, item: Item | null, options: string[], { priceLocationId }: Catalogue): VariantToTell {
  const article = dataOf(contents, 'article', articleId)
  const values = article.optionValues as Record<string, string>
  // A barcode of a whole pack is no barcode of the piece.
  const single = (article.barcodes as { code: string; pack: number }[]).find((barcode) => barcode.pack === 1)
  return {
    articleNumber: String(article.number),
    itemRef: item?.itemRef ?? null,
    optionValues: options.map((name) => values[name] ?? ''),
    barcode: single?.code ?? null,
    ...priceIn(dataOf(contents, 'price', articleId), priceLocationId),
    stockTracked: article.stockTracked === true,
  }
}

/** Of a chosen location only what was set there, a price or an offer: what holds everywhere else isn't a price of that store's. */
function priceIn(data: Record<string, unknown>, locationId: number | null): Pick<VariantToTell, 'priceMinor' | 'regularMinor'> {
  const at = <T>(field: string) => (data[field] as Record<string, T> | undefined)?.[String(locationId)] ?? null
  const money = (value: unknown) => (typeof value === 'number' ? value : null)
  const priceMinor = locationId === null ? money(data.priceMinor) : at<number>('atLocations')
  const isOffer = (locationId === null ? data.offer : at('offersAtLocations')) !== null
  if (priceMinor === null || !isOffer) return { priceMinor, regularMinor: null }
  return { priceMinor, regularMinor: locationId === null ? money(data.regularMinor) : (at<number>('regularAtLocations') ?? money(data.regularMinor)) }
}

/** Null = it is gone since it was marked. */
export function imageIn(
  contents: Contents,
  { id, ref }: { id: number; ref: string | null },
): { id: number; articleId: number | null; position: number; said: Omit<ImageToTell, 'articleNumber'> } | null {
  const data = contents.get(keyOf({ entity: 'image', entityId: id, locationId: 0 }))?.data
  if (data === undefined) return null
  const said = { imageRef: ref, alt: String(data.alt), type: data.type as ImageToTell['type'], sha256: String(data.sha256), size: Number(data.size) }
  return { id, articleId: typeof data.articleId === 'number' ? data.articleId : null, position: Number(data.position), said }
}
