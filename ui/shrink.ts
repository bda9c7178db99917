/** A picture that is more than can be taken in is made smaller here, where it is: telephones take larger ones than webshops have. */

const MOST_BYTES = 20 * 1024 * 1024
const MOST_POINTS = 20_000_000
const TAKEN = ['image/jpeg', 'image/png', 'image/webp', 'image/gif']
/** Smaller files are never that many points, in practice. */
const LIGHT_BYTES = 200_000
const QUALITY = 0.9

/** The file itself where it will do, or where this browser can't read it: then the server says what is wrong with it. */
export async function fitting(file: File): Promise<Blob> {
  if (TAKEN.includes(file.type) && file.size <= LIGHT_BYTES) return file
  const picture = await createImageBitmap(file).catch(() => null)
  if (picture === null) return file
  const points = picture.width * picture.height
  if (points <= MOST_POINTS && file.size <= MOST_BYTES && TAKEN.includes(file.type)) return file
  const scale = Math.min(1, Math.sqrt(MOST_POINTS / points))
  const canvas = document.createElement('canvas')
  canvas.width = Math.floor(picture.width * scale)
  canvas.height = Math.floor(picture.height * scale)
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height)
  picture.close()
  return await new Promise((resolve) => canvas.toBlob((blob) => resolve(blob ?? file), 'image/jpeg', QUALITY))
}
