/** The rehearsal: fresh companies, every promise once, a table, and one line of JSON for whoever reads it by program. */
import { join } from 'node:path'
import type { Config } from '../src/config.ts'
import type { Clock } from '../src/kit/clock.ts'
import { silentLog } from '../src/kit/log.ts'
import { askProduct } from './ask.ts'
import { cataloguePromises } from './catalogue-promises.ts'
import { firstSyncDone } from './connect.ts'
import { dandomainPromises } from './dandomain-promises.ts'
import { openErp } from './erp.ts'
import type { Flags, Part } from './flags.ts'
import { type House, openHouse } from './house.ts'
import { importPromises } from './import-promises.ts'
import type { Ground, Soon } from './promise.ts'
import { rehearse, SHOP_PARTS, type Told, table } from './rehearsal.ts'
import { sabotage } from './sabotage.ts'
import { SHOPS, type ShopCode } from './shops.ts'
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
  const isAsked = (part: Part) => flags.only.length === 0 || flags.only.includes(part)
  const shops = SHOPS.filter(isAsked)
  say(
    shops.length === 0 && !isAsked('dandomain') && !isAsked('catalogue')
      ? 'Making the demo ...'
      : 'Making the demo and its first syncs. A shop may show an order late, so a first sync waits that long (Shopify: 15 s, Abicart and DanDomain: 5 s) ...',
  )
  const soon: Soon = time?.soon ?? ((work) => work)
  const wanted = {
    shops: shops.length > 0 || isAsked('views') || isAsked('import') ? shops : null,
    isDanishToo: isAsked('dandomain'),
    isNorwegianToo: isAsked('catalogue'),
    ...(time === undefined ? {} : { clock: time.clock }),
  }
  const house = await soon(openHouse(config, folder, silentLog, say, wanted))
  const { product } = house
  const common = { patienceMs, slack, soon }
  const parts = [...ullOchLinParts(house, common), ...danishPart(house, common), ...norwegianPart(house, common)]
  const erp = house.shop === null ? null : openErp(join(folder, 'erp'), product.address, house.shop.key)
  try {
    await Promise.race([soon(Promise.all(parts.map(({ ground }) => firstSyncDone(ground.api, ground.connectionId)))), stopped])
    const setUpMs = Math.round(performance.now() - began)
    say(`The demo stands at ${[product.address, ...parts.map(({ part, ground }) => `its ${part} at ${ground.sim}`)].join(', ')} (${setUpMs} ms).`)
    if (flags.sabotage !== null) {
      for (const { part, ground } of parts) await sabotage(part, ground.sim, flags.sabotage)
      say(`Sabotage: ${flags.sabotage}. This must not go well.`)
    }
    const told: Told[] = []
    const work = (async () => {
      for (const { keep } of parts) told.push(...(await keep()))
      // A broken shop is nothing an outside system would notice, nor a file.
      if (flags.sabotage === null && house.shop !== null && erp !== null) {
        const { api } = askProduct(product.address, house.shop.key)
        if (isAsked('views')) told.push(...(await rehearse('views', viewPromises, { api, erp, adminKey: house.shop.key, patienceMs })))
        if (isAsked('import')) told.push(...(await rehearse('import', importPromises, { api, patienceMs, file: { id: 0, before: new Map() } })))
      }
      return 'done' as const
    })()
    if ((await Promise.race([work, stopped])) !== 'done') return 130
    say(`\n${table(told)}\n`)
    const count = (result: Told['result']) => told.filter((each) => each.result === result).length
    const ok = told.length > 0 && count('kept') === told.length
    say(JSON.stringify({ ok, kept: count('kept'), broken: count('broken'), notTried: count('not tried'), sabotage: flags.sabotage, setUpMs, promises: told }))
    return ok ? 0 : 1
  } finally {
    await erp?.kill()
    await house.close()
  }
}

interface Rehearsed {
  part: ShopCode | 'dandomain' | 'catalogue'
  ground: Ground
  keep(): Promise<Told[]>
}
type Common = Pick<Ground, 'patienceMs' | 'soon'> & { slack: number }

function ullOchLinParts({ product, shop }: House, common: Common): Rehearsed[] {
  if (shop === null) return []
  const { api } = askProduct(product.address, shop.key)
  return SHOPS.flatMap((part) => {
    const connected = shop.shops[part]
    if (connected === undefined) return []
    const ground = { api, ...common, ...connected }
    return [{ part, ground, keep: () => rehearse(part, SHOP_PARTS[part], ground) }]
  })
}

function danishPart({ product, danish }: House, common: Common): Rehearsed[] {
  const [erp, shop] = [danish?.shops.economic, danish?.shops.dandomain]
  if (danish === null || erp === undefined || shop === undefined) return []
  const bytes = async (path: string) => Buffer.from(await (await fetch(`${product.address}${path}`, { headers: { authorization: `Bearer ${danish.key}` } })).arrayBuffer())
  const ground = { ...askProduct(product.address, danish.key), ...common, ...shop, erp: erp.sim, erpId: erp.connectionId, bytes }
  return [{ part: 'dandomain', ground, keep: () => rehearse('dandomain', dandomainPromises, ground) }]
}

function norwegianPart({ product, norwegian }: House, common: Common): Rehearsed[] {
  const shop = norwegian?.shops.catalogue
  if (norwegian === null || shop === undefined) return []
  const ground = { ...askProduct(product.address, norwegian.key), ...common, ...shop }
  return [{ part: 'catalogue', ground, keep: () => rehearse('catalogue', cataloguePromises, ground) }]
}
