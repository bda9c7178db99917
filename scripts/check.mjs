// npm run check: format, lint, types, tidy and unit tests, beside each other, in at most 20 seconds.
import { leg, TOOLS, tests } from './legs.mjs'

const from = performance.now()
const results = await Promise.all([
  leg([...TOOLS.biome, 'check', '.']).then((r) => ({ name: 'format + lint', ...r })),
  leg(TOOLS.types).then((r) => ({ name: 'types', ...r })),
  tests('check', ['unit']).then((r) => ({ name: 'tidy + unit', ...r })),
])
for (const { name, ok, seconds, said, passed } of results) {
  if (!ok) console.log(said)
  console.log(`${ok ? 'ok    ' : 'FAILED'} ${name}${passed === undefined ? '' : `: ${passed} tests`} (${seconds.toFixed(1)} s)`)
}
console.log(`${((performance.now() - from) / 1000).toFixed(1)} s of 20 s`)
process.exit(results.every((r) => r.ok) ? 0 : 1)
