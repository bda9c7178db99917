/** Differences: the shop's number was not ours. Both numbers, why it was so, and what settled it. */
import { z } from 'zod'
import { actor, cursor, idOf, instant, limit, textIdOf } from './shared.ts'

export const DIFFERENCE_REASONS = ['unseen-order', 'edited-in-shop', 'failed-push', 'number-twice', 'passed'] as const
export const SETTLED_HOW = ['sent', 'order', 'passed', 'taken-over', 'corrected', 'not-told'] as const
/** What a person can do about one. send: ours is told after a look · take-over: a preview of the shop's number as ours · correct: the shop's number was right. */
export const DIFFERENCE_ACTIONS = ['send', 'take-over', 'correct'] as const

export const difference = z.object({
  id: idOf('difference'),
  articleId: idOf('article'),
  articleNumber: z.string(),
  articleName: z.string(),
  locationId: idOf('location'),
  /** What the shop showed, what it was to show, and what we believed it showed (null = nothing was believed). */
  theirs: z.number().int(),
  ours: z.number().int(),
  believed: z.number().int().nullable(),
  seenAt: instant,
  /** compare: the nightly walk, or one a person asked for · look: a look on its way to tell. */
  foundBy: z.enum(['compare', 'look']),
  /** Null while it is being looked into. */
  reason: z.enum(DIFFERENCE_REASONS).nullable(),
  /** The order that explains it. */
  order: z.object({ id: idOf('order'), name: z.string() }).nullable(),
  state: z.enum(['open', 'settled']),
  settledAt: instant.nullable(),
  settledHow: z.enum(SETTLED_HOW).nullable(),
  /** Null = still open; a name where a person did it. */
  settledBy: actor.nullable(),
  /** Pieces our own number would have to move for the shop's to be right. */
  gap: z.number().int().nullable(),
  actions: z.array(z.enum(DIFFERENCE_ACTIONS)),
})
export const differencesQuery = z.strictObject({
  state: z.enum(['open', 'settled']).optional(),
  reason: z.enum(DIFFERENCE_REASONS).optional(),
  cursor: cursor.optional(),
  limit: limit(),
})
/** The last thirty days where the company is, oldest first, today included. */
export const differenceDays = z.object({ items: z.array(z.object({ day: z.iso.date(), found: z.number().int(), settled: z.number().int() })) })
export const differenceParams = { connectionId: textIdOf('connection'), differenceId: textIdOf('difference') }
