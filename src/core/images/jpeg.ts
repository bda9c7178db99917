/** JPEG: read to its end, and put together again without what the camera and the editor wrote about the picture (ITU T.81, annex B). No pixel changes. */
import { EXIF, isTurned, orientationIn, tiffSaying } from './orientation.ts'
import type { Stripped } from './stripped.ts'

const START = 0xd8
const END = 0xd9
const SCAN = 0xda
const EXIF_SEGMENT = 0xe1
/** Markers that start a frame, which says the size; not tables (C4), extensions (C8) or conditioning (CC). */
const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
/** Of the application's own segments: the format's head, the colour profile, and how colours are coded. */
const KEPT: Record<number, string> = { 224: 'JFIF\0', 226: 'ICC_PROFILE\0', 238: 'Adobe' }
const isNote = (marker: number): boolean => (marker >= 0xe0 && marker <= 0xef) || marker === 0xfe

/** Null = not whole. What stands behind its end is left out. */
export function strippedJpeg(from: Buffer): Stripped | null {
  const head: Buffer[] = [from.subarray(0, 2)]
  const parts: Buffer[] = []
  let size: { width: number; height: number } | null = null
  let orientation = 1
  let scans = 0
  let at = 2
  for (;;) {
    if (from[at] !== 0xff) return null
    while (from[at + 1] === 0xff) at++
    const marker = from[at + 1] ?? 0
    if (marker === END) break
    if (marker < 0xc0 || marker === START || (marker >= 0xd0 && marker <= 0xd7) || at + 4 > from.length) return null
    const length = from.readUInt16BE(at + 2)
    const end = at + 2 + length
    if (length < 2 || end > from.length) return null
    const segment = from.subarray(at, end)
    const said = segment.subarray(4)
    if (isFrame(marker)) {
      if (said.length < 6 || size !== null) return null
      size = { height: said.readUInt16BE(1), width: said.readUInt16BE(3) }
    }
    if (marker === EXIF_SEGMENT && said.subarray(0, EXIF.length).equals(EXIF)) orientation = orientationIn(said.subarray(EXIF.length))
    const first = KEPT[marker]
    const kept = !isNote(marker) || (first !== undefined && said.toString('latin1', 0, first.length) === first)
    if (kept) (marker === 0xe0 ? head : parts).push(segment)
    at = end
    if (marker === SCAN) {
      const over = endOfScan(from, at)
      if (over === null || size === null) return null
      parts.push(from.subarray(at, over))
      scans++
      at = over
    }
  }
  if (size === null || scans === 0) return null
  const upright = isTurned(orientation) ? { width: size.height, height: size.width } : size
  return { ...upright, parts: [...head, ...(orientation === 1 ? [] : [exifSegment(orientation)]), ...parts, Buffer.from([0xff, END])] }
}

/** Coded data has no marker in it but those that restart it; FF 00 is a byte FF. Null = it never ends. */
function endOfScan(from: Buffer, start: number): number | null {
  for (let at = from.indexOf(0xff, start); at >= 0; at = from.indexOf(0xff, at + 1)) {
    const next = from[at + 1]
    if (next === undefined) return null
    if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at
  }
  return null
}

function exifSegment(orientation: number): Buffer {
  const tiff = tiffSaying(orientation)
  const head = Buffer.from([0xff, EXIF_SEGMENT, 0, 2 + EXIF.length + tiff.length])
  return Buffer.concat([head, EXIF, tiff])
}
