/** What stands behind /_sim: the shop's state, knobs and faults, the storefront, and the hooks on their way. */
import type { Control } from '../kit.ts'
import type { ArmedFault, Faults } from './faults.ts'
import { variantsOf } from './goods.ts'
import type { Hooks } from './hooks.ts'
import { type Knobs, turnKnobs } from './knobs.ts'
import type { Serving } from './serving.ts'
import { shownStock } from './shelf.ts'
import { type OrderView, type Storefront, viewOfOrder } from './storefront.ts'
import type { Mail, Webhook, World, Write } from './world.ts'

interface GoodsState {
  id: number
  itemNumber: string
  title: string
  stock: number | null
  locations: Record<string, number>
}
export interface DandomainState {
  now: string
  products: (GoodsState & { online: boolean; variants: GoodsState[] })[]
  orders: OrderView[]
  webhooks: Webhook[]
  /** E-mails to customers that somebody outside the shop caused. */
  mails: Mail[]
  writes: Write[]
  knobs: Knobs
  skewMs: number
  faults: ReturnType<Faults['armed']>
  /** How often each operation, fault and event was hit. */
  hits: Record<string, number>
  hooksWaiting: { id: number; topic: string; about: number }[]
  requestsHeld: number
}
export interface FaultOrder {
  knobs?: Partial<Knobs>
  arm?: ArmedFault | ArmedFault[]
  clear?: boolean
  /** The shop's clock goes this much ahead (or, negative, behind). */
  skewMs?: number
}
export interface ControlParts {
  world: World
  faults: Faults
  hooks: Hooks
  serving: Serving
  shop: Storefront
  reset(): void
}

const goodsState = (world: World, thing: Parameters<typeof shownStock>[1]): GoodsState => ({
  id: thing.id,
  itemNumber: thing.itemNumber,
  title: thing.title,
  stock: shownStock(world, thing),
  locations: { ...thing.locations },
})

export function dandomainState({ world, faults, hooks, serving }: Omit<ControlParts, 'shop' | 'reset'>): DandomainState {
  return {
    now: world.time.now().toISOString(),
    products: [...world.products.values()].map((product) => ({
      ...goodsState(world, product),
      online: product.online,
      variants: variantsOf(world, product).map((variant) => goodsState(world, variant)),
    })),
    orders: [...world.orders.values()].map((order) => viewOfOrder(world, order)),
    webhooks: world.webhooks,
    mails: world.mails,
    writes: world.writes,
    knobs: { ...world.knobs },
    skewMs: world.skewMs,
    faults: faults.armed(),
    hits: Object.fromEntries(world.hits),
    hooksWaiting: hooks.waiting().map(({ id, topic, about }) => ({ id, topic, about })),
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
  const { world, hooks, serving, shop } = parts
  const verbs: Record<string, (body: never) => unknown> = {
    'hooks/hold': () => hooks.hold(),
    'hooks/release': (body: { order?: number[] }) => hooks.release(body.order),
    'hooks/send': (body: { id: number }) => hooks.send(body.id),
    'hooks/lose': (body: { id: number }) => hooks.lose(body.id),
    'hooks/quiet': () => hooks.quiet(),
    release: () => serving.release(),
  }
  for (const [name, verb] of Object.entries(shop)) verbs[`shop/${name}`] = verb as (body: never) => unknown
  return {
    clock: world.time,
    state: () => dandomainState(parts),
    reset: () => parts.reset(),
    fault: (body) => orderFault(parts, (body ?? {}) as FaultOrder),
    verbs,
  }
}
