/** What each store sold and each webshop was asked for, day by day: the first page draws it. */
import { companyById } from '../../core/companies/companies.sql.ts'
import { allListeners } from '../../core/listeners/listeners.sql.ts'
import { locations } from '../../core/locations/locations.sql.ts'
import type { Tx } from '../../db/open.ts'
import { must } from '../../kit/assert.ts'
import { wallTime } from '../../kit/local-time.ts'
import type { SyncDeps } from '../../sync/deps.ts'
import type { Answered } from '../contract/routes.ts'
import { roleOf } from './connection-page.ts'
import { soldByDay } from './overview.sql.ts'

type Sales = Answered<'overview.sales'>

const DAYS = 14
const DAY_MS = 86_400_000

export async function lastDays(tx: Tx, deps: SyncDeps, now: Date): Promise<Sales> {
  const { timeZone } = must(await companyById(tx, tx.companyId), 'the company')
  const days = daysUntil(wallTime(now, timeZone).day)
  const sold = await soldByDay(tx, { from: must(days[0], 'a day'), today: must(days.at(-1), 'today'), timeZone })
  return {
    days,
    places: (await placesThatSell(tx, deps)).map((place) => {
      const byDay = new Map(sold.filter(({ kind, id }) => kind === place.kind && id === place.id).map(({ day, pieces }) => [day, pieces]))
      return { ...place, pieces: days.map((day) => byDay.get(day) ?? 0) }
    }),
  }
}

const daysUntil = (today: string): string[] => Array.from({ length: DAYS }, (_, at) => new Date(Date.parse(today) - (DAYS - 1 - at) * DAY_MS).toISOString().slice(0, 10))

/** Every store and webshop in use, whether it sold anything or not: the lines stay where they are from day to day. */
async function placesThatSell(tx: Tx, deps: SyncDeps): Promise<Pick<Sales['places'][number], 'kind' | 'id' | 'name'>[]> {
  const stores = (await locations(tx)).filter((location) => location.archivedAt === null)
  const webshops = (await allListeners(tx)).filter((each) => each.kind === 'connection' && each.state !== 'gone' && roleOf(deps.connectors[each.code]) === 'webshop')
  return [...stores.map(({ id, name }) => ({ kind: 'store' as const, id, name })), ...webshops.map(({ id, name }) => ({ kind: 'webshop' as const, id, name }))]
}
