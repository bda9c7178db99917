/** The e-conomic connector through the battery, as e-conomic is documented: with the number on the shelf, and with what is available. */
import { economic } from '../../src/connectors/economic/economic.ts'
import { battery } from './battery.ts'
import { economicBench } from './economic-bench.ts'

const manners = { compare: 'read-first', keyMs: 0, adjust: false, feedLagMs: 5_000, maxFlightMs: 120_000 } as const
for (const number of ['inStock', 'available']) battery({ name: `economic: ${number}`, connector: economic, manners, start: () => economicBench({}, { number }) })
