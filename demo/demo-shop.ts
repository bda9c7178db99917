/**
 * The demo shop inside a running product: made for whoever pressed the button on the first page, with a simulated Shopify on this machine.
 * What the simulator remembers is kept beside the data, so after a restart the shop goes on where it was.
 */
import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ShopifyOptions, ShopifySim } from '../sim/shopify/shopify.ts'
import type { Locale } from '../src/web/contract/shared.ts'
import { askProduct, Refused } from './ask.ts'
import { COMPANY, STORES } from './catalogue.ts'
import { fillCompany, makeCompany, type SignIn } from './company.ts'
import { connectShopify, fillShop } from './shopify-shop.ts'

const EMAIL = 'demo@ullochlin.example'
const KEEP_EVERY_MS = 2_000

/** What a restart needs to know. */
interface Note extends SignIn {
  /** Null until the company is made; `connectionId` until the shop is connected. */
  key: string | null
  connectionId: number | null
  port: number
}
/** A demo shop that stands and can be used. */
export interface Standing extends SignIn {
  key: string
  connectionId: number
  /** Where the simulated Shopify answers. */
  sim: string
}
export interface DemoShop {
  /** Makes it, with the product at this address. Asked twice it is the same one. */
  start(locale: Locale): Promise<Standing>
  reaches(host: string): boolean
  /** The product answers now, and here. The shop made earlier, or null when there is none (any more). */
  opened(address: string): Promise<Standing | null>
  close(): Promise<void>
}
export interface DemoOptions {
  folder: string
  /** The product can be reached by the simulator: a public address is set. */
  hooks: boolean
  /** What went wrong, for the operator's terminal. */
  say: (words: string) => void
  /** Told whenever the shop stands: made now, or found again. */
  stands?: (shop: Standing) => void
}

/** Null where the simulator isn't installed (it isn't needed to run the product). A simulator of an earlier start answers before this resolves. */
export async function openDemoShop({ folder, hooks, say, stands }: DemoOptions): Promise<DemoShop | null> {
  const startShopify = await simulator()
  if (startShopify === null) return null
  const files = { note: join(folder, 'shop.json'), shop: join(folder, 'shopify') }
  let note = readNote(files.note)
  let product: string | null = null
  let sim: ShopifySim | null = null
  let last: Uint8Array | null = null
  let starting: Promise<Standing> | null = null

  const keep = () => {
    const bytes = sim?.keep() ?? null
    if (bytes === null || (last !== null && Buffer.compare(bytes, last) === 0)) return
    last = bytes
    write(files.shop, bytes)
  }
  const keeping = setInterval(keep, KEEP_EVERY_MS).unref()
  const run = async (options: ShopifyOptions) => {
    const shop = { name: COMPANY, domain: 'ull-och-lin.myshopify.com', places: [...STORES], ...options }
    sim = await startShopify(shop).catch(() => startShopify({ ...shop, port: 0 }))
    return sim
  }
  const change = (what: Partial<Note>): Note => {
    note = { email: EMAIL, password: `ull-lin-${randomBytes(4).toString('hex')}`, key: null, connectionId: null, port: 0, ...note, ...what }
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    write(files.note, JSON.stringify(note))
    return note
  }
  const standing = ({ email, password, key, connectionId }: Note): Standing | null =>
    key === null || connectionId === null || sim === null ? null : { email, password, key, connectionId, sim: sim.address }

  async function make(locale: Locale): Promise<Standing> {
    if (product === null) throw new Error('the product does not answer yet')
    note = null
    const shop = sim ?? (await run({}))
    const { email, password } = change({ port: portOf(shop) })
    const key = await makeCompany(product, { email, password }, locale)
    change({ key })
    const { api } = askProduct(product, key)
    await fillCompany(api)
    await fillShop(shop.address)
    const { clientId, clientSecret } = shop.credentials
    const connectionId = await connectShopify(api, shop.address, { clientId, clientSecret }, hooks)
    const made = standing(change({ connectionId }))
    if (made === null) throw new Error('the demo shop was closed while it was made')
    keep()
    stands?.(made)
    return made
  }

  /** The simulator may have had to take another port, and the product another address. */
  async function goOn(address: string, made: Standing): Promise<void> {
    const { api } = askProduct(address, made.key)
    const params = { connectionId: made.connectionId }
    const { settings, state } = await api('connections.show', { params })
    if (state === 'gone' || state === 'setup') return
    if (settings.find((field) => field.name === 'shop')?.value !== made.sim) {
      await api('connections.settings', { params, body: { settings: { shop: made.sim } } })
      await api('connections.check', { params, body: {} })
      change({ port: Number(new URL(made.sim).port) })
    }
    if (hooks) await api('connections.subscribe', { params, body: {} })
  }

  if (note !== null && note.connectionId !== null) await run({ port: note.port, ...readKept(files.shop) })
  return {
    start(locale) {
      starting ??= make(locale).catch((error: unknown) => {
        starting = null
        say(`The demo shop could not be finished: ${String(error)}. Stop Lagerbro, delete its data folder and start again.`)
        throw error
      })
      return starting
    },
    reaches: (host) => sim !== null && host === new URL(sim.address).host,
    async opened(address) {
      product = address
      const made = note === null ? null : standing(note)
      if (made === null) return null
      try {
        await goOn(address, made)
        stands?.(made)
        return made
      } catch (error) {
        if (!(error instanceof Refused)) throw error
        say(`The demo shop's webshop could not be brought back: ${error.message}`)
        return null
      }
    },
    async close() {
      clearInterval(keeping)
      keep()
      await sim?.close()
    },
  }
}

/** Loaded when it is there: an installation without development packages has no simulator. */
async function simulator(): Promise<((options: ShopifyOptions) => Promise<ShopifySim>) | null> {
  try {
    import.meta.resolve('graphql')
  } catch {
    return null
  }
  return async (options) => (await import('../sim/shopify/shopify.ts')).startShopify(options)
}

const portOf = (sim: ShopifySim): number => Number(new URL(sim.address).port)

function readNote(path: string): Note | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Note
  } catch {
    return null
  }
}

function readKept(path: string): { kept?: Uint8Array } {
  try {
    return { kept: readFileSync(path) }
  } catch {
    return {}
  }
}

/** Whole or not at all. */
function write(path: string, what: string | Uint8Array): void {
  writeFileSync(`${path}.new`, what, { mode: 0o600 })
  renameSync(`${path}.new`, path)
}
