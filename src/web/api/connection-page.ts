/** One connection as its page shows it: settings without secrets, the guide's ticks, counts by state, what waits. */
import type { Connector } from '../../connectors/contract.ts'
import type { ListenerRow } from '../../core/listeners/listener.ts'
import { allListeners, linkCounts, listenerById, placesOf } from '../../core/listeners/listeners.sql.ts'
import { openFields } from '../../core/listeners/sealed.ts'
import { Refusal } from '../../core/refusal.ts'
import { idsOf } from '../../core/runs/check-ids.sql.ts'
import type { Tx } from '../../db/open.ts'
import { lastCalled } from '../../sync/called.sql.ts'
import type { SyncDeps } from '../../sync/deps.ts'
import { feedCursor } from '../../sync/feed-cursor.sql.ts'
import { guideOf } from '../../sync/guide.ts'
import { pulseOf } from '../../sync/measure.sql.ts'
import { measured } from '../../sync/measure.ts'
import { stoppedBy } from '../../sync/rights.ts'
import { hookUrl } from '../../sync/setup.ts'
import type { Answered } from '../contract/routes.ts'
import type { ArticleState } from '../contract/states.ts'
import { stateShown } from './article-state.ts'
import { hooksOf, openDifferences, ordersElsewhere, queueOf, stateCounts, waitingCells } from './connections.sql.ts'
import { runsShown } from './run-shown.ts'
import { runPage } from './runs.sql.ts'

type Head = Answered<'connections.list'>['items'][number]
type Page = Answered<'connections.show'>

/** A connection of this company that isn't gone; sync views have pages of their own. */
export async function thisConnection(tx: Tx, id: number): Promise<ListenerRow> {
  const listener = await listenerById(tx, id)
  if (listener === null || listener.state === 'gone' || listener.kind !== 'connection') throw new Refusal('not-found')
  return listener
}

/** One that is told our numbers: of an ERP nothing is boxed, matched or told. */
export async function thisWebshop(tx: Tx, deps: SyncDeps, id: number): Promise<ListenerRow> {
  const listener = await thisConnection(tx, id)
  if (roleOf(deps.connectors[listener.code]) === 'erp') throw new Refusal('erp-takes-none', { name: listener.name })
  return listener
}

const added = (rows: { state: string; n: number }[]): Head['counts'] => {
  const counts: Partial<Record<ArticleState, number>> = {}
  for (const { state, n } of rows) counts[stateShown(state)] = (counts[stateShown(state)] ?? 0) + n
  return counts
}
/** The right to write stock carries it, and nothing is written to a shop before its first dry run was confirmed. */
export function stockingOf(deps: SyncDeps, listener: ListenerRow): Head['stocking'] {
  if (!deps.connectors[listener.code]?.carries.out.includes('stocking')) return { can: 'not-carried', scope: null }
  const missing = stoppedBy(listener.health).find(({ what }) => what === 'stock')
  if (missing !== undefined) return { can: 'right-missing', scope: missing.scope }
  return { can: listener.firstSyncedAt === null ? 'first-sync-first' : 'yes', scope: null }
}

export const roleOf = (connector: Connector<unknown> | undefined): Head['role'] => (connector?.carries.master === true ? 'erp' : 'webshop')

export const headOf = (deps: SyncDeps, listener: ListenerRow, counts: Head['counts'], { waiting, waitingSince }: Pick<Head, 'waiting' | 'waitingSince'>): Head => ({
  id: listener.id,
  code: listener.code,
  role: roleOf(deps.connectors[listener.code]),
  name: listener.name,
  state: listener.state,
  why: listener.stateWhy === null ? null : { code: listener.stateWhy.code, facts: listener.stateWhy.facts, at: new Date(listener.stateWhy.at) },
  stopped: stoppedBy(listener.health),
  counts,
  waiting,
  waitingSince,
  firstSyncedAt: listener.firstSyncedAt,
  stocking: stockingOf(deps, listener),
  createdAt: listener.createdAt,
})

export const NOTHING_WAITS = { waiting: 0, waitingSince: null }

export async function connectionHeads(tx: Tx, deps: SyncDeps): Promise<Head[]> {
  const counts = await stateCounts(tx, null)
  const waiting = new Map((await waitingCells(tx)).map((row) => [row.connectionId, row]))
  const listeners = (await allListeners(tx)).filter((listener) => listener.state !== 'gone' && listener.kind === 'connection')
  return listeners.map((listener) => headOf(deps, listener, added(counts.filter((row) => row.connectionId === listener.id)), waiting.get(listener.id) ?? NOTHING_WAITS))
}

export async function connectionPage(tx: Tx, deps: SyncDeps, id: number): Promise<Page> {
  const listener = await thisConnection(tx, id)
  const connector = deps.connectors[listener.code]
  if (connector === undefined) throw new Refusal('not-found')
  const places = await placesOf(tx, id)
  const queue = await queueOf(tx, id)
  const { latency, hooksHour } = await measured(tx, id, deps.clock.now())
  const pulse = await pulseOf(tx, id)
  const counts = added(await stateCounts(tx, id))
  return {
    ...headOf(deps, listener, counts, { waiting: queue.live + queue.backfill, waitingSince: queue.oldestSince }),
    settings: settingsShown(deps, tx.companyId, listener, connector),
    guide: guideOf(connector.guide, {
      ...{ listener, places: places.length, links: await linkCounts(tx, id) },
      called: (await lastCalled(tx, id)).length > 0,
      fetched: (await feedCursor(tx, id, 'articles')).endedAt !== null,
    }),
    health: listener.health as Page['health'],
    healthAt: listener.healthAt,
    subscribed: listener.subscribed as Page['subscribed'],
    subscribedAt: listener.subscribedAt,
    hookUrl: hookUrl(deps, listener),
    hooks: { ...(await hooksOf(tx, id)), hour: hooksHour },
    latency,
    pace: pulse?.pace ? { ...pulse.pace, at: new Date(pulse.pace.at) } : null,
    hookVersion: pulse?.hookVersion ?? null,
    lastOrder: pulse?.lastOrder ? { ...pulse.lastOrder, at: new Date(pulse.lastOrder.at) } : null,
    ids: await idsShown(tx, id),
    places,
    canBeMaster: connector.carries.masterOfPlaces === true,
    manyPlaces: listener.manyPlaces,
    defaultLocationId: listener.defaultLocationId,
    lostPolicy: listener.lostPolicy,
    countsWhen: listener.countsWhen,
    countsFrom: listener.countsFrom,
    pollEveryMs: listener.pollEveryMs,
    polledAt: listener.polledAt,
    quietUntil: listener.quietUntil,
    trouble: listener.trouble === null ? null : { code: listener.trouble.code, facts: listener.trouble.facts, since: new Date(listener.trouble.since) },
    queue,
    openDifferences: await openDifferences(tx, id),
    ordersElsewhere: await ordersElsewhere(tx, id),
    runs: await runsShown(tx, listener, await runPage(tx, { listenerId: id, id: null, active: true, beforeId: null, limit: 20 }), deps.clock.now()),
  }
}

async function idsShown(tx: Tx, id: number): Promise<Page['ids']> {
  const { checkedAt, changedAt } = await idsOf(tx, id)
  return { checkedAt, changedAt, stale: changedAt !== null && (checkedAt === null || checkedAt < changedAt) }
}

/** The item's page in the webshop's admin, by the connector's own knowledge. */
export function itemPages(deps: SyncDeps, companyId: number, listener: ListenerRow): (itemRef: string | null) => string | null {
  const connector = deps.connectors[listener.code]
  if (connector?.itemPage === undefined || listener.hookAddress === null) return () => null
  const settings = connector.settings.parse(openFields(deps.box, companyId, 'settings', listener.hookAddress, listener.settings))
  return (itemRef) => (itemRef === null ? null : (connector.itemPage?.(settings, itemRef) ?? null))
}

/** A secret never leaves; whether it is there does (T2). */
function settingsShown(deps: SyncDeps, companyId: number, listener: ListenerRow, connector: Connector<unknown>): Page['settings'] {
  const values = listener.hookAddress === null ? {} : openFields(deps.box, companyId, 'settings', listener.hookAddress, listener.settings)
  return connector.settings.fields.map((field) => {
    const value = values[field.name]
    return { name: field.name, secret: field.secret === true, set: value !== undefined && value !== '', value: field.secret === true ? null : (value ?? null) }
  })
}
