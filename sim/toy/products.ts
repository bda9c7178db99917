/** Products put into the toy shop: made when none is named, changed where one is; items nobody names stay as they are. */
import { json, type SimAnswer, type SimRequest } from '../kit.ts'
import type { HookDesk } from './hooks.ts'
import { pictureRoute } from './pictures.ts'
import { emptyProduct, faceOf, itemsOf, productAt, productPage, productText } from './product-texts.ts'
import { CHANNELS, hit, nextRef, type Shop, type ToyFace, type ToyItem, type ToyProduct } from './shop.ts'
import { itemText } from './texts.ts'

interface Asked {
  product: string | null
  /** Only what is to be changed. */
  fields?: Partial<Omit<ToyProduct, 'ref' | 'pictures'>>
  items?: ({ item: string | null; number: string; tracked?: boolean } & Partial<ToyFace>)[]
}
type Answer = Exclude<SimAnswer, string>
/** More than a toy shop shows of one product. */
const MOST_ITEMS = 100

export function productRoute(shop: Shop, desk: HookDesk, request: SimRequest): Answer {
  const [, , ref, ...rest] = request.path.split('/').map(decodeURIComponent)
  if (ref === undefined) return request.method === 'GET' ? productPage(shop, request) : putProduct(shop, desk, request)
  const product = productAt(shop, ref)
  if (product === null) return json(404, { error: 'no-such-product' })
  return rest[0] === 'pictures' ? pictureRoute(shop, product, rest[1], request) : json(200, productText(shop, product, itemsOf(shop, ref)))
}

function putProduct(shop: Shop, desk: HookDesk, request: SimRequest): Answer {
  const { product: ref, fields = {}, items = [] } = request.body as Asked
  const refuse = (code: string, said: string): Answer => json(422, { error: 'product-refused', code, said })
  const standing = ref === null ? null : productAt(shop, ref)
  if (ref !== null && standing === null) return refuse('product-gone', `There is no product ${ref}.`)
  if (items.length > MOST_ITEMS) return refuse('too-many-variants', `A product has ${MOST_ITEMS} items at most.`)
  if (standing === null && (fields.name === undefined || items.length === 0)) return json(400, { error: 'product-wrong', said: 'A new product has a name and an item.' })
  const stranger = items.find(({ item }) => item !== null && ![ref, item].includes(shop.items.get(item)?.parent ?? item))
  if (stranger !== undefined) return refuse('item-elsewhere', `${stranger.item} is no item of this product.`)
  const channel = fields.channels?.find((each) => !CHANNELS.some((known) => known.ref === each))
  if (channel !== undefined) return refuse('no-such-channel', `There is no channel ${channel}.`)
  const product: ToyProduct = { ...(standing ?? emptyProduct(nextRef(shop), '')), ...fields }
  shop.products.set(product.ref, product)
  hit(shop, standing === null ? 'product.made' : 'product.changed')
  const put = items.map(({ item, number, tracked, ...face }) => {
    const changed = item === null ? newItem(shop, product, number) : (shop.items.get(item) as ToyItem)
    // An item that stood by itself is this product's from now on.
    Object.assign(changed, { number, parent: product.ref, ...(tracked === undefined ? {} : { tracked }) })
    shop.faces.set(changed.ref, { ...faceOf(shop, changed.ref), ...face })
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
