/**
 * Hands whole documents over, one at a time (R42-R44, R45): an order of ours to an ERP, an invoice's PDF or what has left of its order to a shop. Claimed, composed and stored in a transaction, sent, and
 * settled in another. One whose answer was lost goes again as it was, under its key, until it is answered.
 */
import { randomUUID } from 'node:crypto'
import { type Document, type HandedOver, RemoteError } from '../connectors/contract.ts'
import type { By } from '../core/by.ts'
import { type DocumentFlight, type DocumentKind, type DocumentRow, type DocumentSettled, lockDocument, lockNextDocument, saveDocument } from '../core/told/documents.sql.ts'
import { MOST_TRIES } from '../core/told/transitions.ts'
import type { Tx } from '../db/open.ts'
import { backoffMs } from '../kit/backoff.ts'
import { orderComposer } from './compose-order.ts'
import { pdfComposer } from './compose-pdf.ts'
import { shippedComposer } from './compose-shipped.ts'
import type { Composer } from './composer.ts'
import { hashOf } from './hash-of.ts'
import type { Line } from './line.ts'
import { isStopped } from './rights.ts'
import { remoteAnswered } from './throttle.ts'
import type { Work } from './work.ts'

const COMPOSERS: Record<DocumentKind, Composer> = { order: orderComposer, 'order-status': shippedComposer, 'invoice-pdf': pdfComposer }

/** One document that fails by itself keeps others waiting no longer than this, and itself at most this long. */
const AGAIN_FIRST_MS = 5_000
const AGAIN_MOST_MS = 900_000

/** The kinds this connection takes as it is set, and may be sent. */
export function documentKinds({ connector, settings, remote, listener }: Line): DocumentKind[] {
  if (remote.handOver === undefined) return []
  const taken = connector.takes?.(settings) ?? connector.carries.out
  const stopped = isStopped(listener.health, 'order-status')
  return (Object.keys(COMPOSERS) as DocumentKind[]).filter((kind) => connector.carries.out.includes(kind) && taken.includes(kind) && !(kind === 'order-status' && stopped))
}

interface Sending {
  row: DocumentRow
  flight: DocumentFlight
  document: Document
  /** Sent before, and nobody knows what became of it. */
  repeated: boolean
}

/** True when there was something to do. */
export async function handOverNext(work: Work): Promise<boolean> {
  const kinds = documentKinds(work.line)
  if (kinds.length === 0) return false
  const next = await work.turn.inTurn((tx) => claim(tx, work, kinds))
  if (next === 'nothing') return false
  if (next === 'settled') return true
  const answer = await send(work, next)
  await remoteAnswered(work.deps, work.line, 'write')
  await work.turn.inTurn((tx) => settle(tx, work, next, answer))
  return true
}

/** R12: what is to be sent stands in the row, with its key, before it is sent. */
async function claim(tx: Tx, work: Work, kinds: DocumentKind[]): Promise<Sending | 'settled' | 'nothing'> {
  const { line } = work
  const by = byOf(work)
  const row = await lockNextDocument(tx, line.listenerId, kinds, by.now)
  if (row === null) return 'nothing'
  const composer = COMPOSERS[row.kind]
  if (row.flight !== null) {
    const found = (await composer.found?.(tx, line, row)) ?? null
    if (found === null) return { row, flight: row.flight, document: await composer.whole(tx, row.flight), repeated: true }
    await save(tx, work, { ...standing(row), ...doneAs(row.flight, found) })
    return 'settled'
  }
  const composed = await composer.compose(tx, line, row, by)
  const hash = composed !== null && 'letter' in composed ? (composed.hash ?? hashOf(composed.letter)) : ''
  if (composed === null || hash === row.documentHash) {
    await save(tx, work, { ...standing(row), told: row.wanted, tries: 0 })
    return 'settled'
  }
  if ('refused' in composed) {
    await save(tx, work, { ...standing(row), refusal: composed.refused, said: composed.said })
    return 'settled'
  }
  const flight: DocumentFlight = {
    key: `e${line.listener.epoch}-${randomUUID()}`,
    version: row.wanted,
    sentAt: by.now.toISOString(),
    documentRef: composed.documentRef,
    hash,
    letter: composed.letter,
  }
  await save(tx, work, { ...standing(row), flight })
  return { row: { ...row, flight }, flight, document: await composer.whole(tx, flight), repeated: false }
}

/** A failure is settled first and then thrown on: it is the whole connection's (S6). */
async function send(work: Work, sending: Sending): Promise<HandedOver> {
  await work.turn.ensure()
  try {
    work.doing = 'write'
    const answer = await work.line.remote.handOver?.(sending.document, sending.flight.key)
    work.doing = 'read'
    return answer ?? { kind: 'refused', code: 'not-carried', said: '' }
  } catch (error) {
    if (!(error instanceof RemoteError)) throw error
    if (error.kind === 'refused' && error.executed === 'no' && !sending.repeated) return { kind: 'refused', code: error.code, said: error.facts.said ?? '' }
    await work.turn.inTurn((tx) => settleFailure(tx, work, sending, error))
    throw error
  }
}

async function settle(tx: Tx, work: Work, { row: sent, flight }: Sending, answer: HandedOver): Promise<void> {
  const { kind, entityId } = sent
  // Before the row is locked: whoever writes documents locks rows after them.
  if (answer.kind === 'done') await COMPOSERS[kind].done?.(tx, work.line, sent, answer.documentRef, byOf(work))
  const row = await lockFlight(tx, work, kind, entityId, flight)
  if (row === null) return
  if (answer.kind === 'done') return save(tx, work, { ...standing(row), ...doneAs(flight, answer.documentRef) })
  if (answer.kind === 'later' && row.tries + 1 < MOST_TRIES) return save(tx, work, { ...standing(row), flight: null, tries: row.tries + 1, holdUntil: againAt(row, work) })
  // Another document by now: that one has not been refused.
  const isLatest = row.wanted <= flight.version
  await save(tx, work, { ...standing(row), flight: null, tries: 0, ...(isLatest ? { refusal: answer.code, said: answer.said } : {}) })
}

/** Certainly not done: it is composed anew. Else the same goes again (R43), after a while of its own, so that others aren't kept waiting by it. */
async function settleFailure(tx: Tx, work: Work, { row: { kind, entityId }, flight, repeated }: Sending, error: RemoteError): Promise<void> {
  const row = await lockFlight(tx, work, kind, entityId, flight)
  if (row === null) return
  // A repeat that isn't executed says nothing about the first send.
  if (error.executed === 'no' && !repeated) return save(tx, work, { ...standing(row), flight: null })
  const tries = row.tries + 1
  const holdUntil = againAt(row, work)
  // What isn't understood eight times is for a person to look at; pressed again, it is still the same document under the same key.
  const isOver = (error.kind === 'strange' || error.kind === 'refused') && tries >= MOST_TRIES
  await save(tx, work, { ...standing(row), tries, holdUntil, ...(isOver ? { refusal: error.code, said: error.facts.said ?? '', holdUntil: null } : {}) })
}

/** Null = it isn't this flight's row any more. */
async function lockFlight(tx: Tx, work: Work, kind: DocumentKind, entityId: number, flight: DocumentFlight): Promise<DocumentRow | null> {
  const row = await lockDocument(tx, work.line.listenerId, kind, entityId)
  return row?.flight?.key === flight.key ? row : null
}

const standing = ({ kind, entityId, told, tries, documentRef, documentHash, flight }: DocumentRow): DocumentSettled => ({
  ...{ kind, entityId, told, tries, documentRef, documentHash, flight },
  ...{ refusal: null, said: null, holdUntil: null },
})
const doneAs = (flight: DocumentFlight, documentRef: string | null) => ({ told: flight.version, tries: 0, documentRef, documentHash: flight.hash, flight: null })
const againAt = ({ tries }: DocumentRow, work: Work): Date => new Date(byOf(work).now.getTime() + backoffMs(tries, AGAIN_FIRST_MS, AGAIN_MOST_MS))
const byOf = ({ deps, line }: Work): By => ({ actor: `listener:${line.listenerId}`, now: deps.clock.now() })
async function save(tx: Tx, { line, deps }: Work, row: DocumentSettled): Promise<void> {
  await saveDocument(tx, line.listenerId, row, deps.clock.now())
}
