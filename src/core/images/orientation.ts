/** Which way up a photo is: the one thing of a camera's notes (Exif) that a picture is wrong without. Everything else in them is thrown away. */

/** 1 = as it lies, 2 to 8 = mirrored or turned (Exif, tag 0x0112). */
export type Orientation = number

const TAG = 0x0112
const SHORT = 3
export const EXIF = Buffer.from('Exif\0\0', 'latin1')

/** `tiff` = the notes without their "Exif" in front. What can't be read is taken for upright. */
export function orientationIn(tiff: Buffer): Orientation {
  const little = tiff.toString('latin1', 0, 2) === 'II'
  const short = (at: number): number => (at + 2 > tiff.length ? 0 : little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at))
  if (tiff.length < 14 || short(2) !== 42) return 1
  const directory = little ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4)
  const entries = short(directory)
  for (let n = 0; n < entries; n++) {
    const at = directory + 2 + 12 * n
    if (at + 12 > tiff.length) return 1
    if (short(at) !== TAG) continue
    const value = short(at + 2) === SHORT ? short(at + 8) : 1
    return value >= 1 && value <= 8 ? value : 1
  }
  return 1
}

/** Notes that say this and nothing more. */
export function tiffSaying(orientation: Orientation): Buffer {
  const tiff = Buffer.alloc(26)
  tiff.write('MM', 0, 'latin1')
  tiff.writeUInt16BE(42, 2)
  tiff.writeUInt32BE(8, 4)
  tiff.writeUInt16BE(1, 8)
  tiff.writeUInt16BE(TAG, 10)
  tiff.writeUInt16BE(SHORT, 12)
  tiff.writeUInt32BE(1, 14)
  tiff.writeUInt16BE(orientation, 18)
  return tiff
}

/** From 5 on it lies on its side. */
export const isTurned = (orientation: Orientation): boolean => orientation >= 5
