/** A view's links over HTTP. */
import { articlesByGtins, articlesByNumbers } from '../../core/articles/articles.sql.ts'
import { gtin14 } from '../../core/articles/barcode.ts'
import { forgetExternalId, linksOf } from '../../core/views/links.sql.ts'
import { viewById } from '../../core/views/views.sql.ts'
import type { Tx } from '../../db/open.ts'
import { cursorOf, pageOf, rankedCellAfter } from '../cursors.ts'
import { found, type Handlers, inCompany } from '../handlers.ts'

/** Of a number or a barcode nobody has: no article, so no links. */
async function articleAsked(tx: Tx, { number, gtin }: { number?: string | undefined; gtin?: string | undefined }): Promise<{ asked: boolean; articleId: number | null }> {
  if (number !== undefined) return { asked: true, articleId: (await articlesByNumbers(tx, [number]))[0]?.articleId ?? null }
  if (gtin === undefined) return { asked: false, articleId: null }
  const known = gtin14(gtin)
  return { asked: true, articleId: known === null ? null : ((await articlesByGtins(tx, [known]))[0]?.articleId ?? null) }
}

export const viewLinks: Pick<Handlers, 'views.links' | 'views.forget-link'> = {
  'views.links': inCompany(async (tx, { params, query }) => {
    const view = found(await viewById(tx, params.viewId))
    const { asked, articleId } = await articleAsked(tx, query)
    if (asked && articleId === null) return { items: [], next: null }
    const which = { entity: query.entity ?? null, id: query.id ?? null, articleId, externalId: query.externalId ?? null }
    const rows = await linksOf(tx, view.id, which, rankedCellAfter(query.cursor), query.limit + 1)
    return pageOf(
      rows,
      query.limit,
      (row) => cursorOf(row.rank, row.id, row.locationId),
      ({ rank: _rank, ...row }) => ({ ...row, locationId: row.locationId === 0 ? null : row.locationId }),
    )
  }),
  'views.forget-link': inCompany(async (tx, { params, body }) => {
    const view = found(await viewById(tx, params.viewId))
    return { items: await forgetExternalId(tx, view.id, body.entity, body.externalId) }
  }),
}
