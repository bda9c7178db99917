/** The product with its demo shop, in a folder of its own: database, key and the simulator's memory together. */
import { createServer } from 'node:net'
import { join } from 'node:path'
import type { Config } from '../src/config.ts'
import type { Clock } from '../src/kit/clock.ts'
import type { Log } from '../src/kit/log.ts'
import { type Product, startProduct } from '../src/main.ts'
import { openDemoShop, type Standing } from './demo-shop.ts'
import { SHOPS, type ShopCode } from './shops.ts'

export interface House {
  product: Product
  shop: Standing
  /** True when it was made now, not found. */
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
  shops?: readonly ShopCode[]
  /** Of the product and its webshops; the wall's when left out. */
  clock?: Clock
}

export async function openHouse(config: Config, folder: string, log: Log, say: (words: string) => void, { shops = SHOPS, ...time }: HouseOptions = {}): Promise<House> {
  const demo = await openDemoShop({ folder, hooks: true, shops, say, ...time })
  if (demo === null) throw new Error('The simulators are not installed: npm ci without --omit=dev brings them.')
  try {
    const product = await startProduct(config, { log, demo, ...time })
    const close = async () => {
      await product.close()
      await demo.close()
    }
    try {
      const found = await demo.opened(product.address)
      return { product, shop: found ?? (await demo.start('sv')), isNew: found === null, close }
    } catch (error) {
      await close()
      throw error
    }
  } catch (error) {
    await demo.close()
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
