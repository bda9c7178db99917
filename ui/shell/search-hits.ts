/** What a search found, as rows that can be chosen: what each says, and where it leads. */
import type { ToOptions } from '@tanstack/react-router'
import type { TFunction } from 'i18next'
import type { Answer } from '../api.ts'
import { moment, pieces } from '../format.ts'
import { nameOfCustomer } from '../parts/customer-name.ts'

type Searched = Answer<'search.find'>
export interface Hit {
  value: string
  name: string
  /** A number, to the letter; null = none. */
  number: string | null
  beside: string
  /** Somebody has to do something about it. */
  alarm: string | null
  to: ToOptions
}
export interface HitGroup {
  kind: 'articles' | 'orders' | 'customers' | 'invoices' | 'documents'
  hits: Hit[]
  /** Where all of them are; null = these are all. */
  all: Hit | null
}

export function groupsOf(found: Searched, asked: string, { t, timeZone }: { t: TFunction; timeZone: string }): HitGroup[] {
  const all = (kind: HitGroup['kind'], more: boolean | undefined, to: ToOptions): Hit | null =>
    more === true ? { value: `all ${kind}`, name: t('search.all'), number: null, beside: '', alarm: null, to } : null
  const search = { q: asked }
  const groups: HitGroup[] = [
    { kind: 'articles', hits: found.articles.items.map((article) => articleHit(article, asked, t)), all: all('articles', found.articles.more, { to: '/articles', search }) },
    {
      kind: 'orders',
      hits: (found.orders?.items ?? []).map(({ id, name, connectionName, placedAt }) =>
        hit('order', id, name, `${connectionName} · ${moment(placedAt, timeZone)}`, { to: '/orders/$id', params: { id: String(id) } }),
      ),
      all: all('orders', found.orders?.more, { to: '/orders', search }),
    },
    {
      kind: 'customers',
      hits: (found.customers?.items ?? []).map((customer) =>
        hit('customer', customer.id, nameOfCustomer(customer, t), [customer.email, customer.phone].filter((each) => each !== null).join(' · '), {
          to: '/customers/$id',
          params: { id: String(customer.id) },
        }),
      ),
      all: all('customers', found.customers?.more, { to: '/customers', search }),
    },
    {
      kind: 'invoices',
      hits: (found.invoices?.items ?? []).map(({ id, number, connectionName, orderId }) =>
        hit('invoice', id, number, connectionName, orderId === null ? { to: '/invoices', search: { q: number } } : { to: '/orders/$id', params: { id: String(orderId) } }),
      ),
      all: all('invoices', found.invoices?.more, { to: '/invoices', search }),
    },
    {
      kind: 'documents',
      hits: (found.documents?.items ?? []).map(({ id, type, ref, occurredAt }) =>
        hit('document', id, ref, `${t(`search.type.${type}`)} · ${moment(occurredAt, timeZone)}`, { to: '/documents/$id', params: { id: String(id) } }),
      ),
      all: all('documents', found.documents?.more, { to: '/documents' }),
    },
  ]
  return groups.filter(({ hits }) => hits.length > 0)
}

const hit = (kind: string, id: number, name: string, beside: string, to: ToOptions): Hit => ({ value: `${kind} ${id}`, name, number: null, beside, alarm: null, to })

/** One that isn't in sync leads to why. */
function articleHit({ id, number, name, by, available, needsSomebody }: Searched['articles']['items'][number], asked: string, t: TFunction): Hit {
  const shown = available === null ? null : t('search.available', { shown: pieces(available) })
  const was = by === 'former-number' ? t('search.was', { asked }) : null
  return {
    ...hit('article', id, name, [was, shown].filter((each) => each !== null).join(' · '), {
      to: '/articles/$id',
      params: { id: String(id) },
      ...(needsSomebody ? { hash: 'sync' } : {}),
    }),
    number,
    alarm: needsSomebody ? t('search.needs') : null,
  }
}
