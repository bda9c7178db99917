/** What a picture is, told by its bytes alone, and its bytes without what was written about it (where it was taken, by whom, with what): no pixel changes. */
import { createHash } from 'node:crypto'
import { Refusal } from '../refusal.ts'
import { strippedGif } from './gif.ts'
import { strippedJpeg } from './jpeg.ts'
import { strippedPng } from './png.ts'
import type { Stripped } from './stripped.ts'
import { strippedWebp } from './webp.ts'

/** Shopify takes no larger ones (its guide to product media: 20 MB, 20 megapixels); nor do we keep any. */
export const MOST_BYTES = 20 * 1024 * 1024
export const MOST_PIXELS = 20_000_000

export const IMAGE_TYPES = ['image/jpeg', 'image/png', 'image/webp', 'image/gif'] as const
export type ImageType = (typeof IMAGE_TYPES)[number]

export interface Picture {
  type: ImageType
  /** Points, as it is shown: turned upright. */
  width: number
  height: number
  bytes: Buffer
  /** Of those bytes, in hex. */
  sha256: string
}

const FORMATS: { type: ImageType; is(from: Buffer): boolean; stripped(from: Buffer): Stripped | null }[] = [
  { type: 'image/jpeg', is: (from) => startsWith(from, '\xff\xd8\xff'), stripped: strippedJpeg },
  { type: 'image/png', is: (from) => startsWith(from, '\x89PNG\r\n\x1a\n'), stripped: strippedPng },
  { type: 'image/webp', is: (from) => startsWith(from, 'RIFF') && from.toString('latin1', 8, 12) === 'WEBP', stripped: strippedWebp },
  { type: 'image/gif', is: (from) => startsWith(from, 'GIF87a') || startsWith(from, 'GIF89a'), stripped: strippedGif },
]
const startsWith = (from: Buffer, mark: string): boolean => from.toString('latin1', 0, mark.length) === mark

/** Throws {Refusal} image-type, image-broken, image-too-big, too-large. */
export function readPicture(from: Buffer): Picture {
  if (from.length > MOST_BYTES) throw new Refusal('too-large')
  const format = FORMATS.find((each) => each.is(from))
  if (format === undefined) throw new Refusal('image-type')
  const stripped = format.stripped(from)
  if (stripped === null || stripped.width === 0 || stripped.height === 0) throw new Refusal('image-broken')
  const { width, height, parts } = stripped
  if (width * height > MOST_PIXELS) throw new Refusal('image-too-big', { width, height })
  const bytes = Buffer.concat(parts)
  return { type: format.type, width, height, bytes, sha256: createHash('sha256').update(bytes).digest('hex') }
}
