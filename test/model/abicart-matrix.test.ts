/**
 * The Abicart connector in every position of everything Abicart's documentation leaves open: each alternative alone, and combinations by chance.
 * Where the pages of a list are no question the walks over many pages are left out; test/connectors/abicart.test.ts has them.
 */
import { afterAll, afterEach } from 'vitest'
import type { Knobs } from '../../sim/abicart/knobs.ts'
import { knobPositions } from '../../sim/abicart/matrix.ts'
import { abicart } from '../../src/connectors/abicart/abicart.ts'
import { abicartBench } from '../connectors/abicart-bench.ts'
import { battery } from '../connectors/battery.ts'

const OF_LISTS: (keyof Knobs)[] = ['maxLimit', 'rangeEnds', 'changedFilterable', 'uidType']
const tally = new Map<string, Record<string, number>>()
afterEach(({ task }) => {
  const name = task.suite?.name ?? ''
  const counts = tally.get(name) ?? {}
  tally.set(name, counts)
  const state = task.result?.state ?? 'skip'
  counts[state] = (counts[state] ?? 0) + 1
})
afterAll(() => {
  const rows = [...tally].map(([name, counts]) => `${name.padEnd(60)} ${counts.fail === undefined ? 'keeps the rules' : `BREAKS ${counts.fail}`} (${counts.pass ?? 0} tests)`)
  process.stdout.write(`${rows.join('\n')}\n`)
})

for (const [n, { name, knobs }] of knobPositions(20).entries()) {
  const goods = n % 2 === 0 ? 'variants' : 'articles'
  const isOfLists = Object.keys(knobs).length === 1 ? OF_LISTS.some((knob) => knob in knobs) : n % 7 === 0
  const start = async () => ({ ...(await abicartBench(goods, knobs)), ...(isOfLists ? {} : { onePage: true as const }) })
  battery({ name: `abicart: ${name}, ${goods}`, connector: abicart, manners: { compare: 'read-first' }, start })
}
