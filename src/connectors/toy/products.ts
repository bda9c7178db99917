/** A product put into a toy shop: what is there is read first, and only what differs is written. */
import { z } from 'zod'
import { type OutgoingProduct, type OutgoingVariant, type ProductPut, RemoteError } from '../contract.ts'
import { readItem } from './articles.ts'
import type { ToyClient } from './client.ts'
import { putPictures } from './pictures.ts'
import { readProduct, type Standing, whatIsThere } from './product-there.ts'

const putShape = z.object({ ref: z.string() })

export async function putProduct(client: ToyClient, product: OutgoingProduct): Promise<ProductPut> {
  try {
    const found = await whatIsThere(client, product)
    return 'kind' in found ? found : await write(client, product, found.productRef, found.itemRefs)
  } catch (error) {
    if (error instanceof RemoteError && error.code === 'product-refused') return { kind: 'refused', code: error.facts.code ?? 'remote-strange', said: error.message }
    throw error
  }
}

async function write(client: ToyClient, product: OutgoingProduct, knownRef: string | null, itemRefs: ReadonlyMap<string, string>): Promise<ProductPut> {
  const standing = knownRef === null ? null : await readProduct(client, knownRef)
  if (knownRef !== null && standing === null) return { kind: 'refused', code: 'product-gone', said: product.name }
  const fields = differing(fieldsOf(product, standing === null), standing ?? {})
  const items = product.variants.map((variant) => itemOf(product, variant, itemRefs.get(variant.articleNumber) ?? null, standing)).filter((item) => item !== null)
  const differs = Object.keys(fields).length + items.length > 0
  const now = standing !== null && !differs ? standing : await putAndRead(client, { product: knownRef, fields, items })
  if (now === null) return { kind: 'refused', code: 'product-gone', said: product.name }
  const { images, wrote, remarks } = await putPictures(client, product, now)
  const did = standing === null ? 'made' : wrote || differs ? 'changed' : 'nothing'
  const ours = now.items.filter((item) => product.variants.some((variant) => variant.articleNumber === item.number))
  return { kind: 'done', productRef: now.ref, did, items: ours.map((item) => readItem(item, now.asOf)), images, remarks }
}

async function putAndRead(client: ToyClient, body: object): Promise<Standing | null> {
  const { ref } = await client.call('put product', putShape, 'POST', '/products', body)
  return readProduct(client, ref)
}

/** What of the product itself is written; the rest stays as the shop has it. */
function fieldsOf(product: OutgoingProduct, isNew: boolean) {
  return {
    ...(isNew || product.write.includes('details') ? { name: product.name, active: product.active, vendor: product.vendor, channels: product.channels } : {}),
    ...(product.write.includes('description') ? { description: product.description } : {}),
  }
}

/** Null = it stands so already. */
function itemOf({ write }: OutgoingProduct, variant: OutgoingVariant, item: string | null, standing: Standing | null) {
  const there = standing?.items.find((each) => each.ref === item)
  const isNew = there === undefined
  const price = (isNew || write.includes('price')) && variant.priceMinor !== null ? { price: variant.priceMinor, before: variant.regularMinor } : {}
  const face = { ...(isNew || write.includes('details') ? { values: variant.optionValues, barcode: variant.barcode, tracked: variant.stockTracked } : {}), ...price }
  const changed = isNew ? face : differing(face, there)
  return isNew || Object.keys(changed).length > 0 ? { item, number: variant.articleNumber, ...changed } : null
}

const differing = (wanted: object, there: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(wanted).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify((there as Record<string, unknown>)[name])))
