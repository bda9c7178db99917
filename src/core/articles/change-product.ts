/** Changes what a product is called and what shops show of it. Its options and variants are changed with its articles (put-product). */
import type { Tx } from '../../db/open.ts'
import { sameText } from '../../kit/json.ts'
import type { By } from '../by.ts'
import { Refusal } from '../refusal.ts'
import { productForUpdate, updateProduct } from './articles.sql.ts'
import { type ProductFace, withFace } from './product.ts'

/** Throws {Refusal} not-found. */
export async function changeProduct(tx: Tx, id: number, input: ProductFace & { name?: string | undefined }, by: By): Promise<void> {
  const standing = await productForUpdate(tx, id)
  if (standing === null) throw new Refusal('not-found')
  const next = withFace({ ...standing, name: input.name ?? standing.name }, input)
  if (sameText(next) !== sameText(standing)) await updateProduct(tx, id, next, by.now)
}
