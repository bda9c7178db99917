/** The rehearsal: a fresh shop, every promise once, a table, and one line of JSON for whoever reads it by program. */
import type { Config } from '../src/config.ts'
import { silentLog } from '../src/kit/log.ts'
import { askProduct } from './ask.ts'
import type { Flags } from './flags.ts'
import { openHouse } from './house.ts'
import { PARTS, rehearse, type Told, table } from './rehearsal.ts'
import { sabotage } from './sabotage.ts'
import { firstSyncDone } from './shopify-shop.ts'

/** How long a promise may take to hold; kept ones take well under a second, but for what waits for the next sweep. */
const PATIENCE_MS = 10_000

export interface Once {
  flags: Pick<Flags, 'only' | 'sabotage'>
  /** Empty, and thrown away by the caller. */
  folder: string
  config: Config
  say: (words: string) => void
  patienceMs?: number
  /** Ends it before its end. */
  stopped?: Promise<unknown>
}

/** The exit code: 0 when every promise was kept. */
export async function once({ flags, folder, config, say, patienceMs = PATIENCE_MS, stopped = new Promise(() => {}) }: Once): Promise<number> {
  const began = performance.now()
  say('Making Ull & Lin and its first sync. Shopify may show an order 15 s late, so the first sync waits that long ...')
  const house = await openHouse(config, folder, silentLog, say)
  try {
    await Promise.race([firstSyncDone(askProduct(house.product.address, house.shop.key).api, house.shop.connectionId), stopped])
    const setUpMs = Math.round(performance.now() - began)
    say(`Ull & Lin stands at ${house.product.address}, its Shopify at ${house.shop.sim} (${setUpMs} ms).`)
    if (flags.sabotage !== null) {
      await sabotage(house.shop.sim, flags.sabotage)
      say(`Sabotage: ${flags.sabotage}. This must not go well.`)
    }
    const ground = { ...askProduct(house.product.address, house.shop.key), sim: house.shop.sim, connectionId: house.shop.connectionId, patienceMs }
    const told: Told[] = []
    const work = (async () => {
      for (const part of Object.keys(PARTS)) if (flags.only.length === 0 || flags.only.includes(part)) told.push(...(await rehearse(part, ground)))
      return 'done' as const
    })()
    if ((await Promise.race([work, stopped])) !== 'done') return 130
    say(`\n${table(told)}\n`)
    const count = (result: Told['result']) => told.filter((each) => each.result === result).length
    const ok = told.length > 0 && count('kept') === told.length
    say(JSON.stringify({ ok, kept: count('kept'), broken: count('broken'), notTried: count('not tried'), sabotage: flags.sabotage, setUpMs, promises: told }))
    return ok ? 0 : 1
  } finally {
    await house.close()
  }
}
