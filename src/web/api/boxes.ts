/** The Webshop box: one article, a selection, a filter, or every article whose number is found in the shop; looked at first if asked. */
import { articlesByIds } from '../../core/articles/articles.sql.ts'
import type { By } from '../../core/by.ts'
import { articlesFoundInShop } from '../../core/listings/listings.sql.ts'
import { lockOrders } from '../../core/orders/orders.sql.ts'
import { Refusal } from '../../core/refusal.ts'
import { tickBox, untickBox } from '../../core/told/tick-box.ts'
import type { Tx } from '../../db/open.ts'
import type { Answered, Asked } from '../contract/routes.ts'
import { boxesOf } from './connections.sql.ts'

const SHOWN = 50

/** Every id must be one of ours. */
export async function ourArticles(tx: Tx, ids: number[]): Promise<number[]> {
  const wanted = [...new Set(ids)]
  const known = new Set((await articlesByIds(tx, wanted)).map((article) => article.articleId))
  const strange = wanted.find((id) => !known.has(id))
  if (strange !== undefined) throw new Refusal('unknown-article', { field: 'articleIds', article: strange })
  return wanted
}

export async function boxArticles(tx: Tx, connectionId: number, form: Asked<'connections.box', 'body'>, by: By): Promise<Answered<'connections.box'>> {
  const ids =
    form.foundInShop === true
      ? (await articlesFoundInShop(tx, connectionId)).map((row) => row.articleId)
      : form.articleIds === undefined
        ? null
        : await ourArticles(tx, form.articleIds)
  const articles = await boxesOf(tx, connectionId, { ids, q: form.filter?.q ?? null })
  const change = articles.filter((article) => article.boxed !== form.boxed)
  const changed = change.map((article) => article.id)
  if (!form.preview && changed.length > 0) {
    // An order that is taken in writes links too, and takes its lock first.
    await lockOrders(tx, connectionId)
    await (form.boxed ? tickBox(tx, connectionId, changed, by) : untickBox(tx, connectionId, changed, by))
  }
  return { changed: changed.length, same: articles.length - changed.length, sample: change.slice(0, SHOWN).map(({ id, number, name }) => ({ articleId: id, number, name })) }
}
