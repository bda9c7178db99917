/** What a toy shop has of a product: by what is known, else by its numbers, every time; and the whole of it as it stands. */
import { z } from 'zod'
import { type OutgoingProduct, type ProductPut, RemoteError } from '../contract.ts'
import { itemShape, matchNumbers, pullItemsByRef } from './articles.ts'
import type { ToyClient } from './client.ts'

export const pictureShape = z.object({ ref: z.string(), alt: z.string(), item: z.string().nullable(), digest: z.string() })
export const productShape = z.object({
  ref: z.string(),
  asOf: z.string(),
  name: z.string(),
  active: z.boolean(),
  vendor: z.string().nullable(),
  description: z.string().nullable(),
  channels: z.array(z.string()).nullable(),
  items: z.array(itemShape.extend({ values: z.array(z.string()), barcode: z.string().nullable(), price: z.number().int().nullable(), before: z.number().int().nullable() })),
  pictures: z.array(pictureShape),
})
export type Standing = z.infer<typeof productShape>

/** Null = it isn't there any more. */
export async function readProduct(client: ToyClient, ref: string): Promise<Standing | null> {
  try {
    return await client.call('product', productShape, 'GET', `/products/${encodeURIComponent(ref)}`)
  } catch (error) {
    if (error instanceof RemoteError && error.facts.status === '404') return null
    throw error
  }
}

/** Items that stand in one product are that product. */
export async function whatIsThere(
  client: ToyClient,
  product: OutgoingProduct,
): Promise<{ productRef: string | null; itemRefs: Map<string, string> } | Extract<ProductPut, { kind: 'refused' }>> {
  const itemRefs = new Map(product.variants.flatMap(({ articleNumber, itemRef }) => (itemRef === null ? [] : [[articleNumber, itemRef] as const])))
  const unknown = product.variants.filter((variant) => variant.itemRef === null).map((variant) => variant.articleNumber)
  const matches = unknown.length === 0 ? [] : await matchNumbers(client, unknown)
  for (const { articleNumber, itemRefs: refs } of matches) {
    if (refs.length > 1) return { kind: 'refused', code: 'ambiguous', said: articleNumber }
    if (refs[0] !== undefined) itemRefs.set(articleNumber, refs[0])
  }
  if (product.productRef !== null || itemRefs.size === 0) return { productRef: product.productRef, itemRefs }
  const { events } = await pullItemsByRef(client, [...itemRefs.values()])
  const parents = new Set(events.flatMap((event) => (event.kind === 'listing-seen' ? [event.listing.parentRef] : [])))
  const [parent = null, ...others] = parents
  return others.length > 0 ? { kind: 'refused', code: 'product-split', said: product.name } : { productRef: parent, itemRefs }
}
