/** What is kept of a send once it was answered, for "Why is it 5?". One that certainly did nothing and goes again by itself is no event. Pure. */
import type { Change, Outcome } from '../connectors/contract.ts'
import type { SendEvent } from '../core/told/events.sql.ts'
import type { CellNow } from '../core/told/row.ts'

/** What became of each cell of a send. */
export type Fate = 'done' | 'stale' | 'refused' | 'not-sent' | 'unknown'

/** `cell` as it was with its send on the way. */
export interface Sent {
  cell: CellNow
  change: Change
  outcome: Outcome
  fate: Fate
}

const WHAT: Record<Exclude<Fate, 'not-sent'>, SendEvent['what']> = { done: 'sent', stale: 'stale', refused: 'refused', unknown: 'unanswered' }

export const sendsOf = (sent: Sent[], sentAt: Date): SendEvent[] =>
  sent.flatMap(({ cell, change, outcome, fate }): SendEvent[] =>
    fate === 'not-sent' || cell.flight === null
      ? []
      : [
          {
            articleId: cell.articleId,
            locationId: cell.locationId,
            what: WHAT[fate],
            value: cell.flight.value,
            expected: change.kind === 'stock' ? change.expected : null,
            delta: change.kind === 'stock-adjust' ? change.delta : null,
            shows: outcome.kind === 'stale' ? outcome.shows : null,
            code: outcome.kind === 'refused' ? outcome.code : fate === 'refused' ? 'remote-strange' : null,
            said: outcome.kind === 'refused' ? outcome.said.slice(0, 500) : null,
            sentAt,
          },
        ],
  )
