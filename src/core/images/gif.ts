/** GIF: its blocks read to the end, and put together again without comments and other programs' notes (GIF89a). No pixel changes. */
import type { Stripped } from './stripped.ts'

const IMAGE = 0x2c
const EXTENSION = 0x21
const END = 0x3b
const CONTROL = 0xf9
const APPLICATION = 0xff
/** How often it plays; all else that programs write is left out. */
const PLAYS = new Set(['NETSCAPE2.0', 'ANIMEXTS1.0'])
/** How many bytes a table of colours takes, by the byte that announces it. */
const tableBytes = (flags: number): number => ((flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 0x07) + 1))

/** Null = not whole. What stands behind its end is left out. */
export function strippedGif(from: Buffer): Stripped | null {
  if (from.length < 13) return null
  let at = 13 + tableBytes(from[10] ?? 0)
  const parts = [from.subarray(0, at)]
  let images = 0
  while (from[at] !== END) {
    const start = at
    if (from[at] === IMAGE) {
      at += 10
      at += tableBytes(from[at - 1] ?? 0) + 1
      images++
    } else if (from[at] === EXTENSION) at += 2
    else return null
    const end = endOfBlocks(from, at)
    if (end === null) return null
    if (from[start] === IMAGE || isKept(from, start)) parts.push(from.subarray(start, end))
    at = end
  }
  return images === 0 ? null : { width: from.readUInt16LE(6), height: from.readUInt16LE(8), parts: [...parts, Buffer.from([END])] }
}

const isKept = (from: Buffer, at: number): boolean => from[at + 1] === CONTROL || (from[at + 1] === APPLICATION && PLAYS.has(from.toString('latin1', at + 3, at + 14)))

/** Data comes in blocks, each behind its length; an empty one ends it. Null = it never ends. */
function endOfBlocks(from: Buffer, start: number): number | null {
  let at = start
  for (;;) {
    const length = from[at]
    if (length === undefined) return null
    at += 1 + length
    if (length === 0) return at > from.length ? null : at
  }
}
