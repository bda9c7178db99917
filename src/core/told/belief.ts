/** What we believe a listener shows, and whether that is what it should show. Pure. */
import type { CellNow, Rules, StockRow } from './row.ts'

/** The shop's raw number as we believe it, may be negative; null = we don't know. */
export const shown = (row: Pick<StockRow, 'anchor' | 'seen'>): number | null => (row.anchor === null ? null : row.anchor.value + row.seen - row.anchor.seen)

/** What the listener is to show (R4): never negative, the buffer taken off. */
export const target = (cell: Pick<CellNow, 'available' | 'buffer'>): number => Math.max(0, cell.available - cell.buffer)

/** The same without pieces that are only provisionally counted here (R23). */
export const targetWithoutProvisional = (cell: Pick<CellNow, 'available' | 'buffer' | 'provisional'>): number => Math.max(0, cell.available + cell.provisional - cell.buffer)

/** R6: nothing about the shop's own movements has to be guessed. */
export const certain = (cell: Pick<CellNow, 'unrouted'>, rules: Rules): boolean => rules.compares && rules.ruleKnown && cell.unrouted === 0 && !rules.resendPending

/** R7. The database says the same in told_in_sync(); a test holds them together. A number that is taken over is right when it is known. */
export function inSync(cell: CellNow): boolean {
  const believed = shown(cell)
  return (
    believed !== null && cell.flight === null && cell.looks.length === 0 && cell.drift === null && cell.unrouted === 0 && (cell.takes || Math.max(0, believed) === target(cell))
  )
}

/** A look request that no look begun now can answer: an earlier send may still land (R22). */
export const hasFutureLook = (row: Pick<StockRow, 'looks'>, now: Date): boolean =>
  row.looks.some((look) => look.notBefore !== undefined && Date.parse(look.notBefore) > now.getTime())

/** The requests a look begun now answers (R24). */
export const answerable = (row: Pick<StockRow, 'looks'>, now: Date): string[] =>
  row.looks.filter((look) => look.notBefore === undefined || Date.parse(look.notBefore) <= now.getTime()).map((look) => look.id)

/** R14's condition: the shop can be told at once, expecting what we believe. */
export const fast = (cell: CellNow, rules: Rules): boolean =>
  !cell.takes && certain(cell, rules) && cell.anchor !== null && cell.looks.length === 0 && cell.drift === null && cell.flight === null

/** R23a: a till sale must not wait for the lag; lower first, then find out. `shows` is what the shop was just seen to show. */
export function owesCut(cell: CellNow, rules: Rules, shows: number, now: Date): boolean {
  if (cell.takes) return false
  if (certain(cell, rules) && cell.anchor !== null) return false
  if (cell.flight !== null || cell.drift !== null || hasFutureLook(cell, now)) return false
  return cell.low > Math.max(cell.told, cell.cut) && targetWithoutProvisional(cell) < shows
}
