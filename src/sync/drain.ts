/** Pulls the orders feed from its cursor to its end, and single keys somebody asked to look at; finished when all of it is applied (R25). */
import { FEEDS, type Feed, type RemoteEvent, type Stoppable } from '../connectors/contract.ts'
import type { By } from '../core/by.ts'
import { listenerById, updatePolled } from '../core/listeners/listeners.sql.ts'
import { ordersToRoute, routeLater } from '../core/orders/orders.sql.ts'
import { routeAgainMs } from '../core/orders/post-orders.ts'
import { backoffMs } from '../kit/backoff.ts'
import { applyWaiting } from './apply.ts'
import { checkAgain } from './check-again.ts'
import type { SyncDeps } from './deps.ts'
import { stoppedFeeds } from './due.ts'
import { dropKeys, dueKeys, keysLater } from './inbox.sql.ts'
import { storePage } from './inbox.ts'
import type { Line } from './line.ts'
import { matchWaiting, sweepListings } from './matcher.ts'
import { grouped, parts } from './parts.ts'
import { isStopped } from './rights.ts'
import { readsOf, sweepCustomers } from './sweep-customers.ts'
import { remoteAnswered } from './throttle.ts'
import type { Fence } from './turn.ts'
import { checkAsked, watchSubscriptions } from './well.ts'

/**
 * poll = the feed and everything due · look = the same, because a cell is being looked at: what the shop took before must be in the ledger
 * afterwards · keys = only what is due by key. RemoteError passes through; what was stored until then stays stored.
 */
export async function drain(deps: SyncDeps, line: Line, fence: Fence, reason: 'poll' | 'look' | 'keys'): Promise<void> {
  const stopped = (what: Stoppable) => isStopped(line.listener.health, what)
  if (reason !== 'keys' && !stopped('orders')) await drainFeed(deps, line, fence)
  const asked = (await askDueKeys(deps, line, fence)) + (stopped('orders') ? 0 : await askForPlaces(deps, line, fence))
  if (asked > 0 || reason === 'keys') await applyWaiting(deps, line.companyId, line.listenerId)
  await remoteAnswered(deps, line, 'read')
  if (reason === 'look') return
  // Beside the orders: what a turn owes the connection now and then.
  if (!stopped('articles')) {
    await matchWaiting(deps, line, fence)
    if (reason === 'poll') await sweepListings(deps, line, fence)
  }
  if (reason === 'poll') await sweepCustomers(deps, line, fence)
}

const byOf = (deps: SyncDeps, line: Line): By => ({ actor: `listener:${line.listenerId}`, now: deps.clock.now() })

async function drainFeed(deps: SyncDeps, line: Line, fence: Fence): Promise<void> {
  const began = deps.clock.now()
  // The row, not the opened line: another turn may have moved the cursor since the line was opened.
  let cursor = (await fence.inTurn((tx) => listenerById(tx, line.listenerId)))?.ordersCursor ?? null
  const since = (line.listener.countsFrom ?? line.listener.createdAt).toISOString()
  for (;;) {
    await fence.ensure()
    const page = await line.remote.pull('orders', cursor === null ? { cursor: null, since } : { cursor }, 'live')
    await fence.inTurn(async (tx) => {
      await storePage(tx, line.listenerId, page.events, page.cursor, byOf(deps, line))
      if (!page.more) await updatePolled(tx, line.listenerId, began)
    })
    // Pages are applied as they come: a long first drain doesn't hold all its orders back.
    await applyWaiting(deps, line.companyId, line.listenerId)
    cursor = page.cursor
    if (!page.more) return
  }
}

/** Returns how many keys were asked. `except`: feeds somebody else asks. */
export async function askDueKeys(deps: SyncDeps, line: Line, fence: Fence, except: string[] = []): Promise<number> {
  const due = await fence.inTurn((tx) => dueKeys(tx, line.listenerId, deps.clock.now(), [...stoppedFeeds(line.listener.health), ...except]))
  for (const [feed, asked] of grouped(due, (row) => row.feed)) {
    const tries = Math.max(...asked.map((row) => row.tries))
    const keys = asked.map((row) => row.key)
    const at = new Date(deps.clock.now().getTime() + backoffMs(tries, 2_000, 900_000))
    // Put off before asking: a question that fails, or a process that dies, comes back later and not at once.
    await fence.inTurn((tx) => keysLater(tx, line.listenerId, feed, keys, at))
    if (feed === 'check' || feed === 'subscriptions') {
      const askedAt = deps.clock.now()
      await (feed === 'check' ? checkAsked(deps, line, keys) : watchSubscriptions(deps, line))
      await fence.inTurn(async (tx) => {
        await dropKeys(tx, line.listenerId, feed, keys, askedAt)
        if (feed === 'check') await checkAgain(tx, line.listenerId, deps.clock.now())
      })
    } else if (!isFeed(feed)) continue
    // Nobody wants to know any more.
    else if (!readsOf(line).includes(feed)) await fence.inTurn((tx) => dropKeys(tx, line.listenerId, feed, keys, deps.clock.now()))
    else for (const part of parts(keys, line.connector.limits.look)) await pullKeys(deps, line, fence, feed, part)
  }
  return due.length
}

const isFeed = (feed: string): feed is Feed => (FEEDS as readonly string[]).includes(feed)

async function pullKeys(deps: SyncDeps, line: Line, fence: Fence, feed: Feed, keys: string[]): Promise<void> {
  await fence.ensure()
  const askedAt = deps.clock.now()
  const page = await line.remote.pull(feed, { keys }, 'live')
  await fence.inTurn(async (tx) => {
    await storePage(tx, line.listenerId, page.events.filter(isNews), null, byOf(deps, line))
    await dropKeys(tx, line.listenerId, feed, keys, askedAt)
  })
}

/** A pull by key that answers "look at this key" would go round for ever. */
const isNews = (event: RemoteEvent): boolean => event.kind !== 'look'

/** Orders whose place nobody has said are asked for again, with growing pauses. */
async function askForPlaces(deps: SyncDeps, line: Line, fence: Fence): Promise<number> {
  for (let asked = 0; ; ) {
    const orders = await fence.inTurn(async (tx) => {
      const now = deps.clock.now()
      const waiting = await ordersToRoute(tx, line.listenerId, now, line.connector.limits.look)
      if (waiting.length > 0)
        await routeLater(
          tx,
          waiting.map((order) => ({ id: order.id, at: new Date(now.getTime() + routeAgainMs(order.routeTries + 1)) })),
        )
      return waiting
    })
    if (orders.length === 0) return asked
    asked += orders.length
    await pullKeys(
      deps,
      line,
      fence,
      'orders',
      orders.map((order) => order.orderRef),
    )
  }
}
