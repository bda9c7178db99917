/** Levels and the documents that move stock over HTTP. */

import { compareCount, countStock } from '../../core/stock/count-stock.ts'
import { type DocumentRow, documentById, documentPage } from '../../core/stock/documents.sql.ts'
import { levelPage, movementPage } from '../../core/stock/levels.sql.ts'
import { receiveGoods } from '../../core/stock/receive-goods.ts'
import { registerSale } from '../../core/stock/register-sale.ts'
import { reservationPage } from '../../core/stock/reservations.sql.ts'
import { releaseReservation, reserveStock } from '../../core/stock/reserve-stock.ts'
import { writeOff } from '../../core/stock/write-off.ts'
import type { Tx } from '../../db/open.ts'
import type { Answered } from '../contract/routes.ts'
import { countForm, receiptForm, saleForm } from '../contract/stock.ts'
import { cursorOf, idAfter, pageOf } from '../cursors.ts'
import { byItself, found, type Handlers, inCompany } from '../handlers.ts'
import { namedActors } from './actors.ts'
import { eachLine } from './batch.ts'
import { namedExactly, onlyOne } from './named-exactly.ts'
import { articleNames } from './stock.sql.ts'

/** More than this apart, counts made while the till was offline may be wrong (L9). */
const CLOCKS_APART_MS = 2 * 60_000

type Noun = 'levels' | 'movements' | 'sales' | 'goods-receipts' | 'counts' | 'corrections' | 'reservations' | 'documents'

export const stock: Pick<Handlers, Extract<keyof Handlers, `${Noun}.${string}`>> = {
  'levels.list': inCompany(async (tx, { query }) => {
    const articleId = await oneArticle(tx, query)
    if (articleId === 'unknown') return { items: [], next: null }
    const rows = await levelPage(tx, {
      articleId,
      locationId: query.locationId ?? null,
      changedAfter: query.changedAfter ?? null,
      afterArticleId: idAfter(query.cursor) ?? 0,
      limit: query.limit + 1,
    })
    const articles = [...new Set(rows.map((row) => row.articleId))]
    const shown = new Set(articles.slice(0, query.limit))
    const last = articles.slice(0, query.limit).at(-1)
    return { items: rows.filter((row) => shown.has(row.articleId)), next: articles.length > query.limit && last !== undefined ? cursorOf(last) : null }
  }),

  'movements.list': inCompany(async (tx, { query }) => {
    const articleId = await oneArticle(tx, query)
    if (articleId === 'unknown') return { items: [], next: null }
    const { locationId = null, kind = null, postedAfter = null } = query
    const rows = await movementPage(tx, { articleId, locationId, kind, postedAfter, beforeId: idAfter(query.cursor), limit: query.limit + 1 })
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
  }),

  'sales.register': inCompany(async (tx, { body, by }) => await registerSale(tx, body, by)),
  'sales.register-many': byItself(async (companyId, ask) => {
    const { sentAt, sales } = ask.body
    const clockSkewMs = sentAt === undefined ? null : sentAt.getTime() - ask.by.now.getTime()
    const made = await eachLine(ask, companyId, sales, saleForm, async (tx, form) => await registerSale(tx, form, ask.by))
    return { ...made, clockSkewMs, clockWrong: clockSkewMs !== null && Math.abs(clockSkewMs) > CLOCKS_APART_MS }
  }),
  'goods-receipts.register': inCompany(async (tx, { body, by }) => await receiveGoods(tx, body, by)),
  'goods-receipts.register-many': byItself(
    async (companyId, ask) => await eachLine(ask, companyId, ask.body.receipts, receiptForm, async (tx, form) => await receiveGoods(tx, form, ask.by)),
  ),
  'counts.register': inCompany(async (tx, { body, by }) => await countStock(tx, body, by)),
  'counts.compare': inCompany(async (tx, { body, by }) => ({ lines: await compareCount(tx, body, by) })),
  'counts.register-many': byItself(async (companyId, ask) => await eachLine(ask, companyId, ask.body.counts, countForm, async (tx, form) => await countStock(tx, form, ask.by))),
  'corrections.register': inCompany(async (tx, { body, by }) => await writeOff(tx, body, by)),

  'reservations.list': inCompany(async (tx, { query }) => {
    const rows = await reservationPage(tx, { key: query.key ?? null, state: query.state ?? null, beforeId: idAfter(query.cursor), limit: query.limit + 1 })
    return pageOf(
      rows,
      query.limit,
      (row) => cursorOf(row.id),
      (row) => row,
    )
  }),
  'reservations.claim': inCompany(async (tx, { body, by }) => await reserveStock(tx, body, by)),
  'reservations.release': inCompany(async (tx, { params, by }) => await releaseReservation(tx, params.reservationId, by)),

  'documents.list': inCompany(async (tx, { query }) => {
    const rows = await documentPage(tx, { type: query.type ?? null, ref: query.ref ?? null, beforeId: idAfter(query.cursor), limit: query.limit + 1 })
    const shown = await documents(tx, rows.slice(0, query.limit))
    return {
      ...pageOf(
        rows,
        query.limit,
        (row) => cursorOf(row.id),
        () => null,
      ),
      items: shown,
    }
  }),
  'documents.show': inCompany(async (tx, { params }) => found((await documents(tx, [found(await documentById(tx, params.documentId))]))[0])),
}

/** The article a list is cut down to; null = all. */
async function oneArticle(tx: Tx, query: { articleId?: number | undefined; number?: string | undefined; barcode?: string | undefined }): Promise<number | 'unknown' | null> {
  onlyOne([query.articleId, query.number, query.barcode].map((each) => each?.toString()))
  if (query.articleId !== undefined) return query.articleId
  const rows = await namedExactly(tx, query)
  return rows === null ? null : (rows[0]?.articleId ?? 'unknown')
}

/** As they were handed in; articles are called what they are called now. */
async function documents(tx: Tx, rows: DocumentRow[]): Promise<Answered<'documents.show'>[]> {
  const ids = [...new Set(rows.flatMap((row) => row.lines.map((line) => line.article)))]
  const names = new Map((await articleNames(tx, ids)).map((row) => [row.id, row]))
  const actor = await namedActors(
    tx,
    rows.map((row) => row.actor),
  )
  return rows.map((row) => ({
    ...row,
    actor: actor(row.actor),
    lines: row.lines.map((line) => ({
      articleId: line.article,
      articleNumber: names.get(line.article)?.number ?? line.number,
      articleName: names.get(line.article)?.name ?? '',
      quantity: line.quantity,
      unitPriceMinor: line.price ?? null,
      unitCostMinor: line.cost ?? null,
      book: line.book ?? null,
      difference: line.difference ?? null,
    })),
  }))
}
