/** What stands behind /_sim: the shops' state, knobs and faults, the storefront, and the events on their way. */
import type { Control } from '../kit.ts'
import type { Events } from './events.ts'
import type { Fault, Faults } from './faults.ts'
import { optionsText } from './goods.ts'
import { type Knobs, turnKnobs } from './knobs.ts'
import type { Serving } from './serving.ts'
import { shownTotal, variantsOf } from './shelf.ts'
import { type OrderView, type Storefront, viewOfOrder } from './storefront.ts'
import type { Shop, World, Write } from './world.ts'

export interface ArticleState {
  uid: number
  articleNumber: string | null
  name: string
  stock: number
  useStock: boolean
  hidden: boolean
  variants: { uid: number; articleNumber: string | null; stock: number; options: string }[]
}
export interface ShopState {
  webshop: number
  name: string
  parent: number | null
  articles: ArticleState[]
  orders: OrderView[]
  /** Without their tokens. */
  listeners: { uid: number; eventName: string; url: string; active: boolean; failures: number }[]
}
export interface AbicartState {
  now: string
  shops: ShopState[]
  knobs: Knobs
  skewMs: number
  faults: ReturnType<Faults['armed']>
  /** How often each method, error and fault was hit. */
  hits: Record<string, number>
  writes: Write[]
  eventsWaiting: { id: number; name: string; uid: number }[]
  requestsHeld: number
}
export interface FaultOrder {
  knobs?: Partial<Knobs>
  arm?: Fault | Fault[]
  clear?: boolean
  /** The shops' clock goes this much ahead (or, negative, behind). */
  skewMs?: number
}
export interface ControlParts {
  world: World
  faults: Faults
  events: Events
  serving: Serving
  shop: Storefront
  reset(): void
  addShop(input: never): unknown
  setKey(input: never): unknown
  dropListeners(input: never): unknown
}

export function shopState(world: World, shop: Shop): ShopState {
  const at = { world, shop }
  return {
    webshop: shop.webshop,
    name: shop.name.sv ?? '',
    parent: shop.parent,
    articles: [...shop.articles.values()].map((article) => ({
      uid: article.uid,
      articleNumber: article.articleNumber,
      name: article.name.sv ?? '',
      stock: shownTotal(at, article),
      useStock: article.stock.useStock,
      hidden: article.hidden,
      variants: variantsOf(at, article).map((each) => ({ uid: each.uid, articleNumber: each.articleNumber, stock: each.stock, options: optionsText(shop, each) })),
    })),
    orders: [...shop.orders.values()].map((order) => viewOfOrder(at, order)),
    listeners: [...shop.listeners.values()].map(({ uid, eventName, url, active, failures }) => ({ uid, eventName, url, active, failures })),
  }
}
export function abicartState({ world, faults, events, serving }: Pick<ControlParts, 'world' | 'faults' | 'events' | 'serving'>): AbicartState {
  return {
    now: world.time.now().toISOString(),
    shops: [...world.shops.values()].map((shop) => shopState(world, shop)),
    knobs: { ...world.knobs },
    skewMs: world.skewMs,
    faults: faults.armed(),
    hits: Object.fromEntries(world.hits),
    writes: world.writes,
    eventsWaiting: events.waiting().map(({ id, name, uid }) => ({ id, name, uid })),
    requestsHeld: serving.held(),
  }
}

export function orderFault({ world, faults }: Pick<ControlParts, 'world' | 'faults'>, order: FaultOrder): void {
  if (order.clear) faults.clear()
  if (order.knobs) turnKnobs(world.knobs, order.knobs)
  if (order.skewMs !== undefined) world.skewMs = order.skewMs
  for (const fault of order.arm === undefined ? [] : [order.arm].flat()) faults.arm(fault)
}

export function control(parts: ControlParts): Control {
  const { world, events, serving, shop } = parts
  const verbs: Record<string, (body: never) => unknown> = {
    'events/hold': () => events.hold(),
    'events/release': (body: { order?: number[] }) => events.release(body.order),
    'events/send': (body: { id: number }) => events.send(body.id),
    'events/lose': (body: { id: number }) => events.lose(body.id),
    'events/lossy': (body: { drop?: number; duplicate?: number }) => events.lossy(body),
    'events/quiet': () => events.quiet(),
    release: () => serving.release(),
    'shops/add': parts.addShop,
    'keys/set': parts.setKey,
    'listeners/drop': parts.dropListeners,
  }
  for (const [name, verb] of Object.entries(shop)) verbs[`shop/${name}`] = verb as (body: never) => unknown
  return {
    clock: world.time,
    state: () => abicartState(parts),
    reset: () => parts.reset(),
    fault: (body) => orderFault(parts, (body ?? {}) as FaultOrder),
    verbs,
  }
}
