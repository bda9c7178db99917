/** What is done by the clock, whether anybody asked or not: reservations that are over, offers that begin and end, products told every so many hours, subscriptions watched, readers told that there is something, levels compared, old raw data deleted. */
import { deleteOldRows, dropOldPreviews } from '../core/bulk/forget-bulk.sql.ts'
import { goOnWithBulk } from '../core/bulk/go-on.ts'
import { tellsNumbers } from '../core/catalogue/catalogues.sql.ts'
import { startDueRun } from '../core/catalogue/start-telling.ts'
import { deleteOldTold } from '../core/catalogue/told.sql.ts'
import { companyById } from '../core/companies/companies.sql.ts'
import { forgetRemoved, moveOut } from '../core/images/bytes.ts'
import { livingListeners } from '../core/listeners/listeners.sql.ts'
import { deleteOldLetters } from '../core/notices/mail.sql.ts'
import { customersToForget } from '../core/orders/order-customers.sql.ts'
import { eraseCustomer } from '../core/orders/order-customers.ts'
import { openOrdersUnseen } from '../core/orders/orders.sql.ts'
import { deleteOldSessions } from '../core/people/people.sql.ts'
import { turnOffers } from '../core/prices/turn-offers.ts'
import { expireReservations } from '../core/stock/reserve-stock.ts'
import { deleteOldToldEvents } from '../core/told/events.sql.ts'
import { LONGEST_AWAY_DAYS } from '../core/views/view.ts'
import { markLateViews } from '../core/views/views.sql.ts'
import { must } from '../kit/assert.ts'
import { purgeCalled } from './called.sql.ts'
import { lastNightly } from './compare.sql.ts'
import type { SyncDeps } from './deps.ts'
import { askKeys } from './inbox.sql.ts'
import { purgeChanges } from './master-tally.sql.ts'
import { deleteOldTallies } from './measure.sql.ts'
import { isNightFor } from './night.ts'
import { deleteAppliedInbox, deleteOldAnswers, deleteOldCalls, forgetCustomers } from './purge.sql.ts'
import { startRun } from './runs.ts'
import { tellByMail } from './send-letters.ts'
import { doubtHooks } from './throttle.ts'
import { sendDue } from './webhooks.ts'
import type { Chore } from './worker.ts'

const SECOND_MS = 1_000
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** How long raw and personal data is kept, per kind (docs/operate.md). */
export const RETENTION_MS = {
  inbox: 14 * DAY_MS,
  calls: 30 * DAY_MS,
  answers: 7 * DAY_MS,
  customers: 90 * DAY_MS,
  told: 30 * DAY_MS,
  toldEvents: 180 * DAY_MS,
  letters: 30 * DAY_MS,
  measured: 2 * DAY_MS,
  images: 7 * DAY_MS,
  previews: 7 * DAY_MS,
  undo: 365 * DAY_MS,
}
/** Of what shops were told at a time: a shop has some hundreds a day, and a first sync tens of thousands at once. */
const MOST_TOLD_EVENTS = 20_000
/** Customers at a time: the rest an hour later. */
const MOST_FORGOTTEN = 1_000
/** So often it is looked whether a connection's part of the night has come. */
const COMPARE_EVERY_MS = 15 * 60_000

/** An order nobody has shown for so long is asked for: that it was deleted may have been told by nobody. */
const UNSEEN = { ms: 20 * HOUR_MS, most: 100 }

export function chores(deps: SyncDeps): Chore[] {
  const by = () => ({ actor: 'system', now: deps.clock.now() })
  return [
    { name: 'reservations', everyMs: 5 * SECOND_MS, run: async (companyId) => void (await deps.db.inCompany(companyId, (tx) => expireReservations(tx, by()))) },
    { name: 'offers', everyMs: 15 * SECOND_MS, run: (companyId) => beginAndEndOffers(deps, companyId) },
    { name: 'bulk', everyMs: SECOND_MS, apart: true, run: (companyId, stopping) => carryOutBulk(deps, companyId, stopping) },
    { name: 'catalogues', everyMs: 60 * SECOND_MS, run: (companyId) => tellDueCatalogues(deps, companyId) },
    { name: 'webhooks', everyMs: 3 * SECOND_MS, apart: true, run: (companyId) => sendDue(deps, companyId) },
    { name: 'mail', everyMs: 60 * SECOND_MS, apart: true, run: (companyId) => tellByMail(deps, companyId) },
    { name: 'retention', everyMs: HOUR_MS, run: (companyId) => purge(deps, companyId) },
    { name: 'watch', everyMs: HOUR_MS, run: (companyId) => watch(deps, companyId) },
    { name: 'compare', everyMs: COMPARE_EVERY_MS, run: (companyId) => compareLevels(deps, companyId) },
  ]
}

/** Whoever listens to prices hears of it within this chore's time; what was slept through is caught up with. */
async function beginAndEndOffers(deps: SyncDeps, companyId: number): Promise<void> {
  const by = { actor: 'system', now: deps.clock.now() }
  while (await deps.db.inCompany(companyId, (tx) => turnOffers(tx, by), 'big'));
}

/** Part by part, until nothing waits or the process is to stop; another goes on where it was. */
async function carryOutBulk({ db, log, clock }: SyncDeps, companyId: number, stopping?: AbortSignal): Promise<void> {
  while (stopping?.aborted !== true && (await goOnWithBulk({ db, log, now: () => clock.now(), stopping }, companyId)));
}

/** Of two processes one begins a run; what was slept through is one run. */
async function tellDueCatalogues(deps: SyncDeps, companyId: number): Promise<void> {
  const by = { actor: 'schedule', now: deps.clock.now() }
  while (await deps.db.inCompany(companyId, (tx) => startDueRun(tx, by), 'big'));
}

/** Images that lie in the database although there is a folder for them, as after a restore. */
async function moveImages({ db, folder }: SyncDeps, companyId: number): Promise<void> {
  if (folder === undefined) return
  for (let moved = true; moved; ) moved = await db.inCompany(companyId, (tx) => moveOut(tx, folder), 'big')
}

export async function purge(deps: SyncDeps, companyId: number): Promise<void> {
  await moveImages(deps, companyId)
  const now = deps.clock.now()
  const before = (ms: number) => new Date(now.getTime() - ms)
  await deps.db.inCompany(companyId, async (tx) => {
    await deleteAppliedInbox(tx, before(RETENTION_MS.inbox))
    await deleteOldCalls(tx, before(RETENTION_MS.calls))
    await purgeCalled(tx, before(RETENTION_MS.calls))
    await purgeChanges(tx, before(RETENTION_MS.calls))
    await deleteOldAnswers(tx, before(RETENTION_MS.answers))
    await deleteOldTold(tx, before(RETENTION_MS.told))
    await deleteOldToldEvents(tx, before(RETENTION_MS.toldEvents), MOST_TOLD_EVENTS)
    await deleteOldLetters(tx, before(RETENTION_MS.letters))
    await deleteOldTallies(tx, before(RETENTION_MS.measured))
    await dropOldPreviews(tx, before(RETENTION_MS.previews), now)
    await deleteOldRows(tx, before(RETENTION_MS.undo))
    await forgetRemoved(tx, before(RETENTION_MS.images), deps.folder ?? null)
    await markLateViews(tx, before(LONGEST_AWAY_DAYS * DAY_MS), now)
    for (const id of await customersToForget(tx, before(RETENTION_MS.customers), MOST_FORGOTTEN)) await eraseCustomer(tx, id, { actor: 'system', now })
    await forgetCustomers(tx, before(RETENTION_MS.customers))
  })
  await deps.db.outsideWall((q) => deleteOldSessions(q, now))
}

/** A remote may take back a right or switch a subscription off without a word; asking is cheap and mends the second. In the turn, so a remote that asked us to wait is left alone. */
async function watch(deps: SyncDeps, companyId: number): Promise<void> {
  const now = deps.clock.now()
  await deps.db.inCompany(companyId, async (tx) => {
    for (const listener of await livingListeners(tx)) {
      if (listener.state !== 'active') continue
      await askKeys(tx, listener.id, 'check', [''], now)
      const unseen = await openOrdersUnseen(tx, listener.id, { before: new Date(now.getTime() - UNSEEN.ms), now, limit: UNSEEN.most })
      await askKeys(
        tx,
        listener.id,
        'orders',
        unseen.map((order) => order.orderRef),
        now,
      )
      if (listener.subscribedAt !== null && deps.publicAddress !== null) await doubtHooks(tx, listener.id, now)
      tx.ring(listener.id)
    }
  })
}

/** Every number of every connection is read once a night: it finds what no event told (a hand edit, a lost hook). A night that was slept through is caught up while it lasts. */
async function compareLevels(deps: SyncDeps, companyId: number): Promise<void> {
  const by = { actor: 'system', now: deps.clock.now() }
  const due = await deps.db.inCompany(companyId, async (tx) => {
    const { timeZone } = must(await companyById(tx, companyId), 'the company')
    const ids: number[] = []
    for (const { id, code, state, firstSyncedAt } of await livingListeners(tx)) {
      // A master is told nothing to compare with: its own walk reads every number (sync/master). Nor is a shop whose numbers are left alone.
      if (state !== 'active' || firstSyncedAt === null || deps.connectors[code]?.carries.master === true || !isNightFor(id, by.now, timeZone) || !(await tellsNumbers(tx, id)))
        continue
      const last = await lastNightly(tx, id)
      if (last === null || by.now.getTime() - last.getTime() > DAY_MS / 2) ids.push(id)
    }
    return ids
  })
  for (const id of due) await startRun(deps, companyId, id, 'compare', by)
}
