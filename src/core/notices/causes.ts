/** Why something waits for a person: every cause there is, the most urgent first. What waits is the view `attention` of the database; what to press for it, web/contract/attention.ts. */
const PRESSING = [
  // nothing moves while it lasts
  'link-stopped',
  'link-failing',
  'right-missing',
  'restored',
  'link-paused',
  'mail-unsent',
  // money, goods or a promise may go wrong
  'negative',
  'order-unknown',
  'order-loss',
  'order-elsewhere',
  'order-unrouted',
  'order-refused',
  'message',
  'privacy-request',
  'difference',
  // something isn’t told or shown as it should be
  'link-moved',
  'ambiguous',
  'item-gone',
  'missing',
  'place-gone',
  'not-tracked',
  'not-stocked',
  'value-refused',
  'too-hot',
  'remote-strange',
  'no-stock-yet',
  'bundle',
  'fulfilment-service',
  'has-choices',
  'product-refused',
  'invoice-refused',
  'invoice-no-pdf',
  'invoice-asks',
  'view-silent',
  'view-late',
  'view-resync',
  'view-crowded',
  'view-rejected',
  'webhook-failing',
  'hooks-foreign',
  'run-failed',
  'bulk-failed',
] as const
/** When there is time: nobody is written to about these alone. */
const WHEN_THERE_IS_TIME = ['first-sync', 'run-ready', 'run-paused', 'import-ready', 'telling-paused', 'bulk-ready', 'setup-unfinished', 'mail-untried', 'uncounted'] as const
export const CAUSES = [...PRESSING, ...WHEN_THERE_IS_TIME]
export type Cause = (typeof CAUSES)[number]
export const CALM: ReadonlySet<Cause> = new Set(WHEN_THERE_IS_TIME)
/** In one language. One text = there is never more than one of it at a link. */
export type CauseWords = Record<Cause, string | readonly [one: string, more: string]>
/** In one language. */
export type CauseMeans = Record<Cause, string>
