/** A DanDomain Webshop for the battery: its goods are plain products or variants, with or without stock locations, and every knob can be turned. */
import { type DandomainOptions, startDandomain } from '../../sim/dandomain/dandomain.ts'
import type { ArmedFault } from '../../sim/dandomain/faults.ts'
import type { Knobs } from '../../sim/dandomain/knobs.ts'
import type { DandomainSettings } from '../../src/connectors/dandomain/settings.ts'
import { fakeClock } from '../../src/kit/clock.ts'
import type { Bench, BenchFault } from './bench.ts'

const FAULTS: Record<BenchFault, ArmedFault> = {
  busy: { kind: 'status', status: 429, retryAfter: 2 },
  'timeout-before': { kind: 'reset-before' },
  'timeout-after': { kind: 'reset-after' },
  'error-before': { kind: 'html', status: 502 },
  'error-after': { kind: 'soap-fault', code: 'INTERNAL', after: true },
  denied: { kind: 'shut-out' },
  frozen: { kind: 'status', status: 403 },
  strange: { kind: 'html', status: 200, after: true },
}

export interface Goods {
  of: 'products' | 'variants'
  locations: boolean
}

export async function dandomainBench({ of, locations }: Goods, knobs: Partial<Knobs>): Promise<Bench<DandomainSettings>> {
  const clock = fakeClock()
  const options: DandomainOptions = { clock, knobs, hookBudgetMs: 1, ...(locations ? { locations: [1, 2] } : {}) }
  const sim = await startDandomain(options)
  const { username, password, hookSecret } = sim.credentials
  const place = locations ? 1 : undefined
  const cells = new Map<string, string>()
  const cellOf = (itemRef: string): string => cells.get(itemRef) ?? itemRef
  let stopped = false
  let made = 0
  // A shop that stands at places shows them by what stands there.
  let standIn = locations ? sim.shop.addProducts([{ itemNumber: 'EN VARE', locations: { 1: 1, 2: 1 } }])[0] : undefined
  const bench: Bench<DandomainSettings> = {
    raw: { username, password, hookSecret, address: sim.endpoint, invoiceEncoding: knobs.uploadEncoding ?? '' },
    wrongKey: { password: 'noget-helt-andet' },
    badSettings: [
      { change: { username: '' }, field: 'username' },
      { change: { username: 'shop49251' }, field: 'username' },
      { change: { username: 'to ord' }, field: 'username' },
      { change: { password: '' }, field: 'password' },
      { change: { address: 'http://api.hostedshop.io' }, field: 'address' },
      { change: { address: 'min butik' }, field: 'address' },
      { change: { lowersItself: 'sometimes' }, field: 'lowersItself' },
      { change: { restores: 'perhaps' }, field: 'restores' },
      { change: { creditNotes: 'x' }, field: 'creditNotes' },
      { change: { sameNumber: 'x' }, field: 'sameNumber' },
      { change: { sentStatuses: '1, 3' }, field: 'sentStatuses' },
      { change: { cancelledStatuses: 'fem' }, field: 'cancelledStatuses' },
      { change: { invoiceEncoding: 'x' }, field: 'invoiceEncoding' },
    ],
    secrets: [password, hookSecret],
    placeRef: locations ? 'location:1' : 'webshop',
    otherPlaceRef: locations ? 'location:2' : null,
    pageful: 100,
    // The shop may count the calls of a second, whoever asks.
    opens: () => clock.advance(1_000),
    clock: { now: clock.now, sleep: async (ms) => clock.advance(ms) },
    readsBeforeWriting: true,
    countsAll: true,
    wholeOrders: true,
    hooksByHand: true,
    stampsStandStill: knobs.statusBumpsUpdated === false,
    addItem: ({ number, stock }) => {
      if (standIn !== undefined) sim.shop.remove({ cell: `product:${standIn.id}` })
      standIn = undefined
      const standing = locations ? { locations: (stock === null ? { 2: 4 } : { 1: stock, 2: 4 }) as Record<string, number> } : { stock }
      const [added] = sim.shop.addProducts([
        of === 'products'
          ? { itemNumber: number, title: 'Trøje', ...standing }
          : { itemNumber: `hoved ${++made}`, title: 'Trøje', variants: [{ itemNumber: number, title: 'S', ...standing }] },
      ])
      const [variant] = added?.variants ?? []
      const [ref, cell] = variant === undefined ? [`product:${added?.id}`, `product:${added?.id}`] : [`variant:${added?.id}:${variant.id}`, `variant:${variant.id}`]
      cells.set(ref, cell)
      return ref
    },
    removeItem: (ref) => sim.shop.remove({ cell: cellOf(ref) }),
    value: (ref, placeRef) => sim.stockAt(cellOf(ref), placeRef === 'location:2' ? 2 : place),
    handEdit: (ref, stock) => sim.shop.handEdit({ cell: cellOf(ref), stock, ...(place === undefined ? {} : { location: place }) }),
    effects: () => sim.state().writes.length,
    sell: (itemNumber, amount) => String(sim.shop.placeOrder({ lines: [{ itemNumber, amount }], oversell: true }).id),
    ship: (order) => void sim.shop.setStatus({ order, status: 3 }),
    refund: (order, amount) => {
      const [line] = sim.shop.order({ order }).lines
      if (line !== undefined) sim.shop.edit({ order, lines: [{ cell: line.cell, amount: line.amount - amount }] })
    },
    takeBack: () => {
      throw new Error('nothing comes back here but by a credit note')
    },
    cancel: (order) => void sim.shop.setStatus({ order, status: 5 }),
    feedCatchesUp: () => clock.advance(5_000),
    orderHook: (order) => {
      const { headers, body } = sim.hookAbout('orders/created', Number(order))
      return { topic: 'orders/created', headers, body: Buffer.from(body) }
    },
    subscriptions: () => [],
    dropSubscription: () => undefined,
    fault: (kind, on) => {
      sim.fault({ arm: { ...FAULTS[kind], ...(on === 'write' ? { on } : {}) } })
      return null
    },
    revoke: () => null,
    stop: async () => {
      if (!stopped) await sim.close()
      stopped = true
    },
  }
  return bench
}
