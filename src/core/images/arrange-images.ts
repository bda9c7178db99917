/** Images get another order, other words, and go; what went can be taken back for a while. */
import type { Tx } from '../../db/open.ts'
import { must } from '../../kit/assert.ts'
import type { By } from '../by.ts'
import { Refusal } from '../refusal.ts'
import { MOST_IMAGES, mustBeOf } from './add-image.ts'
import { holdProduct, type ImageRow, imageById, imagesOfProduct, placeImages, updateImage } from './images.sql.ts'

/** The named ones come first, in this order; the others stay behind them as they stood. Throws {Refusal} not-found. */
export async function orderImages(tx: Tx, productId: number, ids: number[], by: By): Promise<ImageRow[]> {
  if ((await holdProduct(tx, productId)) === null) throw new Refusal('not-found')
  const standing = (await imagesOfProduct(tx, productId)).map((image) => image.id)
  if (ids.some((id) => !standing.includes(id))) throw new Refusal('not-found', { field: 'imageIds' })
  if (new Set(ids).size < ids.length) throw new Refusal('bad-input', { field: 'imageIds', reason: 'twice' })
  await placeImages(tx, [...ids, ...standing.filter((id) => !ids.includes(id))], by.now)
  return await imagesOfProduct(tx, productId)
}

/** Throws {Refusal} not-found. */
export async function describeImage(tx: Tx, id: number, input: { alt?: string | undefined; articleId?: number | null | undefined }, by: By): Promise<ImageRow> {
  const image = await held(tx, id)
  if (image.removedAt !== null) throw new Refusal('not-found')
  const { alt = image.alt, articleId = image.articleId } = input
  if (alt === image.alt && articleId === image.articleId) return image
  await mustBeOf(tx, image.productId, articleId)
  return await written(tx, { ...image, alt, articleId }, by)
}

/** Twice is the same as once. Throws {Refusal} not-found. */
export async function removeImage(tx: Tx, id: number, by: By): Promise<ImageRow> {
  const image = await held(tx, id)
  return image.removedAt === null ? await written(tx, { ...image, removedAt: by.now }, by) : image
}

/** Back where it stood. Throws {Refusal} not-found, images-full. */
export async function putBackImage(tx: Tx, id: number, by: By): Promise<ImageRow> {
  const image = await held(tx, id)
  if (image.removedAt === null) return image
  const standing = await imagesOfProduct(tx, image.productId)
  if (standing.length >= MOST_IMAGES) throw new Refusal('images-full', { most: MOST_IMAGES })
  const back = await written(tx, { ...image, removedAt: null }, by)
  const before = standing.filter((each) => each.position < image.position || (each.position === image.position && each.id < id))
  await placeImages(
    tx,
    [...before, back, ...standing.filter((each) => !before.includes(each))].map((each) => each.id),
    by.now,
  )
  return must(await imageById(tx, id), 'the image')
}

async function held(tx: Tx, id: number): Promise<ImageRow> {
  const image = await imageById(tx, id)
  if (image === null) throw new Refusal('not-found')
  await holdProduct(tx, image.productId)
  return must(await imageById(tx, id), 'the image')
}

async function written(tx: Tx, next: ImageRow, by: By): Promise<ImageRow> {
  await updateImage(tx, next, by.now)
  return { ...next, changedAt: by.now }
}
