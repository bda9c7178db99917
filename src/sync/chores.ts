/** What is done by the clock, whether anybody asked or not: reservations that are over, subscriptions watched, levels compared, old raw data deleted. */
import { companyById } from '../core/companies/companies.sql.ts'
import { livingListeners } from '../core/listeners/listeners.sql.ts'
import { deleteOldSessions } from '../core/people/people.sql.ts'
import { expireReservations } from '../core/stock/reserve-stock.ts'
import { askLooks } from '../core/told/ask-looks.ts'
import { must } from '../kit/assert.ts'
import type { SyncDeps } from './deps.ts'
import { deleteAppliedInbox, deleteOldAnswers, deleteOldCalls, forgetCustomers } from './purge.sql.ts'
import { subscribe } from './setup.ts'
import type { Chore } from './worker.ts'

const SECOND_MS = 1_000
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** How long raw and personal data is kept, per kind (docs/operate.md). */
export const RETENTION_MS = { inbox: 14 * DAY_MS, calls: 30 * DAY_MS, answers: 7 * DAY_MS, customers: 90 * DAY_MS }
/** The hour, where the company is, in which the shop's numbers are compared with ours. */
const COMPARE_AT_HOUR = 3

export function chores(deps: SyncDeps): Chore[] {
  const by = () => ({ actor: 'system', now: deps.clock.now() })
  return [
    { name: 'reservations', everyMs: 5 * SECOND_MS, run: async (companyId) => void (await deps.db.inCompany(companyId, (tx) => expireReservations(tx, by()))) },
    { name: 'retention', everyMs: HOUR_MS, run: (companyId) => purge(deps, companyId) },
    { name: 'subscriptions', everyMs: HOUR_MS, run: (companyId) => watchSubscriptions(deps, companyId) },
    { name: 'compare', everyMs: HOUR_MS, run: (companyId) => compareLevels(deps, companyId) },
  ]
}

export async function purge(deps: SyncDeps, companyId: number): Promise<void> {
  const now = deps.clock.now()
  const before = (ms: number) => new Date(now.getTime() - ms)
  await deps.db.inCompany(companyId, async (tx) => {
    await deleteAppliedInbox(tx, before(RETENTION_MS.inbox))
    await deleteOldCalls(tx, before(RETENTION_MS.calls))
    await deleteOldAnswers(tx, before(RETENTION_MS.answers))
    await forgetCustomers(tx, before(RETENTION_MS.customers))
  })
  await deps.db.outsideWall((q) => deleteOldSessions(q, now))
}

/** A remote may switch a subscription off without a word; asking for it again is harmless and mends it. */
async function watchSubscriptions(deps: SyncDeps, companyId: number): Promise<void> {
  const listeners = await deps.db.inCompany(companyId, livingListeners)
  for (const listener of listeners) {
    if (listener.state !== 'active' || listener.subscribedAt === null || deps.publicAddress === null) continue
    // A remote that is busy or denies says so on the connection's page; the next hour tries again.
    await subscribe(deps, companyId, listener.id, { actor: 'system', now: deps.clock.now() }).catch((error: unknown) =>
      deps.log.warn({ company: companyId, listener: listener.id, problem: error instanceof Error ? error.name : 'unknown' }, 'the subscriptions could not be watched'),
    )
  }
}

/** Every number of every connection is read once a night: it finds what no event told (a hand edit, a lost hook). */
async function compareLevels(deps: SyncDeps, companyId: number): Promise<void> {
  const now = deps.clock.now()
  await deps.db.inCompany(companyId, async (tx) => {
    const { timeZone } = must(await companyById(tx, companyId), 'the company')
    const hour = Number(new Intl.DateTimeFormat('en-GB', { hour: '2-digit', hourCycle: 'h23', timeZone }).format(now))
    if (hour !== COMPARE_AT_HOUR) return
    for (const listener of await livingListeners(tx)) {
      if (listener.state === 'active') await askLooks(tx, listener.id, null, { lane: 'backfill', why: 'asked' }, { actor: 'system', now })
    }
  })
}
