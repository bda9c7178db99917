/** Pictures of three points by two as a browser writes them, one of each type, and what cameras and editors put into such files. */
const from64 = (text: string): Buffer => Buffer.from(text, 'base64')
export const JPEG = from64(
  '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19iZ2hnPk1xeXBkeFxlZ2P/2wBDARESEhgVGC8aGi9jQjhCY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2P/wAARCAACAAMDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAT/xAAXEAEBAQEAAAAAAAAAAAAAAAAAAQIi/8QAFAEBAAAAAAAAAAAAAAAAAAAABf/EABcRAAMBAAAAAAAAAAAAAAAAAAABMQL/2gAMAwEAAhEDEQA/AJd3qgEcxBSh/9k=',
)
export const PNG = from64('iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAYAAACddGYaAAAAIklEQVR4AWJSXVX5X3P6xP+6zSv+MzF/EWBg/gzEXwQZAAAAAP//Y3pfegAAAAZJREFUAwCY9goIi+vN/wAAAABJRU5ErkJggg==')
export const WEBP = from64('UklGRjoAAABXRUJQVlA4IC4AAADwAQCdASoDAAIAAsBMJagCdLoAArorxAAA/i1jlD8ie/Kwo+UCf/1zoVq+MqAA')
export const WEBP_LOSSLESS = from64('UklGRkQAAABXRUJQVlA4TDcAAAAvAkAAAC+gkG0EyF/l9P4zIci2DW07y4m0beAGd7l3P/+Bv5YrLhfaQCHbCHDoXo9TuIj+x/ICAA==')
/** One grey point. */
export const GIF = from64('R0lGODlhAQABAIAAAICAgAAAACwAAAAAAQABAAACAkQBADs=')

/** What a camera writes: how it was held, and a place. */
export function notes(orientation: number, secret = 'N59.3 E18.0'): Buffer {
  const tiff = Buffer.alloc(26)
  tiff.write('II', 0, 'latin1')
  tiff.writeUInt16LE(42, 2)
  tiff.writeUInt32LE(8, 4)
  tiff.writeUInt16LE(1, 8)
  tiff.writeUInt16LE(0x0112, 10)
  tiff.writeUInt16LE(3, 12)
  tiff.writeUInt32LE(1, 14)
  tiff.writeUInt16LE(orientation, 18)
  return Buffer.concat([tiff, Buffer.from(secret, 'latin1')])
}
const EXIF = Buffer.from('Exif\0\0', 'latin1')

export function jpegSegment(marker: number, said: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0])
  head.writeUInt16BE(said.length + 2, 2)
  return Buffer.concat([head, said])
}
/** Behind its first bytes, as programs put them. */
export const jpegWith = (...segments: Buffer[]): Buffer => Buffer.concat([JPEG.subarray(0, 2), ...segments, JPEG.subarray(2)])
/** As a telephone takes it: turned, with its place. */
export const photo = (orientation: number, secret?: string): Buffer => jpegWith(jpegSegment(0xe1, Buffer.concat([EXIF, notes(orientation, secret)])))

export function webpWith(flags: number, chunks: { type: string; data: Buffer }[]): Buffer {
  const extended = Buffer.from([flags, 0, 0, 0, 2, 0, 0, 1, 0, 0])
  const all = [{ type: 'VP8X', data: extended }, { type: 'VP8 ', data: WEBP.subarray(20) }, ...chunks]
  const body = all.map(({ type, data }) => {
    const head = Buffer.alloc(8)
    head.write(type, 0, 'latin1')
    head.writeUInt32LE(data.length, 4)
    return Buffer.concat([head, data, Buffer.alloc(data.length % 2)])
  })
  const head = Buffer.from(WEBP.subarray(0, 12))
  head.writeUInt32LE(4 + Buffer.concat(body).length, 4)
  return Buffer.concat([head, ...body])
}
