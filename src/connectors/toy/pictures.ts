/** Pictures of a product in a toy shop. One that is there already isn't sent again, and nobody else's is ever touched. */
import { z } from 'zod'
import { type OutgoingImage, type OutgoingProduct, RemoteError } from '../contract.ts'
import type { ToyClient } from './client.ts'
import { pictureShape, type Standing } from './product-there.ts'

interface Put {
  /** Null = none were written. */
  images: { sha256: string; imageRef: string }[] | null
  wrote: boolean
  remarks: string[]
}
type There = Standing['pictures'][number]

export async function putPictures(client: ToyClient, product: OutgoingProduct, now: Standing): Promise<Put> {
  if (!product.write.includes('images')) return { images: null, wrote: false, remarks: [] }
  const at = `/products/${encodeURIComponent(now.ref)}/pictures`
  const former = now.pictures.filter((picture) => product.formerImageRefs.includes(picture.ref))
  for (const { ref } of former) await client.call('remove picture', pictureShape, 'DELETE', `${at}/${encodeURIComponent(ref)}`)
  const there = now.pictures.filter((picture) => !former.includes(picture))
  // A shop says what is in a picture, so ours is known by that; else by what it was called there.
  const isOurs = (picture: There) => product.images.some((image) => image.sha256 === picture.digest)
  if (product.imagesWhen === 'none-there' && !there.every(isOurs)) return { images: null, wrote: former.length > 0, remarks: [] }
  const itemOf = ({ articleNumber }: OutgoingImage) => now.items.find((item) => articleNumber !== null && item.number === articleNumber)?.ref ?? null
  const images: { sha256: string; imageRef: string }[] = []
  let changed = former.length > 0
  let failed = false
  for (const image of product.images) {
    const standing = there.find((picture) => picture.digest === image.sha256)
    const ref = standing === undefined ? await add(client, at, image, itemOf(image)) : standing.ref
    if (standing !== undefined && (standing.alt !== image.alt || standing.item !== itemOf(image))) {
      await client.call('change picture', pictureShape, 'POST', `${at}/${encodeURIComponent(standing.ref)}`, { alt: image.alt, item: itemOf(image) })
      changed = true
    }
    changed ||= standing === undefined
    failed ||= ref === null
    if (ref !== null) images.push({ sha256: image.sha256, imageRef: ref })
  }
  const ordered = await order(client, at, images, there)
  return { images, wrote: changed || ordered, remarks: failed ? ['image-failed'] : [] }
}

/** Null = the shop doesn't take this one; the others go all the same. */
async function add(client: ToyClient, at: string, image: OutgoingImage, item: string | null): Promise<string | null> {
  const data = Buffer.from(await image.bytes()).toString('base64')
  try {
    return (await client.call('add picture', pictureShape, 'POST', at, { type: image.type, data, alt: image.alt, item })).ref
  } catch (error) {
    if (error instanceof RemoteError && error.code === 'product-refused') return null
    throw error
  }
}

/** Ours first, in their order. True = they stood otherwise. */
async function order(client: ToyClient, at: string, images: { imageRef: string }[], there: There[]): Promise<boolean> {
  const ours = images.map((image) => image.imageRef)
  const stood = [...there.map((picture) => picture.ref), ...ours.filter((ref) => !there.some((picture) => picture.ref === ref))]
  if (ours.every((ref, n) => stood[n] === ref)) return false
  await client.call('order pictures', z.object({ refs: z.array(z.string()) }), 'POST', `${at}/order`, { refs: ours })
  return true
}
