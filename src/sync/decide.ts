/**
 * What to tell the shop about one cell, given what it shows and what we know (R14, R19, R20, R23, R23a). Pure: a sample in, a decision out.
 * A decision that writes says what the send is for, so that its answer can be understood much later, by another process.
 */
import { certain, hasFutureLook, shown, target, targetWithoutProvisional } from '../core/told/belief.ts'
import type { CellNow, Flight, Rules } from '../core/told/row.ts'

export type Decision =
  /** Send `value`; the shop must still show `expected` (raw) where it, or its connector, can compare. */
  | { kind: 'write'; value: number; expected: number; purpose: Flight['kind']; drift: number }
  /** The shop shows it already. */
  | { kind: 'nothing'; value: number; purpose: Flight['kind']; drift: number }

export interface Decided {
  decision: Decision
  /** The row's drift from here on (R20). */
  drift: CellNow['drift']
  /** Theirs is not ours: recorded with both numbers at first sight; `confirmed` at the second, when no order can explain it any more. */
  difference: { theirs: number; believed: number | null; confirmed: boolean } | null
}

const write = (value: number, expected: number, purpose: Flight['kind'], drift = 0): Extract<Decision, { kind: 'write' }> => ({
  kind: 'write',
  value,
  expected,
  purpose,
  drift,
})

/** R14: the fast path. The cell must be `fast()`. The expectation is what we believe, raw; nothing to write when that is the target. */
export function decideFast(cell: CellNow): Decision {
  const believed = shown(cell) as number
  const value = target(cell)
  return Math.max(0, believed) === value ? { kind: 'nothing', value: believed, purpose: 'confirm', drift: 0 } : write(value, believed, 'confirm')
}

/** R23a: lower first, find out afterwards. The cell must `owesCut()`. */
export function decideCut(cell: CellNow, shows: number): Extract<Decision, { kind: 'write' }> {
  return write(targetWithoutProvisional(cell), shows, 'cut')
}

/**
 * After a look that stood still: `shows` is what the shop shows. `blocked` = an inbox row that may name the article can't be applied (R23).
 * Only cuts while something that could have sold is not known yet.
 */
export function decideAfterLook(cell: CellNow, shows: number, rules: Rules, now: Date, blocked: boolean): Decided {
  const finish = (value: number, purpose: Flight['kind'], drift: CellNow['drift'], carried = 0, difference: Decided['difference'] = null): Decided => ({
    decision: Math.max(0, shows) === value ? { kind: 'nothing', value: shows, purpose, drift: carried } : write(value, shows, purpose, carried),
    drift,
    difference,
  })

  if (cell.unrouted > 0 || rules.resendPending || blocked || hasFutureLook(cell, now)) {
    return finish(Math.max(0, Math.min(shows, targetWithoutProvisional(cell))), 'partial', cell.drift)
  }
  const believed = shown(cell)
  const wants = target(cell)
  if (believed === null || !certain(cell, rules)) {
    const seenBefore = cell.drift !== null && Math.max(0, shows) !== wants
    return finish(wants, 'confirm', null, 0, seenBefore ? { theirs: shows, believed, confirmed: true } : null)
  }
  const drift = shows - believed
  if (drift === 0) return finish(wants, 'confirm', null)
  if (cell.drift !== null) return finish(wants, 'confirm', null, 0, { theirs: shows, believed, confirmed: true })
  const sight = { theirs: shows, believed, confirmed: false }
  const firstSight = { amount: drift, firstSeenAt: now.toISOString() }
  if (drift < 0) return finish(Math.max(0, shows + cell.available - cell.buffer - believed), 'carry', firstSight, drift, sight)
  return finish(Math.min(wants, Math.max(0, shows)), 'watch', firstSight, 0, sight)
}
