/** PNG: every chunk checked against its sum, and put together again without texts, times and camera's notes (W3C PNG, third edition). No pixel changes. */
import { crc32 } from 'node:zlib'
import { isTurned, orientationIn, tiffSaying } from './orientation.ts'
import type { Stripped } from './stripped.ts'

const SIGNATURE = 8
/** Beside the chunks a picture can't be shown without (a capital first): colours, transparency, how dense the points are, and animation. */
const KEPT = new Set(['tRNS', 'cHRM', 'gAMA', 'iCCP', 'sBIT', 'sRGB', 'cICP', 'bKGD', 'pHYs', 'acTL', 'fcTL', 'fdAT'])
const isNeeded = (type: string): boolean => /^[A-Z]/.test(type)

/** Null = not whole, or a chunk isn't what its sum says. What stands behind its end is left out. */
export function strippedPng(from: Buffer): Stripped | null {
  const parts: Buffer[] = []
  let size: { width: number; height: number } | null = null
  let orientation = 1
  let filled = false
  let at = SIGNATURE
  for (let type = ''; type !== 'IEND'; ) {
    if (at + 12 > from.length) return null
    const end = at + 12 + from.readUInt32BE(at)
    if (end > from.length) return null
    type = from.toString('latin1', at + 4, at + 8)
    const data = from.subarray(at + 8, end - 4)
    if (!/^[A-Za-z]{4}$/.test(type) || crc32(from.subarray(at + 4, end - 4)) !== from.readUInt32BE(end - 4)) return null
    if ((type === 'IHDR') !== (at === SIGNATURE)) return null
    if (type === 'IHDR') {
      if (data.length !== 13) return null
      size = { width: data.readUInt32BE(0), height: data.readUInt32BE(4) }
    }
    if (type === 'eXIf') orientation = orientationIn(data)
    if (type === 'IDAT') filled = true
    if (isNeeded(type) || KEPT.has(type)) parts.push(from.subarray(at, end))
    at = end
  }
  const [head, ...rest] = parts
  if (size === null || !filled || head === undefined) return null
  const upright = isTurned(orientation) ? { width: size.height, height: size.width } : size
  return { ...upright, parts: [from.subarray(0, SIGNATURE), head, ...(orientation === 1 ? [] : [exifChunk(orientation)]), ...rest] }
}

function exifChunk(orientation: number): Buffer {
  const said = Buffer.concat([Buffer.from('eXIf', 'latin1'), tiffSaying(orientation)])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(said.length - 4)
  sum.writeUInt32BE(crc32(said))
  return Buffer.concat([length, said, sum])
}
