/** What stands behind /_sim: the shop's state, faults and switches, the storefront and the hook desk. */
import type { Control } from '../kit.ts'
import type { SimTime } from '../time.ts'
import type { Api } from './api.ts'
import type { FaultInput, Faults } from './faults.ts'
import type { Hooks } from './hooks.ts'
import type { State } from './state.ts'
import { type LevelView, type OrderView, viewOfLevel, viewOfOrder } from './storefront.ts'
import type { Switches } from './switches.ts'

export interface ShopState {
  now: string
  places: { id: string; name: string; active: boolean }[]
  items: number
  /** By sku, then by place name; a second item with the same sku is `SKU (2)`, an item without one `(no sku) <id>`. */
  levels: Record<string, Record<string, LevelView>>
  orders: OrderView[]
  customers: number
  subscriptions: { id: string; topic: string; uri: string; apiVersion: string; failures: number }[]
  hooksWaiting: { id: number; topic: string; eventId: string; attempts: number }[]
  /** How often each behaviour and fault was hit. */
  hits: Record<string, number>
  switches: Switches
  scopes: string[]
  faults: { kind: string; field: string | null; left: number | null }[]
  requestsHeld: number
}
export interface FaultOrder {
  switches?: Partial<Switches>
  arm?: FaultInput | FaultInput[]
  clear?: boolean
}
export interface ControlParts {
  state: State
  time: SimTime
  faults: Faults
  hooks: Hooks
  api: Api
  shop: object
  reset(): void
  privacyAt(uri: string | null): void
  setScopes(scopes: string[]): void
  expireTokens(): void
  uninstall(status: 401 | 403): void
}

export function shopState(parts: Pick<ControlParts, 'state' | 'time' | 'faults' | 'hooks' | 'api'>): ShopState {
  const { state } = parts
  const levels: ShopState['levels'] = {}
  for (const item of state.items.values()) {
    let name = item.sku ?? `(no sku) ${item.id}`
    for (let twin = 2; levels[name] !== undefined; twin += 1) name = `${item.sku} (${twin})`
    levels[name] = Object.fromEntries([...item.levels.values()].map((level) => [level.place.name, viewOfLevel(level)]))
  }
  return {
    now: parts.time.now().toISOString(),
    places: [...state.places.values()].map(({ id, name, active }) => ({ id, name, active })),
    items: state.items.size,
    levels,
    orders: [...state.orders.values()].map(viewOfOrder),
    customers: state.customers.size,
    subscriptions: [...state.subscriptions.values()].map(({ id, topic, uri, apiVersion, failures }) => ({ id, topic, uri, apiVersion, failures })),
    hooksWaiting: parts.hooks.waiting().map(({ id, topic, eventId, attempts }) => ({ id, topic, eventId, attempts })),
    hits: Object.fromEntries(state.hits),
    switches: { ...state.switches },
    scopes: [...state.scopes],
    faults: parts.faults.armed().map(({ fault, field, left }) => ({ kind: fault.kind, field, left })),
    requestsHeld: parts.api.held(),
  }
}

export function orderFault(parts: Pick<ControlParts, 'state' | 'faults'>, order: FaultOrder): void {
  if (order.clear) parts.faults.clear()
  if (order.switches) Object.assign(parts.state.switches, order.switches)
  for (const fault of order.arm === undefined ? [] : Array.isArray(order.arm) ? order.arm : [order.arm]) parts.faults.arm(fault)
}

export function control(parts: ControlParts): Control {
  const verbs: Record<string, (body: never) => unknown> = {
    'hooks/hold': () => parts.hooks.hold(),
    'hooks/release': (body: { order?: number[] }) => parts.hooks.release(body.order),
    'hooks/send': (body: { id: number }) => parts.hooks.send(body.id),
    'hooks/lose': (body: { id: number }) => parts.hooks.lose(body.id),
    'hooks/lossy': (body: Parameters<Hooks['lossy']>[0]) => parts.hooks.lossy(body),
    'hooks/rotate-secret': (body: { secret: string; oldSignsForMs?: number }) => parts.hooks.rotateSecret(body.secret, body.oldSignsForMs),
    'hooks/quiet': () => parts.hooks.quiet(),
    release: () => parts.api.release(),
    calls: (body: { after?: number }) => parts.state.calls.slice(body.after ?? 0),
    scopes: (body: { scopes: string[] }) => parts.setScopes(body.scopes),
    privacy: (body: { uri: string | null }) => parts.privacyAt(body.uri),
    'tokens/expire': () => parts.expireTokens(),
    uninstall: (body: { status?: 401 | 403 }) => parts.uninstall(body.status ?? 401),
  }
  for (const [name, verb] of Object.entries(parts.shop)) verbs[`shop/${name}`] = verb as (body: never) => unknown
  return {
    clock: parts.time,
    state: () => shopState(parts),
    reset: () => parts.reset(),
    fault: (body) => orderFault(parts, (body ?? {}) as FaultOrder),
    verbs,
  }
}
