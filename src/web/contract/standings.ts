/** What each state asks of a person. Plain words without a schema, so that the pages carry none. */
import type { ArticleState } from './states.ts'

/** How something stands towards whoever is told of it, worst first. left-alone = a person meant it so. */
export const STANDINGS = ['needs-somebody', 'waiting', 'in-sync', 'left-alone'] as const
export type Standing = (typeof STANDINGS)[number]

/** All a person can be asked to do about it, one at a time; `wait` = nothing, it goes on by itself. */
export const NEXT_ACTIONS = [
  // a press
  'tick',
  'untick',
  'find',
  'track',
  'stock',
  'mind',
  'retry',
  'ask',
  'link',
  'resend',
  'send',
  // a page where it is done
  'count',
  'places',
  'guide',
  'open',
  'messages',
  'differences',
  'view',
  'wait',
] as const
export type NextAction = (typeof NEXT_ACTIONS)[number]

interface Meaning {
  standing: Standing
  /** Null = nothing is to be done. */
  next: NextAction | null
}
/** What each state asks of a person. Also of the connection as a whole: while it stands still, or may not be told of stock, that is the only thing to say. */
export const STATE_MEANS: Record<ArticleState | 'paused' | 'right-missing', Meaning> = {
  paused: { standing: 'needs-somebody', next: 'open' },
  'right-missing': { standing: 'needs-somebody', next: 'open' },
  'link-moved': { standing: 'needs-somebody', next: 'find' },
  ambiguous: { standing: 'needs-somebody', next: 'find' },
  missing: { standing: 'needs-somebody', next: 'find' },
  'not-tracked': { standing: 'needs-somebody', next: 'track' },
  'not-stocked': { standing: 'needs-somebody', next: 'stock' },
  bundle: { standing: 'needs-somebody', next: 'untick' },
  'fulfilment-service': { standing: 'needs-somebody', next: 'untick' },
  'has-choices': { standing: 'needs-somebody', next: 'untick' },
  'item-gone': { standing: 'needs-somebody', next: 'find' },
  'place-gone': { standing: 'needs-somebody', next: 'places' },
  'value-refused': { standing: 'needs-somebody', next: 'retry' },
  'too-hot': { standing: 'needs-somebody', next: 'retry' },
  'remote-strange': { standing: 'needs-somebody', next: 'retry' },
  'no-stock-yet': { standing: 'needs-somebody', next: 'count' },
  'not-synced-yet': { standing: 'needs-somebody', next: 'open' },
  stocking: { standing: 'waiting', next: 'wait' },
  looking: { standing: 'waiting', next: 'wait' },
  checking: { standing: 'waiting', next: 'wait' },
  waiting: { standing: 'waiting', next: 'wait' },
  'in-sync': { standing: 'in-sync', next: null },
  'left-out': { standing: 'left-alone', next: 'mind' },
  undone: { standing: 'left-alone', next: 'tick' },
  'not-boxed': { standing: 'left-alone', next: 'tick' },
}
