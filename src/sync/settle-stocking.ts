/** What became of a send that asked a shop to count articles or keep them at a place: told, refused with its words, or still wanted. */
import type { Change, Outcome } from '../connectors/contract.ts'
import { noteStocked } from '../core/listings/listings.sql.ts'
import { stockingDone, stockingRefused } from '../core/told/ask-stocking.ts'
import { lockFlights, type StockingFlight, type StockingSettled, saveStocking } from '../core/told/stocking.sql.ts'
import { MOST_TRIES } from '../core/told/transitions.ts'
import type { Tx } from '../db/open.ts'
import { unreachable } from '../kit/assert.ts'
import type { StoredBatch } from './batch.sql.ts'

type Stocking = Extract<Change, { kind: 'stocking' }>
export const isStocking = (batch: StoredBatch): boolean => batch.rows[0]?.kind === 'stocking'

/** In the turn's transaction. `answered` false = the whole failed: no row's own try (S6). */
export async function settleStocking(tx: Tx, listenerId: number, batch: StoredBatch, outcomes: Outcome[], answered: boolean, now: Date): Promise<void> {
  const settled: StockingSettled[] = []
  const done: StockingFlight[] = []
  for (const row of await lockFlights(tx, listenerId, batch.id)) {
    const next = settledRow(row, outcomes[row.row] as Outcome, answered)
    settled.push(next)
    if (next.told !== null) done.push(row)
    if (next.refusal !== null) await stockingRefused(tx, listenerId, row, next.refusal, next.said ?? '')
  }
  if (settled.length > 0) await saveStocking(tx, listenerId, settled, now)
  const changes = done.map((row) => batch.rows[row.row] as Stocking)
  if (changes.length > 0) await noteStocked(tx, listenerId, changes, now)
  await stockingDone(tx, listenerId, done, now)
}

function settledRow(row: StockingFlight, outcome: Outcome, answered: boolean): StockingSettled {
  const { articleId, locationId, tries } = row
  const wanted: StockingSettled = { articleId, locationId, told: null, refusal: null, said: null, tries, open: false }
  switch (outcome.kind) {
    case 'done':
      return { ...wanted, told: row.version, tries: 0 }
    case 'refused':
      return { ...wanted, refusal: outcome.code, said: outcome.said }
    case 'stale':
    case 'not-sent':
      return wanted
    case 'unknown': {
      const failed = answered ? tries + 1 : tries
      return failed < MOST_TRIES ? { ...wanted, tries: failed, open: true } : { ...wanted, tries: failed, refusal: 'remote-strange', said: '' }
    }
    default:
      return unreachable(outcome)
  }
}
