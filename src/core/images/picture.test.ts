/** What a picture is, its bytes say; what was written beside it is gone, and every point of it is left. */
import { crc32 } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { GIF, JPEG, jpegSegment, jpegWith, notes, PNG, photo, WEBP, WEBP_LOSSLESS, webpWith } from '../../../test/pictures.ts'
import { Refusal } from '../refusal.ts'
import { readPicture } from './picture.ts'

const refused = (bytes: Buffer): string => {
  try {
    readPicture(bytes)
    return 'taken'
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
}
function pngChunk(type: string, data: Buffer): Buffer {
  const said = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(said))
  return Buffer.concat([length, said, sum])
}
/** Behind the head, which is 33 bytes long with the signature. */
const pngWith = (...chunks: Buffer[]): Buffer => Buffer.concat([PNG.subarray(0, 33), ...chunks, PNG.subarray(33)])
const gifWith = (...blocks: Buffer[]): Buffer => Buffer.concat([GIF.subarray(0, 19), ...blocks, GIF.subarray(19)])

test('each type is told by its bytes, with its size; what has nothing beside the picture is left as it is', () => {
  const read = (bytes: Buffer) => {
    const { type, width, height, bytes: left } = readPicture(bytes)
    return [type, width, height, left.equals(bytes)]
  }
  expect(read(JPEG)).toEqual(['image/jpeg', 3, 2, true])
  expect(read(PNG)).toEqual(['image/png', 3, 2, true])
  expect(read(WEBP)).toEqual(['image/webp', 3, 2, true])
  expect(read(WEBP_LOSSLESS)).toEqual(['image/webp', 3, 2, true])
  expect(read(GIF)).toEqual(['image/gif', 1, 1, true])
})

describe('where it was taken, by whom and with what is thrown away', () => {
  const SECRET = 'hemligt'
  const said = Buffer.from(SECRET, 'latin1')
  const xmp = Buffer.concat([Buffer.from('http://ns.adobe.com/xap/1.0/\0', 'latin1'), said])
  const files: [string, Buffer, Buffer][] = [
    [
      'JPEG',
      jpegWith(
        jpegSegment(0xe1, xmp),
        jpegSegment(0xed, said),
        jpegSegment(0xfe, said),
        jpegSegment(0xe2, Buffer.from(`MPF\0${SECRET}`)),
        jpegSegment(0xe0, Buffer.from(`JFXX\0${SECRET}`)),
      ),
      JPEG,
    ],
    ['JPEG by a camera', photo(1, SECRET), JPEG],
    [
      'PNG',
      pngWith(
        pngChunk('tEXt', said),
        pngChunk('iTXt', said),
        pngChunk('zTXt', said),
        pngChunk('tIME', Buffer.alloc(7)),
        pngChunk('eXIf', notes(1, SECRET)),
        pngChunk('prVt', said),
      ),
      PNG,
    ],
    [
      'GIF',
      gifWith(Buffer.from([0x21, 0xfe, 7]), said, Buffer.from([0]), Buffer.from([0x21, 0xff, 11]), Buffer.from('XMP DataXMP', 'latin1'), Buffer.from([7]), said, Buffer.from([0])),
      GIF,
    ],
  ]
  test.each(files)('%s', (_, full, bare) => {
    expect(full.includes(SECRET)).toBe(true)
    expect(readPicture(full).bytes.equals(bare)).toBe(true)
  })
  test('WebP says no more that it has what is gone', () => {
    const full = webpWith(0x0c, [
      { type: 'EXIF', data: notes(1, SECRET) },
      { type: 'XMP ', data: said },
    ])
    expect(readPicture(full).bytes.equals(webpWith(0, []))).toBe(true)
  })
  test('what makes it look as it does stays: colours, how often it plays', () => {
    const plays = Buffer.concat([Buffer.from([0x21, 0xff, 11]), Buffer.from('NETSCAPE2.0', 'latin1'), Buffer.from([3, 1, 0, 0, 0])])
    for (const file of [
      Buffer.concat([JPEG.subarray(0, 20), jpegSegment(0xe2, Buffer.from('ICC_PROFILE\0x')), jpegSegment(0xee, Buffer.from('Adobe\0d\0\0\0\0\0\0')), JPEG.subarray(20)]),
      pngWith(pngChunk('gAMA', Buffer.from([0, 0, 0xb1, 0x8f]))),
      gifWith(plays),
      webpWith(0x20, [{ type: 'ICCP', data: said }]),
    ])
      expect(readPicture(file).bytes.equals(file)).toBe(true)
  })
})

test('a photo taken sideways stays upright: how it was held is kept, and its size is as it is shown', () => {
  for (const file of [photo(6), webpWith(0x08, [{ type: 'EXIF', data: Buffer.concat([Buffer.from('Exif\0\0'), notes(6)]) }]), pngWith(pngChunk('eXIf', notes(6)))]) {
    const once = readPicture(file)
    expect([once.width, once.height]).toEqual([2, 3])
    expect(once.bytes.includes('N59.3')).toBe(false)
    // Its own words are understood again, and say the same.
    expect(readPicture(once.bytes).bytes.equals(once.bytes)).toBe(true)
    expect(readPicture(once.bytes).width).toBe(2)
  }
  expect(readPicture(photo(3))).toMatchObject({ width: 3, height: 2 })
  for (const nonsense of [0, 9, 65535]) expect(readPicture(photo(nonsense)).bytes.equals(JPEG)).toBe(true)
})

test('what hides behind the picture is cut off', () => {
  const archive = Buffer.from('PK\x03\x04<script>alert(1)</script>', 'latin1')
  for (const file of [JPEG, PNG, WEBP, GIF]) expect(readPicture(Buffer.concat([file, archive])).bytes.equals(file)).toBe(true)
})

test('what is no picture, or one we do not take, is refused whatever it is called', () => {
  for (const text of ['', '<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', '%PDF-1.7', 'MZ', 'BM6', 'RIFF\0\0\0\0WAVE', '\0\0\0\x18ftypheic', 'GIF88a', '{"a": 1}'])
    expect(refused(Buffer.from(text, 'latin1')), text).toBe('image-type')
})

test('a picture cut off anywhere is refused as broken, and never hangs or reads past its end', () => {
  for (const file of [JPEG, photo(6), PNG, pngWith(pngChunk('eXIf', notes(6))), WEBP, WEBP_LOSSLESS, webpWith(0x08, [{ type: 'EXIF', data: notes(6) }]), GIF])
    for (let end = 0; end < file.length; end++) expect(['image-broken', 'image-type'], `${end} of ${file.length}`).toContain(refused(file.subarray(0, end)))
})

test('bytes changed by chance are refused or read, never anything else', () => {
  for (const file of [JPEG, photo(6), PNG, WEBP_LOSSLESS, webpWith(0x08, [{ type: 'EXIF', data: notes(6) }]), GIF])
    for (let at = 0; at < file.length; at++)
      for (const value of [0x00, 0x7f, 0xff]) {
        const changed = Buffer.from(file)
        changed[at] = value
        expect(['taken', 'image-broken', 'image-type', 'image-too-big'], `${at} = ${value}`).toContain(refused(changed))
      }
})

test('more than twenty million points is refused by its size; without any point it is broken', () => {
  const sized = (width: number, height: number): Buffer => {
    const changed = Buffer.from(JPEG)
    const at = changed.indexOf(Buffer.from([0xff, 0xc0]))
    changed.writeUInt16BE(height, at + 5)
    changed.writeUInt16BE(width, at + 7)
    return changed
  }
  expect(refused(sized(5000, 4000))).toBe('taken')
  expect(refused(sized(5001, 4000))).toBe('image-too-big')
  expect(refused(sized(65535, 65535))).toBe('image-too-big')
  expect(refused(sized(0, 10))).toBe('image-broken')
  expect(refused(Buffer.concat([JPEG, Buffer.alloc(20 * 1024 * 1024)]))).toBe('too-large')
})
