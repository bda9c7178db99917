/**
 * The DanDomain connector in every position of everything the shop's documentation leaves open: each alternative alone, and combinations by chance. Where
 * pages are no question the walks over many of them are left out; test/connectors/dandomain.test.ts has them.
 */
import { type Knobs, knobPositions } from '../../sim/dandomain/knobs.ts'
import { dandomain } from '../../src/connectors/dandomain/dandomain.ts'
import { battery } from '../connectors/battery.ts'
import { dandomainBench } from '../connectors/dandomain-bench.ts'

const OF_LISTS: (keyof Knobs)[] = ['maxPageSize', 'orderSort', 'rangeEnds', 'sessionCalls', 'timeZone']

for (const [n, { name, knobs }] of knobPositions().entries()) {
  const goods = { of: n % 2 === 0 ? 'variants' : 'products', locations: n % 3 === 0 } as const
  const isOfLists = Object.keys(knobs).length === 1 ? OF_LISTS.some((knob) => knob in knobs) : n % 7 === 0
  const start = async () => ({ ...(await dandomainBench(goods, knobs)), ...(isOfLists ? {} : { onePage: true as const }) })
  battery({ name: `dandomain: ${name}, ${goods.of}`, connector: dandomain, manners: { compare: 'read-first' }, start })
}
