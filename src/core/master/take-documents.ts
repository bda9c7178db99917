/** Takes an ERP's documents in: which order each is for, and which of its pieces the ERP's number contains from now on (R38, R39). */
import type { Tx } from '../../db/open.ts'
import { must } from '../../kit/assert.ts'
import type { By } from '../by.ts'
import { orderSource } from '../listeners/listeners.sql.ts'
import { saveCounted } from '../orders/counted.sql.ts'
import { evaluateAgain } from '../orders/evaluate-again.ts'
import { type Counts, type ErpDocument, type Field, type LinkedBy, namesIn, ordersNamedBy, stagesThatCount } from './document.ts'
import {
  linkDocuments,
  listenersOfOrders,
  openOrdersHolding,
  ordersNamed,
  ordersOfDocuments,
  piecesInDocuments,
  saveCandidates,
  saveDocumentRows,
  storedDocuments,
  unlinkedDocuments,
} from './documents.sql.ts'
import { numbersKnown } from './numbers.sql.ts'

export interface Master {
  listenerId: number
  locationId: number
  counts: Counts
  /** Which texts of its documents may name an order. */
  fields: readonly Field[]
}
type Reader = Pick<Master, 'listenerId' | 'fields'>
/** Orders come late, seldom by more. */
const LINKED_WITHIN_MS = 30 * 24 * 3_600_000

/** Stores and links them. Returns the orders they are for, and those that stored ones turn out to be for. */
export async function saveDocuments(tx: Tx, { listenerId, fields }: Reader, documents: ErpDocument[], by: By): Promise<number[]> {
  if (documents.length > 0) await saveDocumentRows(tx, listenerId, documents, by.now)
  const refs = documents.map((document) => document.documentRef)
  const turned = documents.flatMap((document) => (document.madeFromRef === null ? [] : [{ documentRef: document.documentRef, from: document.madeFromRef }]))
  const standing = new Map(
    (
      await ordersOfDocuments(
        tx,
        listenerId,
        turned.map((each) => each.from),
      )
    ).map((row) => [row.documentRef, row.orderId]),
  )
  const inherited = turned.flatMap(({ documentRef, from }) => {
    const orderId = standing.get(from)
    return orderId === undefined ? [] : [{ documentRef, orderId, linkedBy: 'turned' as const }]
  })
  if (inherited.length > 0) await linkDocuments(tx, listenerId, inherited)
  const linked = await linkByName(tx, { listenerId, fields }, by)
  const rows = await ordersOfDocuments(tx, listenerId, [...refs, ...linked])
  return [...new Set(rows.map((row) => row.orderId))]
}

/** Everything that still waits for its order. What may be for several waits for a person. Returns what was linked. */
async function linkByName(tx: Tx, { listenerId, fields }: Reader, by: By): Promise<string[]> {
  const waiting = await unlinkedDocuments(tx, listenerId, new Date(by.now.getTime() - LINKED_WITHIN_MS))
  if (waiting.length === 0) return []
  const { links, candidates } = await linksOf(tx, waiting, fields)
  const refs = waiting.map((document) => document.documentRef)
  await saveCandidates(tx, listenerId, refs, candidates)
  if (links.length > 0) await linkDocuments(tx, listenerId, links)
  return links.map((link) => link.documentRef)
}

interface Links {
  links: { documentRef: string; orderId: number; linkedBy: LinkedBy }[]
  candidates: { documentRef: string; orderId: number }[]
}
async function linksOf(tx: Tx, waiting: Pick<ErpDocument, 'documentRef' | 'names'>[], fields: readonly Field[]): Promise<Links> {
  const found: Links = { links: [], candidates: [] }
  const texts = [...new Set(waiting.flatMap(({ names }) => names.filter((name) => fields.includes(name.from)).flatMap(namesIn)))]
  if (texts.length === 0) return found
  const named = new Map<string, number[]>()
  for (const row of await ordersNamed(tx, texts)) named.set(row.text, [...(named.get(row.text) ?? []), row.orderId])
  for (const { documentRef, names } of waiting) {
    const { orderIds, field } = ordersNamedBy(names, named, fields) ?? { orderIds: [], field: 'reference' as const }
    const [orderId, ...others] = orderIds
    if (orderId !== undefined && others.length === 0) found.links.push({ documentRef, orderId, linkedBy: field })
    else found.candidates.push(...orderIds.map((each) => ({ documentRef, orderId: each })))
  }
  return found
}

/** Of the documents just shown, those that are new or changed; of these and the stored ones, those that are for an order of ours, and whether their lines are known. */
export async function sift(
  tx: Tx,
  { listenerId, fields }: Reader,
  shown: ErpDocument[],
  by: By,
): Promise<{ news: ErpDocument[]; ours: { documentRef: string; hasLines: boolean }[] }> {
  const stored = new Map(
    (await storedDocuments(tx, listenerId, [...shown.map((d) => d.documentRef), ...shown.flatMap((d) => d.madeFromRef ?? [])])).map((row) => [row.documentRef, row]),
  )
  const news = shown.filter((document) => {
    const standing = stored.get(document.documentRef)
    return standing === undefined || standing.stamp !== document.stamp || standing.stage !== document.stage || (document.lines !== null && !standing.hasLines)
  })
  const waiting = await unlinkedDocuments(tx, listenerId, new Date(by.now.getTime() - LINKED_WITHIN_MS))
  const named = new Set((await linksOf(tx, [...waiting, ...news], fields)).links.map((link) => link.documentRef))
  const isLinked = (ref: string | null) => ref !== null && (stored.get(ref)?.orderId ?? null) !== null
  const ours = [
    ...news
      .filter((d) => named.has(d.documentRef) || isLinked(d.documentRef) || isLinked(d.madeFromRef))
      .map((d) => ({ documentRef: d.documentRef, hasLines: d.lines !== null || d.stage === 'gone' })),
    ...waiting.filter((d) => named.has(d.documentRef) && !news.some((each) => each.documentRef === d.documentRef)),
  ]
  return { news, ours }
}

/** Open orders whose documents were read before these articles' numbers were: of the first number it has to be said what it contains of them. */
export async function ordersOfFirstNumbers(tx: Tx, { listenerId, locationId }: Pick<Master, 'listenerId' | 'locationId'>, articleIds: number[]): Promise<number[]> {
  const known = new Set((await numbersKnown(tx, locationId, articleIds)).map((row) => row.articleId))
  const first = articleIds.filter((articleId) => !known.has(articleId))
  return first.length === 0 ? [] : (await openOrdersHolding(tx, listenerId, first)).map((row) => row.orderId)
}

/**
 * Says anew which pieces of these orders the master's number contains; what changes is released or put back by the difference rule. The orders' locks and the levels' must be
 * held. Articles whose number the master never told count here as before (L7).
 */
export async function recount(tx: Tx, master: Master, orderIds: number[], by: By): Promise<void> {
  if (orderIds.length === 0) return
  const pieces = await piecesInDocuments(tx, master.listenerId, orderIds, stagesThatCount(master.counts))
  const known = new Set(
    (
      await numbersKnown(
        tx,
        master.locationId,
        pieces.map((row) => row.articleId),
      )
    ).map((row) => row.articleId),
  )
  const changed = await saveCounted(
    tx,
    master.locationId,
    orderIds,
    pieces.filter((row) => known.has(row.articleId)),
  )
  const rows = await listenersOfOrders(
    tx,
    changed.map((row) => row.orderId),
  )
  for (const listenerId of new Set(rows.map((row) => row.listenerId))) {
    const source = must(await orderSource(tx, listenerId), 'the listener')
    await evaluateAgain(
      tx,
      source,
      rows.filter((row) => row.listenerId === listenerId).map((row) => row.orderId),
      new Set(),
      by,
    )
  }
}
