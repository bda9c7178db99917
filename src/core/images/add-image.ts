/** A product gets an image. The same picture is the same image, however often it is handed in. */
import type { Tx } from '../../db/open.ts'
import { must } from '../../kit/assert.ts'
import type { Folder } from '../../kit/folder.ts'
import type { By } from '../by.ts'
import { Refusal } from '../refusal.ts'
import { keepBytes } from './bytes.ts'
import { holdProduct, type ImageRow, imageByContent, imageById, imagesOfProduct, insertImage, isArticleOf, updateImage } from './images.sql.ts'
import type { Picture } from './picture.ts'

/** As many as Shopify takes of one product (its limit for product media). */
export const MOST_IMAGES = 250

/** Comes last. `repeated`: it was there, and stays as it is; one that was deleted is there again. Throws {Refusal} not-found, images-full. */
export async function addImage(
  tx: Tx,
  input: { productId: number; articleId: number | null; alt: string; picture: Picture; folder?: Folder | undefined },
  by: By,
): Promise<{ image: ImageRow; repeated: boolean }> {
  const { productId, articleId, alt, picture, folder = null } = input
  if ((await holdProduct(tx, productId)) === null) throw new Refusal('not-found')
  await mustBeOf(tx, productId, articleId)
  const before = await imageByContent(tx, productId, picture.sha256)
  if (before !== null && before.removedAt === null) return { image: before, repeated: true }
  const standing = await imagesOfProduct(tx, productId)
  if (standing.length >= MOST_IMAGES) throw new Refusal('images-full', { most: MOST_IMAGES })
  const position = (standing.at(-1)?.position ?? 0) + 1
  if (before !== null) await updateImage(tx, { ...before, articleId, alt: alt === '' ? before.alt : alt, position, removedAt: null }, by.now)
  await keepBytes(tx, picture, folder)
  const id = before?.id ?? (await insertImage(tx, { ...picture, productId, articleId, alt, position, size: picture.bytes.length }, by.now)).id
  return { image: must(await imageById(tx, id), 'the image'), repeated: false }
}

/** An image shows an article of its own product, or none. */
export async function mustBeOf(tx: Tx, productId: number, articleId: number | null): Promise<void> {
  if (articleId !== null && !(await isArticleOf(tx, productId, articleId))) throw new Refusal('not-found', { field: 'articleId' })
}
