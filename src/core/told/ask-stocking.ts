/** A person asks the shop to count an article, or to keep it at a place; and what the shop's answer means for the cells that waited for it. */
import type { Tx } from '../../db/open.ts'
import type { By } from '../by.ts'
import type { Cell } from './row.ts'
import { type Asked, cellsOfStocking, dropLeft, leaveCells, refuseCells, type StockingFlight, wantStocking } from './stocking.sql.ts'
import { clearRefusals } from './told.sql.ts'

/** Only cells refused for what this mends. Null = all of the connection. Returns how many rows are newly asked for. */
export async function askStocking(tx: Tx, listenerId: number, asked: Asked, articleIds: number[] | null, by: By): Promise<number> {
  const n = await wantStocking(tx, listenerId, asked, articleIds, by.now)
  if (n > 0) tx.ring(listenerId)
  return n
}

/** Not kept at the place on purpose: nobody is to mend it. Null = all of the connection. Returns how many cells this is newly said of. */
export const leaveOut = (tx: Tx, listenerId: number, articleIds: number[] | null, by: By): Promise<number> => leaveCells(tx, listenerId, articleIds, by.now)

/** It wasn't meant after all: the cells are somebody's to mend again. */
export const mindAgain = (tx: Tx, listenerId: number, articleIds: number[] | null): Promise<number> => dropLeft(tx, listenerId, articleIds)

/** The shop did it: the cells are looked at and told like any other. */
export async function stockingDone(tx: Tx, listenerId: number, rows: (Cell & { asked: Asked })[], now: Date): Promise<void> {
  if (rows.length === 0) return
  const cells = await cellsOfStocking(tx, listenerId, rows)
  if (cells.length > 0) await clearRefusals(tx, listenerId, cells, now)
}

/** The shop said no: its reason stands where the person looks. */
export async function stockingRefused(tx: Tx, listenerId: number, row: StockingFlight, code: string, said: string): Promise<void> {
  const cells = await cellsOfStocking(tx, listenerId, [row])
  if (cells.length > 0) await refuseCells(tx, listenerId, cells, code, said)
}
