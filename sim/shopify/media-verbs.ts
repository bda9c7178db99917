/** What people of the shop do with the pictures of their products. */
import { createHash } from 'node:crypto'
import { gid } from './ids.ts'
import { addressOf, type Gallery, productsWith } from './media.ts'
import { paintedPng } from './painted.ts'
import { pictureIn } from './picture.ts'
import type { Item, Media, Product, State } from './state.ts'

export interface ImageView {
  id: string
  gid: string
  alt: string
  filename: string
  status: Media['status']
  /** Where anybody can see it; null = it isn't there yet. */
  url: string | null
  /** Of its bytes, hex. */
  sha256: string | null
  /** Numbers of the variants it shows. */
  variants: (string | null)[]
}
export interface ImageInput {
  /** A number of the product's. */
  sku: string
  /** The picture itself; left out = one is painted. */
  base64?: string
  alt?: string
  filename?: string
  /** It shows this variant alone. */
  variant?: string
}
type Which = { image: string }

export interface MediaVerbs {
  /** Of the product with this number, in their order. */
  images(input: { sku: string }): ImageView[]
  /** Behind those that are there; ready at once. */
  addImage(input: ImageInput): ImageView
  /** The same picture says or shows something else. */
  changeImage(input: Which & { base64?: string; alt?: string }): ImageView
  /** Out of the shop; answers the picture as it was. */
  deleteImage(input: Which): ImageView
}

export function mediaVerbs(state: State, gallery: Gallery, shown: (product: Product) => void, host: () => string): MediaVerbs {
  const item = (sku: string): Item => {
    for (const found of state.bySku.get(sku) ?? []) return found
    throw new Error(`no item with sku ${sku}`)
  }
  const media = (which: string): Media => {
    for (const found of state.files.values()) if ([found.id, gid('MediaImage', found.id), found.filename].includes(which)) return found
    throw new Error(`no image ${which}`)
  }
  const viewOf = (held: Media): ImageView => ({
    id: held.id,
    gid: gid('MediaImage', held.id),
    alt: held.alt,
    filename: held.filename,
    status: held.status,
    url: held.content === null ? null : addressOf(host(), held),
    sha256: held.content === null ? null : createHash('sha256').update(held.content.bytes).digest('hex'),
    variants: productsWith(state, held).flatMap((product) => product.variants.filter((each) => each.media.includes(held)).map((each) => each.sku)),
  })
  return {
    images: ({ sku }) => item(sku).product.media.map(viewOf),
    addImage: ({ sku, base64, alt = '', filename, variant }) => {
      const { product } = item(sku)
      const name = filename ?? `${product.handle}-${product.media.length + 1}.png`
      const held = gallery.place(base64 === undefined ? paintedPng(name) : Buffer.from(base64, 'base64'), { alt, filename: name })
      gallery.add(held, product)
      if (variant !== undefined) item(variant).media = [held]
      shown(product)
      return viewOf(held)
    },
    changeImage: ({ image, base64, alt }) => {
      const held = media(image)
      if (alt !== undefined) held.alt = alt
      if (base64 !== undefined) {
        const bytes = Buffer.from(base64, 'base64')
        const picture = pictureIn(bytes)
        if (picture === null) throw new Error('no picture')
        Object.assign(held, { content: { ...picture, bytes }, version: held.version + 1 })
      }
      for (const product of productsWith(state, held)) shown(product)
      return viewOf(held)
    },
    deleteImage: ({ image }) => {
      const held = media(image)
      const before = viewOf(held)
      gallery.remove(held)
      return before
    },
  }
}
