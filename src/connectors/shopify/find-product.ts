/** Which product of the shop is ours: by what it was called, else by the numbers of its variants, to the letter. */
import type { OutgoingProduct, Priority } from '../contract.ts'
import { matchNumbers } from './articles.ts'
import type { Client } from './client.ts'
import { isGid } from './ids.ts'
import { askInParts, rest } from './paging.ts'
import type { ShopifyProduct } from './product-answers.ts'
import { MORE_VARIANTS, PRODUCT, PRODUCT_BY_HANDLE, PRODUCTS_OF_ITEMS } from './product-documents.ts'
import { refused } from './product-limits.ts'
import { handleOf } from './product-texts.ts'

export type Found =
  | { kind: 'there'; currency: string; product: ShopifyProduct }
  /** `handle` = the address it is to be made under; null = another product has it. */
  | { kind: 'nowhere'; currency: string; handle: string | null }

export async function findProduct(client: Client, product: OutgoingProduct, priority: Priority): Promise<Found> {
  const known = product.productRef === null ? null : await readProduct(client, product.productRef, priority)
  const unseen = product.variants.filter(
    ({ itemRef, articleNumber }) => !known?.product.variants.nodes.some(({ inventoryItem }) => inventoryItem.id === itemRef || inventoryItem.sku === articleNumber),
  )
  const parents = await parentsOf(client, unseen, priority)
  if (known !== null) parents.add(known.product.id)
  if (parents.size > 1) throw refused('product-split', product.name)
  if (known !== null) return { kind: 'there', ...known }
  const [parent] = parents
  const found = parent === undefined ? null : await readProduct(client, parent, priority)
  return found === null ? atItsAddress(client, product, priority) : { kind: 'there', ...found }
}

/** Where variants that nobody has seen in the product stand. The search may be seconds late, so that one just made isn't found by it. */
async function parentsOf(client: Client, variants: OutgoingProduct['variants'], priority: Priority): Promise<Set<string>> {
  if (variants.length === 0) return new Set()
  const matches = await matchNumbers(
    client,
    variants.map((variant) => variant.articleNumber),
    priority,
  )
  const items: string[] = []
  for (const [n, { itemRefs, articleNumber }] of matches.entries()) {
    const itemRef = variants[n]?.itemRef ?? null
    if (itemRefs.length > 1 && (itemRef === null || !itemRefs.includes(itemRef))) throw refused('ambiguous', articleNumber)
    items.push(...itemRefs, ...(itemRef === null ? [] : [itemRef]))
  }
  const ids = items.filter((ref) => isGid('InventoryItem', ref))
  const nodes = await askInParts(ids, PART, async (part) => (await client.ask(PRODUCTS_OF_ITEMS, { ids: part }, priority)).nodes)
  return new Set(nodes.flatMap((node) => node?.variants?.nodes.map((variant) => variant.product.id) ?? []))
}
const PART = 250

/** A product that was made without our being told stands under the address we gave it, and is ours when it carries one of our numbers. */
async function atItsAddress(client: Client, product: OutgoingProduct, priority: Priority): Promise<Found> {
  const handle = handleOf(product.name, product.variants[0]?.articleNumber ?? '')
  const { shop, productByIdentifier: at } = await client.ask(PRODUCT_BY_HANDLE, { handle }, priority)
  const found = at === null ? null : await readProduct(client, at.id, priority)
  if (found === null) return { kind: 'nowhere', currency: shop.currencyCode, handle }
  const numbers = new Set(product.variants.map((variant) => variant.articleNumber))
  return found.product.variants.nodes.some(({ inventoryItem }) => numbers.has(inventoryItem.sku ?? ''))
    ? { kind: 'there', ...found }
    : { kind: 'nowhere', currency: found.currency, handle: null }
}

/** With every variant. Null = it is gone. */
async function readProduct(client: Client, ref: string, priority: Priority): Promise<{ currency: string; product: ShopifyProduct } | null> {
  if (!isGid('Product', ref)) return null
  const { shop, product } = await client.ask(PRODUCT, { id: ref }, priority)
  if (product === null) return null
  const variants = await rest(product.variants, async (after) => (await client.ask(MORE_VARIANTS, { id: ref, after }, priority)).product?.variants)
  return { currency: shop.currencyCode, product: { ...product, variants } }
}
