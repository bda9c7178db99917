/** A stand-in for a DanDomain Webshop (HostedShop) over real HTTP: one shop behind the SOAP service, written from its documentation (docs/connectors/dandomain.md). */
import { deserialize, serialize } from 'node:v8'
import { json, type LogLine, listen, type SimAnswer, type SimRequest } from '../kit.ts'
import { simTime, type Ticking } from '../time.ts'
import { admin } from './admin.ts'
import { control, type DandomainState, dandomainState, type FaultOrder, orderFault } from './control.ts'
import { faults } from './faults.ts'
import { type Hooks, hooks, type Signed } from './hooks.ts'
import type { Knobs } from './knobs.ts'
import { orderOperations } from './order-operations.ts'
import { orders } from './orders.ts'
import { productOperations } from './product-operations.ts'
import { type Serving, serving } from './serving.ts'
import { sessionOperations } from './session-operations.ts'
import { standsAt, thingAt } from './shelf.ts'
import { type Storefront, storefront } from './storefront.ts'
import { newWorld, type World } from './world.ts'
import { wsdlOf } from './wsdl.ts'

export interface DandomainOptions {
  port?: number
  /** The product's clock fits; with a fake one everything here waits for it too. */
  clock?: Ticking
  knobs?: Partial<Knobs>
  /** Ids of its stock locations; none when left out. */
  locations?: number[]
  /** What the page and the answers call it: `title`, and `id` such as `shop49251`. */
  solution?: { id?: string; title?: string; hookSecret?: string }
  username?: string
  password?: string
  /** How long somebody who is told has to answer. */
  hookBudgetMs?: number
  /** A world as `keep` gave it, to go on with. */
  kept?: Uint8Array
}
export interface DandomainSim {
  address: string
  /** The SOAP address. */
  endpoint: string
  credentials: { username: string; password: string; hookSecret: string }
  shop: Storefront
  hooks: Hooks
  /** The hook a listener would be posted about this order or product. */
  hookAbout(topic: string, about: number): Signed
  /** The API user is switched off, or on again. */
  setUser(change: { active: boolean }): void
  /** The stock a product or variant (`product:<id>`, `variant:<id>`) holds, at a location; null when it has none or is gone. */
  stockAt(cell: string, location?: number): number | null
  state(): DandomainState
  fault(order: FaultOrder): void
  turn(knobs: Partial<Knobs>): void
  beforeNext: Serving['beforeNext']
  release(): number
  log: LogLine[]
  advance(ms: number): void
  /** Everything the shop remembers, for `kept`; an idle shop is the same bytes. */
  keep(): Uint8Array
  reset(): void
  close(): Promise<void>
}

const DEFAULTS = { username: 'api@uldoglaerred.dk', password: 'hemmeligt-kodeord', hookSecret: 'webhook-noegle-49251' }

export async function startDandomain(options: DandomainOptions = {}): Promise<DandomainSim> {
  const time = simTime(options.clock)
  const world: World = newWorld(time, options.knobs ?? {})
  const armed = faults((name) => void world.hits.set(name, (world.hits.get(name) ?? 0) + 1))
  const told = hooks(world, options.hookBudgetMs ?? 5000)
  const desk = orders(world, told)
  const shop = storefront(world, desk, told)
  const table = { ...sessionOperations, ...productOperations({ changed: (product) => told.emit('products/updated', product.id) }), ...orderOperations(desk) }
  const served = serving(world, table, armed, (itemNumber, amount) => void shop.placeOrder({ lines: [{ itemNumber, amount }], oversell: true }))

  function open(): void {
    const { id, title, hookSecret } = options.solution ?? {}
    Object.assign(world.solution, { hookSecret: hookSecret ?? DEFAULTS.hookSecret }, id === undefined ? {} : { id }, title === undefined ? {} : { title })
    world.users = [{ username: options.username ?? DEFAULTS.username, password: options.password ?? DEFAULTS.password, active: true }]
    world.locations = options.locations ?? []
  }
  function reset(): void {
    served.forget()
    time.forget()
    told.forget()
    armed.clear()
    Object.assign(world, newWorld(time, options.knobs ?? {}))
    open()
  }
  async function answer(request: SimRequest): Promise<SimAnswer> {
    if (request.path === '/service.wsdl') return { status: 200, headers: { 'content-type': 'text/xml; charset=utf-8' }, body: wsdlOf(table, `${listening.address}/service.php`) }
    if (request.path !== '/service.php') return admin(world, shop, request) ?? json(404, 'Not Found', { 'content-type': 'text/plain' })
    if (request.method !== 'POST') return json(405, 'POST here', { 'content-type': 'text/plain' })
    const { answer: said, note } = await served.answer(request)
    listening.note(request, note)
    return said
  }

  if (options.kept === undefined) open()
  else Object.assign(world, deserialize(options.kept))
  const parts = { world, faults: armed, hooks: told, serving: served, shop, reset }
  const listening = await listen(answer, control(parts), options.port)

  return {
    address: listening.address,
    endpoint: `${listening.address}/service.php`,
    get credentials() {
      return { username: world.users[0]?.username ?? '', password: world.users[0]?.password ?? '', hookSecret: world.solution.hookSecret }
    },
    shop,
    hooks: told,
    hookAbout: told.signed,
    setUser: ({ active }) => {
      for (const user of world.users) user.active = active
      if (!active) world.sessions.clear()
    },
    stockAt: (cell, location) => {
      const thing = thingAt(world, cell)
      return thing === undefined ? null : standsAt(world, thing, location ?? null)
    },
    state: () => dandomainState(parts),
    fault: (order) => orderFault(parts, order),
    turn: (knobs) => orderFault(parts, { knobs }),
    beforeNext: served.beforeNext,
    release: served.release,
    log: listening.log,
    advance: time.advance,
    keep: () => {
      const { time: _time, hits: _hits, ...kept } = world
      return serialize({ ...kept, writes: [], sessions: new Map() })
    },
    reset,
    close: async () => {
      served.forget()
      time.forget()
      told.forget()
      await listening.close()
    },
  }
}
