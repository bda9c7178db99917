/** A product put into a toy shop. One that nobody knows there is looked for by its numbers first, every time. */
import { z } from 'zod'
import { type OutgoingProduct, type ProductPut, RemoteError } from '../contract.ts'
import { itemShape, matchNumbers, pullItemsByRef, readItem } from './articles.ts'
import type { ToyClient } from './client.ts'

const putShape = z.object({ ref: z.string(), asOf: z.string(), items: z.array(itemShape) })

export async function putProduct(client: ToyClient, product: OutgoingProduct): Promise<ProductPut> {
  const found = await whatIsThere(client, product)
  if ('kind' in found) return found
  const { productRef, itemRefs } = found
  const isNew = productRef === null
  const writes = (part: OutgoingProduct['write'][number]) => isNew || product.write.includes(part)
  const body = {
    product: productRef,
    fields: {
      ...(writes('details') ? { name: product.name, active: product.active, vendor: product.vendor } : {}),
      ...(product.write.includes('description') ? { description: product.description } : {}),
    },
    items: product.variants.map((variant) => {
      const item = itemRefs.get(variant.articleNumber) ?? null
      return {
        item,
        number: variant.articleNumber,
        ...(item === null || writes('details') ? { values: variant.optionValues, barcode: variant.barcode, tracked: variant.stockTracked } : {}),
        ...((item === null || writes('price')) && variant.priceMinor !== null ? { price: variant.priceMinor } : {}),
      }
    }),
  }
  try {
    const put = await client.call('put product', putShape, 'POST', '/products', body)
    return { kind: 'done', productRef: put.ref, did: isNew ? 'made' : 'changed', items: put.items.map((item) => readItem(item, put.asOf)), images: null, remarks: [] }
  } catch (error) {
    if (error instanceof RemoteError && error.code === 'product-refused') return { kind: 'refused', code: error.facts.code ?? 'remote-strange', said: error.message }
    throw error
  }
}

/** By what is known, else by its numbers: items that stand in one product are that product. */
async function whatIsThere(
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
