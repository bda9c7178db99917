/** The real product with an empty database and its built pages, and a simulated Shopify beside it. */
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ShopifySim, startShopify } from '../../sim/shopify/shopify.ts'
import { readConfig } from '../../src/config.ts'
import type { Connector } from '../../src/connectors/contract.ts'
import * as connectors from '../../src/connectors/index.ts'
import type { Queryable } from '../../src/db/open.ts'
import { silentLog } from '../../src/kit/log.ts'
import { type Product, startProduct } from '../../src/main.ts'
import { testDatabase } from '../database.ts'
import { settingsFor } from '../product.ts'
import { openTime } from '../time.ts'

export interface Shop {
  address: string
  product: Product
  shopify: ShopifySim
  /** For planting what would take long to bring about. */
  owner: Queryable
  /** Waits for what takes the product and the shop some time (test/time.ts). */
  soon<T>(work: PromiseLike<T>): Promise<T>
  /** So long passes at once, as a night does. */
  pass(ms: number): void
  close(): Promise<void>
}

/** The simulator must be told where hooks go before the product has a port. */
async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

/** `batch` = the most numbers in one request to Shopify, so that a run can be met in the middle. */
export async function openShop(options: { batch?: number } = {}): Promise<Shop> {
  const data = await testDatabase()
  const folder = mkdtempSync(join(tmpdir(), 'lb-browser-'))
  const port = await freePort()
  const config = readConfig({ ...settingsFor(data, folder), LAGERBRO_PORT: String(port), LAGERBRO_PUBLIC_ADDRESS: `http://127.0.0.1:${port}` })
  const { clock, soon, pass, end } = openTime()
  const shopifyThen = { ...connectors.shopify, limits: { ...connectors.shopify.limits, batch: options.batch ?? connectors.shopify.limits.batch } } as Connector<unknown>
  const product = await startProduct(config, { log: silentLog, clock, connectors: { ...connectors, shopify: shopifyThen } })
  const shopify = await startShopify({ places: ['Odenplan', 'Göteborg'], name: 'Kaffe & Te', clock })
  return {
    address: product.address,
    product,
    shopify,
    owner: data.owner,
    soon,
    pass,
    async close() {
      await product.close()
      end()
      await shopify.close()
      await data.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
