/** The e-conomic connector in every position of everything e-conomic's documentation leaves open: each alternative alone, and combinations by chance. */
import { knobPositions } from '../../sim/economic/knobs.ts'
import { economic } from '../../src/connectors/economic/economic.ts'
import { battery } from '../connectors/battery.ts'
import { economicBench } from '../connectors/economic-bench.ts'

for (const { name, knobs } of knobPositions(10)) {
  // What has a stock module is called by another name, and what the walks over many pages show is shown as documented.
  const start = async () => ({ ...(await economicBench(knobs)), onePage: true as const })
  battery({ name: `economic: ${name}`, connector: economic, manners: { compare: 'read-first' }, start })
}
