/** The toy shop: the smallest webshop that can behave in every way the sync rules know. Drive it in-process or over /_sim/*. */
import { json, type Listening, listen, type SimAnswer, type SimClock, type SimRequest, simClock } from '../kit.ts'
import { type Fault, type FaultDesk, type FaultKind, faultDesk, type Purpose } from './faults.ts'
import { type HookDesk, hookDesk } from './hooks.ts'
import { answer, purposeOf, RIGHTS } from './protocol.ts'
import { hit, type Shop, type ToyItem, type ToyOptions, type ToyOrder, type ToyWrite } from './shop.ts'
import { type Storefront, storefront } from './storefront.ts'
import { type WriteDesk, writeDesk } from './writes.ts'

/** A request that was received and left without an answer; it may still be executed. */
export interface Held {
  id: number
  at: Date
  request: SimRequest
}
export interface ToySim extends Storefront {
  readonly address: string
  readonly clock: SimClock
  readonly options: Shop['options']
  /** Live truth: look, don't touch. */
  readonly state: { items: Map<string, ToyItem>; orders: Map<string, ToyOrder>; writes: readonly ToyWrite[]; hits: Record<string, number> }
  readonly log: Listening['log']
  readonly hooks: HookDesk
  /** Good connection settings for this shop, as a person would type them. */
  settings(change?: Record<string, string>): Record<string, string>
  fault(fault: Fault): void
  clearFaults(kind?: FaultKind): void
  held(): readonly Held[]
  /** A held request is executed now. Null: it was too old to land (`maxFlightMs`). */
  land(id?: number): { status: number; body?: unknown } | null
  /** A held request never lands. */
  forget(id?: number): void
  /** Runs between receiving and answering. 'hangup' leaves the sender without an answer: 'before' also without an effect. */
  onRequest: ((phase: 'before' | 'after', request: SimRequest, purpose: Purpose) => Promise<undefined | 'hangup'> | undefined | 'hangup') | null
  /** Runs at the moment a write is executed, before the number changes. */
  onWrite: ((write: ToyWrite) => void) | null
  reset(): void
  close(): Promise<void>
}

interface Desks {
  shop: Shop
  faults: FaultDesk
  hooks: HookDesk
  writes: WriteDesk
  held: (Held & { land: () => Exclude<SimAnswer, string>; free: () => void })[]
}

export async function startToy(options: ToyOptions = {}): Promise<ToySim> {
  const shop = newShop(options)
  const faults = faultDesk((what) => hit(shop, what))
  const hooks = hookDesk(shop, faults)
  let sim: ToySim | null = null
  const writes = writeDesk(shop, faults, hooks, (write) => sim?.onWrite?.(write))
  const desks: Desks = { shop, faults, hooks, writes, held: [] }
  const front = storefront(shop, hooks)
  const driver = {
    ...front,
    options: shop.options,
    clock: shop.clock,
    hooks,
    fault: (fault: Fault) => faults.add(fault),
    clearFaults: (kind?: FaultKind) => faults.clear(kind),
    held: () => desks.held,
    land: (id?: number) => landHeld(desks, id),
    forget: (id?: number) => takeHeld(desks, id).free(),
    onRequest: null,
    onWrite: null,
    reset: () => resetShop(desks),
    state: { items: shop.items, orders: shop.orders, writes: shop.writes, hits: shop.hits },
  }
  const server = await listen(
    (request) => serve(desks, server, request, (phase, purpose) => sim?.onRequest?.(phase, request, purpose)),
    {
      state: () => stateText(desks),
      reset: () => driver.reset(),
      fault: (body) => ((body as { clear?: boolean } | undefined)?.clear === true ? faults.clear() : faults.add(body as Fault)),
      clock: shop.clock,
      verbs: { ...verbs(front, driver), options: (change: Partial<Shop['options']>) => void Object.assign(shop.options, change) },
    },
    options.port,
  )
  sim = Object.assign(driver, {
    address: server.address,
    log: server.log,
    settings: (change: Record<string, string> = {}) => ({ ...settingsText(shop, server.address), ...change }),
    close: async () => {
      await hooks.quiet()
      hooks.close()
      await server.close()
    },
  })
  return sim
}

async function serve(desks: Desks, server: Listening, request: SimRequest, act: (phase: 'before' | 'after', purpose: Purpose) => unknown): Promise<SimAnswer> {
  const { shop, faults } = desks
  const purpose = purposeOf(request)
  if (purpose === null) return json(404, { error: 'no-such-route' })
  server.note(request, purpose)
  if (request.headers.authorization !== `Bearer ${shop.options.token}`) return json(401, { error: 'token-wrong' })
  const before = faults.takeFirst(['timeout-before', 'hold', 'busy', 'error-before', 'denied', 'frozen', 'strange'], purpose)
  if (before?.kind === 'hold') {
    await act('before', purpose)
    return hold(desks, request, purpose, before)
  }
  if (before !== null) return failing(before)
  const after = faults.takeFirst(['timeout-after', 'error-after'], purpose)
  if ((await act('before', purpose)) === 'hangup') return 'hangup'
  const said = answer(shop, faults, desks.hooks, desks.writes, request, purpose, false)
  if ((await act('after', purpose)) === 'hangup' || after?.kind === 'timeout-after') return 'hangup'
  return after === null ? said : json(500, { error: 'broke-afterwards' })
}

function failing(fault: Fault): SimAnswer {
  switch (fault.kind) {
    case 'busy':
      return json(429, { error: 'busy' }, fault.retryAfter === null ? {} : { 'retry-after': String(fault.retryAfter ?? 2) })
    case 'denied':
      return json(401, { error: 'token-wrong' })
    case 'frozen':
      return json(423, { error: 'shop-frozen' })
    case 'error-before':
      return json(500, { error: 'broke' })
    case 'strange':
      return { status: 200, headers: { 'content-type': 'text/html' }, body: '<html><body>We will be back soon</body></html>' }
    default:
      return 'hangup'
  }
}

function hold(desks: Desks, request: SimRequest, purpose: Purpose, fault: Fault): SimAnswer {
  const { shop, faults, hooks, writes } = desks
  const reserved = fault.where === 'inside' && purpose === 'write' ? writes.reserve(request) : null
  const land = reserved?.settle ?? (() => answer(shop, faults, hooks, writes, request, purpose, true))
  desks.held.push({ id: request.id, at: shop.clock.now(), request, land, free: reserved?.free ?? (() => undefined) })
  return 'hangup'
}
function takeHeld(desks: Desks, id?: number): Desks['held'][number] {
  const found = id === undefined ? desks.held[0] : desks.held.find((h) => h.id === id)
  if (found === undefined) throw new Error('no request is held')
  desks.held = desks.held.filter((h) => h !== found)
  return found
}
function landHeld(desks: Desks, id?: number): Exclude<SimAnswer, string> | null {
  const held = takeHeld(desks, id)
  if (desks.shop.clock.now().getTime() - held.at.getTime() >= desks.shop.options.maxFlightMs) {
    hit(desks.shop, 'hold.too-old')
    held.free()
    return null
  }
  hit(desks.shop, 'hold.landed')
  return held.land()
}

function newShop(options: ToyOptions): Shop {
  const places = (options.places ?? ['main']).map((place) => (typeof place === 'string' ? { ref: place, name: place, active: true, unusable: null } : place))
  const { now, port: _port, places: _places, told, ...rest } = options
  const defaults: Shop['options'] = {
    token: 'toy-token-1',
    hookSecret: 'toy-hook-secret-1',
    compare: 'remote',
    keys: true,
    keyMs: 24 * 3_600_000,
    rule: 'placed',
    restores: true,
    deleteRestores: false,
    adjust: false,
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
  }
  const clock = simClock(now)
  return { options: { ...defaults, ...rest }, told: told ?? {}, clock, places, items: new Map(), orders: new Map(), writes: [], hits: {}, lastStampMs: 0, lastRef: 0, lastItem: 0 }
}
function resetShop(desks: Desks): void {
  const { shop } = desks
  shop.items.clear()
  shop.orders.clear()
  shop.writes.length = 0
  for (const name of Object.keys(shop.hits)) delete shop.hits[name]
  desks.faults.clear()
  desks.hooks.reset()
  desks.writes.reset()
  desks.held = []
}
function settingsText(shop: Shop, address: string): Record<string, string> {
  const o = shop.options
  const restores = shop.told.restores ?? o.restores
  return {
    address,
    token: o.token,
    hookSecret: o.hookSecret,
    compare: o.compare,
    keys: o.keys ? 'yes' : 'no',
    rule: shop.told.rule ?? o.rule,
    restores: restores === 'unknown' ? 'unknown' : restores ? 'yes' : 'no',
    adjust: o.adjust ? 'yes' : 'no',
    feedLagMs: String(shop.told.feedLagMs ?? o.feedLagMs),
    maxFlightMs: String(o.maxFlightMs),
  }
}
function stateText({ shop, hooks, held, faults }: Desks): unknown {
  const items = [...shop.items.values()].map((item) => ({ ...item, levels: Object.fromEntries(item.levels) }))
  const orders = [...shop.orders.values()].map(({ versions: _versions, ...order }) => order)
  return {
    now: shop.clock.now().toISOString(),
    options: { ...shop.options, token: 'kept out', hookSecret: 'kept out' },
    places: shop.places,
    items,
    orders,
    writes: shop.writes,
    hits: shop.hits,
    faults: faults.list(),
    held: held.map((h) => h.id),
    subscriptions: [...hooks.subscriptions.values()],
    hooks: hooks.pending().map((h) => ({ id: h.id, topic: h.topic, tries: h.tries })),
  }
}

/** The driver over HTTP: POST /_sim/<verb> with `{ args: [...] }`, the same arguments as in-process. */
function verbs(front: Storefront, driver: Pick<ToySim, 'land' | 'forget' | 'hooks'>): Record<string, (body: { args?: unknown[] }) => unknown> {
  const all: Record<string, (...args: never[]) => unknown> = {
    ...front,
    sell: (...args: Parameters<Storefront['sell']>) => front.sell(...args),
    land: driver.land,
    forget: driver.forget,
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
