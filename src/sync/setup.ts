/** From nothing to an active connection, step by step; every step asks the remote and refuses by name what is missing. Nothing is written to the shop's stock here. */
import { type Connector, type Health, RemoteError, SettingsError, type StockManners, type Subscribed } from '../connectors/contract.ts'
import type { By } from '../core/by.ts'
import { catalogueOf } from '../core/catalogue/catalogues.sql.ts'
import { companyById } from '../core/companies/companies.sql.ts'
import { type CountsWhen, type ListenerManners, type ListenerRow, type LostPolicy, ruleIsKnown, type StateWhy } from '../core/listeners/listener.ts'
import {
  insertHookAddress,
  insertListener,
  listenerById,
  lockListener,
  placesOf,
  updateCountsFrom,
  updateHealth,
  updateName,
  updatePolled,
  updateQuiet,
  updateSettings,
  updateState,
  updateSubscribed,
  updateTakesFrom,
  updateWays,
} from '../core/listeners/listeners.sql.ts'
import { openFields, sealFields } from '../core/listeners/sealed.ts'
import { evaluateOpenOrders } from '../core/orders/evaluate-again.ts'
import { Refusal } from '../core/refusal.ts'
import { askLooks } from '../core/told/ask-looks.ts'
import { type DocumentKind, dropDocuments } from '../core/told/documents.sql.ts'
import type { Tx } from '../db/open.ts'
import { must } from '../kit/assert.ts'
import { secretText } from '../kit/id.ts'
import { applyWaiting } from './apply.ts'
import { settleMaster } from './become-master.ts'
import { checkAgain } from './check-again.ts'
import type { SyncDeps } from './deps.ts'
import { refuseOtherNumber } from './directions.ts'
import { documentKinds } from './hand-over.ts'
import { askKeyLater, keysNow } from './inbox.sql.ts'
import { storePage } from './inbox.ts'
import { type Line, openLine } from './line.ts'
import { mapOnlyStore } from './only-store.ts'
import { isStopped, neededNow, stoppedBy, stopsAll } from './rights.ts'
import { doubtHooks } from './throttle.ts'
import { registerTurn } from './turn.sql.ts'
import { refuseMany, usablePlace } from './usable-place.ts'

type Making = Pick<SyncDeps, 'box' | 'connectors'>

/** A connection with no settings yet, and the address its hooks will come to. In a sandbox nothing real is connected. */
export async function addConnection(deps: Making, tx: Tx, input: { code: string; name: string }, by: By): Promise<{ id: number }> {
  const connector = Object.hasOwn(deps.connectors, input.code) ? deps.connectors[input.code] : undefined
  if (connector === undefined) throw new Refusal('not-found', { field: 'code', code: input.code })
  if (connector.practice !== true && (await companyById(tx, tx.companyId))?.sandbox === true) throw new Refusal('in-sandbox', { field: 'code' })
  const hookAddress = secretText()
  const settings = sealFields(deps.box, tx.companyId, 'settings', hookAddress, {})
  const { id } = await insertListener(tx, { code: input.code, name: input.name, settings, hookAddress }, by.now)
  await insertHookAddress(tx, hookAddress, id)
  await registerTurn(tx, tx.companyId, id)
  return { id }
}
export const createConnection = (deps: SyncDeps, companyId: number, input: { code: string; name: string }, by: By): Promise<{ id: number }> =>
  deps.db.inCompany(companyId, (tx) => addConnection(deps, tx, input, by))

export interface Ways {
  name?: string | undefined
  manyPlaces?: boolean | undefined
  defaultLocationId?: number | undefined
  lostPolicy?: LostPolicy | undefined
  countsWhen?: CountsWhen | undefined
  pollEveryMs?: number | undefined
}

/** `raw`: absent fields keep what is saved, '' takes an optional one away. Other settings mean that what was checked must be checked again. */
export async function writeSettings(deps: Making, tx: Tx, id: number, raw: Record<string, string>, by: By): Promise<void> {
  const { listener, connector } = await locked(deps, tx, id)
  const owner = must(listener.hookAddress, 'hook address')
  const before = openFields(deps.box, tx.companyId, 'settings', owner, listener.settings)
  const unknown = Object.keys(raw).find((name) => !connector.settings.fields.some((field) => field.name === name))
  if (unknown !== undefined) throw new Refusal('settings-wrong', { field: unknown, reason: 'unknown-field' })
  const values = Object.fromEntries(Object.entries({ ...before, ...raw }).filter(([, value]) => value !== ''))
  const manners = mannersOf(connector, values)
  if (connector.carries.master !== true) await refuseOtherNumber(tx, id, manners)
  await updateSettings(tx, id, sealFields(deps.box, tx.companyId, 'settings', owner, values), manners, ruleIsKnown(manners))
  await takeDocuments(tx, id, (kind) => takesDocument(connector, values, kind), by.now)
  // What was answered before says nothing of these, and what kept us out may be mended by them. Who keeps the numbers is no matter of the other side's.
  const asked = (all: Record<string, string>) => Object.fromEntries(Object.entries(all).filter(([name]) => name !== connector.masterSwitch?.field))
  if (!isSame(asked(before), asked(values))) {
    await updateHealth(tx, id, null, by.now)
    await updateQuiet(tx, id, null)
    // Other settings may want to be told of other things.
    if (listener.subscribedAt !== null && connector.reads !== undefined) await doubtHooks(tx, id, by.now)
  } else if (!isSame(before, values)) await askKeyLater(tx, id, 'check', '', { now: by.now, at: by.now })
  if (listener.state !== 'setup') await settleMaster(tx, listener, connector, connector.settings.parse(values), by.now)
  // Under another rule nothing believed is worth anything: every number is looked at again.
  if (listener.lowersItself !== manners.lowersItself || listener.restores !== manners.restores || listener.compares !== manners.compares)
    await askLooks(tx, id, null, { lane: 'backfill', why: 'relink' }, by)
  tx.ring(id)
}
export const saveSettings = (deps: SyncDeps, companyId: number, id: number, raw: Record<string, string>, by: By): Promise<void> =>
  deps.db.inCompany(companyId, (tx) => writeSettings(deps, tx, id, raw, by))

function mannersOf(connector: Connector<unknown>, values: Record<string, string>): ListenerManners {
  try {
    return toManners(connector.manners(connector.settings.parse(values)))
  } catch (error) {
    if (error instanceof SettingsError) throw new Refusal('settings-wrong', { field: error.field, reason: error.code })
    throw error
  }
}

/** Only called with settings that parse. */
const takesDocument = (connector: Connector<unknown>, values: Record<string, string>, kind: DocumentKind): boolean =>
  connector.carries.out.includes(kind) && (connector.takes?.(connector.settings.parse(values)).includes(kind) ?? true)

/** What waits for one that wants it no more is dropped: wanted again later, only what comes then goes. */
async function takeDocuments(tx: Tx, id: number, takes: (kind: DocumentKind) => boolean, now: Date): Promise<void> {
  await updateTakesFrom(tx, id, { orders: takes('order'), statuses: takes('order-status') }, now)
  if (!takes('order-status')) await dropDocuments(tx, id, 'order-status')
}

const toManners = (m: StockManners): ListenerManners => ({
  compares: m.compare === 'remote',
  lowersItself: m.lowersItself,
  restores: m.restores === 'unknown' ? null : m.restores,
  keyMs: m.keyMs,
  adjusts: m.adjust,
  feedLagMs: m.feedLagMs,
  maxFlightMs: m.maxFlightMs,
})

const isSame = (a: Record<string, string>, b: Record<string, string>): boolean => JSON.stringify(Object.entries(a).sort()) === JSON.stringify(Object.entries(b).sort())

/** What the connection does, apart from how it is reached. */
export async function saveWays(deps: SyncDeps, companyId: number, id: number, ways: Ways, by: By): Promise<void> {
  await deps.db.inCompany(companyId, async (tx) => {
    const { listener } = await locked(deps, tx, id)
    const places = await placesOf(tx, id)
    const { name, manyPlaces = listener.manyPlaces, lostPolicy = listener.lostPolicy, countsWhen = listener.countsWhen, pollEveryMs = listener.pollEveryMs } = ways
    const defaultLocationId = ways.defaultLocationId ?? listener.defaultLocationId
    if (ways.defaultLocationId !== undefined && !places.some((place) => place.locationId === ways.defaultLocationId))
      throw new Refusal('place-missing', { field: 'defaultLocationId' })
    if (ways.manyPlaces === false && listener.manyPlaces) await refuseMany(tx, places)
    if (name !== undefined) await updateName(tx, id, name)
    await updateWays(tx, id, { manyPlaces, lostPolicy, countsWhen, defaultLocationId, pollEveryMs })
    // Orders whose place nobody has said count at the new default.
    const moved = defaultLocationId !== listener.defaultLocationId
    if (moved || countsWhen !== listener.countsWhen) await evaluateOpenOrders(tx, { ...listener, countsWhen, defaultLocationId }, moved ? 'named' : [], by)
    tx.show(id)
  })
}

/** Asks the remote who we are, which places and which rights. Kept for the guide; what it ticks is what was answered here. */
export async function checkConnection(deps: SyncDeps, companyId: number, id: number, _by: By): Promise<Health> {
  const health = await refusing(() => lineOf(deps, companyId, id).then((line) => askHealth(deps, line)))
  // It answers: whoever asked needs to wait no longer. One that an answer paused looks at once what it may do.
  await deps.db.inCompany(companyId, async (tx) => {
    await updateQuiet(tx, id, null)
    await checkAgain(tx, id, deps.clock.now())
    tx.ring(id)
  })
  return health
}

/** As part of a turn, or for a person. RemoteError passes through. */
export async function askHealth(deps: SyncDeps, line: Line): Promise<Health> {
  const said = await line.remote.check()
  return deps.db.inCompany(line.companyId, async (tx) => {
    const now = deps.clock.now()
    const health = neededNow(said, (await catalogueOf(tx, line.listenerId))?.products === true)
    tx.show(line.listenerId)
    const before = stoppedBy((await listenerById(tx, line.listenerId))?.health)
    await updateHealth(tx, line.listenerId, JSON.stringify(health), now)
    const goesOn = before.some(({ what }) => !isStopped(health, what))
    // What was put off for want of a right is done now; and hooks weren't sent without it.
    if (goesOn) await keysNow(tx, line.listenerId, now)
    if (goesOn && line.listener.subscribedAt !== null) await doubtHooks(tx, line.listenerId, now)
    else if (goesOn || stoppedBy(health).length > before.length) tx.ring(line.listenerId)
    return health
  })
}

/**
 * Checks, stamps the baseline, takes every open order in as reserved, and only then lets the turn begin. Broken off halfway it is still
 * being set up, and pressing again goes on where it was, from the same baseline.
 */
export async function activate(deps: SyncDeps, companyId: number, id: number, by: By): Promise<void> {
  await refusing(async () => {
    const line = await lineOf(deps, companyId, id)
    if (line.listener.state === 'active') return
    if (line.listener.state === 'paused') throw new Refusal('not-ready', { missing: 'resume' })
    const health = await askHealth(deps, line)
    await deps.db.inCompany(companyId, async (tx) => {
      const { listener, connector } = await locked(deps, tx, id)
      await mapOnlyStore(tx, listener, connector.guide, health)
      await refuseUnready(tx, line.listener, health)
      await updateCountsFrom(tx, id, deps.clock.now())
    })
    if (line.connector.carries.in.includes('orders')) await takeOpenOrders(deps, line)
    await deps.db.inCompany(companyId, async (tx) => {
      await locked(deps, tx, id)
      await updateState(tx, id, 'active', null)
      await takeDocuments(tx, id, (kind) => documentKinds(line).includes(kind), deps.clock.now())
      await settleMaster(tx, { id, health }, line.connector, line.settings, deps.clock.now())
      tx.ring(id)
    })
    deps.log.info({ company: companyId, listener: id, by: by.actor }, 'a connection is active')
  })
}

async function refuseUnready(tx: Tx, { id, manyPlaces }: ListenerRow, health: Health): Promise<void> {
  const missing = health.rights.find((right) => right.needed && !right.granted)
  if (missing !== undefined) throw new Refusal('not-ready', { missing: 'rights', reason: 'scope-missing', feature: missing.feature, scope: missing.scope })
  await refusePlaces(tx, { id, manyPlaces }, health)
}

async function refusePlaces(tx: Tx, { id, manyPlaces }: Pick<ListenerRow, 'id' | 'manyPlaces'>, health: Health): Promise<void> {
  const places = await placesOf(tx, id)
  if (places.length === 0) throw new Refusal('place-missing', { field: 'places' })
  for (const place of places) usablePlace(health, place.placeRef, { field: 'places', shown: place.name })
  if (!manyPlaces) await refuseMany(tx, places)
}

/** The feed to its end: all open orders, and what changed since the baseline. Stored page by page, applied as it comes. */
async function takeOpenOrders(deps: SyncDeps, line: Line): Promise<void> {
  const began = deps.clock.now()
  const listener = must(await deps.db.inCompany(line.companyId, (tx) => listenerById(tx, line.listenerId)), 'the listener')
  const since = must(listener.countsFrom, 'the baseline').toISOString()
  for (let cursor = listener.ordersCursor, more = true; more; ) {
    const page = await line.remote.pull('orders', cursor === null ? { cursor: null, since } : { cursor }, 'live')
    const by = { actor: `listener:${line.listenerId}`, now: deps.clock.now() }
    await deps.db.inCompany(line.companyId, async (tx) => {
      await storePage(tx, line.listenerId, page.events, page.cursor, by)
      if (!page.more) await updatePolled(tx, line.listenerId, began)
    })
    await applyWaiting(deps, line.companyId, line.listenerId)
    cursor = page.cursor
    more = page.more
  }
}

/** Creates what is missing, mends what is wrong. Without a public address there is nothing to call: the feed is polled and the page says so. */
export async function subscribe(deps: SyncDeps, companyId: number, id: number, _by: By): Promise<Subscribed> {
  return refusing(async () => {
    const subscribed = await askSubscriptions(deps, await lineOf(deps, companyId, id))
    if (subscribed === null) throw new Refusal('not-ready', { missing: 'public-address' })
    return subscribed
  })
}

/** As part of a turn, or for a person. Null = we have no address to be called at. RemoteError passes through. */
export async function askSubscriptions(deps: SyncDeps, line: Line): Promise<Subscribed | null> {
  const url = hookUrl(deps, line.listener)
  if (url === null) return null
  const subscribed = await line.remote.subscribe(url)
  const reachable = await isReachable(deps)
  await deps.db.inCompany(line.companyId, async (tx) => {
    tx.show(line.listenerId)
    await updateSubscribed(tx, line.listenerId, JSON.stringify({ ...subscribed, reachable }), deps.clock.now())
  })
  return subscribed
}

/** Where the remote should send its hooks; null = polling only. */
export const hookUrl = (deps: Pick<SyncDeps, 'publicAddress'>, listener: Pick<ListenerRow, 'hookAddress'>): string | null =>
  deps.publicAddress === null || listener.hookAddress === null ? null : `${deps.publicAddress}/hooks/${listener.hookAddress}`

/** Whether we answer at our own public address: from in here it is a hint only (a router may not lead back), so it is shown and stops nothing. */
export async function isReachable(deps: SyncDeps): Promise<boolean | null> {
  if (deps.publicAddress === null) return null
  try {
    return (await deps.http(`${deps.publicAddress}/healthz`, { method: 'GET', headers: {}, timeoutMs: 5_000 })).status === 200
  } catch {
    return false
  }
}

/** A person stops it: hooks are still taken in, nothing is told, and only a person starts it again. */
export const pause = (deps: SyncDeps, companyId: number, id: number, by: By): Promise<void> =>
  change(deps, companyId, id, ['active', 'paused'], 'paused', { code: 'person', facts: {}, at: by.now.toISOString() })

/** Goes on once the remote answers as it should; what waited is told then. */
export async function resume(deps: SyncDeps, companyId: number, id: number, _by: By): Promise<void> {
  await refusing(async () => {
    const line = await lineOf(deps, companyId, id)
    if (line.listener.state === 'active') return
    if (line.listener.state !== 'paused') throw new Refusal('not-ready', { missing: 'activate' })
    const health = await askHealth(deps, line)
    const all = stopsAll(health)
    if (all !== null) throw new Refusal('not-ready', { missing: 'rights', reason: 'scope-missing', feature: all.feature, scope: all.scope })
    await deps.db.inCompany(companyId, (tx) => refusePlaces(tx, line.listener, health))
    await goOn(deps, companyId, id)
  })
}

/** It answers as it should again. Hooks may have been given up meanwhile, so the subscriptions are looked at. */
export async function goOn(deps: SyncDeps, companyId: number, id: number): Promise<void> {
  await change(deps, companyId, id, ['paused'], 'active', null)
  await deps.db.inCompany(companyId, async (tx) => {
    await doubtHooks(tx, id, deps.clock.now())
    await checkAgain(tx, id, deps.clock.now())
  })
}

/** From one of these states to another, under lock; the worker is woken. */
export async function change(deps: SyncDeps, companyId: number, id: number, from: ListenerRow['state'][], to: ListenerRow['state'], why: StateWhy | null): Promise<void> {
  await deps.db.inCompany(companyId, async (tx) => {
    const { listener } = await locked(deps, tx, id)
    if (listener.state === to && listener.stateWhy?.code === why?.code) return
    if (!from.includes(listener.state)) throw new Refusal('not-ready', { missing: from[0] ?? '' })
    await updateState(tx, id, to, why)
    await updateQuiet(tx, id, null)
    tx.ring(id)
  })
}

async function locked(deps: Pick<SyncDeps, 'connectors'>, tx: Tx, id: number): Promise<{ listener: ListenerRow; connector: Connector<unknown> }> {
  await lockListener(tx, id)
  const listener = await listenerById(tx, id)
  const connector = listener === null ? undefined : deps.connectors[listener.code]
  if (listener === null || connector === undefined || listener.state === 'gone') throw new Refusal('not-found')
  return { listener, connector }
}

/** The line of a connection that can be called: there, and with its settings filled in. */
export async function lineOf(deps: SyncDeps, companyId: number, id: number): Promise<Line> {
  const line = await openLine(deps, companyId, id)
  if (line !== null) return line
  const { listener, connector } = await deps.db.inCompany(companyId, (tx) => locked(deps, tx, id))
  // Says which field is missing or wrong.
  mannersOf(connector, openFields(deps.box, companyId, 'settings', must(listener.hookAddress, 'hook address'), listener.settings))
  throw new Refusal('not-connected')
}

/** A person waits for the answer: what the remote said becomes a refusal with its code and facts. */
export async function refusing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof RemoteError) throw new Refusal(`remote-${error.kind}`, { reason: error.code, ...error.facts })
    throw error
  }
}
