/** The shop's pictures: left somewhere, named by a mutation, then read by Shopify in its own time. One picture may be in several products. */
import { randomUUID } from 'node:crypto'
import type { SimTime } from '../time.ts'
import type { Faults } from './faults.ts'
import { type Picture, pictureIn } from './picture.ts'
import { uploaded } from './staged.ts'
import { hit, type Media, newId, type Product, type State } from './state.ts'

export const MOST_MEDIA = 250
export const LONGEST_ALT = 512
const MOST_BYTES = 20_971_520

export interface Gallery {
  /** In no product yet, and not read. */
  create(source: string, facts: { alt?: string | null; filename?: string | null }): Media
  /** Ready at once, as one a person of the shop has put there long ago. */
  place(bytes: Uint8Array, facts: { alt: string; filename: string }): Media
  /** The same picture with other bytes: its id and its name stay. */
  replace(media: Media, source: string): void
  add(media: Media, product: Product): void
  /** Out of this product and of its variants; the picture stays among the shop's files. */
  take(media: Media, product: Product): void
  remove(media: Media): void
  reorder(product: Product, moves: { media: Media; to: number }[]): void
  /** What was being read when the shop was put away is read again. */
  resume(): void
}
type Failure = NonNullable<Media['failure']>
/** In the words of Shopify's own schema. */
const FAILURES = {
  IMAGE_DOWNLOAD_FAILURE: 'Media could not be processed because the image could not be downloaded.',
  IMAGE_PROCESSING_FAILURE: 'Media could not be processed because the image could not be processed.',
  INVALID_IMAGE_FILE_SIZE: 'Media could not be created because the image size is too large.',
  INVALID_IMAGE_RESOLUTION: "Media could not be created because the image's resolution exceeds the max limit.",
  UNSUPPORTED_IMAGE_FILE_TYPE: 'Media could not be created because the image is an unsupported file type.',
} as const

/** `shown` = a product looks another way now. */
export function gallery(state: State, time: SimTime, faults: Faults, shown: (product: Product) => void): Gallery {
  /** First it is uploaded, halfway it is being processed, then it is there or has failed. */
  function read(media: Media): void {
    const waitMs = state.switches.mediaMs
    time.after(waitMs / 2, () => {
      if (media.status === 'UPLOADED') media.status = 'PROCESSING'
    })
    time.after(waitMs, () => finish(media))
  }
  function finish(media: Media): void {
    if (media.source === null || !state.files.has(media.id)) return
    const found = lookInto(media.source)
    media.source = null
    media.updatedAt = time.ms()
    if ('code' in found) Object.assign(media, { status: 'FAILED', failure: found })
    else Object.assign(media, { status: 'READY', failure: null, content: found, version: media.version + 1 })
    hit(state, 'code' in found ? `media:${found.code}` : 'media:READY')
    if (state.switches.mediaTouchesProduct) for (const product of productsWith(state, media)) shown(product)
  }
  function lookInto(source: string): (Picture & { bytes: Buffer }) | Failure {
    const failure = (code: keyof typeof FAILURES): Failure => ({ code, message: FAILURES[code] })
    if (faults.take(['media-fails'], []) !== null) return failure('IMAGE_PROCESSING_FAILURE')
    // What stands elsewhere in the world isn't fetched here.
    const bytes = uploaded(state, source)?.bytes ?? null
    if (bytes === null) return failure('IMAGE_DOWNLOAD_FAILURE')
    if (bytes.length > MOST_BYTES) return failure('INVALID_IMAGE_FILE_SIZE')
    const picture = pictureIn(bytes)
    if (picture === null) return failure('UNSUPPORTED_IMAGE_FILE_TYPE')
    if (picture.width * picture.height > state.switches.mostMegapixels * 1_000_000) return failure('INVALID_IMAGE_RESOLUTION')
    return { ...picture, bytes }
  }

  function opened(facts: { alt?: string | null; filename: string }): Media {
    const now = time.ms()
    const media: Media = {
      id: newId(state),
      alt: facts.alt ?? '',
      filename: freeName(state, facts.filename),
      status: 'UPLOADED',
      source: null,
      content: null,
      failure: null,
      version: Math.floor(now / 1000),
      products: new Set(),
      createdAt: now,
      updatedAt: now,
    }
    state.files.set(media.id, media)
    state.byFilename.set(media.filename, media)
    return media
  }
  const take = (media: Media, product: Product) => {
    media.products.delete(product)
    product.media = product.media.filter((each) => each !== media)
    for (const item of product.variants) item.media = item.media.filter((each) => each !== media)
  }
  return {
    create: (source, { alt = '', filename }) => {
      const media = opened({ alt, filename: filename ?? nameIn(source) })
      media.source = source
      read(media)
      return media
    },
    place: (bytes, facts) => {
      const picture = pictureIn(bytes)
      if (picture === null) throw new Error('no picture')
      return Object.assign(opened(facts), { status: 'READY' as const, content: { ...picture, bytes: Buffer.from(bytes) } })
    },
    replace: (media, source) => {
      media.source = source
      read(media)
    },
    add: (media, product) => {
      if (!product.media.includes(media)) product.media.push(media)
      media.products.add(product)
    },
    take,
    remove: (media) => {
      state.files.delete(media.id)
      state.byFilename.delete(media.filename)
      for (const product of productsWith(state, media)) {
        take(media, product)
        shown(product)
      }
    },
    reorder: (product, moves) => {
      for (const { media, to } of moves) {
        const others = product.media.filter((each) => each !== media)
        others.splice(to, 0, media)
        product.media = others
      }
      shown(product)
    },
    resume: () => {
      for (const media of state.files.values()) if (media.source !== null) read(media)
    },
  }
}

const nameIn = (source: string): string => (URL.canParse(source) ? decodeURIComponent(new URL(source).pathname.split('/').at(-1) ?? '') : '') || 'bild'
/** A name another file has gets a mark of its own before its ending. */
function freeName(state: State, wanted: string): string {
  return state.byFilename.has(wanted) ? wanted.replace(/(\.[^.]*)?$/, `_${randomUUID()}$1`) : wanted
}
/** Those that are still there. */
export const productsWith = (state: State, media: Media): Product[] => [...media.products].filter((product) => state.products.has(product.id))

export const CDN = '/s/files/1/0845/1290/files/'
/** Where anybody can fetch it. Another version of it has another address. */
export const addressOf = (host: string, { filename, version }: Media): string => `${host}${CDN}${encodeURIComponent(filename)}?v=${version}`
export function fileAt(state: State, path: string): Media | null {
  return state.byFilename.get(decodeURIComponent(path.slice(CDN.length))) ?? null
}
