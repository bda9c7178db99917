/**
 * The shop's products, read once for the first-time import: by id, a hundred a page, then the numbers of their variants 250 at a time.
 * Shopify's bulk export costs fewer points still, but its answer is one file at another host, which can't be gone on with from the middle. With pages 10,000 products of 30,000
 * variants take 300 questions and 18,000 points, three minutes of the smallest plan's; and a walk that broke off goes on behind the last product that was kept.
 */
import { z } from 'zod'
import { parseJson } from '../../kit/json.ts'
import { parseMinor } from '../../kit/money.ts'
import { type Priority, RemoteError, type RemoteListing, type RemoteProduct, type Tools } from '../contract.ts'
import type { Client } from './client.ts'
import { failedToReach, failedWithStatus } from './failing.ts'
import { tailOf } from './ids.ts'
import type { ShownProduct } from './import-answers.ts'
import { PRODUCTS_PAGE, REST_OF_IMAGES, REST_OF_VARIANTS } from './import-documents.ts'
import { rest } from './paging.ts'
import { plainText } from './plain-text.ts'
import { numberOf } from './seen-order.ts'
import type { ShopifySettings } from './settings.ts'
import { pullStockByKey } from './stock.ts'

/** Cut by id and not by a cursor of theirs: it never grows old, and has no end after 25,000. */
const cursorShape = z.object({ v: z.literal(1), /** The number of the last product that was read; null = none yet. */ after: z.string().nullable() })

export interface ProductsPage {
  products: RemoteProduct[]
  cursor: string
  more: boolean
}

export async function readProducts(client: Client, tools: Tools, settings: ShopifySettings, cursor: string | null, priority: Priority): Promise<ProductsPage> {
  const { after } = cursor === null ? { after: null } : cursorShape.parse(parseJson(cursor))
  const { nodes, pageInfo } = (await client.ask(PRODUCTS_PAGE, { query: after === null ? null : `id:>${after}` }, priority)).products
  const whole: ShownProduct[] = []
  for (const node of nodes) whole.push(await wholeProduct(client, node, priority))
  const levels = await levelsOf(client, tools, settings, whole, priority)
  const last = nodes.at(-1)
  const next: z.infer<typeof cursorShape> = { v: 1, after: last === undefined ? after : tailOf(last.id) }
  return { products: whole.map((product) => remoteProduct(product, levels)), cursor: JSON.stringify(next), more: pageInfo.hasNextPage && last !== undefined }
}

/** Few products have more variants or pictures than a page shows of each. */
async function wholeProduct(client: Client, product: ShownProduct, priority: Priority): Promise<ShownProduct> {
  const { id } = product
  const variants = await rest(product.variants, async (after) => (await client.ask(REST_OF_VARIANTS, { id, after }, priority)).product?.variants)
  const media = await rest(product.media, async (after) => (await client.ask(REST_OF_IMAGES, { id, after }, priority)).product?.media)
  return { ...product, variants, media }
}

type Levels = Map<string, RemoteListing['levels']>
async function levelsOf(client: Client, tools: Tools, settings: ShopifySettings, products: ShownProduct[], priority: Priority): Promise<Levels> {
  const items = products.flatMap((product) => product.variants.nodes.map((variant) => variant.inventoryItem.id))
  const { events } = await pullStockByKey(client, tools, settings, items, priority)
  return new Map(events.flatMap((event) => (event.kind === 'listing-seen' ? [[event.listing.itemRef, event.listing.levels] as const] : [])))
}

function remoteProduct(product: ShownProduct, levels: Levels): RemoteProduct {
  const { nodes: variants } = product.variants
  return {
    productRef: product.id,
    title: product.title,
    description: plainText(product.descriptionHtml),
    vendor: product.vendor.trim() || null,
    active: product.status === 'ACTIVE' || product.status === 'UNLISTED',
    // One variant alone is called "Default Title" there, of an option called "Title".
    options: product.hasOnlyDefaultVariant ? [] : product.options.map((option) => option.name),
    variants: variants.map((variant) => ({
      itemRef: variant.inventoryItem.id,
      articleNumber: numberOf(variant.inventoryItem.sku),
      optionValues: product.hasOnlyDefaultVariant ? [] : variant.selectedOptions.map((option) => option.value),
      barcode: variant.barcode?.trim() || null,
      ...prices(variant),
      tracked: variant.inventoryItem.tracked,
      levels: levels.get(variant.inventoryItem.id) ?? [],
    })),
    images: product.media.nodes.flatMap(({ id, alt, image }) => (image == null ? [] : [{ imageRef: id, url: image.url, alt: alt ?? '', itemRef: onlyVariant(variants, id) }])),
  }
}

/** A price that isn't above what it costs now was never lowered. */
function prices({ price, compareAtPrice }: { price: string; compareAtPrice?: string | null | undefined }): { priceMinor: number | null; regularMinor: number | null } {
  const priceMinor = parseMinor(price)
  const before = compareAtPrice == null ? null : parseMinor(compareAtPrice)
  return { priceMinor, regularMinor: before !== null && priceMinor !== null && before > priceMinor ? before : null }
}

/** A picture that several variants show is the product's. */
function onlyVariant(variants: ShownProduct['variants']['nodes'], mediaId: string): string | null {
  const showing = variants.filter((variant) => variant.media.nodes.some((media) => media.id === mediaId))
  return showing.length === 1 ? (showing[0]?.inventoryItem.id ?? null) : null
}

const TIMEOUT_MS = 30_000
/** Asked for a type we take, or Shopify may send a newer one that we don't. */
const IMAGE_TYPES = 'image/jpeg, image/png, image/webp, image/gif'

export async function readImage(tools: Tools, url: string): Promise<Uint8Array | null> {
  const answer = await tools
    .http(url, { method: 'GET', headers: { accept: IMAGE_TYPES, 'user-agent': 'Lagerbro' }, timeoutMs: TIMEOUT_MS, label: 'Image' })
    .catch((error: unknown) => Promise.reject(failedToReach(error, 'no')))
  if (answer.status === 200) return answer.bytes
  if (answer.status === 404 || answer.status === 410) return null
  // Of a picture a refusal says nothing about the shop itself.
  if (answer.status === 429 || answer.status >= 500) throw failedWithStatus(answer.status, answer.headers, 'no')
  throw new RemoteError('strange', 'answer-unexpected', `the picture's address answered ${answer.status}`, { executed: 'no', facts: { status: String(answer.status) } })
}
