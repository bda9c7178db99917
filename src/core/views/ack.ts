/** What a reader says it has: all up to a cursor, or item by item. Never "all there is now" (R32, rule 6). */
import type { Tx } from '../../db/open.ts'
import type { By } from '../by.ts'
import { mustBeNow } from './changes.ts'
import type { Cursor } from './cursor.ts'
import { ackUpTo, externalIdsTaken, type Result, releaseWaiting, rowsOfResults, saveResults } from './rows.sql.ts'
import { type Entity, LANES, numberOf, type ViewRow } from './view.ts'
import { headOf, lockView, noteAcked } from './views.sql.ts'

export interface Said {
  entity: Entity
  id: number
  locationId: number
  version: number
  status: 'applied' | 'skipped' | 'rejected'
  externalId: string | null
  externalVersion: string | null
  error: string | null
  retryAt: Date | null
}
/** What became of each: taken, or why not. */
export type Heard = 'taken' | 'unknown-item' | 'other-epoch' | 'version-ahead' | 'external-id-taken'
export interface Acked {
  /** How many rows are now known to be with the reader. */
  acked: number
  results: Heard[]
}

/** A rate is the average of the last minutes: old pages count for less. */
const RATE_WEIGHT = 0.3

export async function acknowledge(tx: Tx, view: ViewRow, input: { cursor: Cursor | null; results: Said[] }, by: By): Promise<Acked> {
  await lockView(tx, view.id)
  if (input.cursor !== null) mustBeNow(view, input.cursor, await headOf(tx))
  // Before the cursor: what is rejected here isn't acknowledged by it.
  const results = await takeResults(tx, view, input.results, by)
  const applied = results.filter((heard, n) => heard === 'taken' && input.results[n]?.status !== 'rejected').length
  const { cursor } = input
  const acked =
    applied +
    (cursor === null
      ? 0
      : await ackUpTo(
          tx,
          view.id,
          LANES.map((lane) => ({ lane, seq: cursor.at[lane] })),
          cursor.only,
          by.now,
        ))
  await releaseWaiting(tx, view.id)
  if (acked > 0 || results.length > 0) tx.show(view.id)
  if (acked > 0) await noteAcked(tx, view.id, rateOf(view, acked, by.now), by.now)
  return { acked, results }
}

async function takeResults(tx: Tx, view: ViewRow, said: Said[], by: By): Promise<Heard[]> {
  if (said.length === 0) return []
  const asked = said.map((s) => ({ ...s, n: numberOf(view.epoch, s.version) }))
  const rows = new Map((await rowsOfResults(tx, view.id, asked.map(toResult))).map((row) => [keyOf(row.entity, row.entityId, row.locationId), row]))
  const ids = asked.flatMap((s) => (s.externalId === null ? [] : [{ entity: s.entity, externalId: s.externalId }]))
  const taken = new Map(
    (ids.length === 0 ? [] : await externalIdsTaken(tx, view.id, ids)).map((row) => [`${row.entity} ${row.externalId}`, keyOf(row.entity, row.entityId, row.locationId)]),
  )
  /** What was said last of a row counts. */
  const good = new Map<string, Result>()
  const heard = asked.map((s): Heard => {
    const key = keyOf(s.entity, s.id, s.locationId)
    const row = rows.get(key)
    if (row === undefined) return 'unknown-item'
    if (s.n === null) return 'other-epoch'
    if (s.n > row.wanted) return 'version-ahead'
    if (s.externalId !== null) {
      // Never pointed elsewhere silently: a second candidate is for a person.
      const standing = taken.get(`${s.entity} ${s.externalId}`)
      if (standing !== undefined && standing !== key) return 'external-id-taken'
      taken.set(`${s.entity} ${s.externalId}`, key)
    }
    good.set(key, toResult(s))
    return 'taken'
  })
  if (good.size > 0) await saveResults(tx, view.id, [...good.values()], by.now)
  return heard
}

const keyOf = (entity: Entity, id: number, locationId: number) => `${entity} ${id} ${locationId}`

const toResult = (s: Said & { n: number | null }): Result => ({
  entity: s.entity,
  entityId: s.id,
  locationId: s.locationId,
  n: s.n ?? 0,
  externalId: s.externalId,
  externalVersion: s.externalVersion,
  error: s.status === 'rejected' ? (s.error ?? 'rejected').slice(0, 500) : null,
  retryAt: s.status === 'rejected' ? s.retryAt : null,
})

/** Items a minute. An idle reader isn't a slow one: gaps of more than a few minutes say nothing. */
function rateOf(view: ViewRow, acked: number, now: Date): number | null {
  const since = view.ackedAt ?? view.polledAt
  if (since === null) return null
  const minutes = (now.getTime() - since.getTime()) / 60_000
  if (minutes <= 0 || minutes > 5) return null
  const rate = acked / minutes
  return view.ratePerMin === null ? rate : view.ratePerMin * (1 - RATE_WEIGHT) + rate * RATE_WEIGHT
}
