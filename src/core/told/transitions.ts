/**
 * How a told row moves: one function per event, row in, row out, nothing else touched (docs/sync.md, the table of events and states).
 * Level changes and order ingests are the database's (post_movements); everything a turn does is here. Pure.
 */
import { inSync } from './belief.ts'
import type { CellNow, Flight, LookRequest } from './row.ts'

export type State = 'quiet' | 'dirty' | 'looking' | 'flight' | 'unknown' | 'hold' | 'refused'

/** The state the table of docs/sync.md speaks of. `token` is the token of the turn that is held now, or null. */
export function stateOf(row: CellNow, token: number | null, now: Date): State {
  if (row.refusal !== null) return 'refused'
  const worked = token !== null && row.held === token
  if (row.flight !== null) return worked ? 'flight' : 'unknown'
  if (worked) return 'looking'
  if (row.wanted <= row.told) return 'quiet'
  return row.holdUntil !== null && row.holdUntil > now ? 'hold' : 'dirty'
}

/** After this many timeouts or strange answers of its own a row is refused and listed (S6). */
export const MOST_TRIES = 8

const free = { held: null, holdUntil: null, holdWhy: null } as const

/** A turn takes the row in hand. */
export const claimed = (row: CellNow, token: number): CellNow => ({ ...row, held: token, holdUntil: null, holdWhy: null })

/** The turn gives it back, unchanged. */
export const released = (row: CellNow): CellNow => ({ ...row, held: null })

/** R12: composed and stored, about to be sent. */
export const sent = (row: CellNow, flight: Flight): CellNow => ({ ...row, flight, cut: flight.kind === 'cut' ? row.wanted : row.cut })

/**
 * R13: the shop shows what version `version` wanted. `anchor` is what we now believe, null if a doubtful ingest came between.
 * A row never leaves quietly while it is not in sync.
 */
export function confirmed(row: CellNow, by: { version: number; anchor: CellNow['anchor']; doubt: number; answers: string[]; value: number; now: Date }): CellNow {
  const next: CellNow = {
    ...row,
    ...free,
    told: Math.max(row.told, by.version),
    anchor: row.doubt === by.doubt ? by.anchor : null,
    flight: null,
    drift: null,
    tries: 0,
    looks: row.looks.filter((look) => !by.answers.includes(look.id)),
    toldAt: by.now,
    toldValue: by.value,
  }
  if (next.told >= next.wanted && !inSync(next)) return { ...next, wanted: next.wanted + 1, dirtySince: by.now }
  return next.told >= next.wanted ? { ...next, dirtySince: null } : next
}

/** The remote says done. What that means depends on what the flight was for. Cuts stay with the turn that goes on looking. */
export function done(row: CellNow, by: { now: Date; graceMs: number; replayed: boolean }): CellNow {
  const flight = row.flight
  if (flight === null) return row
  const landed = { ...row, flight: null, toldAt: by.now, toldValue: flight.value }
  switch (flight.kind) {
    case 'confirm':
      return confirmed(row, {
        version: flight.version,
        anchor: { value: flight.value, seen: flight.seen },
        doubt: flight.doubt,
        answers: flight.answers,
        value: flight.value,
        now: by.now,
      })
    case 'cut':
      // A replayed cut proves nothing about now: a new look (R23a).
      return by.replayed ? released({ ...landed, anchor: null }) : { ...landed, anchor: null }
    case 'partial':
      return held(cutUpTo({ ...landed, anchor: null }, flight.version), by.now, by.graceMs, 'waits-for-facts')
    case 'carry':
      return held(
        { ...landed, anchor: row.doubt === flight.doubt ? { value: flight.value - (flight.drift ?? 0), seen: flight.seen } : null },
        by.now,
        by.graceMs,
        'difference-checked',
      )
    case 'watch':
      return held({ ...landed, anchor: null }, by.now, by.graceMs, 'difference-checked')
  }
}

/** The shop shows no more than version `version` wanted: no cut is owed for it any more, and the row may rest (R23a). */
export const cutUpTo = (row: CellNow, version: number): CellNow => ({ ...row, cut: Math.max(row.cut, version) })

/** The remote shows something else, or certainly did not execute it: nothing happened; look (R14). */
export const notExecuted = (row: CellNow): CellNow => ({ ...row, flight: null })

/** A person can see it and retry (S2). */
export const refused = (row: CellNow, code: string, said: string): CellNow => ({ ...row, ...free, flight: null, refusal: code, refusalSaid: said.slice(0, 500) })

/** The answer is lost: the flight stays and the next turn replays it (R15). Eight of its own and it is refused (S6). */
export function unknown(row: CellNow, ownFault: boolean): CellNow {
  const tries = row.tries + (ownFault ? 1 : 0)
  return { ...row, held: null, tries }
}

/** R16: nothing can be replayed. Believe nothing, look once the send can't land any more. */
export function unknowable(row: CellNow, look: LookRequest): CellNow {
  return { ...row, flight: null, anchor: null, looks: [...row.looks, look] }
}

/** Back-off of a row: other rows go on. */
export const held = (row: CellNow, now: Date, ms: number, why: string): CellNow => ({ ...row, held: null, holdUntil: new Date(now.getTime() + ms), holdWhy: why })
