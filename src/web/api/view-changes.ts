/** What a view's reader reads: page by page, or as a stream of the same pages. */
import { z } from 'zod'
import { acknowledge } from '../../core/views/ack.ts'
import { cursorOf, cursorText } from '../../core/views/cursor.ts'
import { viewById } from '../../core/views/views.sql.ts'
import { fingerprint } from '../../kit/id.ts'
import { serveChanges } from '../../sync/serve-changes.ts'
import { actorOf, mayDo } from '../auth.ts'
import { awaitShow } from '../await-show.ts'
import type { Answered } from '../contract/routes.ts'
import { changes } from '../contract/views.ts'
import { type Ask, byItself, found, type Handlers } from '../handlers.ts'

type Reading = Ask<'views.changes'> | Ask<'views.stream'>
type Page = Answered<'views.changes'>

/** While nobody rings, a waiting reader is looked to this often: another process may be out of hearing. */
const LOOK_EVERY_MS = 5_000

/** Reads on from a cursor's text; null = from the oldest that isn't acknowledged. `again` false = what lies unacknowledged isn't served anew. */
function pageReader(companyId: number, { deps, params, query, request, by }: Reading) {
  const { box } = deps.sync
  const reader = `${by.actor} ${fingerprint(`${companyId} ${params.viewId} ${request.ip}`).toString('base64url').slice(0, 12)}`
  return async (after: string | null, again: boolean): Promise<Page> => {
    const cursor = after === null ? null : cursorOf(box, companyId, params.viewId, after)
    const page = await serveChanges(deps.sync, companyId, params.viewId, { after: cursor, limit: query.limit, only: query.entity ?? null, reader, again })
    return {
      items: page.items.map((item) => ({ ...item, locationId: item.locationId === 0 ? null : item.locationId })),
      nextCursor: cursorText(box, companyId, params.viewId, page.next),
      hasMore: page.hasMore,
      head: page.head,
    }
  }
}

/** `ack=auto`: where the reader goes on from is what it has. */
async function ackByItself(companyId: number, { deps, params, query, by }: Reading, after: string | null): Promise<void> {
  if (query.ack !== 'auto' || after === null) return
  const cursor = cursorOf(deps.sync.box, companyId, params.viewId, after)
  await deps.sync.db.inCompany(companyId, async (tx) => acknowledge(tx, found(await viewById(tx, params.viewId)), { cursor, results: [] }, by))
}

export const viewChanges: Pick<Handlers, 'views.changes' | 'views.stream'> = {
  'views.changes': byItself(async (companyId, ask) => {
    const { deps, params, query, request } = ask
    const after = query.after ?? null
    await ackByItself(companyId, ask, after)
    const read = pageReader(companyId, ask)
    return await awaitShow(
      { ears: deps.bell, clock: deps.sync.clock, companyId, listenerId: params.viewId, everyMs: LOOK_EVERY_MS, mostMs: query.wait * 1000, gone: request.raw },
      () => read(after, true),
      (page) => page.items.length > 0,
    )
  }),
  // Whoever doesn't ask for events gets one page, as from the route above.
  'views.stream': byItself(async (companyId, ask) => {
    const { deps, params, query, caller, request, reply, streams } = ask
    const last = request.headers['last-event-id']
    const after = typeof last === 'string' && last !== '' ? last : (query.after ?? null)
    await ackByItself(companyId, ask, after)
    const read = pageReader(companyId, ask)
    if (!/\btext\/event-stream\b/.test(request.headers.accept ?? '')) return await read(after, true)
    const stillMay = () =>
      deps.sync.db.inCompany(companyId, (tx) => mayDo(tx, found(caller), { auth: 'view', scope: null, ...params }, { actor: actorOf(caller), now: deps.sync.clock.now() }))
    const stream = await streams.open({
      companyId,
      viewId: params.viewId,
      actor: actorOf(caller),
      after,
      once: query.ack === 'auto',
      async read(from, first) {
        if (!first) await stillMay()
        return z.encode(changes, await read(from, first))
      },
    })
    reply.headers({ 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' })
    return stream
  }),
}
