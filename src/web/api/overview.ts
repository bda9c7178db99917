/** The first page over HTTP. */
import { allListeners } from '../../core/listeners/listeners.sql.ts'
import { ordersOverview, shopsWaiting, stockOverview } from '../../core/notices/attention.sql.ts'
import { waitsOf } from '../../sync/measure.ts'
import { type Handlers, inCompany } from '../handlers.ts'
import { connectionHeads } from './connection-page.ts'
import { shelves, todayOverview, toldToday } from './overview.sql.ts'
import { lastDays } from './overview-sales.ts'

export const overview: Pick<Handlers, 'overview.show' | 'overview.sales'> = {
  'overview.show': inCompany(async (tx, { by, deps }) => {
    const waiting = new Map((await shopsWaiting(tx)).map((row) => [row.connectionId, row]))
    const polled = new Map((await allListeners(tx)).map((listener) => [listener.id, listener.polledAt]))
    const shops = (await connectionHeads(tx, deps.sync)).map((head) => ({
      ...head,
      openDifferences: waiting.get(head.id)?.differences ?? 0,
      unread: waiting.get(head.id)?.unread ?? 0,
      turnedAway: waiting.get(head.id)?.turnedAway ?? 0,
      polledAt: polled.get(head.id) ?? null,
    }))
    const told = waitsOf(await toldToday(tx, by.now))
    return { shops, orders: await ordersOverview(tx), stock: await stockOverview(tx), today: await todayOverview(tx, by.now), told, shelves: await shelves(tx) }
  }),
  'overview.sales': inCompany((tx, { by, deps }) => lastDays(tx, deps.sync, by.now)),
}
