/** The toy connector through the battery, in every position of the toy shop's switches. */
import type { FaultKind } from '../../sim/toy/faults.ts'
import type { ToyOptions } from '../../sim/toy/shop.ts'
import { startToy } from '../../sim/toy/toy.ts'
import type { StockManners } from '../../src/connectors/contract.ts'
import type { ToySettings } from '../../src/connectors/toy/settings.ts'
import { toy } from '../../src/connectors/toy/toy.ts'
import { battery } from './battery.ts'
import type { Bench } from './bench.ts'

async function startBench(options: ToyOptions): Promise<Bench<ToySettings>> {
  const sim = await startToy({ places: ['store', 'depot'], pageSize: 4, hooks: 'manual', ...options })
  let stopped = false
  const lineOf = (orderRef: string) => sim.state.orders.get(orderRef)?.lines[0]?.ref ?? ''
  return {
    raw: sim.settings(),
    wrongKey: { token: 'toy-token-of-another-shop' },
    badSettings: [
      { change: { address: 'not an address' }, field: 'address' },
      { change: { address: '' }, field: 'address' },
      { change: { token: ' ' }, field: 'token' },
      { change: { hookSecret: '' }, field: 'hookSecret' },
      // toy only {
      { change: { rule: 'sometimes' }, field: 'rule' },
      { change: { restores: 'maybe' }, field: 'restores' },
      { change: { feedLagMs: '-1' }, field: 'feedLagMs' },
      { change: { maxFlightMs: '2 minutes' }, field: 'maxFlightMs' },
      { change: { adjust: 'yes', keys: 'no' }, field: 'adjust' },
      // }
    ],
    secrets: [sim.options.token, sim.options.hookSecret],
    placeRef: 'store',
    otherPlaceRef: 'depot',
    pageful: 9,
    readsBeforeWriting: true,
    ...(sim.options.keys ? { readsBeforeWriting: false } : {}), // toy only
    addItem: ({ number, stock, tracked }) =>
      sim.addItem({ number, stock: { depot: 2, ...(stock === null ? {} : { store: stock }) }, ...(tracked === undefined ? {} : { tracked }) }).ref,
    removeItem: (itemRef) => sim.removeItem(itemRef),
    value: (itemRef, placeRef) => sim.value(itemRef, placeRef ?? 'store'),
    handEdit: (itemRef, value) => sim.handEdit(itemRef, value),
    effects: () => sim.state.writes.length,
    sell: (number, quantity) => sim.sell(number, quantity, { paid: true }).ref,
    ship: (orderRef, quantity) => void sim.ship(orderRef, lineOf(orderRef), quantity),
    refund: (orderRef, quantity, restock) => void sim.refund(orderRef, lineOf(orderRef), quantity, { restock }),
    takeBack: (orderRef, quantity, restock) => void sim.takeBack(orderRef, lineOf(orderRef), quantity, { restock }),
    cancel: (orderRef, restock) => void sim.cancel(orderRef, { restock }),
    deleteOrder: (orderRef) => void sim.deleteOrder(orderRef),
    feedCatchesUp: () => {
      sim.show()
      sim.clock.advance(sim.options.feedLagMs)
    },
    orderHook: (orderRef) => {
      const order = sim.state.orders.get(orderRef)
      return order === undefined ? null : { topic: 'order.changed', ...sim.hooks.ofOrder(order) }
    },
    subscriptions: () => [...sim.hooks.subscriptions.values()],
    dropSubscription: () => sim.hooks.subscriptionsVanish('order.changed'),
    fault: (kind, on) => {
      sim.fault({ kind: kind satisfies FaultKind, ...(on === 'write' ? { on } : {}) })
      return null
    },
    revoke: () => {
      sim.options.rights.splice(sim.options.rights.indexOf('orders:read'), 1)
      return 'orders:read'
    },
    stop: async () => {
      if (!stopped) await sim.close()
      stopped = true
    },
  }
}

/** Every switch of the stand-in both ways: its options, and what the connector must say of itself then. */
const POSITIONS: Record<string, [options: ToyOptions, manners?: Partial<StockManners>]> = {
  'as it comes': [
    {},
    { compare: 'remote', keyMs: 23 * 3_600_000, lowersItself: 'placed', restores: true, adjust: false, feedLagMs: 0 }, // toy only
  ],
  // toy only {
  'compares, without keys': [{ keys: false }, { compare: 'remote', keyMs: 0 }],
  'reads first, without keys': [
    { compare: 'read-first', keys: false },
    { compare: 'read-first', keyMs: 0 },
  ],
  'reads first, with keys': [{ compare: 'read-first' }, { compare: 'read-first', keyMs: 23 * 3_600_000 }],
  'says nothing of itself': [{ told: { rule: 'unknown', restores: 'unknown' } }, { lowersItself: 'unknown', restores: 'unknown' }],
  'adjusts with a key': [{ adjust: true }, { adjust: true }],
  // }
  'lowers when paid': [
    { rule: 'paid' },
    { lowersItself: 'paid' }, // toy only
  ],
  'never lowers': [
    { rule: 'never' },
    { lowersItself: 'never' }, // toy only
  ],
  'puts nothing back': [
    { restores: false },
    { restores: false }, // toy only
  ],
  'its feed lags': [
    { feedLagMs: 15_000 },
    { feedLagMs: 15_000 }, // toy only
  ],
  'sells below zero, short flights': [
    { sellsBelowZero: true, maxFlightMs: 30_000 },
    { maxFlightMs: 30_000 }, // toy only
  ],
  'routes late': [{ lateRouting: true }],
  'all of a batch or nothing': [{ batches: 'whole' }],
  'hooks say only which order': [{ hookBody: 'thin' }],
  'hooks are cut short': [{ hookBody: 'cut' }],
}
for (const [name, [options, manners = {}]] of Object.entries(POSITIONS)) battery({ name: `toy: ${name}`, connector: toy, manners, start: () => startBench(options) })
