// npm test: everything a change must pass, leg by leg, each with its time. Ends with one plain line "N passed, N failed".
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { leg, TOOLS, tests } from './legs.mjs'
import { report as licenceReport } from './licences.mjs'
import { build, root } from './prepare.mjs'

/** Seconds; unit and flow share one. */
const BUDGET = { 'unit + flow': 180, property: 180, browser: 180 }
const spent = { 'unit + flow': 0, property: 0, browser: 0 }
const totals = { passed: 0, failed: 0, skipped: 0 }

function tell(name, result, budget) {
  if (budget !== undefined) spent[budget] += result.seconds
  totals.passed += result.passed ?? 0
  totals.failed += result.failed ?? (result.ok ? 0 : 1)
  totals.skipped += result.skipped ?? 0
  const counted = result.passed === undefined ? '' : ` ${result.passed} passed, ${result.failed} failed, ${result.skipped} skipped`
  console.log(`--- ${result.ok ? 'ok' : 'FAILED'}: ${name}${counted} (${result.seconds.toFixed(1)} s)\n`)
}

async function check(name, argv) {
  const result = await leg(argv)
  if (!result.ok) console.log(result.said)
  tell(name, result)
}

async function run(name, projects, budget, workers) {
  tell(name, await tests(name, projects, { show: true, workers }), budget)
}

build()
const schemas = join(root, 'scripts', 'fetch-shopify-schemas.mjs')
await Promise.all([
  check('format + lint', [...TOOLS.biome, 'ci', '.']),
  check('types', TOOLS.types),
  check('unused files, exports and packages', TOOLS.knip),
  check("Shopify's schemas are at hand", existsSync(schemas) ? [process.execPath, schemas] : [process.execPath, '-e', `console.log('${schemas} is missing'); process.exit(1)`]),
])
await run('unit', ['unit', 'connectors'], 'unit + flow')
// They wait for servers and databases more than they compute: a third worker saves a fifth of the time.
await run('flow', ['flow'], 'unit + flow', 3)
await run('property', ['property'], 'property', 3)
await run('browser', ['browser'], 'browser')

// Reports: they say what they found and fail nothing; the network may be away and advisories change by the day.
const audit = await leg(['npm', 'audit', '--omit=dev'])
console.log(`npm audit --omit=dev:\n${audit.said.trim().split('\n').slice(-12).join('\n')}\n`)
const { lines, odd } = licenceReport()
console.log(`licences:\n${lines.join('\n')}\n${odd.length === 0 ? 'all of them go with Apache-2.0' : `look at: ${odd.join(', ')}`}\n`)

for (const [name, seconds] of Object.entries(BUDGET)) console.log(`budget ${name}: ${spent[name].toFixed(0)} of ${seconds} s${spent[name] > seconds ? ' OVER' : ''}`)
if (totals.skipped > 0) console.log(`${totals.skipped} skipped, each with its reason above`)
console.log(`${totals.passed} passed, ${totals.failed} failed`)
process.exit(totals.failed === 0 ? 0 : 1)
