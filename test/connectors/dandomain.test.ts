/** The DanDomain connector through the battery, as the shop is documented: with plain products and with variants, with and without stock locations. */
import { dandomain } from '../../src/connectors/dandomain/dandomain.ts'
import { battery } from './battery.ts'
import { dandomainBench } from './dandomain-bench.ts'

const manners = { compare: 'read-first', keyMs: 0, lowersItself: 'unknown', restores: 'unknown', adjust: false, feedLagMs: 5_000, maxFlightMs: 120_000 } as const
for (const of of ['products', 'variants'] as const)
  for (const locations of [false, true])
    battery({ name: `dandomain: ${of}, ${locations ? 'at locations' : 'one stock'}`, connector: dandomain, manners, start: () => dandomainBench({ of, locations }, {}) })
