/** "Why is it 5?": every movement of an article, with who, when, from what, and the running numbers. */
import { articlesByIds } from '../../core/articles/articles.sql.ts'
import { timelinePage } from '../../core/stock/levels.sql.ts'
import type { Tx } from '../../db/open.ts'
import type { Answered } from '../contract/routes.ts'
import { cursorOf, idAfter, pageOf } from '../cursors.ts'
import { type Ask, found } from '../handlers.ts'
import { namedActors } from './actors.ts'

export async function timeline(tx: Tx, { params, query }: Ask<'articles.timeline'>): Promise<Answered<'articles.timeline'>> {
  found((await articlesByIds(tx, [params.articleId]))[0])
  const rows = await timelinePage(tx, { articleId: params.articleId, locationId: query.locationId ?? null, beforeId: idAfter(query.cursor), limit: query.limit + 1 })
  const actor = await namedActors(
    tx,
    rows.map((row) => row.actor),
  )
  return pageOf(
    rows,
    query.limit,
    (row) => cursorOf(row.id),
    (row) => ({ ...row, actor: actor(row.actor) }),
  )
}
