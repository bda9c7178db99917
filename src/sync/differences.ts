/** What a person can do about a difference: have ours sent, or say that the shop's number was right. Neither writes to the shop itself. */
import type { By } from '../core/by.ts'
import { ownLocation } from '../core/locations/change-location.ts'
import { Refusal } from '../core/refusal.ts'
import { postMovements } from '../core/stock/post-movements.ts'
import { askLooks, retryRefused } from '../core/told/ask-looks.ts'
import type { Tx } from '../db/open.ts'
import { type DifferenceRow, lockDifference, noteAsked, settleDifference } from './difference.sql.ts'
import { believeNothing } from './take-over.ts'

/** *Skicka vårt antal*: what was refused is tried again, and the shop is looked at before it is told. */
export async function sendOurs(tx: Tx, listenerId: number, id: number, by: By): Promise<void> {
  const difference = await standing(tx, listenerId, id)
  if (difference.state !== 'open') throw new Refusal('difference-over')
  await noteAsked(tx, id, by.actor)
  await retryRefused(tx, listenerId, [difference.articleId], by)
  await askLooks(tx, listenerId, { articleIds: [difference.articleId], locationIds: [difference.locationId] }, { lane: 'live', why: 'asked' }, by)
}

/** The shop's number was right, for a difference that was an edit in the shop: ours is moved by as much. Pressed twice it is one movement (L3). */
export const canCorrect = (it: Pick<DifferenceRow, 'reason' | 'gap' | 'settledHow'>): boolean =>
  it.reason === 'edited-in-shop' && it.gap !== null && it.gap !== 0 && it.settledHow !== 'corrected' && it.settledHow !== 'taken-over'

/**
 * *Rätta vårt antal*: also when ours was sent already, which is the usual case. A movement and not a number, dated when it was found: what was sold or
 * counted since stands (L9).
 */
export async function correctOurs(tx: Tx, listenerId: number, id: number, by: By): Promise<void> {
  const difference = await standing(tx, listenerId, id)
  if (difference.settledHow === 'corrected') return
  if (!canCorrect(difference)) throw new Refusal('difference-over')
  const { articleId, locationId, gap, seenAt } = difference
  await ownLocation(tx, locationId)
  const source = { type: 'difference', listener: listenerId, difference: id }
  await postMovements(tx, [{ key: `difference:${id}`, articleId, locationId, kind: 'import', onHand: gap ?? 0, at: seenAt, source, actor: by.actor }], by.now)
  if (difference.state === 'open') await believeNothing(tx, listenerId, [difference], by)
  await settleDifference(tx, id, 'corrected', by.actor, by.now)
}

async function standing(tx: Tx, listenerId: number, id: number): Promise<DifferenceRow> {
  const difference = await lockDifference(tx, listenerId, id)
  if (difference === null) throw new Refusal('not-found')
  return difference
}
