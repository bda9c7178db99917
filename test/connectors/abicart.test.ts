/** The Abicart connector through the battery, as Abicart is documented: with plain articles, and with variants. */
import { abicart } from '../../src/connectors/abicart/abicart.ts'
import { abicartBench } from './abicart-bench.ts'
import { battery } from './battery.ts'

const manners = { compare: 'read-first', keyMs: 0, lowersItself: 'unknown', restores: 'unknown', adjust: false, feedLagMs: 5_000, maxFlightMs: 120_000 } as const
for (const goods of ['articles', 'variants'] as const) battery({ name: `abicart: ${goods}`, connector: abicart, manners, start: () => abicartBench(goods, {}) })
