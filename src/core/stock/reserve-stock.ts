/** Claims with a limit and an expiry: never more granted than there is, and each ends by itself (L6). */
import type { Tx } from '../../db/open.ts'
import { must } from '../../kit/assert.ts'
import { type Named, namedArticles } from '../articles/named-articles.ts'
import type { By } from '../by.ts'
import { openLocation } from '../locations/change-location.ts'
import { Refusal } from '../refusal.ts'
import { piecesOf } from './document.ts'
import { lockLevels } from './levels.sql.ts'
import { postMovements } from './post-movements.ts'
import {
  cellOfReservation,
  dueCells,
  type Ended,
  endDue,
  insertReservation,
  type ReservationRow,
  reservationByKey,
  reservationForUpdate,
  updateReservationState,
} from './reservations.sql.ts'

export interface Claim extends Named {
  key: string
  locationId: number
  quantity: number
  expiresInSeconds: number
}
const MOST_ENDED = 500

export async function reserveStock(tx: Tx, claim: Claim, by: By): Promise<ReservationRow & { repeated: boolean }> {
  const [article] = await namedArticles(tx, [claim]).catch((error: unknown) => {
    throw error instanceof Refusal && error.code === 'unknown-article'
      ? new Refusal(error.code, { ...error.facts, field: String(error.facts.field).replace('lines.0.', '') })
      : error
  })
  const { articleId, number, stockTracked, pack } = must(article, 'the article of a claim')
  const quantity = piecesOf(claim.quantity, pack, 'quantity')
  const before = await sameClaim(tx, claim, articleId, quantity)
  if (before !== null) return { ...before, repeated: true }
  if (!stockTracked) throw new Refusal('not-tracked', { field: 'articleNumber', article: number })

  const { id: locationId } = await openLocation(tx, claim.locationId)
  const cell = { articleId, locationId }
  // The level is ours from here on; what is due of this cell is ended first, so that its pieces can be granted again.
  await lockLevels(tx, locationId, [articleId], by.now)
  await release(tx, await endDue(tx, by.now, cell, MOST_ENDED), by)
  const level = must((await lockLevels(tx, locationId, [articleId], by.now)).get(articleId), 'a locked level')
  if (!level.known) throw new Refusal('no-level-yet', { field: 'articleNumber', article: number })
  const available = level.onHand - level.reserved
  if (available < quantity) throw new Refusal('not-enough-stock', { field: 'quantity', available: Math.max(0, available) })

  const expiresAt = new Date(by.now.getTime() + claim.expiresInSeconds * 1000)
  const made = await insertReservation(tx, { key: claim.key, ...cell, quantity, expiresAt, actor: by.actor }, by.now)
  if (made === null) return { ...must(await sameClaim(tx, claim, articleId, quantity), 'the claim of that key'), repeated: true }
  const source = { type: 'reservation', ref: claim.key, reservation: made.id }
  await postMovements(tx, [{ key: `reservation:${made.id}`, ...cell, kind: 'reserve', reserved: quantity, at: by.now, source, actor: by.actor }], by.now)
  return { id: made.id, key: claim.key, ...cell, articleNumber: number, quantity, state: 'held', createdAt: by.now, expiresAt, repeated: false }
}

/** Gives the pieces back. Releasing twice is the same; one that expired or was sold is over. */
export async function releaseReservation(tx: Tx, id: number, by: By): Promise<ReservationRow> {
  // A claim of the cell locks the level first and its reservations after it: so do we. The cell of a reservation never changes.
  const cell = await cellOfReservation(tx, id)
  if (cell === null) throw new Refusal('not-found')
  await lockLevels(tx, cell.locationId, [cell.articleId], by.now)
  const row = must(await reservationForUpdate(tx, id), 'the reservation')
  if (row.state === 'released') return row
  if (row.state !== 'held') throw new Refusal('reservation-over')
  await updateReservationState(tx, id, 'released')
  await release(tx, [{ ...row, expiresAt: by.now }], by)
  return { ...row, state: 'released' }
}

/** Ends every claim whose time is over; the worker asks for this, and every claim does for its own cell. Returns how many: ask again while it is many. */
export async function expireReservations(tx: Tx, by: By): Promise<number> {
  const ended: Ended[] = []
  // Level first and reservations after it, cell by cell in the ledger's own order.
  for (const cell of await dueCells(tx, by.now, MOST_ENDED)) {
    await lockLevels(tx, cell.locationId, [cell.articleId], by.now)
    ended.push(...(await endDue(tx, by.now, cell, MOST_ENDED)))
  }
  await release(tx, ended, by)
  return ended.length
}

async function release(tx: Tx, ended: Ended[], by: By): Promise<void> {
  if (ended.length === 0) return
  const back = ended.map(({ id, key, articleId, locationId, quantity, expiresAt }) => ({
    key: `reservation:${id}:release`,
    articleId,
    locationId,
    kind: 'release' as const,
    reserved: -quantity,
    at: expiresAt,
    source: { type: 'reservation', ref: key, reservation: id },
    actor: by.actor,
  }))
  await postMovements(tx, back, by.now)
}

async function sameClaim(tx: Tx, claim: Claim, articleId: number, quantity: number): Promise<ReservationRow | null> {
  const before = await reservationByKey(tx, claim.key)
  if (before !== null && (before.articleId !== articleId || before.locationId !== claim.locationId || before.quantity !== quantity))
    throw new Refusal('key-reused', { field: 'key', ref: claim.key })
  return before
}
