/** A picture of an imported product, as the shop has it. */
import type { Tx } from '../../db/open.ts'
import type { Folder } from '../../kit/folder.ts'
import type { By } from '../by.ts'
import { addImage } from '../images/add-image.ts'
import type { Picture } from '../images/picture.ts'
import { externalIdsTaken } from '../views/rows.sql.ts'
import { beginAsTold, linkAsTold, settleAsTold } from './as-told.ts'
import type { ShopProduct } from './import.ts'
import { articlesOfItems, type ReadAnew } from './imports.sql.ts'

/** Throws {Refusal} images-full. */
export async function importImage(
  tx: Tx,
  input: { listenerId: number; importId: number; product: ReadAnew; image: ShopProduct['images'][number]; picture: Picture; folder?: Folder | undefined },
  by: By,
): Promise<void> {
  const { listenerId, importId, product, image, picture, folder } = input
  if (product.productId === null) return
  const articleId = (await articlesOfItems(tx, importId, product.n)).find((item) => item.itemRef === image.itemRef)?.articleId ?? null
  const view = await beginAsTold(tx, listenerId)
  const { image: ours } = await addImage(tx, { productId: product.productId, articleId, alt: altOf(image.alt), picture, folder }, by)
  // Shops may show one picture in several products; ours are each product's own.
  const taken = await externalIdsTaken(tx, view.id, [{ entity: 'image', externalId: image.imageRef }])
  if (taken.length === 0) await linkAsTold(tx, view, 'image', ours.id, image.imageRef, by)
  await settleAsTold(tx, view, product.productId, by)
}

/** As a person may write it. */
const altOf = (alt: string): string => alt.replace(/\p{Cc}+/gu, ' ').slice(0, 500)
