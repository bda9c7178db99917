/** An e-conomic agreement for the battery: what is asked of it are products and their numbers, and nothing is told to them. */
import { startEconomic } from '../../sim/economic/economic.ts'
import type { Fault } from '../../sim/economic/faults.ts'
import type { Knobs } from '../../sim/economic/knobs.ts'
import type { EconomicSettings } from '../../src/connectors/economic/settings.ts'
import { fakeClock } from '../../src/kit/clock.ts'
import type { Bench, BenchFault } from './bench.ts'

const FAULTS: Partial<Record<BenchFault, Fault>> = {
  busy: { kind: 'status', status: 429, retryAfter: 2 },
  'timeout-before': { kind: 'reset-before' },
  'timeout-after': { kind: 'reset-after' },
  'error-before': { kind: 'html', status: 502 },
  'error-after': { kind: 'status', status: 500, after: true },
  denied: { kind: 'status', status: 401 },
  strange: { kind: 'html', status: 200, after: true },
}

export async function economicBench(knobs: Partial<Knobs>, more: Record<string, string> = {}): Promise<Bench<EconomicSettings>> {
  const clock = fakeClock()
  const sim = await startEconomic({ clock, knobs, hookBudgetMs: 50 })
  const { appSecret, grant } = sim.credentials
  let stopped = false
  const nothing = (): never => {
    throw new Error('an ERP sells nothing by itself')
  }
  return {
    raw: { appSecretToken: appSecret, agreementGrantToken: grant, address: sim.address, ...more },
    wrongKey: { agreementGrantToken: 'another-grant' },
    badSettings: [
      { change: { appSecretToken: '' }, field: 'appSecretToken' },
      { change: { appSecretToken: 'anna@example.com' }, field: 'appSecretToken' },
      { change: { agreementGrantToken: 'https://secure.e-conomic.com/secure/api1/requestaccess.aspx?appPublicToken=abc' }, field: 'agreementGrantToken' },
      { change: { agreementGrantToken: 'to ord' }, field: 'agreementGrantToken' },
      { change: { agreementGrantToken: appSecret }, field: 'agreementGrantToken' },
      { change: { stock: 'sometimes' }, field: 'stock' },
      { change: { number: 'onHand' }, field: 'number' },
      { change: { orders: 'draft-invoice' }, field: 'customerNumber' },
      { change: { orders: 'draft-order', customers: 'email', book: 'yes' }, field: 'book' },
      { change: { customerNumber: '0' }, field: 'customerNumber' },
      { change: { layoutNumber: 'nitten' }, field: 'layoutNumber' },
      { change: { address: 'http://restapi.e-conomic.com' }, field: 'address' },
      { change: { address: 'mit regnskab' }, field: 'address' },
    ],
    secrets: [appSecret, grant],
    placeRef: 'agreement',
    otherPlaceRef: null,
    pageful: 1000,
    clock: { now: clock.now, sleep: async (ms) => clock.advance(ms) },
    uniqueNumbers: true,
    addItem: ({ number, stock, tracked = true }) => {
      // Kept nowhere = of a group that keeps no stock.
      const [added] = sim.office.addProducts([{ productNumber: number ?? '', inStock: stock ?? 0, group: tracked && stock !== null ? 1 : 2 }])
      return added?.productNumber ?? ''
    },
    removeItem: (productNumber) => sim.office.remove({ productNumber }),
    value: (productNumber) => sim.state().products.find((each) => each.productNumber === productNumber)?.inStock ?? null,
    handEdit: (productNumber, inStock) => void sim.office.count({ productNumber, inStock }),
    effects: () => sim.state().writes.length,
    sell: nothing,
    ship: nothing,
    refund: nothing,
    takeBack: nothing,
    cancel: nothing,
    feedCatchesUp: () => clock.advance(5_000),
    orderHook: () => null,
    subscriptions: () => [],
    dropSubscription: () => undefined,
    fault: (kind) => {
      const fault = FAULTS[kind]
      if (fault === undefined) return 'e-conomic says it like a wrong key'
      sim.fault({ clear: true, arm: fault })
      return null
    },
    revoke: () => {
      sim.office.modules({ names: [] })
      return 'Lager'
    },
    stop: async () => {
      if (!stopped) await sim.close()
      stopped = true
    },
  }
}
