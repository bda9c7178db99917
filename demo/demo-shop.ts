/**
 * A demo company inside a running product, with simulated webshops on this machine: Ull & Lin for whoever pressed the button on the first page, and others beside it.
 * What a simulator remembers is kept beside the data, so after a restart each webshop goes on where it was.
 */
import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Clock } from '../src/kit/clock.ts'
import type { Locale } from '../src/web/contract/shared.ts'
import { type Api, askProduct, Refused } from './ask.ts'
import type { DemoCompany, Running, SignIn } from './shops.ts'

const KEEP_EVERY_MS = 2_000

/** What a restart needs to know. */
interface Note<C extends string> extends SignIn {
  /** Null until the company is made; `connectionId` until the shop is connected. */
  key: string | null
  shops: Partial<Record<C, { connectionId: number | null; port: number }>>
}
/** A webshop that is connected, and where its simulator answers. */
export interface Connected {
  connectionId: number
  sim: string
}
/** A demo shop that stands and can be used. */
export interface Standing<C extends string> extends SignIn {
  key: string
  shops: Partial<Record<C, Connected>>
}
export interface DemoShop<C extends string> {
  /** Makes it, with the product at this address. Asked twice it is the same one. */
  start(locale: Locale): Promise<Standing<C>>
  reaches(host: string): boolean
  /** The product answers now, and here. The shop made earlier, or null when there is none (any more). */
  opened(address: string): Promise<Standing<C> | null>
  close(): Promise<void>
}
export interface DemoOptions<C extends string> {
  company: DemoCompany<C>
  folder: string
  /** The product can be reached by the simulators: a public address is set. */
  hooks: boolean
  /** Which webshops it has; all of them when left out. */
  shops?: readonly C[]
  /** The product's, where it isn't the wall's. */
  clock?: Clock
  /** What went wrong, for the operator's terminal. */
  say: (words: string) => void
  /** Told whenever the shop stands: made now, or found again. */
  stands?: (shop: Standing<C>) => void
}

/** Null where the simulators aren't installed (they aren't needed to run the product). Those of an earlier start answer before this resolves. */
export async function openDemoShop<C extends string>({ company, folder, hooks, shops: asked, say, stands, ...time }: DemoOptions<C>): Promise<DemoShop<C> | null> {
  const found = await company.kinds()
  if (found === null) return null
  const kinds = found
  const shops = asked ?? (Object.keys(kinds) as C[])
  const files = { note: join(folder, 'shop.json'), shop: (code: C) => join(folder, code) }
  let note = readNote<C>(files.note)
  let product: string | null = null
  let starting: Promise<Standing<C>> | null = null
  const running = new Map<C, Running>()
  const last = new Map<C, Uint8Array>()

  const keep = () => {
    for (const [code, { sim }] of running) {
      const bytes = sim.keep()
      if (Buffer.compare(bytes, last.get(code) ?? new Uint8Array()) === 0) continue
      last.set(code, bytes)
      write(files.shop(code), bytes)
    }
  }
  const keeping = setInterval(keep, KEEP_EVERY_MS).unref()
  const run = async (code: C, options: { port?: number; kept?: Uint8Array } = {}) => {
    const shop = await kinds[code].start({ ...options, ...time }).catch(() => kinds[code].start({ ...options, ...time, port: 0 }))
    running.set(code, shop)
    return shop
  }
  const change = (what: Partial<Note<C>>): Note<C> => {
    note = { email: company.email, password: `${company.passwordStart}-${randomBytes(4).toString('hex')}`, key: null, shops: {}, ...note, ...what }
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    write(files.note, JSON.stringify(note))
    return note
  }
  const changeShop = (code: C, connectionId: number | null, { sim }: Running) =>
    change({ shops: { ...note?.shops, [code]: { connectionId, port: Number(new URL(sim.address).port) } } as Note<C>['shops'] })
  const standing = ({ email, password, key, shops: noted }: Note<C>): Standing<C> | null => {
    const connected = notedShops(noted).flatMap(([code, { connectionId }]) => {
      const sim = running.get(code)?.sim.address
      return connectionId === null || sim === undefined ? [] : [[code, { connectionId, sim }] as const]
    })
    return key === null || (shops.length > 0 && connected.length === 0) ? null : { email, password, key, shops: Object.fromEntries(connected) as Standing<C>['shops'] }
  }

  async function make(locale: Locale): Promise<Standing<C>> {
    if (product === null) throw new Error('the product does not answer yet')
    note = null
    const { email, password } = change({})
    const key = await company.make(product, { email, password }, locale)
    change({ key })
    const { api } = askProduct(product, key)
    await company.fill(api)
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
  async function goOn(api: Api, code: C, { connectionId, sim }: Connected): Promise<void> {
    const params = { connectionId }
    const { settings, state } = await api('connections.show', { params })
    if (state === 'gone' || state === 'setup') return
    const { addressField, listen } = kinds[code]
    if (settings.find((field) => field.name === addressField)?.value !== sim) {
      await api('connections.settings', { params, body: { settings: { [addressField]: sim } } })
      await api('connections.check', { params, body: {} })
      const shop = running.get(code)
      if (shop !== undefined) changeShop(code, connectionId, shop)
    }
    if (!hooks) return
    await api('connections.subscribe', { params, body: {} })
    await listen?.(api, connectionId, sim)
  }

  for (const [code, { connectionId, port }] of notedShops(note?.shops ?? {})) if (connectionId !== null) await run(code, { port, ...readKept(files.shop(code)) })
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
        for (const [code, connected] of Object.entries(made.shops) as [C, Connected][]) await goOn(api, code, connected)
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

type Noted<C extends string> = Note<C>['shops']
const notedShops = <C extends string>(noted: Noted<C>) => Object.entries(noted) as [C, NonNullable<Noted<C>[C]>][]

function readNote<C extends string>(path: string): Note<C> | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Note<C>
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
