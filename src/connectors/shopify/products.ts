/** A product put into the shop. Where it stands it is read, and only what differs is written; a list that would replace the shop's own is never sent. */
import { type OutgoingProduct, type Priority, type ProductPut, RemoteError, type RemoteListing, type Tools } from '../contract.ts'
import { listingOf } from './articles.ts'
import type { Client } from './client.ts'
import { ifAllowed } from './failing.ts'
import { findProduct } from './find-product.ts'
import type { NamedVariant, ShopifyProduct } from './product-answers.ts'
import { ADD_OPTIONS, ADD_VARIANTS, CHANGE_PRODUCT, CHANGE_VARIANTS, MAKE_PRODUCT } from './product-documents.ts'
import { putImages } from './product-images.ts'
import { mustFit, refused } from './product-limits.ts'
import { choicesInUse } from './product-options.ts'
import { type Input, isPriced, planOf, variantInput } from './product-plan.ts'
import { mustBeDone } from './product-refusals.ts'
import { descriptionHtml } from './product-texts.ts'
import { publish } from './publishing.ts'

interface Standing {
  productRef: string
  /** Of ours, by our numbers; `item` as it stands now. */
  variants: { articleNumber: string; id: string; item: NamedVariant['inventoryItem'] }[]
  remarks: string[]
}

export async function putProduct(client: Client, tools: Tools, product: OutgoingProduct, priority: Priority): Promise<ProductPut> {
  let wrote = false
  const pen: Client = {
    ...client,
    ask: async (document, variables, lane) => {
      const answer = await client.ask(document, variables, lane)
      wrote ||= document.writes
      return answer
    },
  }
  try {
    const { isNew, ...put } = await told(pen, tools, product, priority)
    return { kind: 'done', did: isNew ? 'made' : wrote ? 'changed' : 'nothing', ...put }
  } catch (error) {
    if (!(error instanceof RemoteError)) throw error
    if (error.kind === 'refused') return { kind: 'refused', code: error.code, said: error.message }
    if (!wrote || error.executed === 'unknown') throw error
    // The call that failed did nothing; the product isn't what it was all the same.
    const { kind, code, message, retryAfterMs, only, facts } = error
    throw new RemoteError(kind, code, message, { executed: 'unknown', only, facts, cause: error, ...(retryAfterMs === null ? {} : { retryAfterMs }) })
  }
}

type Done = Extract<ProductPut, { kind: 'done' }>
async function told(client: Client, tools: Tools, product: OutgoingProduct, priority: Priority): Promise<Omit<Done, 'kind' | 'did'> & { isNew: boolean }> {
  mustFit(product)
  const found = await findProduct(client, product, priority)
  if (product.variants.some(isPriced) && found.currency !== product.currency) throw refused('currency-differs', found.currency)
  const isNew = found.kind === 'nowhere'
  const standing = isNew ? await make(client, product, found.handle, priority) : await change(client, product, found.product, priority)
  // What a person has hidden since stays hidden, unless it was said here where it is to be shown.
  const shows = isNew || product.productRef === null || (product.channels !== null && product.write.includes('details'))
  const shown = !shows || (await publish(client, tools, standing.productRef, product.channels, isNew, priority))
  const refs = new Map(standing.variants.map(({ articleNumber, id }) => [articleNumber, id]))
  const writesImages = isNew ? product.images.length > 0 : product.write.includes('images')
  const pictures = writesImages ? await ifAllowed(() => putImages({ client, tools, productRef: standing.productRef, priority }, product, refs)) : NO_PICTURES
  const seenAt = tools.clock.now().toISOString()
  return {
    isNew,
    productRef: standing.productRef,
    items: standing.variants.map(({ item }): RemoteListing => ({ ...listingOf(item, [], seenAt), parentRef: standing.productRef })),
    images: pictures?.images ?? null,
    remarks: [...standing.remarks, ...(pictures?.remarks ?? ['images-not-allowed']), ...(shown ? [] : ['not-published'])],
  }
}

const NO_PICTURES = { images: null, remarks: [] }

async function make(client: Client, product: OutgoingProduct, handle: string | null, priority: Priority): Promise<Standing> {
  const priced = product.variants.filter(isPriced)
  if (priced.length === 0) throw refused('price-missing', product.name)
  const [first = [], ...others] = inParts(priced.map((variant) => variantInput(variant, product.options)))
  const input = {
    title: product.name,
    status: product.active ? 'ACTIVE' : 'DRAFT',
    ...(product.vendor === null ? {} : { vendor: product.vendor }),
    ...(product.description === null ? {} : { descriptionHtml: descriptionHtml(product.description) }),
    ...(handle === null ? {} : { handle }),
    productOptions: choicesInUse(product.options, priced.slice(0, first.length)),
    variants: first,
  }
  const answer = (await client.ask(MAKE_PRODUCT, { input, first: first.length }, priority)).productSet
  mustBeDone(answer?.userErrors)
  if (!answer?.product) throw new RemoteError('strange', 'answer-unreadable', 'a product was made and not named', { executed: 'unknown' })
  const { id: productRef, variants } = answer.product
  const added = await add(client, productRef, others, priority)
  const remarks = priced.length < product.variants.length ? ['price-missing'] : []
  return { productRef, variants: numbered([...variants.nodes, ...added]), remarks }
}

/** The variants first, because they are what Shopify may refuse; what was there already isn't named by the answers. */
async function change(client: Client, product: OutgoingProduct, there: ShopifyProduct, priority: Priority): Promise<Standing> {
  const { standing, options, changes, additions, head, remarks } = planOf(product, there)
  if (options.length > 0) mustBeDone((await client.ask(ADD_OPTIONS, { product: there.id, options }, priority)).productOptionsCreate?.userErrors)
  for (const variants of inParts(changes)) mustBeDone((await client.ask(CHANGE_VARIANTS, { product: there.id, variants }, priority)).productVariantsBulkUpdate?.userErrors)
  const added = await add(client, there.id, inParts(additions), priority)
  if (head !== null) mustBeDone((await client.ask(CHANGE_PRODUCT, { product: { id: there.id, ...head } }, priority)).productUpdate?.userErrors)
  const details = product.write.includes('details')
  const kept = [...standing].map(([articleNumber, { id, inventoryItem: shown }]) => {
    const tracked = product.variants.find((variant) => variant.articleNumber === articleNumber)?.stockTracked ?? shown.tracked
    return { articleNumber, id, item: details ? { ...shown, sku: articleNumber, tracked } : shown }
  })
  return { productRef: there.id, variants: [...kept, ...numbered(added)], remarks }
}

async function add(client: Client, product: string, parts: Input[][], priority: Priority): Promise<NamedVariant[]> {
  const added: NamedVariant[] = []
  for (const variants of parts) {
    const answer = (await client.ask(ADD_VARIANTS, { product, variants }, priority)).productVariantsBulkCreate
    mustBeDone(answer?.userErrors)
    added.push(...(answer?.productVariants ?? []))
  }
  return added
}

const numbered = (variants: NamedVariant[]): Standing['variants'] => variants.flatMap(({ id, inventoryItem: item }) => (item.sku ? [{ articleNumber: item.sku, id, item }] : []))

/** As many variants as Shopify takes in one order. */
const PART = 250
const inParts = <T>(all: T[]): T[][] => Array.from({ length: Math.ceil(all.length / PART) }, (_, n) => all.slice(n * PART, (n + 1) * PART))
