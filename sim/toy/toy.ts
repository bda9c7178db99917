/** The toy shop: the smallest webshop that can behave in every way the sync rules know. Drive it in-process or over /_sim/*. */
import { type Listening, listen, type SimAnswer, type SimClock, type SimRequest, simClock } from '../kit.ts'
import type { Purpose } from './faults.ts' // toy only
import { BEFORE, type Fault, type FaultDesk, type FaultKind, faultDesk } from './faults.ts'
import { type Held, type HeldDesk, heldDesk } from './held.ts' // toy only
import { type HookDesk, hookDesk } from './hooks.ts'
import { pictureText } from './pictures.ts'
import { answer, brokeAfterwards, failing, isLetIn, noSuchRoute, purposeOf, RIGHTS, turnedAway } from './protocol.ts'
import { hit, type Shop, type ToyFace, type ToyItem, type ToyOptions, type ToyOrder, type ToyProduct, type ToyWrite } from './shop.ts'
import { type Storefront, storefront } from './storefront.ts'
import { type WriteDesk, writeDesk } from './writes.ts'

export interface ToySim extends Storefront {
  readonly address: string
  readonly clock: SimClock
  readonly options: Shop['options']
  /** Live truth: look, don't touch. */
  readonly state: {
    items: Map<string, ToyItem>
    products: Map<string, ToyProduct>
    faces: Map<string, ToyFace>
    orders: Map<string, ToyOrder>
    writes: readonly ToyWrite[]
    hits: Record<string, number>
  }
  readonly log: Listening['log']
  readonly hooks: HookDesk
  /** Good connection settings for this shop, as a person would type them. */
  settings(change?: Record<string, string>): Record<string, string>
  fault(fault: Fault): void
  clearFaults(kind?: FaultKind): void
  // toy only {
  held(): readonly Held[]
  /** A held request is executed now. Null: it was too old to land (`maxFlightMs`). */
  land(id?: number): { status: number; body?: unknown } | null
  /** A held request never lands. */
  forget(id?: number): void
  /** Runs between receiving and answering. 'hangup' leaves the sender without an answer: 'before' also without an effect. */
  onRequest: ((phase: 'before' | 'after', request: SimRequest, purpose: Purpose) => Promise<undefined | 'hangup'> | undefined | 'hangup') | null
  /** Runs at the moment a write is executed, before the number changes. */
  onWrite: ((write: ToyWrite) => void) | null
  // }
  reset(): void
  close(): Promise<void>
}

interface Desks {
  shop: Shop
  front: Storefront
  faults: FaultDesk
  hooks: HookDesk
  writes: WriteDesk
  held: HeldDesk // toy only
}

export async function startToy(options: ToyOptions = {}): Promise<ToySim> {
  const shop = newShop(options)
  const faults = faultDesk((what) => hit(shop, what))
  const hooks = hookDesk(shop, faults)
  let sim: ToySim | null = null // toy only
  const writes = writeDesk(
    shop,
    faults,
    hooks,
    (write) => sim?.onWrite?.(write), // toy only
  )
  const front = storefront(shop, hooks)
  const held = heldDesk(shop, writes, (request, purpose) => writes.lately(() => answer({ shop, faults, hooks, writes, front }, request, purpose))) // toy only
  const desks: Desks = {
    shop,
    front,
    faults,
    hooks,
    writes,
    held, // toy only
  }
  const driver = {
    ...front,
    options: shop.options,
    clock: shop.clock,
    hooks,
    fault: (fault: Fault) => faults.add(fault),
    clearFaults: (kind?: FaultKind) => faults.clear(kind),
    // toy only {
    held: () => held.list(),
    land: (id?: number) => held.land(id),
    forget: (id?: number) => held.forget(id),
    onRequest: null,
    onWrite: null,
    // }
    reset: () => resetShop(desks),
    state: { items: shop.items, products: shop.products, faces: shop.faces, orders: shop.orders, writes: shop.writes, hits: shop.hits },
  }
  const server = await listen(
    (request) =>
      serve(
        desks,
        server,
        request,
        (phase, purpose) => sim?.onRequest?.(phase, request, purpose), // toy only
      ),
    {
      state: () => stateText(desks),
      reset: () => driver.reset(),
      fault: (body) => ((body as { clear?: boolean } | undefined)?.clear === true ? faults.clear() : faults.add(body as Fault)),
      clock: shop.clock,
      verbs: { ...verbs(front, driver), options: (change: Partial<Shop['options']>) => void Object.assign(shop.options, change) },
    },
    options.port,
  )
  const made = Object.assign(driver, {
    address: server.address,
    log: server.log,
    settings: (change: Record<string, string> = {}) => ({ ...settingsText(shop, server.address), ...change }),
    close: async () => {
      await hooks.quiet()
      hooks.close()
      await server.close()
    },
  })
  sim = made // toy only
  return made
}

async function serve(
  desks: Desks,
  server: Listening,
  request: SimRequest,
  act: (phase: 'before' | 'after', purpose: Purpose) => unknown, // toy only
): Promise<SimAnswer> {
  const { shop, faults } = desks
  const purpose = purposeOf(request)
  if (purpose === null) return noSuchRoute
  server.note(request, purpose)
  if (!isLetIn(shop, request)) return turnedAway
  const before = faults.takeFirst(BEFORE, purpose)
  // toy only {
  if (before?.kind === 'hold') {
    await act('before', purpose)
    return desks.held.hold(request, purpose, before)
  }
  // }
  if (before !== null) return failing(before)
  const after = faults.takeFirst(['timeout-after', 'error-after'], purpose)
  if ((await act('before', purpose)) === 'hangup') return 'hangup' // toy only
  const said = answer(desks, request, purpose)
  if ((await act('after', purpose)) === 'hangup') return 'hangup' // toy only
  if (after?.kind === 'timeout-after') return 'hangup'
  return after === null ? said : brokeAfterwards
}

const COMPARES = { compare: 'remote', keys: true, keyMs: 24 * 3_600_000, adjust: false } as const // toy only

function newShop(options: ToyOptions): Shop {
  const places = (options.places ?? ['main']).map((place) => (typeof place === 'string' ? { ref: place, name: place, active: true, unusable: null } : place))
  const { now, port: _port, places: _places, ...rest } = options
  const defaults: Shop['options'] = {
    token: 'toy-token-1',
    hookSecret: 'toy-hook-secret-1',
    ...COMPARES, // toy only
    rule: 'placed',
    restores: true,
    deleteRestores: false,
    sellsBelowZero: false,
    feedLagMs: 0,
    feedByHand: false,
    lateRouting: false,
    maxFlightMs: 120_000,
    batches: 'rows',
    hooks: 'manual',
    hookBody: 'whole',
    stockHooks: 'none',
    rights: [...RIGHTS],
    topicsMissing: [],
    pageSize: 50,
    mostPictures: 20,
  }
  const clock = simClock(now)
  return {
    options: {
      ...defaults,
      ...rest,
    },
    told: options.told ?? {}, // toy only
    clock,
    places,
    items: new Map(),
    products: new Map(),
    faces: new Map(),
    orders: new Map(),
    writes: [],
    hits: {},
    lastStampMs: 0,
    lastRef: 0,
    lastItem: 0,
  }
}
function resetShop(desks: Desks): void {
  const { shop } = desks
  shop.items.clear()
  shop.products.clear()
  shop.faces.clear()
  shop.orders.clear()
  shop.writes.length = 0
  for (const name of Object.keys(shop.hits)) delete shop.hits[name]
  desks.faults.clear()
  desks.hooks.reset()
  desks.writes.reset() // toy only
  desks.held.reset() // toy only
}
/** What a person would type. */
function settingsText(shop: Shop, address: string): Record<string, string> {
  return {
    address,
    token: shop.options.token,
    hookSecret: shop.options.hookSecret,
    ...mannersText(shop), // toy only
  }
}
// toy only {
/** A shop's manners are told as they are, not at all, or wrongly. */
function mannersText({ options: o, told }: Shop): Record<string, string> {
  const restores = told.restores ?? o.restores
  return {
    compare: o.compare,
    keys: o.keys ? 'yes' : 'no',
    rule: told.rule ?? o.rule,
    restores: restores === 'unknown' ? 'unknown' : restores ? 'yes' : 'no',
    adjust: o.adjust ? 'yes' : 'no',
    feedLagMs: String(told.feedLagMs ?? o.feedLagMs),
    maxFlightMs: String(o.maxFlightMs),
  }
}
// }
function stateText(desks: Desks): unknown {
  const { shop, hooks, faults } = desks
  const items = [...shop.items.values()].map((item) => ({ ...item, levels: Object.fromEntries(item.levels) }))
  const orders = [...shop.orders.values()].map(({ versions: _versions, ...order }) => order)
  return {
    now: shop.clock.now().toISOString(),
    options: { ...shop.options, token: 'kept out', hookSecret: 'kept out' },
    places: shop.places,
    items,
    products: [...shop.products.values()].map((product) => ({ ...product, pictures: product.pictures.map(pictureText) })),
    orders,
    writes: shop.writes,
    hits: shop.hits,
    faults: faults.list(),
    held: desks.held.list().map((h) => h.id), // toy only
    subscriptions: [...hooks.subscriptions.values()],
    hooks: hooks.pending().map((h) => ({ id: h.id, topic: h.topic, tries: h.tries })),
  }
}

type Driven = Pick<
  ToySim,
  | 'hooks'
  | 'land' // toy only
  | 'forget' // toy only
>
/** The driver over HTTP: POST /_sim/<verb> with `{ args: [...] }`, the same arguments as in-process. */
function verbs(front: Storefront, driver: Driven): Record<string, (body: { args?: unknown[] }) => unknown> {
  const all: Record<string, (...args: never[]) => unknown> = {
    ...front,
    sell: (...args: Parameters<Storefront['sell']>) => front.sell(...args),
    land: driver.land, // toy only
    forget: driver.forget, // toy only
    'hook-deliver': driver.hooks.deliver,
    'hook-double': driver.hooks.double,
    'hook-lose': driver.hooks.lose,
    'hooks-deliver': driver.hooks.deliverAll,
    'subscriptions-vanish': driver.hooks.subscriptionsVanish,
  }
  return Object.fromEntries(Object.entries(all).map(([name, verb]) => [name, async (body: { args?: unknown[] }) => answerVerb(await verb(...((body.args ?? []) as never[])))]))
}
/** Maps have no JSON; an order's and an item's plain fields are enough over HTTP. */
const answerVerb = (result: unknown): unknown =>
  JSON.parse(JSON.stringify(result ?? null, (_name, value: unknown) => (value instanceof Map ? Object.fromEntries(value) : value)) ?? 'null')
