/** What the bytes of a picture say of themselves: its type and its size in pixels. Shopify believes them and no file name. */

export interface Picture {
  mimeType: 'image/jpeg' | 'image/png' | 'image/gif' | 'image/webp'
  width: number
  height: number
}

/** Null = no picture of a type that is taken here. */
export function pictureIn(bytes: Uint8Array): Picture | null {
  const at = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    if (at.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])))
      return { mimeType: 'image/png', width: at.readUInt32BE(16), height: at.readUInt32BE(20) }
    if (/^GIF8[79]a$/.test(at.toString('latin1', 0, 6))) return { mimeType: 'image/gif', width: at.readUInt16LE(6), height: at.readUInt16LE(8) }
    if (at.toString('latin1', 0, 4) === 'RIFF' && at.toString('latin1', 8, 12) === 'WEBP') return webp(at)
    if (at.readUInt16BE(0) === 0xffd8) return jpeg(at)
  } catch {
    // Cut short: falls through, it is no picture.
  }
  return null
}

function webp(at: Buffer): Picture | null {
  switch (at.toString('latin1', 12, 16)) {
    case 'VP8X':
      return { mimeType: 'image/webp', width: 1 + at.readUIntLE(24, 3), height: 1 + at.readUIntLE(27, 3) }
    case 'VP8L': {
      const bits = at.readUInt32LE(21)
      return { mimeType: 'image/webp', width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) }
    }
    case 'VP8 ':
      return { mimeType: 'image/webp', width: at.readUInt16LE(26) & 0x3fff, height: at.readUInt16LE(28) & 0x3fff }
    default:
      return null
  }
}

/** The frame header carries the size; everything before it is skipped by its own length. */
function jpeg(at: Buffer): Picture | null {
  for (let here = 2; here + 9 < at.length; ) {
    if (at[here] !== 0xff) return null
    const marker = at[here + 1] ?? 0
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame) return { mimeType: 'image/jpeg', width: at.readUInt16BE(here + 7), height: at.readUInt16BE(here + 5) }
    here += 2 + at.readUInt16BE(here + 2)
  }
  return null
}
