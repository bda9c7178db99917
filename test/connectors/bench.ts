/** What a connector's room must supply to be put through the battery: the connector, good settings, and a simulator that can be moved and hurt. */
import { inspect } from 'node:util'
import { expect } from 'vitest'
import {
  type Batch,
  type Change,
  type Connector,
  type Outcome,
  type Page,
  type Remote,
  RemoteError,
  type RemoteOrder,
  type StockManners,
  type Tools,
} from '../../src/connectors/contract.ts'
import { openHttp } from '../../src/kit/http.ts'

export const BENCH_FAULTS = ['busy', 'timeout-before', 'timeout-after', 'error-before', 'error-after', 'denied', 'frozen', 'strange'] as const
/** timeout and error come before or after the effect; `strange` is an answer nobody can read. */
export type BenchFault = (typeof BENCH_FAULTS)[number]

export interface Bench<_S> {
  /** As a person types them; the battery parses them. */
  raw: Record<string, string>
  /** Changes to `raw` that make the credentials wrong (but well formed). */
  wrongKey: Record<string, string>
  /** Changes to `raw` that parse must refuse, and the field it must blame. */
  badSettings: { change: Record<string, string>; field: string }[]
  /** Nothing thrown may contain any of these. */
  secrets: string[]
  /** A place that sells; and another one, where the simulator has one. */
  placeRef: string
  otherPlaceRef: string | null
  /** So many orders (and items) don't fit on one page. */
  pageful: number
  /** The remote can't compare, and its connector reads and compares before it writes. */
  readsBeforeWriting?: boolean
  /** A connection is about to be opened: another paces itself from nothing, so time may have to pass between them. */
  opens?(): void
  /** An item's number is its name: every item has one, and no two the same. */
  uniqueNumbers?: true
  /** The walks over many pages are left out: where their position is tested they are no question. */
  onePage?: true
  /** An order is shipped and cancelled whole, with everything put back; single pieces are taken off by editing it. */
  wholeOrders?: true
  /** The remote keeps count of everything: nothing is untracked there. */
  countsAll?: true
  /** A person makes its subscriptions in its own admin, and it can't be asked for them. */
  hooksByHand?: true
  /** The remote doesn't stamp an order anew when it is cancelled. */
  stampsStandStill?: boolean
  /** What the remote waits on and stamps with; the real clock when left out. */
  clock?: Tools['clock']

  /** Answers the itemRef as the connector says it. `stock` null = the item isn't kept at `placeRef`. `raw` null number = carries none. */
  addItem(item: { number: string | null; stock: number | null; tracked?: boolean }): string
  removeItem(itemRef: string): void
  /** The raw number the simulator holds; null = none. */
  value(itemRef: string, placeRef?: string): number | null
  handEdit(itemRef: string, value: number): void
  /** How many writes of stock were executed so far. */
  effects(): number

  /** One line, paid, routed to `placeRef` where the position routes at once. Answers the orderRef as the connector says it. */
  sell(number: string, quantity: number): string
  ship(orderRef: string, quantity: number): void
  /** Unshipped pieces of the order's line are refunded. */
  refund(orderRef: string, quantity: number, restock: boolean): void
  /** Shipped pieces come back. */
  takeBack(orderRef: string, quantity: number, restock: boolean): void
  cancel(orderRef: string, restock: boolean): void
  /** As if it had never been. Left out where the remote deletes no orders. */
  deleteOrder?(orderRef: string): void
  /** Everything that happened is in the feed from now on. */
  feedCatchesUp(): void

  /** Nothing signs its hooks: only the address they come to, with a tail of its own per event, tells a forged one. */
  hooksUnsigned?: true
  /** The newest hook about an order, signed, as it would arrive at `/hooks/<address>/<tail>`; null when hooks aren't carried. Works without a subscription. */
  orderHook(orderRef: string, address: string): { topic: string; headers: Record<string, string>; body: Uint8Array; tail?: string } | null
  subscriptions(): { topic: string; url: string }[]
  /** One standing subscription disappears. */
  dropSubscription(): void | Promise<void>

  /** The next request (for `write`: the next push) fails so; null = the simulator can't do it, with the reason, and the test says so. */
  fault(fault: BenchFault, on: 'any' | 'write'): null | string
  /** Takes a right away and says which scope the page must show as missing; null = not possible here. */
  revoke(): string | null
  /** Idempotent; afterwards nobody listens any more. */
  stop(): Promise<void>
}

/** One position of the switches: the battery is run once for each. */
export interface Position<S> {
  name: string
  connector: Connector<S>
  /** The remote forgets its keys at once (one report): what a repeat then does is tested instead. */
  keysForgotten?: true
  /** What the connector must say of this position. */
  manners: Partial<StockManners>
  start(): Promise<Bench<S>>
}

/** A bench with its connection opened, made new for every test. */
export interface Stand<S> {
  connector: Connector<S>
  bench: Bench<S>
  settings: S
  manners: StockManners
  keysForgotten: boolean
  open(settings?: S): Remote
}
export type Use = () => Stand<unknown>

export function stand<S>(position: Position<S>, bench: Bench<S>): Stand<S> {
  const { connector } = position
  const settings = connector.settings.parse(bench.raw)
  const kept = new Map<string, string>()
  const http = openHttp({ allowLoopback: true })
  const tools: Tools = {
    http: (url, { label: _label, ...init }) => http(url, init),
    clock: bench.clock ?? { now: () => new Date(), sleep: async () => undefined },
    log: { info: () => undefined, warn: () => undefined },
    keep: { get: async (name) => kept.get(name) ?? null, set: async (name, value) => void kept.set(name, value) },
  }
  return {
    connector,
    bench,
    settings,
    manners: connector.manners(settings),
    keysForgotten: position.keysForgotten === true,
    open: (other) => {
      bench.opens?.()
      return connector.open(other ?? settings, tools)
    },
  }
}

/** The RemoteError this throws; anything else thrown, or nothing, fails. Whatever is thrown is searched for secrets. */
export async function failing(stand: Stand<unknown>, work: Promise<unknown>): Promise<RemoteError> {
  const thrown = await work.then(
    (value) => expect.fail(`should have failed, answered ${JSON.stringify(value)}`),
    (error: unknown) => error,
  )
  if (!(thrown instanceof RemoteError)) throw thrown
  expectNoSecrets(stand, thrown)
  return thrown
}
function expectNoSecrets(stand: Stand<unknown>, thrown: unknown): void {
  const text = inspect(thrown, { depth: 20, showHidden: true }) + JSON.stringify(thrown) + String(thrown)
  for (const secret of stand.bench.secrets) expect(text.includes(secret), 'a secret in what was thrown').toBe(false)
}

let lastKey = 0
/** Looks like the key of a real batch: the remote may demand a form. */
export const newKey = (): string => `00000000-0000-4000-8000-${String(++lastKey).padStart(12, '0')}`
export const stockRow = (stand: Stand<unknown>, itemRef: string, articleNumber: string, value: number, expected: number | null): Change => ({
  kind: 'stock',
  itemRef,
  placeRef: stand.bench.placeRef,
  articleNumber,
  value,
  expected: compares(stand) ? expected : null,
})
/** Any question about an item: a write where the connector writes numbers, else a read of it. */
export const anyCall = async (here: Stand<unknown>, remote: Remote, itemRef: string, articleNumber: string): Promise<unknown> =>
  writes(here) ? remote.push(batchOf(stockRow(here, itemRef, articleNumber, 1, 3)), 'live') : remote.pull('stock', { keys: [itemRef] }, 'live')
export const writes = ({ connector }: Stand<unknown>): boolean => connector.carries.out.includes('stock')
/** By itself or by its connector. */
export const compares = ({ manners, bench }: Stand<unknown>): boolean => manners.compare === 'remote' || bench.readsBeforeWriting === true
export const batchOf = (...rows: Change[]): Batch => ({ key: newKey(), rows })
/** What a push came to for its first row: an outcome, or the whole call's failure. */
export async function pushed(stand: Stand<unknown>, remote: Remote, batch: Batch): Promise<Outcome | { kind: 'failed'; error: RemoteError }> {
  try {
    const outcomes = await remote.push(batch, 'live')
    expect(outcomes).toHaveLength(batch.rows.length)
    return outcomes[0] ?? expect.fail('no outcome')
  } catch (error) {
    expectNoSecrets(stand, error)
    if (error instanceof RemoteError) return { kind: 'failed', error }
    throw error
  }
}
/** Was a write left open, as its sender must see it: the row or the call says that it may have happened. */
export const mayHaveHappened = (result: Awaited<ReturnType<typeof pushed>>): boolean =>
  result.kind === 'unknown' || (result.kind === 'failed' && result.error.executed === 'unknown')
export const certainlyNot = (result: Awaited<ReturnType<typeof pushed>>): boolean =>
  result.kind === 'not-sent' || result.kind === 'refused' || result.kind === 'stale' || (result.kind === 'failed' && result.error.executed === 'no')

/** Every page from a cursor to the end. */
export async function walk(
  remote: Remote,
  feed: 'orders' | 'articles' | 'stock',
  cursor: string | null = null,
  most = 200,
): Promise<{ pages: Page[]; events: Page['events']; cursor: string }> {
  const pages: Page[] = []
  let at = cursor
  for (;;) {
    const page = await remote.pull(feed, { cursor: at }, 'live')
    pages.push(page)
    at = page.cursor
    if (!page.more) return { pages, events: pages.flatMap((p) => p.events), cursor: page.cursor }
    expect(pages.length, 'pages without an end').toBeLessThan(most)
  }
}
export const ordersOf = (events: Page['events']): RemoteOrder[] => events.flatMap((event) => (event.kind === 'order-snapshot' ? [event.order] : []))
/** The newest snapshot of an order among events. */
export const newest = (events: Page['events'], orderRef: string): RemoteOrder => {
  const all = ordersOf(events).filter((o) => o.orderRef === orderRef)
  return all.toSorted((a, b) => (a.stamp < b.stamp ? -1 : 1)).at(-1) ?? expect.fail(`order ${orderRef} isn't there`)
}
