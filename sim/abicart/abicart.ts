/** A stand-in for Abicart over real HTTP: shops beside each other behind one JSON-RPC address, written from Abicart's documentation (docs/connectors/abicart.md). */
import { deserialize, serialize } from 'node:v8'
import { json, type LogLine, listen, type SimAnswer, type SimRequest } from '../kit.ts'
import { simTime, type Ticking } from '../time.ts'
import { admin } from './admin.ts'
import { articleMethods } from './article-methods.ts'
import { type AbicartState, abicartState, control, type FaultOrder, orderFault } from './control.ts'
import { bodyOf, type Events, events } from './events.ts'
import { faults } from './faults.ts'
import type { Knobs } from './knobs.ts'
import { listenerMethods } from './listener-methods.ts'
import { orderMethods } from './order-methods.ts'
import { orders } from './orders.ts'
import { type Serving, serving } from './serving.ts'
import { addKey, shopMethods } from './shop-methods.ts'
import { type Storefront, storefront } from './storefront.ts'
import { hit, newWorld, type Shop, stampOf, type World } from './world.ts'

export interface ShopInput {
  /** The shop id, as it stands beside the shop's name in the admin. */
  webshop: number
  name?: string
  /** The top-level shop this one belongs to. */
  parent?: number
  /** The API key; made when left out. */
  key?: string
  /** Classes the key may not use, or all of them: the shop's own integrations aren't switched on. */
  refused?: string[] | 'all'
}
export interface AbicartOptions {
  port?: number
  /** The product's clock fits; with a fake one everything here waits for it too. */
  clock?: Ticking
  /** One shop, 49251, when left out. */
  shops?: ShopInput[]
  knobs?: Partial<Knobs>
  /** How long a listener has to answer. */
  eventBudgetMs?: number
  /** A world as `keep` gave it, to go on with: same uids, numbers, orders, keys and listeners. */
  kept?: Uint8Array
}
export interface Credentials {
  webshop: string
  key: string
  username: string
  password: string
}
export interface AbicartSim {
  address: string
  /** The JSON-RPC address. */
  endpoint: string
  /** What a merchant would paste, of the first shop. */
  credentials: Credentials
  credentialsOf(webshop: number): Credentials
  shop: Storefront
  addShop(shop: ShopInput): Credentials
  /** Takes rights from a shop's key, gives them back, or revokes it; the first shop's when left out. */
  setKey(change: { webshop?: number; refused?: string[] | 'all'; active?: boolean }): void
  /** Listeners vanish, or are switched off, without anybody being told; all, or those for one event. */
  dropListeners(which?: { eventName?: string; switchOff?: boolean }): number
  events: Events
  /** What a listener would be posted about this order or article. */
  eventBody(name: string, uid: number, webshop?: number): string
  /** The stock an article or variant (`article:<uid>`, `variant:<uid>`) holds; null when it is gone. */
  stockAt(cell: string): number | null
  state(): AbicartState
  fault(order: FaultOrder): void
  turn(knobs: Partial<Knobs>): void
  beforeNext: Serving['beforeNext']
  release(): number
  log: LogLine[]
  advance(ms: number): void
  /** Everything the shops remember, for `kept`; an idle shop is the same bytes. */
  keep(): Uint8Array
  reset(): void
  close(): Promise<void>
}

const FIRST: ShopInput = { webshop: 49_251, name: 'Ull & Lin' }
const RPC = /^\/backend\/jsonrpc\/v1\/?$/

export async function startAbicart(options: AbicartOptions = {}): Promise<AbicartSim> {
  const time = simTime(options.clock)
  const shops = options.shops ?? [FIRST]
  const firstShop = (shops[0] ?? FIRST).webshop
  const world: World = newWorld(time, options.knobs ?? {})
  if (options.kept !== undefined) Object.assign(world, deserialize(options.kept))
  const armed = faults((name) => hit(world, name))
  const told = events(world, options.eventBudgetMs ?? 5000)
  const orderDesk = orders(told)
  const shop = storefront(world, orderDesk, told, firstShop)
  const table = { ...shopMethods(), ...articleMethods(told), ...orderMethods(orderDesk), ...listenerMethods() }
  const desk = serving(world, table, armed, (articleNumber, quantity) => void shop.placeOrder({ lines: [{ articleNumber, quantity }], oversell: true }))

  const credentialsOf = (webshop: number): Credentials => {
    const held = shopAt(world, webshop)
    return { webshop: String(webshop), key: [...held.keys.keys()][0] ?? '', ...held.admin }
  }
  function addShop(input: ShopInput): Credentials {
    world.shops.set(input.webshop, newShop(input))
    addKey(shopAt(world, input.webshop), { name: 'Lager', created: stampOf(world), ...(input.key === undefined ? {} : { uid: input.key }), refused: input.refused ?? [] })
    return credentialsOf(input.webshop)
  }
  function setKey({ webshop, ...change }: { webshop?: number; refused?: string[] | 'all'; active?: boolean }): void {
    for (const key of shopAt(world, webshop ?? firstShop).keys.values()) Object.assign(key, change)
  }
  function dropListeners({ eventName, switchOff }: { eventName?: string; switchOff?: boolean } = {}): number {
    const listeners = [...world.shops.values()].flatMap((held) => [...held.listeners.values()].map((listener) => ({ held, listener })))
    const hits = listeners.filter(({ listener }) => eventName === undefined || listener.eventName === eventName)
    for (const { held, listener } of hits) {
      if (switchOff) Object.assign(listener, { active: false, inactiveSince: stampOf(world) })
      else held.listeners.delete(listener.uid)
    }
    return hits.length
  }
  const keys = new Map<number, string>()
  function open(): void {
    for (const each of shops) {
      const key = each.key ?? keys.get(each.webshop)
      keys.set(each.webshop, addShop(key === undefined ? each : { ...each, key }).key)
    }
  }
  function reset(): void {
    desk.forget()
    time.forget()
    told.forget()
    armed.clear()
    Object.assign(world, newWorld(time, options.knobs ?? {}))
    open()
  }
  async function answer(request: SimRequest): Promise<SimAnswer> {
    if (!RPC.test(request.path)) return admin(world, shop, request) ?? json(404, 'Not Found', { 'content-type': 'text/plain' })
    if (request.method !== 'POST') return json(405, 'POST here', { 'content-type': 'text/plain' })
    const { answer: said, note } = await desk.answer(request)
    listening.note(request, note)
    return said
  }

  if (options.kept === undefined) open()
  const parts = { world, faults: armed, events: told, serving: desk, shop, reset, addShop, setKey, dropListeners }
  const listening = await listen(answer, control(parts), options.port)

  return {
    address: listening.address,
    endpoint: `${listening.address}/backend/jsonrpc/v1/`,
    get credentials() {
      return credentialsOf(firstShop)
    },
    credentialsOf,
    shop,
    addShop,
    setKey,
    dropListeners,
    events: told,
    eventBody: (name, uid, webshop) => bodyOf(world, name, uid, webshop ?? firstShop),
    stockAt: (cell) => {
      try {
        return shop.stock({ cell })
      } catch {
        return null
      }
    },
    state: () => abicartState(parts),
    fault: (order) => orderFault(parts, order),
    turn: (knobs) => orderFault(parts, { knobs }),
    beforeNext: desk.beforeNext,
    release: desk.release,
    log: listening.log,
    advance: time.advance,
    keep: () => {
      const { time: _time, hits: _hits, ...kept } = world
      return serialize({ ...kept, writes: [], shops: new Map([...world.shops].map(([webshop, held]) => [webshop, { ...held, keys: unused(held.keys) }])) })
    },
    reset,
    close: async () => {
      desk.forget()
      time.forget()
      told.forget()
      await listening.close()
    },
  }
}

/** Keys as if nobody had used them yet, so that an idle shop stays the same. */
const unused = (keys: Shop['keys']): Shop['keys'] => new Map([...keys].map(([uid, key]) => [uid, { ...key, lastUsed: null }]))

function shopAt(world: World, webshop: number): Shop {
  const shop = world.shops.get(webshop)
  if (shop === undefined) throw new Error(`no shop ${webshop}`)
  return shop
}

const newShop = ({ webshop, name, parent }: ShopInput): Shop => ({
  webshop,
  parent: parent ?? null,
  name: { sv: name ?? `Butik ${webshop}` },
  type: 'plus',
  edition: 'Abicart',
  languages: ['sv', 'en'],
  currency: 'SEK',
  admin: { username: `admin@${webshop}.example`, password: 'hemligt' },
  keys: new Map(),
  logins: new Map(),
  sessions: new Map(),
  articles: new Map(),
  variants: new Map(),
  choices: new Map(),
  options: new Map(),
  groups: new Map(),
  orders: new Map(),
  items: new Map(),
  listeners: new Map(),
  lastOrderNumber: 1000,
})
