/** A product with its options and variants, made whole or not at all. */
import type { Tx } from '../../db/open.ts'
import type { By } from '../by.ts'
import { Refusal } from '../refusal.ts'
import { insertProduct } from './articles.sql.ts'
import { createArticle, type NewArticle } from './create-article.ts'
import { newProduct, type ProductFace } from './product.ts'
import { isVariant, type Option } from './variants.ts'

export interface NewProduct extends ProductFace {
  name: string
  options: Option[]
  variants: (Omit<NewArticle, 'name' | 'productId'> & { name?: string | undefined })[]
}

/** A variant without a name of its own is called by the product and its values: "T-shirt, M, Röd". */
export async function createProduct(tx: Tx, input: NewProduct, by: By): Promise<{ id: number; articles: { id: number; number: string }[] }> {
  const names = new Set(input.options.map((option) => option.name))
  if (names.size !== input.options.length) throw new Refusal('bad-input', { field: 'options', reason: 'twice' })
  const before: Record<string, string>[] = []
  for (const [n, variant] of input.variants.entries()) {
    const values = variant.optionValues ?? {}
    if (!isVariant(input.options, values, before)) throw new Refusal('variant-wrong', { field: `variants.${n}.optionValues`, number: variant.number })
    before.push(values)
  }
  const { id } = await insertProduct(tx, newProduct(input.name, input.options, input), by.now)
  const articles: { id: number; number: string }[] = []
  for (const variant of input.variants) {
    const values = input.options.map((option) => variant.optionValues?.[option.name] ?? '')
    articles.push(await createArticle(tx, { ...variant, name: variant.name ?? [input.name, ...values].join(', '), productId: id }, by))
  }
  return { id, articles }
}
