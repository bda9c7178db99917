/** How far behind a view's reader is, in words. */
import type { TFunction } from 'i18next'
import { pieces, span } from '../format.ts'
import type { View } from '../queries.ts'

/** "10 000+" where counting stopped. */
export const shownUpTo = (n: number, most: number): string => (n >= most ? `${pieces(most)}+` : pieces(n))

/** Of a resend: queued, and still to be queued while it goes on. */
export const resentOf = ({ lag, run }: View): number => lag.backfill + (run === null || run.endedAt !== null ? 0 : Math.max(0, run.expected - run.queued))
/** Live and resent together. */
export const lagOf = (view: View): number => view.lag.live + resentOf(view)
export const shownLag = (view: View): string => shownUpTo(lagOf(view), view.lag.most)

/** As far as anybody can tell: nothing was ever asked for, and nothing waits. */
export const nothingLinked = (view: View): boolean => view.run === null && view.ackedAt === null && lagOf(view) === 0 && view.lag.rejected === 0

/** Since the oldest change that waits, in ms; null = nothing waits. */
export const behindMs = ({ lag }: View, now: number): number | null => (lag.since === null ? null : Math.max(0, now - new Date(lag.since).getTime()))

export function lagWords(view: View, now: number, t: TFunction): string {
  if (nothingLinked(view)) return t('views.nothing-linked')
  if (lagOf(view) === 0) return t('views.all-acked')
  const words = t('views.waiting-n', { count: lagOf(view), shown: shownLag(view) })
  const behind = behindMs(view, now)
  return behind === null ? words : `${words} · ${t('views.behind', { span: span(behind) })}`
}
