/**
 * The demo shop inside a running product: made for whoever pressed the button on the first page, with simulated webshops on this machine.
 * What a simulator remembers is kept beside the data, so after a restart each webshop goes on where it was.
 */
import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Clock } from '../src/kit/clock.ts'
import type { Locale } from '../src/web/contract/shared.ts'
import { type Api, askProduct, Refused } from './ask.ts'
import { fillCompany, makeCompany, type SignIn } from './company.ts'
import { type Running, SHOPS, type ShopCode, type ShopKind } from './shops.ts'

const EMAIL = 'demo@ullochlin.example'
const KEEP_EVERY_MS = 2_000

/** What a restart needs to know. */
interface Note extends SignIn {
  /** Null until the company is made; `connectionId` until the shop is connected. */
  key: string | null
  shops: Partial<Record<ShopCode, { connectionId: number | null; port: number }>>
}
/** A webshop that is connected, and where its simulator answers. */
export interface Connected {
  connectionId: number
  sim: string
}
/** A demo shop that stands and can be used. */
export interface Standing extends SignIn {
  key: string
  shops: Partial<Record<ShopCode, Connected>>
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
  /** The product can be reached by the simulators: a public address is set. */
  hooks: boolean
  /** Which webshops it has; all of them when left out. */
  shops?: readonly ShopCode[]
  /** The product's, where it isn't the wall's. */
  clock?: Clock
  /** What went wrong, for the operator's terminal. */
  say: (words: string) => void
  /** Told whenever the shop stands: made now, or found again. */
  stands?: (shop: Standing) => void
}

/** Null where the simulators aren't installed (they aren't needed to run the product). Those of an earlier start answer before this resolves. */
export async function openDemoShop({ folder, hooks, shops = SHOPS, say, stands, ...time }: DemoOptions): Promise<DemoShop | null> {
  const found = await shopKinds()
  if (found === null) return null
  const kinds = found
  const files = { note: join(folder, 'shop.json'), shop: (code: ShopCode) => join(folder, code) }
  let note = readNote(files.note)
  let product: string | null = null
  let starting: Promise<Standing> | null = null
  const running = new Map<ShopCode, Running>()
  const last = new Map<ShopCode, Uint8Array>()

  const keep = () => {
    for (const [code, { sim }] of running) {
      const bytes = sim.keep()
      if (Buffer.compare(bytes, last.get(code) ?? new Uint8Array()) === 0) continue
      last.set(code, bytes)
      write(files.shop(code), bytes)
    }
  }
  const keeping = setInterval(keep, KEEP_EVERY_MS).unref()
  const run = async (code: ShopCode, options: { port?: number; kept?: Uint8Array } = {}) => {
    const shop = await kinds[code].start({ ...options, ...time }).catch(() => kinds[code].start({ ...options, ...time, port: 0 }))
    running.set(code, shop)
    return shop
  }
  const change = (what: Partial<Note>): Note => {
    note = { email: EMAIL, password: `ull-lin-${randomBytes(4).toString('hex')}`, key: null, shops: {}, ...note, ...what }
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    write(files.note, JSON.stringify(note))
    return note
  }
  const changeShop = (code: ShopCode, connectionId: number | null, { sim }: Running) =>
    change({ shops: { ...note?.shops, [code]: { connectionId, port: Number(new URL(sim.address).port) } } })
  const standing = ({ email, password, key, shops: noted }: Note): Standing | null => {
    const connected = Object.entries(noted).flatMap(([code, { connectionId }]) => {
      const sim = running.get(code as ShopCode)?.sim.address
      return connectionId === null || sim === undefined ? [] : [[code, { connectionId, sim }] as const]
    })
    return key === null || (shops.length > 0 && connected.length === 0) ? null : { email, password, key, shops: Object.fromEntries(connected) }
  }

  async function make(locale: Locale): Promise<Standing> {
    if (product === null) throw new Error('the product does not answer yet')
    note = null
    const { email, password } = change({})
    const key = await makeCompany(product, { email, password }, locale)
    change({ key })
    const { api } = askProduct(product, key)
    await fillCompany(api)
    await Promise.all(
      shops.map(async (code) => {
        const shop = running.get(code) ?? (await run(code))
        changeShop(code, null, shop)
        await kinds[code].fill(shop.sim.address)
        changeShop(code, await kinds[code].connect(api, shop.settings, hooks), shop)
      }),
    )
    const made = note === null ? null : standing(note)
    if (made === null) throw new Error('the demo shop was closed while it was made')
    keep()
    stands?.(made)
    return made
  }

  /** A simulator may have had to take another port, and the product another address. */
  async function goOn(api: Api, code: ShopCode, { connectionId, sim }: Connected): Promise<void> {
    const params = { connectionId }
    const { settings, state } = await api('connections.show', { params })
    if (state === 'gone' || state === 'setup') return
    const { addressField } = kinds[code]
    if (settings.find((field) => field.name === addressField)?.value !== sim) {
      await api('connections.settings', { params, body: { settings: { [addressField]: sim } } })
      await api('connections.check', { params, body: {} })
      const shop = running.get(code)
      if (shop !== undefined) changeShop(code, connectionId, shop)
    }
    if (hooks) await api('connections.subscribe', { params, body: {} })
  }

  for (const [code, { connectionId, port }] of Object.entries(note?.shops ?? {}))
    if (connectionId !== null) await run(code as ShopCode, { port, ...readKept(files.shop(code as ShopCode)) })
  return {
    start(locale) {
      starting ??= make(locale).catch((error: unknown) => {
        starting = null
        say(`The demo shop could not be finished: ${String(error)}. Stop Lagerbro, delete its data folder and start again.`)
        throw error
      })
      return starting
    },
    reaches: (host) => [...running.values()].some(({ sim }) => host === new URL(sim.address).host),
    async opened(address) {
      product = address
      const made = note === null ? null : standing(note)
      if (made === null) return null
      try {
        const { api } = askProduct(address, made.key)
        for (const [code, connected] of Object.entries(made.shops)) await goOn(api, code as ShopCode, connected)
        stands?.(made)
        return made
      } catch (error) {
        if (!(error instanceof Refused)) throw error
        say(`The demo shop's webshops could not be brought back: ${error.message}`)
        return null
      }
    },
    async close() {
      clearInterval(keeping)
      keep()
      for (const { sim } of running.values()) await sim.close()
    },
  }
}

/** Loaded when they are there: an installation without development packages has no simulators. */
async function shopKinds(): Promise<Record<ShopCode, ShopKind> | null> {
  try {
    import.meta.resolve('graphql')
  } catch {
    return null
  }
  const [{ shopify }, { abicart }] = await Promise.all([import('./shopify-shop.ts'), import('./abicart-shop.ts')])
  return { shopify, abicart }
}

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
