/** The product with its demo companies, in a folder of its own: database, key and the simulators' memory together. */
import { createServer } from 'node:net'
import { join } from 'node:path'
import type { Config } from '../src/config.ts'
import type { Clock } from '../src/kit/clock.ts'
import type { Log } from '../src/kit/log.ts'
import { type Product, startProduct } from '../src/main.ts'
import type { Locale } from '../src/web/contract/shared.ts'
import { ullOchLin } from './company.ts'
import { uldOgLinned } from './danish-company.ts'
import { type DemoShop, openDemoShop, type Standing } from './demo-shop.ts'
import { type CatalogueCode, garnOgGull } from './norwegian-company.ts'
import { type DemoCompany, SHOPS, type ShopCode, type SignIn, type SystemCode } from './shops.ts'

export interface House {
  product: Product
  /** Ull & Lin, in Swedish. */
  shop: Standing<ShopCode> | null
  /** Uld & Linned, in Danish: e-conomic decides, and a DanDomain Webshop follows. */
  danish: Standing<SystemCode> | null
  /** Garn & Gull, in Norwegian: its whole catalogue is in Shopify. */
  norwegian: Standing<CatalogueCode> | null
  /** True when they were made now, not found. */
  isNew: boolean
  close(): Promise<void>
}

/** Never the real product's database: whatever the environment says, the demo has its own. */
export function demoConfig(base: Config, folder: string, port: number): Config {
  return { ...base, dataDir: join(folder, 'database'), keyFile: join(folder, 'key'), databaseUrl: null, databaseAppUrl: null, ...onThisMachine(port) }
}

/** The port must be known beforehand: the simulator is told where its hooks go. */
export const onThisMachine = (port: number) => ({ port, publicAddress: `http://127.0.0.1:${port}`, allowLoopback: true })

export interface HouseOptions {
  /** Ull & Lin's webshops; null = without Ull & Lin. */
  shops?: readonly ShopCode[] | null
  isDanishToo?: boolean
  isNorwegianToo?: boolean
  /** Of the product and all beside it; the wall's when left out. */
  clock?: Clock
}

export async function openHouse(
  config: Config,
  folder: string,
  log: Log,
  say: (words: string) => void,
  { shops = SHOPS, isDanishToo = true, isNorwegianToo = true, ...time }: HouseOptions = {},
): Promise<House> {
  const opened: { close(): Promise<void> }[] = []
  const close = async () => {
    for (const each of opened.splice(0).toReversed()) await each.close()
  }
  const must = <C extends string>(demo: DemoShop<C> | null): DemoShop<C> => {
    if (demo === null) throw new Error('The simulators are not installed: npm ci without --omit=dev brings them.')
    opened.push(demo)
    return demo
  }
  let first: SignIn | null = null
  const neighbour = () => first
  try {
    const demo = shops === null ? null : must(await openDemoShop({ company: ullOchLin, folder, hooks: true, shops, say, ...time }))
    const others = <C extends string>(wanted: boolean, company: DemoCompany<C>, name: string) =>
      wanted ? openDemoShop({ company, folder: join(folder, name), hooks: true, say, ...time }).then(must) : null
    const dane = await others(isDanishToo, uldOgLinned(neighbour), 'uld-og-linned')
    const norwegian = await others(isNorwegianToo, garnOgGull(neighbour), 'garn-og-gull')
    const product = await startProduct(config, { log, ...(demo === null ? {} : { demo }), ...time })
    opened.push(product)
    const stand = async <C extends string>(each: DemoShop<C> | null, locale: Locale) => {
      const found = (await each?.opened(product.address)) ?? null
      const standing = found ?? (await each?.start(locale)) ?? null
      first ??= standing
      return { standing, isNew: found === null }
    }
    const { standing: shop, isNew } = await stand(demo, 'sv')
    return { product, shop, danish: (await stand(dane, 'da')).standing, norwegian: (await stand(norwegian, 'nb')).standing, isNew, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** The port asked for when nobody has it, else any free one. */
export async function freePort(wanted = 0): Promise<number> {
  const server = createServer()
  const port = await new Promise<number | null>((resolve) => {
    server.once('error', () => resolve(null))
    server.listen(wanted, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' ? (address?.port ?? null) : null)
    })
  })
  if (port === null) return freePort()
  await new Promise((resolve) => server.close(resolve))
  return port
}
