/** What came of telling a shop of one product: acknowledged in the versions that went, its items known and boxed, and kept for whoever wants to see. */
import type { ProductPut, RemoteListing } from '../connectors/contract.ts'
import type { By } from '../core/by.ts'
import type { Catalogue } from '../core/catalogue/catalogue.ts'
import type { Composed } from '../core/catalogue/compose-product.ts'
import { noteTold } from '../core/catalogue/told.sql.ts'
import { forgetImageRefs, neverBoxed, type Waiting } from '../core/catalogue/waiting.sql.ts'
import { lockOrders } from '../core/orders/orders.sql.ts'
import { tickBox } from '../core/told/tick-box.ts'
import { acknowledge, type Said } from '../core/views/ack.ts'
import { type ViewRow, versionOf } from '../core/views/view.ts'
import type { Tx } from '../db/open.ts'
import { takeIn } from './matcher.ts'
import { rematch } from './rematch.ts'
import type { Work } from './work.ts'

export interface Telling {
  view: ViewRow
  catalogue: Catalogue
  composed: Composed
}
type Done = Extract<ProductPut, { kind: 'done' }>
/** rejected: nothing of it was told, until it changes, `retryAt` or a person says so · not-there: it is nowhere to be told of. */
type Fate = Done | { kind: 'rejected'; code: string; retryAt: Date | null } | { kind: 'not-there' }

export const byOf = ({ deps, line }: Work): By => ({ actor: `listener:${line.listenerId}`, now: deps.clock.now() })

export async function settleProduct(work: Work, telling: Telling, fate: Fate): Promise<void> {
  const { line, turn } = work
  const { view, composed } = telling
  const by = byOf(work)
  const results = [...composed.waiting.map((row) => saidOf(telling, row, fate)), ...otherImages(telling, fate)]
  await turn.inTurn(async (tx) => {
    // The order of everybody's locks: orders, what is told, the view.
    await lockOrders(tx, line.listenerId)
    if (fate.kind === 'done' && fate.items.length > 0) await knowItems(tx, line.listenerId, telling, fate.items, by)
    await acknowledge(tx, view, { cursor: null, results }, by)
    await forgetImageRefs(
      tx,
      line.listenerId,
      composed.waiting.flatMap((row) => (row.entity === 'image' ? row.entityId : [])),
    )
    if (fate.kind !== 'not-there') await noteTold(tx, line.listenerId, toldOf(composed, fate, by.now))
  })
}

function saidOf({ view, composed }: Telling, row: Waiting, fate: Fate): Said {
  const rejected = fate.kind === 'rejected' ? fate : whyNot(composed, row, fate)
  return {
    ...{ entity: row.entity, id: row.entityId, locationId: row.locationId, version: versionOf(view.epoch, row.wanted) },
    status: rejected === null ? 'applied' : 'rejected',
    externalId: fate.kind === 'done' ? refOf(composed, row, fate) : null,
    externalVersion: null,
    error: rejected?.code ?? null,
    retryAt: rejected?.retryAt ?? null,
  }
}

/** What of a product didn't go although the rest did. */
function whyNot({ priceless, leftOut, images }: Composed, row: Waiting, fate: Fate): { code: string; retryAt: null } | null {
  if ((row.entity === 'price' && priceless.includes(row.entityId)) || (row.entity === 'article' && leftOut.includes(row.entityId))) return { code: 'price-missing', retryAt: null }
  if (row.entity !== 'image' || row.op !== 'upsert' || fate.kind !== 'done' || fate.images === null) return null
  const sha256 = [...images].find(([, image]) => image.id === row.entityId)?.[0]
  return fate.images.some((image) => image.sha256 === sha256) ? null : { code: 'image-failed', retryAt: null }
}

function refOf(composed: Composed, row: Waiting, fate: Done): string | null {
  if (row.entity === 'product') return fate.productRef
  if (row.entity === 'article') return fate.items.find((item) => composed.articleIds.get(item.articleNumber ?? '') === row.entityId)?.itemRef ?? null
  if (row.entity === 'image') return fate.images?.find((image) => composed.images.get(image.sha256)?.id === row.entityId)?.imageRef ?? null
  return null
}

/** Pictures that went along although nothing of them waited may be called otherwise than before. */
function otherImages({ view, composed }: Telling, fate: Fate): Said[] {
  if (fate.kind !== 'done') return []
  return (fate.images ?? []).flatMap(({ sha256, imageRef: externalId }): Said[] => {
    const image = composed.images.get(sha256)
    if (image === undefined || composed.waiting.some((row) => row.entity === 'image' && row.entityId === image.id)) return []
    const version = versionOf(view.epoch, image.wanted)
    return [{ entity: 'image', id: image.id, locationId: 0, version, status: 'applied', externalId, externalVersion: null, error: null, retryAt: null }]
  })
}

async function knowItems(tx: Tx, listenerId: number, { catalogue, composed }: Telling, items: RemoteListing[], by: By): Promise<void> {
  const events = items.map((listing) => ({ kind: 'listing-seen' as const, listing }))
  const news = await takeIn(tx, listenerId, events, by.now)
  const ids = items.flatMap((item) => composed.articleIds.get(item.articleNumber ?? '') ?? [])
  if (catalogue.boxes) await tickBox(tx, listenerId, await neverBoxed(tx, listenerId, ids), by)
  await rematch(tx, listenerId, ids, by, { news })
}

function toldOf({ productId, waiting, product, priceless }: Composed, fate: Exclude<Fate, { kind: 'not-there' }>, at: Date) {
  const runId = waiting.reduce<number | null>((latest, row) => (row.runId === null ? latest : Math.max(latest ?? 0, row.runId)), null)
  const base = { productId, runId, parts: [...(product?.write ?? [])], at }
  if (fate.kind === 'rejected') return { ...base, outcome: 'refused' as const, code: fate.code, remarks: [] }
  return { ...base, outcome: fate.did, code: null, remarks: [...new Set([...fate.remarks, ...(priceless.length > 0 ? ['price-missing'] : [])])] }
}
