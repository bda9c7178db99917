/** Pictures that come along when a product is made, changed or set. Checked before anything is done. */
import { numeral } from './ids.ts'
import type { UserError } from './inventory-writes.ts'
import { type Gallery, LONGEST_ALT, MOST_MEDIA } from './media.ts'
import type { Media, Product, State } from './state.ts'

export const mediaOf = (state: State, id: string): Media | undefined => state.files.get(numeral('MediaImage', id) ?? '')

export interface NewMedia {
  alt?: string | null
  mediaContentType: string
  originalSource: string
}
/** `media` of productCreate and productUpdate: pictures behind those that are there. */
export function mediaErrors(standing: number, media: readonly NewMedia[]): UserError[] {
  if (standing + media.length > MOST_MEDIA) return [{ field: ['media'], message: 'Exceeded the limit of media per product.' }]
  return media.flatMap((each, at) => {
    const wrong = (field: string, message: string) => [{ field: ['media', String(at), field], message }]
    if (each.mediaContentType !== 'IMAGE') return wrong('mediaContentType', 'Only images are simulated')
    if (!URL.canParse(each.originalSource)) return wrong('originalSource', 'Image URL is invalid')
    return (each.alt?.length ?? 0) > LONGEST_ALT ? wrong('alt', `The alt value exceeds the maximum limit of ${LONGEST_ALT} characters.`) : []
  })
}
export function addMedia(gallery: Gallery, product: Product, media: readonly NewMedia[]): void {
  for (const each of media) gallery.add(gallery.create(each.originalSource, { alt: each.alt ?? null }), product)
}

export interface FileSet {
  id?: string | null
  alt?: string | null
  filename?: string | null
  originalSource?: string | null
}
/** `files` of productSet is the whole list: what isn't in it is taken out of the product. */
export function fileErrors(state: State, files: readonly FileSet[]): UserError[] {
  if (files.length > MOST_MEDIA) return [{ code: 'INVALID_INPUT', field: ['input', 'files'], message: 'Exceeded the limit of media per product.' }]
  return files.flatMap((file, at) => {
    const wrong = (code: string, field: string, message: string) => [{ code, field: ['input', 'files', String(at), field], message }]
    if (file.id != null) return mediaOf(state, file.id) === undefined ? wrong('INVALID_INPUT', 'id', `File id ${file.id} does not exist.`) : []
    return file.originalSource != null && URL.canParse(file.originalSource) ? [] : wrong('INVALID_INPUT', 'originalSource', 'Image URL is invalid')
  })
}
export function setFiles(state: State, gallery: Gallery, product: Product, files: readonly FileSet[]): void {
  const wanted = files.map((file) => {
    const media = file.id == null ? gallery.create(file.originalSource ?? '', { alt: file.alt ?? null, filename: file.filename ?? null }) : (mediaOf(state, file.id) as Media)
    if (file.alt != null) media.alt = file.alt
    return media
  })
  for (const media of [...product.media]) if (!wanted.includes(media)) gallery.take(media, product)
  for (const media of wanted) gallery.add(media, product)
  product.media = wanted
}
