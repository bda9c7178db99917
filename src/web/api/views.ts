/** Sync views over HTTP. */
import type { By } from '../../core/by.ts'
import { makeApiKey } from '../../core/people/api-key.ts'
import { apiKeys } from '../../core/people/people.sql.ts'
import { acknowledge } from '../../core/views/ack.ts'
import { changeView, dropView } from '../../core/views/change-view.ts'
import { makeReady } from '../../core/views/changes.ts'
import { compareHeld } from '../../core/views/compare.ts'
import { cursorOf } from '../../core/views/cursor.ts'
import { changeResend, linkProducts, sizeOfResend, startResend, unlinkProducts } from '../../core/views/resend.ts'
import { lagOf, rejectedCauses, rejectedRows, retryRefused } from '../../core/views/rows.sql.ts'
import { latestResend, resendById } from '../../core/views/runs.sql.ts'
import { readersOf, type ViewRow } from '../../core/views/view.ts'
import { allViews, viewById } from '../../core/views/views.sql.ts'
import { whyNotThere } from '../../core/views/why.ts'
import type { Tx } from '../../db/open.ts'
import { must } from '../../kit/assert.ts'
import type { Answered } from '../contract/routes.ts'
import { idAfter, cursorOf as pageCursor, pageOf } from '../cursors.ts'
import type { WebDeps } from '../deps.ts'
import { byItself, found, type Handlers, inCompany, watched } from '../handlers.ts'
import type { handedIn } from './handed-in.ts'
import { makeViewWithKey } from './make-view-with-key.ts'
import { keyShown } from './people.ts'
import { resendShown } from './resend-shown.ts'
import type { viewChanges } from './view-changes.ts'
import type { viewLinks } from './view-links.ts'
import { type viewWebhooks, webhookShown } from './view-webhooks.ts'

/** Counting further says nothing to a person. */
const MOST_COUNTED = 10_000
const MOST_CAUSES = 200

const theView = async (tx: Tx, id: number): Promise<ViewRow> => found(await viewById(tx, id))

async function shown(tx: Tx, view: ViewRow, by: { now: Date }, deps: WebDeps): Promise<Answered<'views.show'>> {
  const lag = await lagOf(tx, view.id, MOST_COUNTED)
  const run = await latestResend(tx, view.id)
  const { epoch: _epoch, servedAt: _servedAt, served: _served, ratePerMin, ...rest } = view
  return {
    ...rest,
    ratePerMinute: ratePerMin,
    lag: {
      live: lag.live,
      backfill: lag.backfill,
      rejected: lag.refused,
      most: MOST_COUNTED,
      seconds: lag.oldest === null ? null : Math.max(0, (by.now.getTime() - lag.oldest.getTime()) / 1000),
      since: lag.oldest,
    },
    run: run === null ? null : await resendShown(tx, view, run),
    readers: readersOf(view, by.now),
    webhook: await webhookShown(tx, view.id, deps.sync.box, by.now),
    keys: (await apiKeys(tx)).filter((key) => key.viewId === view.id).map(keyShown),
  }
}

async function turnResend(tx: Tx, { params, by }: { params: { viewId: number; runId: number }; by: By }, verb: 'pause' | 'resume' | 'cancel'): Promise<Answered<'views.run'>> {
  const view = await theView(tx, params.viewId)
  return await resendShown(tx, view, await changeResend(tx, view, params.runId, verb, by))
}

export const views: Omit<
  Pick<Handlers, Extract<keyof Handlers, `views.${string}`>>,
  'views.image' | 'views.invoice-pdf' | keyof typeof handedIn | keyof typeof viewChanges | keyof typeof viewLinks | keyof typeof viewWebhooks
> = {
  'views.list': inCompany(async (tx, { by, deps }) => {
    const items = []
    for (const view of await allViews(tx)) items.push(await shown(tx, view, by, deps))
    return { items }
  }),
  'views.make': inCompany(async (tx, { body, by, deps }) => {
    const { key, ...view } = await makeViewWithKey(tx, body, deps.sync.box, by)
    return { ...(await shown(tx, view, by, deps)), key }
  }),
  'views.show': inCompany(async (tx, { params, by, deps }) => shown(tx, await theView(tx, params.viewId), by, deps)),
  // It is read anew long after it was asked for: the time is the clock's.
  'views.live': watched(
    ({ params }) => params.viewId,
    async (tx, { params, deps }) => shown(tx, await theView(tx, params.viewId), { now: deps.sync.clock.now() }, deps),
  ),
  'views.why': inCompany(async (tx, { params }) => whyNotThere(tx, await theView(tx, params.viewId), params.number)),
  'views.change': inCompany(async (tx, { params, body, by, deps }) => shown(tx, await changeView(tx, await theView(tx, params.viewId), body, by), by, deps)),
  'views.drop': inCompany(async (tx, { params, by }) => {
    await dropView(tx, await theView(tx, params.viewId), by)
    return {}
  }),
  'views.make-key': inCompany(async (tx, { params, body, by }) => {
    const view = await theView(tx, params.viewId)
    const before = (await apiKeys(tx)).filter((key) => key.viewId === view.id).map(keyShown)
    const made = await makeApiKey(tx, { name: view.name, scopes: body.scopes ?? before.at(-1)?.scopes ?? [], viewId: view.id }, by)
    return { ...keyShown(made), key: made.key }
  }),
  'views.ack': inCompany(async (tx, { params, body, by, deps }) => {
    const cursor = body.cursor === undefined ? null : cursorOf(deps.sync.box, tx.companyId, params.viewId, body.cursor)
    const results = body.results.map(({ retryAfter, ...result }) => ({
      ...result,
      locationId: result.locationId ?? 0,
      retryAt: retryAfter === null ? null : new Date(by.now.getTime() + retryAfter * 1000),
    }))
    return await acknowledge(tx, await theView(tx, params.viewId), { cursor, results }, by)
  }),
  'views.resend': byItself(async (companyId, { params, body, by, deps }) => {
    const within = <T>(work: (tx: Tx, view: ViewRow) => Promise<T>) => deps.sync.db.inCompany(companyId, async (tx) => work(tx, await theView(tx, params.viewId)))
    const { run, repeated } = await within((tx, view) => startResend(tx, view, body, by))
    // Nothing is sent, so nobody's pace is waited for.
    if (run.mode === 'from_now') while (await within((tx, view) => makeReady(tx, view, by)));
    return await within(async (tx, view) => ({ ...(await resendShown(tx, view, must(await resendById(tx, view.id, run.id), 'the run'))), repeated }))
  }),
  'views.resend-size': inCompany(async (tx, { params, body, by }) => {
    const view = await theView(tx, params.viewId)
    const items = await sizeOfResend(tx, view, body, by.now)
    return { items, minutes: body.mode === 'from_now' ? 0 : view.ratePerMin === null ? null : items / view.ratePerMin }
  }),
  'views.compare': inCompany(async (tx, { params, body, by }) => {
    const items = await compareHeld(
      tx,
      await theView(tx, params.viewId),
      body.items.map((item) => ({ ...item, id: item.id ?? null, externalId: item.externalId ?? null, locationId: item.locationId ?? 0 })),
      by,
    )
    return { items, queued: items.filter((verdict) => verdict === 'differs').length }
  }),
  'views.run': inCompany(async (tx, { params }) => {
    const view = await theView(tx, params.viewId)
    return await resendShown(tx, view, found(await resendById(tx, view.id, params.runId)))
  }),
  'views.pause-run': inCompany((tx, ask) => turnResend(tx, ask, 'pause')),
  'views.resume-run': inCompany((tx, ask) => turnResend(tx, ask, 'resume')),
  'views.cancel-run': inCompany((tx, ask) => turnResend(tx, ask, 'cancel')),
  'views.link': inCompany(async (tx, { params, body, by }) => ({ items: await linkProducts(tx, await theView(tx, params.viewId), body.products, by) })),
  'views.unlink': inCompany(async (tx, { params, body, by }) => ({ items: await unlinkProducts(tx, await theView(tx, params.viewId), body.products, by) })),
  'views.rejected': inCompany(async (tx, { params, query }) => {
    const view = await theView(tx, params.viewId)
    const rows = await rejectedRows(tx, view.id, query.error ?? null, idAfter(query.cursor), query.limit + 1)
    return pageOf(
      rows,
      query.limit,
      (row) => pageCursor(row.seq),
      (row) => ({
        entity: row.entity,
        id: row.entityId,
        locationId: row.locationId === 0 ? null : row.locationId,
        error: row.error,
        at: row.at,
        retryAt: row.retryAt,
        title: row.title,
      }),
    )
  }),
  'views.rejected-causes': inCompany(async (tx, { params }) => ({ items: await rejectedCauses(tx, (await theView(tx, params.viewId)).id, MOST_CAUSES) })),
  'views.retry': inCompany(async (tx, { params, body }) => {
    const view = await theView(tx, params.viewId)
    const rows = body.items?.map((item) => ({ entity: item.entity, entityId: item.id, locationId: item.locationId ?? 0 })) ?? null
    return { items: await retryRefused(tx, view.id, { rows, due: null, error: body.error }) }
  }),
}
