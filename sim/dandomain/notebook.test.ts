import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { FAULTS } from './faults.ts'
import { KNOBS } from './knobs.ts'

const page = readFileSync(new URL('../../docs/connectors/dandomain.md', import.meta.url), 'utf8').split('## What the simulator holds to')[1] ?? ''
const lines = page.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| What') && !line.startsWith('| ---'))
const named = (what: RegExp) => new Set([...lines.join('\n').matchAll(what)].flatMap(([, names]) => [...(names ?? '').matchAll(/`([\w-]+)`/g)].map(([, name]) => name)))

test('the notebook has one line per behaviour, each with its mark', () => {
  expect(lines.length).toBeGreaterThan(40)
  for (const line of lines) expect(line.split(' | ')[1], line).toMatch(/documented|seen|unconfirmed|simulator/)
})
test('every switch and every fault stands in the notebook, and those named there exist', () => {
  expect(named(/switch(?:es)?: ([^)]*)/g)).toEqual(new Set(Object.keys(KNOBS)))
  expect(named(/faults?: ([^)]*)/g)).toEqual(new Set(FAULTS))
})
