/** What one article's state towards one webshop is called, what it means, and the one thing to do about it. */

import { useTranslation } from 'react-i18next'
import type { ArticleState } from '../../src/web/contract/states.ts'
import type { ConnectionHead } from '../queries.ts'
import { Icon } from './icons.tsx'

/** These come from the connection: while it stands still, or may not be told of stock, that is the only thing to say. */
export type ShownState = ArticleState | 'paused' | 'right-missing'
/** What a person can do: one next action per state, or nothing because it goes on by itself. */
export type NextAction = 'mind' | 'find' | 'track' | 'stock' | 'retry' | 'untick' | 'tick' | 'count' | 'places' | 'open' | null

/** What needs somebody first. */
const STATES: Record<ShownState, { tone: 'good' | 'wait' | 'act' | 'quiet'; next: NextAction }> = {
  paused: { tone: 'act', next: 'open' },
  'right-missing': { tone: 'act', next: 'open' },
  'link-moved': { tone: 'act', next: 'find' },
  ambiguous: { tone: 'act', next: 'find' },
  missing: { tone: 'act', next: 'find' },
  'not-tracked': { tone: 'act', next: 'track' },
  'not-stocked': { tone: 'act', next: 'stock' },
  bundle: { tone: 'act', next: 'untick' },
  'fulfilment-service': { tone: 'act', next: 'untick' },
  'has-choices': { tone: 'act', next: 'untick' },
  'item-gone': { tone: 'act', next: 'find' },
  'place-gone': { tone: 'act', next: 'places' },
  'value-refused': { tone: 'act', next: 'retry' },
  'too-hot': { tone: 'act', next: 'retry' },
  'remote-strange': { tone: 'act', next: 'retry' },
  'no-stock-yet': { tone: 'act', next: 'count' },
  'not-synced-yet': { tone: 'act', next: 'open' },
  stocking: { tone: 'wait', next: null },
  looking: { tone: 'wait', next: null },
  checking: { tone: 'wait', next: null },
  waiting: { tone: 'wait', next: null },
  'in-sync': { tone: 'good', next: null },
  'left-out': { tone: 'quiet', next: 'mind' },
  'not-boxed': { tone: 'quiet', next: 'tick' },
}

export function nextAction(state: ShownState): NextAction {
  return STATES[state].next
}
export function needsSomebody(state: ShownState): boolean {
  return STATES[state].tone === 'act'
}

/** What waits by itself waits for the right instead; what needs somebody anyway says so. */
export function shownState(shop: Pick<ConnectionHead, 'state' | 'stopped'>, state: ArticleState): ShownState {
  if (state === 'not-boxed') return state
  if (shop.state === 'paused') return 'paused'
  return STATES[state].tone === 'wait' && shop.stopped.some(({ what }) => what === 'stock') ? 'right-missing' : state
}

const ICONS = { good: 'check', wait: 'wait', act: 'alert', quiet: 'cross' } as const

export function StateTag({ state, prefix }: { state: ShownState; prefix?: string }) {
  const { t } = useTranslation()
  const { tone } = STATES[state]
  return (
    <span className={`tag tag-${tone}`} title={t(`states.${state}.words`)}>
      <Icon name={ICONS[tone]} size={14} />
      {prefix !== undefined && <span className="tag-prefix">{prefix}</span>}
      <span className="tag-words">{t(`states.${state}.name`)}</span>
    </span>
  )
}

const ORDER = Object.keys(STATES)
/** Worst first. */
export const rank = (state: ShownState): number => ORDER.indexOf(state)

/** As the lists' filters show them. */
export const STATE_ORDER = (Object.keys(STATES) as ShownState[]).filter((state): state is ArticleState => state !== 'paused' && state !== 'right-missing')
export const isArticleState = (value: unknown): value is ArticleState => STATE_ORDER.some((state) => state === value)
