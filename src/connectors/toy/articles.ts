/** Items of a toy shop: the listing with its numbers, page by page or by ref, and the exact look-up of article numbers. */
import { z } from 'zod'
import type { Match, Page, RemoteEvent, RemoteListing } from '../contract.ts'
import type { ToyClient } from './client.ts'

export const itemShape = z.object({
  ref: z.string(),
  parent: z.string().nullable(),
  number: z.string().nullable(),
  title: z.string().nullable(),
  tracked: z.boolean().nullable(),
  unwritable: z.string().nullable(),
  levels: z.array(z.object({ place: z.string(), value: z.number().int().nullable(), active: z.boolean() })),
})
const pageShape = z.object({ asOf: z.string(), items: z.array(itemShape), next: z.string().nullable() })

export const readItem = (item: z.infer<typeof itemShape>, seenAt: string): RemoteListing => ({
  itemRef: item.ref,
  parentRef: item.parent,
  articleNumber: item.number,
  title: item.title,
  tracked: item.tracked,
  unwritable: item.unwritable,
  levels: item.levels.map((l) => ({ placeRef: l.place, value: l.value, active: l.active })),
  seenAt,
})

/** The cursor is the position of the last item seen; a finished walk continues with what was added since. */
export async function pullItems(client: ToyClient, cursor: string | null): Promise<Page> {
  const page = await client.call('items', pageShape, 'GET', cursor === null ? '/items' : `/items?after=${encodeURIComponent(cursor)}`)
  const events: RemoteEvent[] = page.items.map((item) => ({ kind: 'listing-seen', listing: readItem(item, page.asOf) }))
  return { events, cursor: page.next ?? cursor ?? '-1', more: page.next !== null }
}

/** In the order asked for; what isn't there any more is said to be gone. */
export async function pullItemsByRef(client: ToyClient, refs: string[]): Promise<Page> {
  const page = await client.call('items by ref', pageShape, 'POST', '/items/read', { refs })
  const byRef = new Map(page.items.map((item) => [item.ref, item]))
  const events = refs.map((itemRef): RemoteEvent => {
    const item = byRef.get(itemRef)
    return item === undefined ? { kind: 'listing-gone', itemRef } : { kind: 'listing-seen', listing: readItem(item, page.asOf) }
  })
  return { events, cursor: '', more: false }
}

const foundShape = z.object({ found: z.array(z.object({ number: z.string(), items: z.array(z.string()) })) })

/** The shop's own look-up is exact; it is still compared here, since a guess would write to a stranger's number. */
export async function matchNumbers(client: ToyClient, articleNumbers: string[]): Promise<Match[]> {
  const asked = articleNumbers.filter((number) => number !== '')
  const { found } = asked.length === 0 ? { found: [] } : await client.call('find numbers', foundShape, 'POST', '/items/find', { numbers: asked })
  const byNumber = new Map(found.map((f) => [f.number, f.items]))
  return articleNumbers.map((articleNumber) => ({ articleNumber, itemRefs: byNumber.get(articleNumber) ?? [] }))
}
