/** An Abicart shop for the battery: its goods are plain articles or variants ("kundens val"), and every knob can be turned. */
import { startAbicart } from '../../sim/abicart/abicart.ts'
import type { Fault } from '../../sim/abicart/faults.ts'
import type { Knobs } from '../../sim/abicart/knobs.ts'
import { tailOf } from '../../src/connectors/abicart/hooks.ts'
import type { AbicartSettings } from '../../src/connectors/abicart/settings.ts'
import { fakeClock } from '../../src/kit/clock.ts'
import type { Bench, BenchFault } from './bench.ts'

const FAULTS: Partial<Record<BenchFault, Fault>> = {
  busy: { kind: 'status', status: 429, retryAfter: 2 },
  'timeout-before': { kind: 'reset-before' },
  'timeout-after': { kind: 'reset-after' },
  'error-before': { kind: 'html', status: 502 },
  'error-after': { kind: 'html', status: 502, after: true },
  denied: { kind: 'bad-token' },
  strange: { kind: 'html', status: 200, after: true },
}

export type Goods = 'articles' | 'variants'

export async function abicartBench(goods: Goods, knobs: Partial<Knobs>): Promise<Bench<AbicartSettings>> {
  const clock = fakeClock()
  const sim = await startAbicart({ clock, knobs, eventBudgetMs: 1 })
  const { webshop, key } = sim.credentials
  let stopped = false
  let made = 0
  const listeners = () => sim.state().shops[0]?.listeners ?? []
  const call = (method: string, params: unknown[]) =>
    fetch(`${sim.endpoint}?${new URLSearchParams({ webshop, auth: key })}`, { method: 'POST', body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }) })
  return {
    raw: { apiKey: key, shopId: webshop, address: sim.address },
    wrongKey: { apiKey: 'YXV0aDpFdHRBbm5hdA==' },
    badSettings: [
      { change: { apiKey: '' }, field: 'apiKey' },
      { change: { apiKey: 'anna@example.com' }, field: 'apiKey' },
      { change: { apiKey: '49251' }, field: 'apiKey' },
      { change: { apiKey: 'två ord' }, field: 'apiKey' },
      { change: { shopId: '' }, field: 'shopId' },
      { change: { shopId: 'Ull & Lin' }, field: 'shopId' },
      { change: { shopId: key }, field: 'shopId' },
      { change: { address: 'http://admin.abicart.se' }, field: 'address' },
      { change: { address: 'min butik' }, field: 'address' },
      { change: { lowersItself: 'sometimes' }, field: 'lowersItself' },
      { change: { restores: 'perhaps' }, field: 'restores' },
    ],
    secrets: [key, encodeURIComponent(key)],
    placeRef: 'webshop',
    otherPlaceRef: null,
    pageful: 100,
    // The shop may count the questions of a second, whoever asks.
    opens: () => clock.advance(1_000),
    clock: { now: clock.now, sleep: async (ms) => clock.advance(ms) },
    readsBeforeWriting: true,
    wholeOrders: true,
    hooksUnsigned: true,
    stampsStandStill: knobs.changedBumpsOnDiscard === false,
    addItem: ({ number, stock, tracked = true }) => {
      const input = { name: 'Tröja', useStock: tracked }
      const [added] = sim.shop.addArticles([
        goods === 'articles'
          ? { ...input, articleNumber: number, stock: stock ?? 0 }
          : { ...input, articleNumber: `parent ${++made}`, choices: { Storlek: ['S'] }, variants: [{ options: ['S'], articleNumber: number, stock: stock ?? 0 }] },
      ])
      const cell = goods === 'articles' ? `article:${added?.uid}` : `variant:${added?.variants[0]?.uid}`
      if (stock === null) sim.shop.handEdit({ cell, stock: null as unknown as number })
      return cell
    },
    removeItem: (cell) => sim.shop.remove({ cell }),
    value: (cell) => sim.stockAt(cell),
    handEdit: (cell, stock) => void sim.shop.handEdit({ cell, stock }),
    effects: () => sim.state().writes.length,
    sell: (articleNumber, quantity) => String(sim.shop.placeOrder({ lines: [{ articleNumber, quantity }], oversell: true }).uid),
    ship: (order) => void sim.shop.send({ order }),
    refund: (order, quantity) => {
      const [item] = sim.shop.order({ order }).items
      if (item !== undefined) sim.shop.edit({ order, lines: [{ cell: item.cell, quantity: item.quantity - quantity }] })
    },
    takeBack: () => {
      throw new Error('nothing comes back here: the order is edited')
    },
    cancel: (order) => void sim.shop.discard({ order }),
    feedCatchesUp: () => clock.advance(5_000),
    orderHook: (order, address) => ({
      topic: 'Order/created',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: Buffer.from(sim.eventBody('Order/created', Number(order))),
      tail: tailOf({ apiKey: key }, address, 'Order/created'),
    }),
    subscriptions: () => listeners().map(({ eventName, url }) => ({ topic: eventName, url: url.slice(0, url.lastIndexOf('/')) })),
    dropSubscription: async () => {
      await call('EventListener.delete', [listeners()[0]?.uid])
    },
    fault: (kind, on) => {
      const fault = FAULTS[kind]
      if (fault === undefined) return 'Abicart says it like a wrong key'
      sim.fault({ arm: { ...fault, ...(on === 'write' ? { on } : {}) } })
      return null
    },
    revoke: () => {
      sim.setKey({ refused: ['Order'] })
      return 'Order'
    },
    stop: async () => {
      if (!stopped) await sim.close()
      stopped = true
    },
  }
}
