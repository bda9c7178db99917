/** The rehearsal: a fresh shop, every promise once, a table, and one line of JSON for whoever reads it by program. */
import { join } from 'node:path'
import type { Config } from '../src/config.ts'
import type { Clock } from '../src/kit/clock.ts'
import { silentLog } from '../src/kit/log.ts'
import { askProduct } from './ask.ts'
import { firstSyncDone } from './connect.ts'
import { openErp } from './erp.ts'
import type { Flags } from './flags.ts'
import { openHouse } from './house.ts'
import type { Soon } from './promise.ts'
import { rehearse, SHOP_PARTS, type Told, table } from './rehearsal.ts'
import { sabotage } from './sabotage.ts'
import { SHOPS } from './shops.ts'
import { viewPromises } from './view-promises.ts'

/** How long a promise may take to hold; kept ones take well under a second, but for what waits for the next sweep. */
const PATIENCE_MS = 10_000

export interface Once {
  flags: Pick<Flags, 'only' | 'sabotage'>
  /** Empty, and thrown away by the caller. */
  folder: string
  config: Config
  say: (words: string) => void
  patienceMs?: number
  /** For promises with a limit of their own, on a machine that does much else. */
  slack?: number
  /** A test's own time, which hurries while `soon` is waited for; the wall's when left out. */
  time?: { clock: Clock; soon: Soon }
  /** Ends it before its end. */
  stopped?: Promise<unknown>
}

/** The exit code: 0 when every promise was kept. */
export async function once({ flags, folder, config, say, patienceMs = PATIENCE_MS, slack = 1, time, stopped = new Promise(() => {}) }: Once): Promise<number> {
  const began = performance.now()
  const isAsked = (part: (typeof flags.only)[number]) => flags.only.length === 0 || flags.only.includes(part)
  const shops = SHOPS.filter(isAsked)
  say(
    shops.length === 0
      ? 'Making Ull & Lin ...'
      : 'Making Ull & Lin and its first sync. A shop may show an order late, so the first sync waits that long (Shopify: 15 s, Abicart: 5 s) ...',
  )
  const soon: Soon = time?.soon ?? ((work) => work)
  const house = await soon(openHouse(config, folder, silentLog, say, { shops, ...(time === undefined ? {} : { clock: time.clock }) }))
  const { product, shop } = house
  const erp = openErp(join(folder, 'erp'), product.address, shop.key)
  try {
    const caller = askProduct(product.address, shop.key)
    const grounds = shops.flatMap((part) => {
      const connected = shop.shops[part]
      return connected === undefined ? [] : [{ part, ground: { ...caller, ...connected, patienceMs, slack, soon } }]
    })
    await Promise.race([soon(Promise.all(grounds.map(({ ground }) => firstSyncDone(caller.api, ground.connectionId)))), stopped])
    const setUpMs = Math.round(performance.now() - began)
    say(`Ull & Lin stands at ${[product.address, ...grounds.map(({ part, ground }) => `its ${part} at ${ground.sim}`)].join(', ')} (${setUpMs} ms).`)
    if (flags.sabotage !== null) {
      for (const { part, ground } of grounds) await sabotage(part, ground.sim, flags.sabotage)
      say(`Sabotage: ${flags.sabotage}. This must not go well.`)
    }
    const told: Told[] = []
    const work = (async () => {
      for (const { part, ground } of grounds) told.push(...(await rehearse(part, SHOP_PARTS[part], ground)))
      // A broken shop is nothing an outside system would notice.
      if (isAsked('views') && flags.sabotage === null) told.push(...(await rehearse('views', viewPromises, { ...caller, erp, adminKey: shop.key, patienceMs })))
      return 'done' as const
    })()
    if ((await Promise.race([work, stopped])) !== 'done') return 130
    say(`\n${table(told)}\n`)
    const count = (result: Told['result']) => told.filter((each) => each.result === result).length
    const ok = told.length > 0 && count('kept') === told.length
    say(JSON.stringify({ ok, kept: count('kept'), broken: count('broken'), notTried: count('not tried'), sabotage: flags.sabotage, setUpMs, promises: told }))
    return ok ? 0 : 1
  } finally {
    await erp.kill()
    await house.close()
  }
}
