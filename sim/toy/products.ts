/** Products put into the toy shop: made when none is named, changed where one is; items nobody names stay as they are. */
import { json, type SimAnswer, type SimRequest } from '../kit.ts'
import type { HookDesk } from './hooks.ts'
import { hit, nextRef, type Shop, type ToyFace, type ToyItem, type ToyProduct } from './shop.ts'
import { itemText } from './texts.ts'

interface Asked {
  product: string | null
  /** Only what is to be changed. */
  fields?: Partial<Omit<ToyProduct, 'ref'>>
  items?: ({ item: string | null; number: string; tracked?: boolean } & Partial<ToyFace>)[]
}
type Answer = Exclude<SimAnswer, string>
/** More than a toy shop shows of one product. */
const MOST_ITEMS = 100

export function putProduct(shop: Shop, desk: HookDesk, request: SimRequest): Answer {
  const { product: ref, fields = {}, items = [] } = request.body as Asked
  const refuse = (code: string, said: string): Answer => json(422, { error: 'product-refused', code, said })
  const standing = ref === null ? null : shop.products.get(ref)
  if (standing === undefined) return refuse('product-gone', `There is no product ${ref}.`)
  if (items.length > MOST_ITEMS) return refuse('too-many-variants', `A product has ${MOST_ITEMS} items at most.`)
  if (standing === null && (fields.name === undefined || items.length === 0)) return json(400, { error: 'product-wrong', said: 'A new product has a name and an item.' })
  const stranger = items.find(({ item }) => item !== null && shop.items.get(item)?.parent !== ref)
  if (stranger !== undefined) return refuse('item-elsewhere', `${stranger.item} is no item of this product.`)
  const product: ToyProduct = { ...(standing ?? { ref: nextRef(shop), name: '', active: true, vendor: null, description: null }), ...fields }
  shop.products.set(product.ref, product)
  hit(shop, standing === null ? 'product.made' : 'product.changed')
  const put = items.map(({ item, number, tracked, ...face }) => {
    const changed = item === null ? newItem(shop, product, number) : (shop.items.get(item) as ToyItem)
    Object.assign(changed, { number, ...(tracked === undefined ? {} : { tracked }) })
    shop.faces.set(changed.ref, { ...(shop.faces.get(changed.ref) ?? { values: [], barcode: null, price: null }), ...face })
    desk.itemChanged(changed.ref)
    return itemText(changed)
  })
  return json(200, { ref: product.ref, asOf: shop.clock.now().toISOString(), items: put })
}

function newItem(shop: Shop, product: ToyProduct, number: string): ToyItem {
  const levels = new Map(shop.places.filter((place) => place.active).map((place) => [place.ref, { value: 0, active: true }] as const))
  const made: ToyItem = { at: shop.lastItem++, ref: nextRef(shop), parent: product.ref, number, title: product.name, tracked: true, unwritable: null, levels }
  shop.items.set(made.ref, made)
  return made
}
