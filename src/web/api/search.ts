/** Search everywhere over HTTP: what exactly bears the text first, then what begins with it, then what has it in its name. */
import { keyMay } from '../../core/people/api-key.ts'
import type { Tx } from '../../db/open.ts'
import type { Scope } from '../contract/people.ts'
import type { Answered } from '../contract/routes.ts'
import { MOST_FOUND } from '../contract/search.ts'
import { STATE_MEANS } from '../contract/standings.ts'
import { DOCUMENT_TYPES } from '../contract/stock.ts'
import { type Ask, type Handlers, inCompany } from '../handlers.ts'
import { stateShown } from './article-state.ts'
import { statesOf } from './articles.sql.ts'
import { namedExactly } from './named-exactly.ts'
import { articlesFound, articlesNamed, articlesStarting, customersFound, documentsFound, invoicesFound, ordersFound } from './search.sql.ts'

type Searched = Answered<'search.find'>
/** One more than is shown says that there are more. */
const ASKED = MOST_FOUND + 1
const cut = <T>(rows: T[]) => ({ items: rows.slice(0, MOST_FOUND), more: rows.length > MOST_FOUND })

export const search: Pick<Handlers, 'search.find'> = {
  'search.find': inCompany(async (tx, ask) => {
    const q = (ask.query.q ?? '').trim()
    const may = await rightsOf(tx, ask)
    if (q === '') return { exact: null, articles: cut([]), orders: null, customers: null, invoices: null, documents: null }
    const { exact, articles } = await articlesOf(tx, q)
    return {
      exact,
      articles,
      orders: may('orders:read') ? cut(await ordersFound(tx, q, ASKED)) : null,
      // A letter or two are in everybody's name.
      customers: may('customers:read') ? cut(q.length < 3 ? [] : await customersFound(tx, q, ASKED)) : null,
      invoices: may('orders:read') ? cut(await invoicesFound(tx, q, ASKED)) : null,
      documents: may('stock:read') ? cut(await documentsFound(tx, q, DOCUMENT_TYPES, ASKED)) : null,
    }
  }),
}

/** A person sees all of the company; a key what its scopes say. */
async function rightsOf(tx: Tx, { caller, by }: Ask<'search.find'>): Promise<(scope: Scope) => boolean> {
  if (caller?.kind !== 'key') return () => true
  const { scopes } = await keyMay(tx, caller.keyId, by)
  return (scope) => scopes.includes(scope)
}

async function articlesOf(tx: Tx, q: string): Promise<Pick<Searched, 'exact' | 'articles'>> {
  const byNumber = (await namedExactly(tx, { number: q })) ?? []
  const byBarcode = (await namedExactly(tx, { barcode: q })) ?? []
  const by = new Map<number, Searched['articles']['items'][number]['by']>()
  for (const hit of byNumber) by.set(hit.articleId, hit.moved ? 'former-number' : 'number')
  for (const hit of byBarcode) if (!by.has(hit.articleId)) by.set(hit.articleId, 'barcode')
  const [first] = by.keys()
  for (const id of await articlesStarting(tx, q, ASKED)) if (!by.has(id)) by.set(id, 'part')
  if (by.size < ASKED && q.length > 1) for (const id of await articlesNamed(tx, q, ASKED)) if (!by.has(id)) by.set(id, 'part')
  const ids = [...by.keys()].slice(0, ASKED)
  const needing = new Set((await statesOf(tx, ids)).filter(({ state }) => STATE_MEANS[stateShown(state)].standing === 'needs-somebody').map(({ articleId }) => articleId))
  const rows = await articlesFound(tx, ids)
  return {
    exact: first === undefined ? null : { articleId: first },
    articles: cut(rows.map((row) => ({ ...row, by: by.get(row.id) ?? 'part', needsSomebody: needing.has(row.id) }))),
  }
}
