/** A company, its Shopify shop with some hundred articles in step, and a fake clock under both: the stand on which the shop's side is broken. */
import type { lookup } from 'node:dns'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect } from 'vitest'
import { type ShopifyOptions, type ShopifySim, startShopify } from '../../sim/shopify/shopify.ts'
import type { Connector } from '../../src/connectors/contract.ts'
import { shopify } from '../../src/connectors/shopify/shopify.ts'
import { sql } from '../../src/db/sql.ts'
import { openHttp } from '../../src/kit/http.ts'
import { applyWaiting } from '../../src/sync/apply.ts'
import { chores } from '../../src/sync/chores.ts'
import { type Connection, openConnection } from '../../src/sync/connection.ts'
import type { Answer } from '../../src/web/contract/routes.ts'
import { openWeb, type Someone, type Web } from './web.ts'

const PLACE = 'Odenplan'
const START = 20
export const MINUTE_MS = 60_000
export const HOUR_MS = 3_600_000

export interface ShopStand {
  web: Web
  owner: Someone
  sim: ShopifySim
  connectionId: number
  /** Every hook from now on is lost, or none but the echoes of our own writes, which would only take time here. */
  loseHooks(lose: boolean): void
  /** Nothing reaches us from outside any more: hooks fail, and are tried again. */
  deaf(deaf: boolean): void
  /** The way to the shop: open, its name found by nobody, or its door closed. */
  way(is: 'open' | 'nameless' | 'closed'): void
  /** Our clock is set, forward or back; the shop's goes on as before. */
  jumpClock(ms: number): void
  /** The process dies and another is started: what was in memory is gone. */
  restart(): void
  /** Time passes, and all that is due is done. */
  pass(ms: number): Promise<void>
  /** One step of the work, for stopping in the middle. */
  step(): Promise<boolean>
  sell(sku: string, quantity?: number): Promise<void>
  order(sku: string, quantity?: number): string
  /** So many pieces more (or fewer) than was said so far are to be sold, for `agrees`. */
  expectMore(sku: string, quantity: number): void
  /** One more piece of everything comes in: a change for every article at once. */
  deliver(): Promise<void>
  page(): Promise<Answer<'connections.show'>>
  hourly(): Promise<void>
  /** Ledger and shop agree with everything that was sold, and nothing was refused, listed or called a difference on the way. */
  agrees(): Promise<void>
  close(): Promise<void>
}

export const skuOf = (n: number): string => `A-${String(n).padStart(3, '0')}`

export async function shopStand(articles: number, options: ShopifyOptions = {}): Promise<ShopStand> {
  const web = await openWeb({ connectors: { shopify: shopify as Connector<unknown> } })
  const { clock, deps } = web
  let isDeaf = false
  const door = createServer((message, response) => {
    if (isDeaf) return void message.destroy()
    const parts: Buffer[] = []
    message.on('data', (part: Buffer) => parts.push(part))
    message.on('end', async () => {
      const answer = await web.app.inject({
        method: message.method as 'POST',
        url: message.url ?? '/',
        headers: message.headers as Record<string, string>,
        payload: Buffer.concat(parts),
      })
      response.writeHead(answer.statusCode).end(answer.rawPayload)
    })
  })
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve))
  deps.publicAddress = `http://127.0.0.1:${(door.address() as AddressInfo).port}`
  /** A door of its own each time: a line that is kept open asks no name and knocks at no door. Its deadlines are by the stand's clock. */
  const way = (is: 'open' | 'nameless' | 'closed') => {
    const resolve = ((_: string, __: object, callback: (error: Error | null, found: { address: string; family: number }[]) => void) =>
      is === 'nameless'
        ? callback(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' }), [])
        : callback(null, [{ address: is === 'open' ? '127.0.0.1' : '127.0.0.2', family: 4 }])) as unknown as typeof lookup
    deps.http = openHttp({ allowLoopback: true, clock, resolve })
  }
  way('open')
  // The shop's clock is right, whatever ours does.
  let skewMs = 0
  const theirs = { now: () => new Date(clock.now().getTime() - skewMs), sleep: clock.sleep }
  const sim = await startShopify({ clock: theirs, places: [PLACE], plan: { size: 20_000, restorePerSecond: 1000 }, ...options })
  const { companyId, locationId, key } = await web.owner()
  // A key, because the clock here outlives a signed-in evening.
  const owner = await key()
  const skus = Array.from({ length: articles }, (_, n) => skuOf(n))
  const expected = new Map(skus.map((sku) => [sku, START]))
  const add = (sku: string, n: number) => expected.set(sku, (expected.get(sku) ?? 0) + n)
  sim.shop.addItems(skus.map((sku) => ({ sku, levels: { [PLACE]: START } })))
  await owner.does('articles.make-many', { body: { articles: skus.map((number) => ({ number, name: number })) } })
  const receive = (ref: string, quantity: number) =>
    owner.does('goods-receipts.register', { body: { ref, locationId: locationId, lines: skus.map((articleNumber) => ({ articleNumber, quantity })) } })
  await receive('start', START)

  const { id: connectionId } = await owner.does('connections.make', { body: { code: 'shopify', name: 'Webben' } })
  const params = { connectionId }
  // By a name, so that it can get lost.
  const settings = { shop: sim.address.replace('127.0.0.1', 'localhost'), clientId: sim.credentials.clientId, clientSecret: sim.credentials.clientSecret }
  await owner.does('connections.settings', { params, body: { settings } })
  await owner.does('connections.check', { params, body: {} })
  await owner.does('connections.places', { params, body: { places: [{ locationId: locationId, placeRef: sim.shop.places()[0]?.gid ?? '' }] } })
  await owner.does('connections.activate', { params, body: {} })
  await owner.does('connections.subscribe', { params, body: {} })

  const loseHooks = (lose: boolean) => sim.hooks.lossy({ drop: Number.POSITIVE_INFINITY, ...(lose ? {} : { topic: 'inventory_levels/update' }) })
  loseHooks(false)
  let connection: Connection = openConnection(deps, companyId, connectionId)
  const step = async (): Promise<{ did: boolean; nextAt: Date | null }> => {
    const { applied } = await applyWaiting(deps, companyId, connectionId)
    const stepped = await connection.step()
    return { did: stepped.did || applied > 0, nextAt: stepped.nextAt }
  }
  const pass = async (ms: number): Promise<void> => {
    const end = clock.now().getTime() + ms
    for (let n = 0; n < 2_000; n++) {
      await sim.hooks.quiet()
      const { did, nextAt } = await step()
      if (did) continue
      const now = clock.now().getTime()
      if (now >= end) return
      clock.advance(Math.min(end, Math.max(now + 1, nextAt?.getTime() ?? end)) - now)
    }
    throw new Error('it never came to rest')
  }
  let refs = 0
  const stand: ShopStand = {
    web,
    owner,
    sim,
    connectionId,
    pass,
    loseHooks,
    way,
    jumpClock: (ms) => {
      skewMs += ms
      clock.advance(ms)
    },
    deaf: (deaf) => {
      isDeaf = deaf
    },
    restart: () => {
      connection.die()
      connection = openConnection({ ...deps, db: { ...deps.db } }, companyId, connectionId)
    },
    step: async () => (await step()).did,
    sell: async (sku, quantity = 1) => {
      await owner.does('sales.register', { body: { ref: `K-${++refs}`, locationId: locationId, lines: [{ articleNumber: sku, quantity }] } })
      add(sku, -quantity)
    },
    order: (sku, quantity = 1) => {
      add(sku, -quantity)
      return sim.shop.placeOrder({ lines: [{ sku, quantity, at: PLACE }] }).gid
    },
    expectMore: add,
    deliver: async () => {
      await receive(`delivery-${++refs}`, 1)
      for (const sku of skus) add(sku, 1)
    },
    page: () => owner.does('connections.show', { params }),
    hourly: async () => {
      for (const chore of chores(deps)) if (chore.everyMs === HOUR_MS && chore.name !== 'compare') await chore.run(companyId)
    },
    agrees: async () => {
      const levels = await web.data.owner.rows<{ number: string; available: number }>(
        sql`select a.number, l.on_hand - l.reserved as available from level l join article a on a.company_id = l.company_id and a.id = l.article_id where l.company_id = ${companyId} order by 1`,
      )
      expect(levels.map((l) => [l.number, l.available])).toEqual([...expected])
      expect(skus.map((sku) => [sku, sim.available(sku, PLACE)])).toEqual([...expected])
      const { queue, counts, openDifferences, state, trouble } = await stand.page()
      expect({
        waiting: queue.live + queue.backfill + queue.inboxWaiting,
        flights: queue.inFlight,
        refused: queue.refused,
        listed: queue.inboxListed,
        openDifferences,
        state,
        trouble,
        counts,
      }).toEqual({
        waiting: 0,
        flights: 0,
        refused: 0,
        listed: 0,
        openDifferences: 0,
        state: 'active',
        trouble: null,
        counts: { 'in-sync': articles },
      })
    },
    close: async () => {
      await connection.letGo()
      await sim.close()
      await new Promise((resolve) => {
        door.close(resolve)
        door.closeAllConnections()
      })
      await web.close()
    },
  }
  const run = async (kind: 'match' | 'first-sync') => (await owner.does('runs.start', { params, body: { kind } })).id
  await run('match')
  await pass(MINUTE_MS)
  await owner.does('connections.box', { params, body: { boxed: true, foundInShop: true } })
  const runId = await run('first-sync')
  await pass(MINUTE_MS)
  const shown = await owner.does('runs.show', { params: { connectionId, runId } })
  if (shown.endedAt === null) await owner.does('runs.confirm', { params: { connectionId, runId }, body: {} })
  await pass(MINUTE_MS)
  return stand
}
