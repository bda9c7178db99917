/** WebP: its chunks read to the end, and put together again without the camera's and the editor's notes (RFC 9649). No pixel changes. */
import { EXIF, isTurned, type Orientation, orientationIn, tiffSaying } from './orientation.ts'
import type { Stripped } from './stripped.ts'

const HEAD = 12
const KEPT = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF', 'ICCP'])
/** What the extended head says is in the file. */
const SAYS_EXIF = 0x08
const SAYS_XMP = 0x04

/** Null = not whole. What stands behind its end is left out. */
export function strippedWebp(from: Buffer): Stripped | null {
  const whole = from.length < HEAD ? 0 : 8 + from.readUInt32LE(4)
  if (whole < HEAD || whole > from.length) return null
  const chunks: { type: string; data: Buffer }[] = []
  for (let at = HEAD; at < whole; ) {
    if (at + 8 > whole) return null
    const length = from.readUInt32LE(at + 4)
    if (at + 8 + length > whole) return null
    chunks.push({ type: from.toString('latin1', at, at + 4), data: from.subarray(at + 8, at + 8 + length) })
    at += 8 + length + (length % 2)
  }
  const size = sizeIn(chunks)
  if (size === null || !chunks.some(({ type }) => ['VP8 ', 'VP8L', 'ANMF'].includes(type))) return null
  const notes = chunks.find(({ type }) => type === 'EXIF')?.data
  const orientation = notes === undefined ? 1 : orientationIn(notes.subarray(0, EXIF.length).equals(EXIF) ? notes.subarray(EXIF.length) : notes)
  const kept = chunks.filter(({ type }) => KEPT.has(type)).map((chunk) => (chunk.type === 'VP8X' ? { ...chunk, data: saying(chunk.data, orientation) } : chunk))
  if (orientation !== 1) kept.push({ type: 'EXIF', data: tiffSaying(orientation) })
  const body = kept.map(written)
  const head = Buffer.from(from.subarray(0, HEAD))
  head.writeUInt32LE(4 + body.reduce((sum, each) => sum + each.length, 0), 4)
  const upright = isTurned(orientation) ? { width: size.height, height: size.width } : size
  return { ...upright, parts: [head, ...body] }
}

function sizeIn([first]: { type: string; data: Buffer }[]): { width: number; height: number } | null {
  if (first === undefined || first.data.length < 10) return null
  const { type, data } = first
  // Coded as a single picture of VP8: three bytes, its mark, then 14 bits each way.
  if (type === 'VP8 ') return data.readUIntBE(3, 3) === 0x9d012a ? { width: data.readUInt16LE(6) & 0x3fff, height: data.readUInt16LE(8) & 0x3fff } : null
  if (type === 'VP8X') return { width: data.readUIntLE(4, 3) + 1, height: data.readUIntLE(7, 3) + 1 }
  if (type !== 'VP8L' || data[0] !== 0x2f) return null
  const bits = data.readUInt32LE(1)
  return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
}

function saying(head: Buffer, orientation: Orientation): Buffer {
  const said = Buffer.from(head)
  said[0] = ((head[0] ?? 0) & ~(SAYS_EXIF | SAYS_XMP)) | (orientation === 1 ? 0 : SAYS_EXIF)
  return said
}

function written({ type, data }: { type: string; data: Buffer }): Buffer {
  const head = Buffer.alloc(8)
  head.write(type, 0, 'latin1')
  head.writeUInt32LE(data.length, 4)
  return Buffer.concat([head, data, Buffer.alloc(data.length % 2)])
}
