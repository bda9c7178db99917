/** The mutations on pictures: made, changed, taken out, put in another order, put beside a variant. */
import { randomUUID } from 'node:crypto'
import type { SimTime } from '../time.ts'
import { invalidId } from './errors.ts'
import { gid, numeral } from './ids.ts'
import type { UserError } from './inventory-writes.ts'
import { type Gallery, LONGEST_ALT, MOST_MEDIA, productsWith } from './media.ts'
import { mediaOf } from './media-input.ts'
import { hit, type Item, type Media, type Product, type State } from './state.ts'

export interface MediaDesk {
  state: State
  time: SimTime
  gallery: Gallery
  /** A product looks another way now. */
  shown(product: Product): void
}
export interface FileInput {
  id: string
  alt?: string | null
  filename?: string | null
  originalSource?: string | null
  referencesToAdd?: string[] | null
  referencesToRemove?: string[] | null
}

const productOf = (state: State, id: string): Product | undefined => state.products.get(numeral('Product', id) ?? '')
const areGone = (ids: string[], list: string): string => (ids.length === 1 ? `File id ${list} does not exist.` : `File ids ${list} do not exist.`)
const endingOf = (filename: string): string => /\.[^.]*$/.exec(filename)?.[0].toLowerCase() ?? ''

export function updateFiles(desk: MediaDesk, files: FileInput[]): { files: Media[]; userErrors: UserError[] } {
  const refuse = (code: string, message: string, field = ['files']) => ({ files: [], userErrors: [{ code, field, message }] })
  const gone = files.map((file) => file.id).filter((id) => mediaOf(desk.state, id) === undefined)
  if (gone.length > 0) return refuse('FILE_DOES_NOT_EXIST', areGone(gone, JSON.stringify(gone).replaceAll('","', '", "')))
  const held = files.map((file) => ({ file, media: mediaOf(desk.state, file.id) as Media }))
  if (held.some(({ media }) => media.status !== 'READY')) return refuse('NON_READY_STATE', 'Non-ready files cannot be updated.')
  if (held.some(({ media }) => media.source !== null)) return refuse('MEDIA_CANNOT_BE_MODIFIED', 'Media cannot be modified. It is currently being modified by another operation.')
  if (held.some(({ file, media }) => file.filename != null && endingOf(file.filename) !== endingOf(media.filename)))
    return refuse('INVALID_FILENAME_EXTENSION', 'The filename extension provided must match the original filename.')
  const named = files.flatMap((file) => [...(file.referencesToAdd ?? []), ...(file.referencesToRemove ?? [])])
  if (named.some((id) => productOf(desk.state, id) === undefined)) return refuse('REFERENCE_TARGET_DOES_NOT_EXIST', 'The reference target does not exist')
  const done: Media[] = []
  const userErrors: UserError[] = []
  for (const [at, { file, media }] of held.entries()) {
    // A file that can't be changed doesn't hold the others.
    const wrong = wrongIn(desk.state, file, media, at)
    if (wrong === null) done.push(changed(desk, media, file))
    else userErrors.push(wrong)
  }
  hit(desk.state, 'fileUpdate')
  return { files: done, userErrors }
}
function wrongIn(state: State, file: FileInput, media: Media, at: number): UserError | null {
  const wrong = (code: string, field: string, message: string): UserError => ({ code, field: ['files', String(at), field], message })
  if ((file.alt?.length ?? 0) > LONGEST_ALT) return wrong('ALT_VALUE_LIMIT_EXCEEDED', 'alt', `The alt value exceeds the maximum limit of ${LONGEST_ALT} characters.`)
  if (file.originalSource != null && !URL.canParse(file.originalSource)) return wrong('INVALID_IMAGE_SOURCE_URL', 'originalSource', 'Image URL is invalid')
  const full = (file.referencesToAdd ?? []).some((id) => {
    const product = productOf(state, id)
    return product !== undefined && !product.media.includes(media) && product.media.length >= MOST_MEDIA
  })
  return full ? wrong('PRODUCT_MEDIA_LIMIT_EXCEEDED', 'referencesToAdd', 'Exceeded the limit of media per product.') : null
}
function changed(desk: MediaDesk, media: Media, file: FileInput): Media {
  const { state, gallery, time } = desk
  if (file.alt != null) media.alt = file.alt
  if (file.filename != null) {
    state.byFilename.delete(media.filename)
    media.filename = file.filename
    state.byFilename.set(media.filename, media)
  }
  if (file.originalSource != null) gallery.replace(media, file.originalSource)
  const touched = new Set(productsWith(state, media))
  for (const id of file.referencesToAdd ?? []) {
    const product = productOf(state, id) as Product
    gallery.add(media, product)
    touched.add(product)
  }
  for (const id of file.referencesToRemove ?? []) gallery.take(media, productOf(state, id) as Product)
  media.updatedAt = time.ms()
  for (const product of touched) desk.shown(product)
  return media
}

export function deleteFiles(desk: MediaDesk, ids: string[]): { deletedFileIds: string[] | null; userErrors: UserError[] } {
  const gone = ids.filter((id) => mediaOf(desk.state, id) === undefined)
  if (gone.length > 0) return { deletedFileIds: null, userErrors: [{ code: 'FILE_DOES_NOT_EXIST', field: ['fileIds'], message: areGone(gone, gone.join(',')) }] }
  for (const id of ids) desk.gallery.remove(mediaOf(desk.state, id) as Media)
  hit(desk.state, 'fileDelete')
  return { deletedFileIds: ids, userErrors: [] }
}

interface Move {
  id: string
  newPosition: string
}
/** Each move is counted when the ones before it are done; beyond the end is the end. It is done later, by a job. */
export function reorderMedia(desk: MediaDesk, id: string, moves: Move[]) {
  const number = numeral('Product', id)
  if (number === null) throw invalidId(id)
  const product = desk.state.products.get(number)
  const refuse = (code: string, field: string[], message: string) => ({ job: null, mediaUserErrors: [{ code, field, message }] })
  if (product === undefined) return refuse('PRODUCT_DOES_NOT_EXIST', ['id'], 'Product does not exist')
  const stranger = moves.find((move) => !product.media.some((media) => gid('MediaImage', media.id) === move.id))
  if (stranger !== undefined) return refuse('MEDIA_DOES_NOT_EXIST', ['moves'], `Media id ${stranger.id} does not exist`)
  desk.time.after(desk.state.switches.mediaMs / 2, () => {
    const there = moves.flatMap((move) => product.media.filter((media) => gid('MediaImage', media.id) === move.id).map((media) => ({ media, to: Number(move.newPosition) })))
    desk.gallery.reorder(product, there)
  })
  hit(desk.state, 'productReorderMedia')
  return { job: { id: `gid://shopify/Job/${randomUUID()}`, done: false }, mediaUserErrors: [] }
}

interface Pair {
  variantId: string
  mediaIds: string[]
}
const MOST_PAIRS = 100
/** Pictures of the product put beside its variants, or taken from there. All or nothing. */
export function pairMedia(desk: MediaDesk, productId: string, pairs: Pair[], how: 'append' | 'detach') {
  const number = numeral('Product', productId)
  if (number === null) throw invalidId(productId)
  const product = desk.state.products.get(number)
  const refuse = (error: UserError) => ({ product: null, productVariants: null, userErrors: [error] })
  if (product === undefined) return refuse({ code: 'PRODUCT_DOES_NOT_EXIST', field: ['productId'], message: 'Product does not exist.' })
  if (pairs.length > MOST_PAIRS)
    return refuse({ code: 'MAXIMUM_VARIANT_MEDIA_PAIRS_EXCEEDED', field: ['variantMedia'], message: `Exceeded ${MOST_PAIRS} variant-media pairs per mutation.` })
  const found: { item: Item; media: Media }[] = []
  for (const at of pairs.keys()) {
    const one = matched(product, pairs, at, how)
    if ('code' in one) return refuse({ code: one.code, field: ['variantMedia', String(at), one.field], message: one.message })
    found.push(one)
  }
  for (const { item, media } of found) item.media = how === 'append' ? [media] : item.media.filter((each) => each !== media)
  if (found.length > 0) desk.shown(product)
  hit(desk.state, how === 'append' ? 'productVariantAppendMedia' : 'productVariantDetachMedia')
  return { product, productVariants: found.map(({ item }) => item), userErrors: [] }
}
interface Wrong {
  code: string
  field: 'variantId' | 'mediaIds'
  message: string
}
function matched(product: Product, pairs: Pair[], at: number, how: 'append' | 'detach'): { item: Item; media: Media } | Wrong {
  const { variantId, mediaIds } = pairs[at] as Pair
  if (mediaIds.length !== 1) return { code: 'TOO_MANY_MEDIA_PER_INPUT_PAIR', field: 'mediaIds', message: 'Only one mediaId is allowed per media input.' }
  if (pairs.filter((pair) => pair.variantId === variantId).length > 1)
    return { code: 'PRODUCT_VARIANT_SPECIFIED_MULTIPLE_TIMES', field: 'variantId', message: 'Variant was specified in more than one media input.' }
  const item = product.variants.find((each) => gid('ProductVariant', each.variantId) === variantId)
  if (item === undefined) return { code: 'PRODUCT_VARIANT_DOES_NOT_EXIST_ON_PRODUCT', field: 'variantId', message: 'Variant does not exist on the specified product.' }
  const media = product.media.find((each) => gid('MediaImage', each.id) === mediaIds[0])
  if (media === undefined) return { code: 'MEDIA_DOES_NOT_EXIST_ON_PRODUCT', field: 'mediaIds', message: 'Media does not exist on the specified product.' }
  if (how === 'detach')
    return item.media.includes(media)
      ? { item, media }
      : { code: 'MEDIA_IS_NOT_ATTACHED_TO_VARIANT', field: 'variantId', message: 'The specified media is not attached to the specified variant.' }
  if (media.status !== 'READY') return { code: 'NON_READY_MEDIA', field: 'mediaIds', message: 'Non-ready media cannot be attached to variants.' }
  return item.media.length === 0 ? { item, media } : { code: 'PRODUCT_VARIANT_ALREADY_HAS_MEDIA', field: 'variantId', message: 'The given variant already has attached media.' }
}
