/** What one article's state towards one webshop is called, what it means, and the one thing to do about it. */

import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { type NextAction, STATE_MEANS, type Standing } from '../../src/web/contract/standings.ts'
import type { ArticleState } from '../../src/web/contract/states.ts'
import type { ConnectionHead } from '../queries.ts'
import { Icon } from './icons.tsx'

/** These come from the connection: while it stands still, or may not be told of stock, that is the only thing to say. */
export type ShownState = ArticleState | 'paused' | 'right-missing'
const TONES = { 'in-sync': 'good', waiting: 'wait', 'needs-somebody': 'act', 'left-alone': 'quiet' } as const

/** What is to be pressed; null = nothing. */
export function nextAction(state: ShownState): NextAction | null {
  const { next } = STATE_MEANS[state]
  return next === 'wait' ? null : next
}
export const needsSomebody = (state: ShownState): boolean => STATE_MEANS[state].standing === 'needs-somebody'

/** Its Webshop box isn't ticked: by nobody, by a person, or by an undo. */
export const isUnticked = (state: ShownState): boolean => state === 'not-boxed' || state === 'undone'

/** What waits by itself waits for the right instead; what needs somebody anyway says so. */
export function shownState(shop: Pick<ConnectionHead, 'state' | 'stopped'>, state: ArticleState): ShownState {
  if (isUnticked(state)) return state
  if (shop.state === 'paused') return 'paused'
  return STATE_MEANS[state].standing === 'waiting' && shop.stopped.some(({ what }) => what === 'stock') ? 'right-missing' : state
}

const ICONS = { good: 'check', wait: 'wait', act: 'alert', quiet: 'cross' } as const

/** How something stands, by its colour and its sign. */
export function StandingTag({ standing, title, children }: { standing: Standing; title?: string; children: ReactNode }) {
  const tone = TONES[standing]
  return (
    <span className={`tag tag-${tone}`} title={title}>
      <Icon name={ICONS[tone]} size={14} />
      {children}
    </span>
  )
}

export function StateTag({ state, prefix }: { state: ShownState; prefix?: string }) {
  const { t } = useTranslation()
  return (
    <StandingTag standing={STATE_MEANS[state].standing} title={t(`states.${state}.words`)}>
      {prefix !== undefined && <span className="tag-prefix">{prefix}</span>}
      <span className="tag-words">{t(`states.${state}.name`)}</span>
    </StandingTag>
  )
}

const ORDER = Object.keys(STATE_MEANS)
/** Worst first. */
export const rank = (state: ShownState): number => ORDER.indexOf(state)

/** As the lists' filters show them. */
export const STATE_ORDER = (Object.keys(STATE_MEANS) as ShownState[]).filter((state): state is ArticleState => state !== 'paused' && state !== 'right-missing')
export const isArticleState = (value: unknown): value is ArticleState => STATE_ORDER.some((state) => state === value)
