/** The whole product on a database of its own, for tests that speak with it over HTTP. Real time, no simulators of its own. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Config, readConfig } from '../src/config.ts'
import type { DbAddress } from '../src/db/open.ts'
import { silentLog } from '../src/kit/log.ts'
import { type Overrides, type Product, startProduct } from '../src/main.ts'
import { type TestDatabase, testDatabase } from './database.ts'

export interface TestProduct {
  product: Product
  data: TestDatabase
  config: Config
  close(): Promise<void>
}

/** The settings of a product on that database: by DATABASE_URL, with a login for the owner and one for the app. */
export function settingsFor(data: TestDatabase, folder: string): Record<string, string> {
  const url = ({ config }: DbAddress) => `postgres://${config.user}@/${config.database}?host=${encodeURIComponent(String(config.host))}`
  return {
    DATABASE_URL: url(data.ownerAddress),
    DATABASE_APP_URL: url(data.address),
    LAGERBRO_DATA_DIR: join(folder, 'data'),
    LAGERBRO_KEY_FILE: join(folder, 'key'),
    LAGERBRO_PORT: '0',
    LAGERBRO_ALLOW_LOOPBACK: 'yes',
    LAGERBRO_PUBLIC_ADDRESS: 'http://lager.example',
  }
}

export async function testProduct(overrides: Overrides = {}): Promise<TestProduct> {
  const data = await testDatabase()
  const folder = mkdtempSync(join(tmpdir(), 'lb-'))
  const config = readConfig(settingsFor(data, folder))
  const product = await startProduct(config, { log: silentLog, ...overrides })
  return {
    product,
    data,
    config,
    async close() {
      await product.close()
      await data.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
