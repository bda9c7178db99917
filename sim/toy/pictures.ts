/** Pictures of a product in the toy shop: added as they are, shown in their order, told apart by what is in them. */
import { createHash } from 'node:crypto'
import { json, type SimAnswer, type SimRequest } from '../kit.ts'
import { hit, nextRef, type Shop, type ToyPicture, type ToyProduct } from './shop.ts'

interface Asked {
  type?: string
  /** The file, in base 64. */
  data?: string
  alt?: string
  item?: string | null
  /** The order: those that are named come first. */
  refs?: string[]
}
type Answer = Exclude<SimAnswer, string>
const MOST_BYTES = 20_000_000
/** What a file of each type begins with. */
const BEGINS: Record<string, (bytes: Buffer) => boolean> = {
  'image/jpeg': (bytes) => bytes.readUIntBE(0, 3) === 0xffd8ff,
  'image/png': (bytes) => bytes.subarray(1, 4).toString('latin1') === 'PNG',
  'image/gif': (bytes) => bytes.subarray(0, 3).toString('latin1') === 'GIF',
  'image/webp': (bytes) => bytes.subarray(8, 12).toString('latin1') === 'WEBP',
}

export const pictureText = ({ bytes: _bytes, ...picture }: ToyPicture) => picture

export function pictureRoute(shop: Shop, product: ToyProduct, ref: string | undefined, request: SimRequest): Answer {
  const asked = (request.body ?? {}) as Asked
  if (ref === undefined) return add(shop, product, asked)
  if (ref === 'order') return order(shop, product, asked.refs ?? [])
  const picture = product.pictures.find((each) => each.ref === ref)
  if (picture === undefined) return json(404, { error: 'no-such-picture' })
  if (request.method === 'GET') return { status: 200, headers: { 'content-type': picture.type }, body: picture.bytes }
  if (request.method === 'DELETE') {
    product.pictures = product.pictures.filter((each) => each !== picture)
    hit(shop, 'picture.removed')
    return json(200, pictureText(picture))
  }
  Object.assign(picture, { alt: asked.alt ?? picture.alt, item: asked.item === undefined ? picture.item : asked.item })
  hit(shop, 'picture.changed')
  return json(200, pictureText(picture))
}

function add(shop: Shop, product: ToyProduct, { type = '', data = '', alt = '', item = null }: Asked): Answer {
  const refuse = (code: string, said: string): Answer => json(422, { error: 'product-refused', code, said })
  const bytes = Buffer.from(data, 'base64')
  if (product.pictures.length >= shop.options.mostPictures) return refuse('too-many-pictures', `A product has ${shop.options.mostPictures} pictures at most.`)
  if (bytes.length > MOST_BYTES) return refuse('picture-too-large', `A picture has ${MOST_BYTES} bytes at most.`)
  if (bytes.length < 12 || BEGINS[type]?.(bytes) !== true) return refuse('picture-wrong', `This is no ${type}.`)
  if (item !== null && shop.items.get(item)?.parent !== product.ref) return refuse('item-elsewhere', `${item} is no item of this product.`)
  const picture = { ...pictureOf(shop, bytes, alt, item), type }
  product.pictures.push(picture)
  hit(shop, 'picture.added')
  return json(200, pictureText(picture))
}

/** A file as it is, whatever is in it. */
export const pictureOf = (shop: Shop, bytes: Buffer, alt: string, item: string | null): ToyPicture => ({
  ...{ ref: nextRef(shop), alt, item, digest: createHash('sha256').update(bytes).digest('hex'), bytes },
  type: Object.keys(BEGINS).find((type) => bytes.length >= 12 && BEGINS[type]?.(bytes) === true) ?? 'application/octet-stream',
})

function order(shop: Shop, product: ToyProduct, refs: string[]): Answer {
  const place = ({ ref }: ToyPicture) => (refs.includes(ref) ? refs.indexOf(ref) : refs.length)
  product.pictures.sort((a, b) => place(a) - place(b))
  hit(shop, 'picture.ordered')
  return json(200, { refs: product.pictures.map((picture) => picture.ref) })
}
