/** Everything that makes rows look at the shop again. Looking is always allowed and never writes by itself (R24). */
import type { Tx } from '../../db/open.ts'
import type { By } from '../by.ts'
import type { LookRequest } from './row.ts'
import { clearRefusals, ensureTold, refusedCells, requestLooks, storeBuffer } from './told.sql.ts'

/** `cells` null = every row of the listener. Returns how many rows were asked. */
export async function askLooks(
  tx: Tx,
  listenerId: number,
  cells: { articleIds: number[]; locationIds: number[] | null } | null,
  how: { lane: 'live' | 'backfill'; why: LookRequest['why'] },
  by: By,
): Promise<number> {
  const n = await requestLooks(tx, listenerId, cells, { ...how, forget: false }, by.now)
  if (n > 0) tx.ring(listenerId)
  return n
}

/** The articles are other items at the shop now (or for the first time), or the locations are other places: what was believed is about something else. `locationIds` null = all. */
export async function relink(tx: Tx, listenerId: number, articleIds: number[], by: By, locationIds: number[] | null = null): Promise<void> {
  await ensureTold(tx, listenerId, articleIds, 'backfill', by.now)
  await requestLooks(tx, listenerId, { articleIds, locationIds }, { why: 'relink', lane: 'backfill', forget: true }, by.now)
  tx.ring(listenerId)
}

/** Looks again, believing nothing: our own number was set to what the shop shows, so nothing has to be carried or sent. */
export async function lookAnew(tx: Tx, listenerId: number, cells: { articleIds: number[]; locationIds: number[] }, by: By): Promise<void> {
  if ((await requestLooks(tx, listenerId, cells, { why: 'asked', lane: 'backfill', forget: true }, by.now)) > 0) tx.ring(listenerId)
}

/** Pieces of each article never told to this listener (R4). */
export async function setBuffer(tx: Tx, listenerId: number, articleIds: number[], buffer: number, by: By): Promise<void> {
  await storeBuffer(tx, listenerId, articleIds, buffer, by.now)
  tx.ring(listenerId)
}

/** A person pressed retry. Null = everything refused at this listener, or what is refused as `code`. */
export async function retryRefused(tx: Tx, listenerId: number, articleIds: number[] | null, by: By, code: string | null = null): Promise<number> {
  const cells = await refusedCells(tx, listenerId, articleIds, code)
  if (cells.length > 0) await clearRefusals(tx, listenerId, cells, by.now)
  if (cells.length > 0) tx.ring(listenerId)
  return cells.length
}
