/** What is pressed for what waits: a page that tells more, or the thing done at once; of one thing, or of all of its group. */
import type { LinkProps } from '@tanstack/react-router'
import i18next from 'i18next'
import type { Cause } from '../../src/web/contract/attention.ts'
import type { Answer } from '../../src/web/contract/routes.ts'
import { api } from '../api.ts'
import { ApiProblem } from '../problem.ts'
import type { AttentionGroup } from '../queries.ts'
import { isArticleState } from './article-state.tsx'
import { whyNot } from './webhook-words.ts'

/** One of them, as the list or the sample has it. */
export interface Waits {
  id: number
  targetId: number | null
}
export type Act =
  | { kind: 'go'; link: LinkProps }
  | { kind: 'do' /** It changes many at once, or something in the shop: asked first. */; asks: 'track' | 'stock' | 'untick' | null; run: () => Promise<unknown> }

const go = (link: LinkProps): Act => ({ kind: 'go', link })
const at = (run: () => Promise<unknown>, asks: 'track' | 'stock' | 'untick' | null = null): Act => ({ kind: 'do', asks, run })
const MOST_FOUND = 500

/** `one` null = all of the group. */
export function actOf({ cause, action, listener, sample }: AttentionGroup, one: Waits | null): Act {
  const connectionId = listener?.id ?? 0
  const params = { id: String(connectionId) }
  const ask = { params: { connectionId } }
  const some = one === null ? {} : { articleIds: [one.id] }
  const target = String((one ?? sample[0])?.targetId ?? 0)
  const shop = (tab: 'differences' | 'incoming' | 'import'): Act => go({ to: '/webshops/$id', params, search: { tab } })
  /** One after the other, where there is no asking for many: one that is refused keeps the rest from nothing, and is said at the end. */
  const each = (press: (id: number) => Promise<unknown>): Act =>
    at(async () => {
      const refused: unknown[] = []
      for (const id of one === null ? await idsOf(cause, connectionId) : [one.id]) await press(id).catch((error: unknown) => refused.push(error))
      if (refused.length > 0) throw refused[0]
    })
  switch (action) {
    case 'resume':
      return at(() => api('connections.resume', { ...ask, body: {} }))
    case 'check':
      return at(() => api('connections.check', { ...ask, body: {} }))
    case 'subscribe':
      return at(() => api('connections.subscribe', { ...ask, body: {} }))
    case 'guide':
    case 'places':
      return go({ to: '/webshops/$id/guide', params })
    case 'first-sync':
      return go({ to: '/webshops/$id', params })
    case 'run':
      return go({ to: '/webshops/$id/runs/$runId', params: { ...params, runId: target } })
    case 'import':
      return shop('import')
    case 'resume-telling':
      return at(() =>
        listener?.kind === 'view'
          ? api('views.resume-run', { params: { viewId: connectionId, runId: sample[0]?.id ?? 0 }, body: {} })
          : api('catalogues.resume-run', { params: { connectionId, runId: sample[0]?.id ?? 0 }, body: {} }),
      )
    case 'find':
      return at(async () => {
        const ids = one === null ? await idsOf(cause, connectionId) : [one.id]
        for (let n = 0; n < ids.length; n += MOST_FOUND) await api('connections.find', { ...ask, body: { articleIds: ids.slice(n, n + MOST_FOUND) } })
      })
    case 'track':
    case 'stock':
      return at(() => api('connections.stocking', { ...ask, body: { ask: action, ...some } }), action)
    case 'untick':
      return at(async () => api('connections.box', { ...ask, body: { boxed: false, articleIds: one === null ? await idsOf(cause, connectionId) : [one.id] } }), 'untick')
    case 'retry':
      return at(() => api('connections.retry', { ...ask, body: { ...some, ...(isArticleState(cause) ? { state: cause } : {}) } }))
    case 'count':
      if (one !== null) return go({ to: '/count', search: { article: one.id } })
      return cause === 'negative' || cause === 'uncounted'
        ? go({ to: '/articles', search: { stock: cause } })
        : go({ to: '/webshops/$id', params, search: { state: 'no-stock-yet' } })
    case 'send-difference':
      return one === null ? shop('differences') : at(() => api('differences.send', { params: { connectionId, differenceId: one.id }, body: {} }))
    case 'retry-products':
      return at(() => api('catalogues.retry', { ...ask, body: {} }))
    case 'bulk':
      return go({ to: '/articles/changes/$id', params: { id: target } })
    case 'order':
      if (one !== null || sample.length === 1) return go({ to: '/orders/$id', params: { id: target } })
      return go({ to: '/orders', search: { state: cause === 'order-unrouted' ? 'unrouted' : 'exception' } })
    case 'send-orders':
      return at(() => api('orders.send-refused', { ...ask, body: {} }))
    case 'fetch-pdf':
      return each((invoiceId) => api('invoices.fetch', { params: { invoiceId }, body: {} }))
    case 'choose-order':
      return go({ to: '/invoices', search: { state: 'asks' } })
    case 'retry-message':
      return each((messageId) => api('connections.retry-message', { params: { connectionId, messageId }, body: {} }))
    case 'customer':
      return (one ?? sample[0])?.targetId == null ? go({ to: '/customers' }) : go({ to: '/customers/$id', params: { id: target } })
    case 'view':
      return go({ to: '/views/$id', params })
    case 'retry-view':
      return at(() => api('views.retry', { params: { viewId: connectionId }, body: {} }))
    case 'test-webhook':
      return at(async () => mustHaveArrived(await api('views.webhook-test', { params: { viewId: connectionId }, body: {} })))
    case 'nothing-missing':
      return go({ to: '/' })
    case 'test-mail':
      return at(() => api('mail.test', { body: {} }))
  }
}

/** What was sent and didn't arrive is said here as what went wrong. */
function mustHaveArrived({ delivered, status, error }: Answer<'views.webhook-test'>): void {
  if (delivered) return
  const words = `${i18next.t('view-webhook.not-arrived')} ${whyNot({ lastStatus: status, lastError: error }, i18next.t)}`
  throw new ApiProblem({ code: 'webhook-failing', status: 0, words, field: null, facts: {} })
}

/** All of a group, page by page. */
async function idsOf(cause: Cause, connectionId: number): Promise<number[]> {
  const ids: number[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page: { items: { id: number }[]; next: string | null } = await api('attention.items', {
      query: { cause, connectionId: String(connectionId), limit: '200', ...(cursor === '' ? {} : { cursor }) },
    })
    ids.push(...page.items.map((item) => item.id))
    cursor = page.next
  }
  return ids
}

/** Where more is told of one of them; null = nowhere. */
export function pageOf({ cause, listener }: AttentionGroup, one: Waits): LinkProps | null {
  const id = String(one.targetId ?? 0)
  if (one.targetId === null) return null
  if (cause === 'invoice-refused' || cause === 'invoice-no-pdf') return { to: '/invoices', search: { state: 'failed' } }
  if (cause.startsWith('order-')) return { to: '/orders/$id', params: { id } }
  if (isArticleState(cause) || ['negative', 'uncounted', 'difference', 'product-refused'].includes(cause)) return { to: '/articles/$id', params: { id } }
  if (cause === 'privacy-request') return { to: '/customers/$id', params: { id } }
  if (cause === 'message' && listener !== null) return { to: '/webshops/$id', params: { id: String(listener.id) }, search: { tab: 'incoming' } }
  return null
}
