/** What one reader of our products has of an article: an outside system's sync view, or the catalogue a shop is told of. */
import { latestResend } from '../../core/views/runs.sql.ts'
import type { ViewRow } from '../../core/views/view.ts'
import { type Why, whyEach } from '../../core/views/why.ts'
import type { Tx } from '../../db/open.ts'
import type { SyncCode } from '../contract/article-sync.ts'
import { type Line, line, type Of } from './sync-line.ts'

const ON_THEIR_WAY: Why['kind'][] = ['queued', 'sent', 'waits']

export async function linesOfView(tx: Tx, of: Of, view: ViewRow, articleId: number): Promise<Line[]> {
  const each = await whyEach(tx, view, articleId)
  const paused = each.some(({ kind }) => kind === 'coming') && (await latestResend(tx, view.id))?.state === 'paused'
  return each.map((why) =>
    line(of, codeOf(why, { paused, polled: of.role === 'webshop' || view.polledAt !== null }), {
      about: aboutOf(why),
      ...{ locationId: why.locationId, since: why.since, said: why.error },
      facts: {
        ...(why.article === null ? {} : { productId: why.article.productId }),
        ...(why.imageId === null ? {} : { imageId: why.imageId }),
        ...(why.place === null ? {} : { place: why.place }),
        ...(why.retryAt === null ? {} : { retryAt: why.retryAt.toISOString() }),
      },
    }),
  )
}

const aboutOf = ({ entity }: Why): Line['about'] =>
  entity === 'product' || entity === 'article' || entity === 'price' || entity === 'stock' || entity === 'image' ? entity : 'view'

/** A reader that never came is what it waits for. */
function codeOf({ kind }: Why, { paused, polled }: { paused: boolean; polled: boolean }): SyncCode {
  if (kind === 'unknown-number') return 'not-linked'
  if (kind === 'coming' && paused) return 'coming-paused'
  return ON_THEIR_WAY.includes(kind) && !polled ? 'never-polled' : kind
}
