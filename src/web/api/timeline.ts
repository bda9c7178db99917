/** "Why is it 5?": every event of an article, with who, when, from what, and the running numbers; and how the number came about. */
import { articlesByIds } from '../../core/articles/articles.sql.ts'
import { Refusal } from '../../core/refusal.ts'
import { accountOf } from '../../core/stock/as-of.sql.ts'
import type { Tx } from '../../db/open.ts'
import type { Answered } from '../contract/routes.ts'
import { cursorOf, pageOf, rankedMomentAfter } from '../cursors.ts'
import { type Ask, found } from '../handlers.ts'
import { type Actor, namedActors } from './actors.ts'
import { type EventRow, eventPage } from './timeline.sql.ts'

type Page = Answered<'articles.timeline'>

export async function timeline(tx: Tx, { params, query, by }: Ask<'articles.timeline'>): Promise<Page> {
  found((await articlesByIds(tx, [params.articleId]))[0])
  const { articleId } = params
  const { locationId = null, from = null, until = null, cursor, limit } = query
  if (query.show === 'all' && locationId === null) throw new Refusal('bad-input', { field: 'locationId', reason: 'missing' })
  const rows = await eventPage(tx, { articleId, locationId, moved: query.show === 'moved', from, until, before: rankedMomentAfter(cursor), limit: limit + 1 })
  const actor = await namedActors(
    tx,
    rows.map((row) => row.actor),
  )
  const page = pageOf(
    rows,
    limit,
    (row) => cursorOf(row.postedAt.toISOString(), row.rank, row.id),
    (row) => eventOf(row, actor),
  )
  const asOf = locationId === null || cursor !== undefined ? null : await asOfOf(tx, { articleId, locationId }, from, until ?? by.now)
  return { ...page, asOf }
}

function eventOf(
  { rank, orderId, orderName, editLines, cancelled, connectionId, connectionName, actor: who, ...row }: EventRow,
  actor: (actor: string) => Actor,
): Page['items'][number] {
  const edit = editLines === null && cancelled === null ? null : { lines: editLines ?? [], cancelled }
  return {
    ...row,
    actor: actor(who),
    connection: connectionId === null || connectionName === null ? null : { id: connectionId, name: connectionName },
    order: orderId === null || orderName === null ? null : { id: orderId, name: orderName, edit },
  }
}

async function asOfOf(tx: Tx, cell: { articleId: number; locationId: number }, from: Date | null, until: Date): Promise<Page['asOf']> {
  const account = await accountOf(tx, cell, from, until)
  const { onHand, reserved, known } = account.end
  const level = known ? { onHand, reserved, available: onHand - reserved } : { onHand: null, reserved: null, available: null }
  return { from, until, ...level, ...account }
}
