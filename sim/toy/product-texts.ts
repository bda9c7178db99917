/** How the toy shop says its products: one by itself, or some at a time in the order they were made. An item that stands by itself is a product too. */
import { json, type SimAnswer, type SimRequest } from '../kit.ts'
import { pictureText } from './pictures.ts'
import type { Shop, ToyFace, ToyItem, ToyProduct } from './shop.ts'
import { itemText } from './texts.ts'

/** Products on a page. */
const MOST = 20

export const emptyProduct = (ref: string, name: string): ToyProduct => ({ ref, name, active: true, vendor: null, description: null, channels: null, pictures: [] })
export const faceOf = (shop: Shop, item: string): ToyFace => shop.faces.get(item) ?? { values: [], barcode: null, price: null, before: null }
const productOf = (item: ToyItem): string => item.parent ?? item.ref
export const itemsOf = (shop: Shop, ref: string): ToyItem[] => [...shop.items.values()].filter((item) => productOf(item) === ref)

/** Null = there is none. */
export function productAt(shop: Shop, ref: string): ToyProduct | null {
  const [item] = shop.products.has(ref) ? [] : itemsOf(shop, ref)
  return shop.products.get(ref) ?? (item === undefined ? null : emptyProduct(ref, item.title))
}

export function productText(shop: Shop, { pictures, ...product }: ToyProduct, items: ToyItem[]) {
  const faces = items.map((item) => faceOf(shop, item.ref))
  return {
    ...product,
    options: product.options ?? (faces[0]?.values ?? []).map((_, n) => `Option ${n + 1}`),
    asOf: shop.clock.now().toISOString(),
    items: items.map((item, n) => ({ ...itemText(item), ...faces[n] })),
    pictures: pictures.map(pictureText),
  }
}

/** `after` = where the page before ended, as it said itself. */
export function productPage(shop: Shop, request: SimRequest): Exclude<SimAnswer, string> {
  const after = Number(request.query.get('after') ?? -1)
  const groups = new Map<string, ToyItem[]>()
  for (const item of shop.items.values()) {
    const group = groups.get(productOf(item))
    if (group === undefined) groups.set(productOf(item), [item])
    else group.push(item)
  }
  const listed = [...groups].map(([ref, items]) => ({ ref, items, at: Math.min(...items.map((item) => item.at)) })).filter((each) => each.at > after)
  listed.sort((a, b) => a.at - b.at)
  const page = listed.slice(0, MOST)
  const products = page.map(({ ref, items }) => productText(shop, productAt(shop, ref) ?? emptyProduct(ref, ''), items))
  return json(200, { products, next: listed.length > MOST ? String(page.at(-1)?.at) : null })
}
