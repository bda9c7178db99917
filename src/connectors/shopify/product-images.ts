/** Pictures of a product. One that stands there isn't sent again, one that Shopify can't read is said, and nobody else's is ever taken away. */
import { must } from '../../kit/assert.ts'
import type { OutgoingImage, OutgoingProduct, Priority, Tools } from '../contract.ts'
import type { Client } from './client.ts'
import type { Medium } from './image-answers.ts'
import { ADD_IMAGES, CHANGE_IMAGES, DELETE_IMAGES, HIDE_VARIANTS, MEDIA, MEDIA_STATES, ORDER_IMAGES, SHOW_VARIANTS, VARIANT_MEDIA } from './image-documents.ts'
import { all, askInParts } from './paging.ts'
import { mustBeDone } from './product-refusals.ts'
import { slug } from './product-texts.ts'
import { upload } from './uploads.ts'

interface Put {
  /** Null = none were written. */
  images: { sha256: string; imageRef: string }[] | null
  remarks: string[]
}
interface Lane {
  client: Client
  tools: Tools
  productRef: string
  priority: Priority
}

/** Files a product may have in Shopify. */
const MOST_FILES = 250
const LONGEST_ALT = 512

/** `variants` = what Shopify calls each of our variants there. */
export async function putImages(lane: Lane, product: OutgoingProduct, variants: ReadonlyMap<string, string>): Promise<Put> {
  const { client, productRef, priority } = lane
  const there = await all(async (after) => (await client.ask(MEDIA, { id: productRef, after }, priority)).product?.media ?? NONE)
  const standing = new Map(product.images.flatMap((image) => there.filter((medium) => isIt(medium, image)).map((medium) => [image.sha256, medium] as const)))
  const ours = new Set([...standing.values()].map((medium) => medium.id))
  if (product.imagesWhen === 'none-there' && there.some((medium) => !ours.has(medium.id))) return { images: null, remarks: [] }

  const missing = product.images.filter((image) => !standing.has(image.sha256))
  const former = there.filter((medium) => isFormer(medium, product) && !ours.has(medium.id))
  const room = MOST_FILES - there.length + former.length
  await change(lane, product, standing, former)
  const added = await add(lane, product, missing.slice(0, room))
  const images = product.images.flatMap((image) => {
    const imageRef = standing.get(image.sha256)?.id ?? added.get(image.sha256)
    return imageRef === undefined ? [] : [{ sha256: image.sha256, imageRef }]
  })
  await order(lane, images, [...there.filter((medium) => !former.includes(medium)).map((medium) => medium.id), ...added.values()])
  await pair(lane, product, images, variants)
  return { images, remarks: [...(missing.length > room ? ['too-many-images'] : []), ...(missing.slice(0, room).some(({ sha256 }) => !added.has(sha256)) ? ['image-failed'] : [])] }
}
const NONE = { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } }

/**
 * By what it was called there, else by the mark in its name: an answer that was lost made it known to nobody. Shopify keeps the size of what it was given, so
 * one that somebody has put other content into isn't ours any more.
 */
const isIt = (medium: Medium, image: OutgoingImage): boolean =>
  medium.status !== 'FAILED' &&
  (medium.id === image.imageRef || (medium.image?.url.includes(markOf(image)) ?? false)) &&
  (medium.originalSource?.fileSize ?? image.size) === image.size
const markOf = ({ sha256 }: OutgoingImage): string => sha256.slice(0, 24)

/** Ours that failed is gone as well, to be sent anew; so is ours with other content in it. */
const isFormer = (medium: Medium, product: OutgoingProduct): boolean => product.formerImageRefs.includes(medium.id) || product.images.some((image) => image.imageRef === medium.id)

async function change({ client, productRef, priority }: Lane, product: OutgoingProduct, standing: ReadonlyMap<string, Medium>, former: Medium[]): Promise<void> {
  const files = [
    ...product.images.flatMap((image) => {
      const medium = standing.get(image.sha256)
      return medium === undefined || (medium.alt ?? '') === altOf(image) || medium.status !== 'READY' ? [] : [{ id: medium.id, alt: altOf(image) }]
    }),
    ...former.filter((medium) => medium.status === 'READY').map((medium) => ({ id: medium.id, referencesToRemove: [productRef] })),
  ]
  if (files.length > 0) mustBeDone((await client.ask(CHANGE_IMAGES, { files }, priority)).fileUpdate?.userErrors)
  await forget(
    { client, priority },
    former.filter((medium) => medium.status === 'FAILED').map((medium) => medium.id),
  )
}
const altOf = ({ alt }: OutgoingImage): string => alt.slice(0, LONGEST_ALT)

async function forget({ client, priority }: Pick<Lane, 'client' | 'priority'>, ids: string[]): Promise<void> {
  if (ids.length > 0) mustBeDone((await client.ask(DELETE_IMAGES, { ids }, priority)).fileDelete?.userErrors)
}

/** Brought, shown, and followed until Shopify has read them. Those that can't be read are taken away again: they show nothing. */
async function add(lane: Lane, product: OutgoingProduct, missing: OutgoingImage[]): Promise<Map<string, string>> {
  const { client, tools, productRef, priority } = lane
  if (missing.length === 0) return new Map()
  const files = missing.map((image) => ({ image, filename: `${slug(product.name).slice(0, 80)}-${markOf(image)}.${ENDINGS[image.type]}` }))
  const sources = await upload(client, tools, files, priority)
  const taken = missing.flatMap((image, n) => (sources[n] == null ? [] : [{ image, source: sources[n] }]))
  if (taken.length === 0) return new Map()
  const media = taken.map(({ image, source }) => ({ originalSource: source, alt: altOf(image), mediaContentType: 'IMAGE' }))
  const answer = (await client.ask(ADD_IMAGES, { product: { id: productRef }, media, last: media.length }, priority)).productUpdate
  mustBeDone(answer?.userErrors)
  const ids = (answer?.product?.media.nodes ?? []).map(({ id }) => id)
  const failed = await failedOf(lane, ids)
  await forget(lane, failed)
  return new Map(taken.flatMap(({ image }, n) => (ids[n] === undefined || failed.includes(ids[n]) ? [] : [[image.sha256, ids[n]] as const])))
}
const ENDINGS: Record<OutgoingImage['type'], string> = { 'image/jpeg': 'jpg', 'image/png': 'png', 'image/webp': 'webp', 'image/gif': 'gif' }

/** Five seconds in all: a turn doesn't last for ever. One that takes longer stands, and if it fails later the next send of pictures sees it. */
const WAITS_MS = [0, 500, 1_000, 1_500, 2_000]
async function failedOf({ client, tools, priority }: Lane, ids: string[]): Promise<string[]> {
  let states: { id: string; status?: string | undefined }[] = []
  for (const waitMs of WAITS_MS) {
    if (waitMs > 0) await tools.clock.sleep(waitMs)
    states = (await client.ask(MEDIA_STATES, { ids }, priority)).nodes.filter((node) => node !== null)
    if (states.every(({ status }) => status === 'READY' || status === 'FAILED')) break
  }
  return states.filter(({ status }) => status === 'FAILED').map(({ id }) => id)
}

/** Ours keep the places they have among the shop's own, in their order. */
async function order({ client, productRef, priority }: Lane, images: { imageRef: string }[], stood: string[]): Promise<void> {
  const ours = images.map(({ imageRef }) => imageRef)
  const slots = stood.flatMap((id, at) => (ours.includes(id) ? [at] : []))
  if (slots.every((at, n) => stood[at] === ours[n])) return
  const moves = ours.map((id, n) => ({ id, newPosition: String(must(slots[n], 'a place for each')) }))
  mustBeDone((await client.ask(ORDER_IMAGES, { product: productRef, moves }, priority)).productReorderMedia?.mediaUserErrors)
}

/** A variant shows one picture: the first of ours that is its own. */
async function pair(
  { client, productRef, priority }: Lane,
  product: OutgoingProduct,
  images: { sha256: string; imageRef: string }[],
  variants: ReadonlyMap<string, string>,
): Promise<void> {
  const wanted = new Map<string, string>()
  for (const { articleNumber, sha256 } of product.images) {
    const variantId = variants.get(articleNumber ?? '')
    const mediaId = images.find((image) => image.sha256 === sha256)?.imageRef
    if (variantId !== undefined && mediaId !== undefined && !wanted.has(variantId)) wanted.set(variantId, mediaId)
  }
  if (wanted.size === 0) return
  const nodes = await askInParts([...wanted.keys()], PAIRS, async (ids) => (await client.ask(VARIANT_MEDIA, { ids }, priority)).nodes)
  const shown = new Map(nodes.flatMap((node) => (node?.media?.nodes[0] === undefined ? [] : [[node.id, node.media.nodes[0].id] as const])))
  const wrong = [...wanted].filter(([variantId, mediaId]) => shown.get(variantId) !== mediaId)
  for (let n = 0; n < wrong.length; n += PAIRS) {
    const part = wrong.slice(n, n + PAIRS)
    const hide = part.flatMap(([variantId]) => (shown.has(variantId) ? [{ variantId, mediaIds: [must(shown.get(variantId), 'what it shows')] }] : []))
    if (hide.length > 0) mustBeDone((await client.ask(HIDE_VARIANTS, { product: productRef, pairs: hide }, priority)).productVariantDetachMedia?.userErrors)
    const pairs = part.map(([variantId, mediaId]) => ({ variantId, mediaIds: [mediaId] }))
    mustBeDone((await client.ask(SHOW_VARIANTS, { product: productRef, pairs }, priority)).productVariantAppendMedia?.userErrors)
  }
}
/** Variants in one order to Shopify. */
const PAIRS = 100
