/** What waits for somebody, each with its words and the list it leads to; most urgent first. */
import type { LinkProps } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { ArticleState } from '../../src/web/contract/states.ts'
import { pieces } from '../format.ts'
import type { Overview } from '../queries.ts'
import { needsSomebody } from './article-state.tsx'
import type { IconName } from './icons.tsx'

export interface Waiting {
  icon: IconName
  words: string
  link: LinkProps
}

export function useWaiting({ shops, orders, stock }: Overview): Waiting[] {
  const { t } = useTranslation()
  const many = (count: number) => ({ count, shown: pieces(count) })
  const waiting: Waiting[] = []
  const put = (count: number, icon: IconName, words: string, link: LinkProps) => {
    if (count > 0) waiting.push({ icon, words, link })
  }
  for (const { id, name: shop, state, stopped, counts, openDifferences, unread, turnedAway } of shops) {
    const params = { id: String(id) }
    const page = (tab: 'articles' | 'differences' | 'calls'): LinkProps => ({ to: '/webshops/$id', params, search: { tab } })
    const acts = Object.entries(counts).reduce((all, [each, count]) => (needsSomebody(each as ArticleState) ? all + (count ?? 0) : all), 0)
    if (state === 'setup') {
      put(1, 'webshop', t('overview.shop-setup', { shop }), { to: '/webshops/$id/guide', params })
      continue
    }
    put(state === 'paused' ? 1 : 0, 'pause', t('overview.shop-paused', { shop }), page('articles'))
    put(state === 'active' ? stopped.length : 0, 'alert', t('overview.shop-right', { shop }), page('articles'))
    put(acts, 'alert', t('overview.shop-acts', { ...many(acts), shop }), page('articles'))
    put(openDifferences, 'alert', t('overview.shop-differences', { ...many(openDifferences), shop }), page('differences'))
    put(turnedAway, 'order', t('overview.shop-turned-away', { ...many(turnedAway), shop }), page('articles'))
    put(unread, 'alert', t('overview.shop-unread', { ...many(unread), shop }), page('calls'))
  }
  put(orders.exceptions, 'order', t('overview.orders-exception', many(orders.exceptions)), { to: '/orders', search: { state: 'exception' } })
  put(orders.unrouted, 'order', t('overview.orders-unrouted', many(orders.unrouted)), { to: '/orders', search: { state: 'unrouted' } })
  put(stock.negative, 'articles', t('overview.stock-negative', many(stock.negative)), { to: '/articles', search: { stock: 'negative' } })
  put(stock.uncounted, 'count', t('overview.stock-uncounted', many(stock.uncounted)), { to: '/articles', search: { stock: 'uncounted' } })
  return waiting
}
