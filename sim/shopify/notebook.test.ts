import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { openSwitches } from './switches.ts'

const page = readFileSync(new URL('../../docs/connectors/shopify.md', import.meta.url), 'utf8').split("## The shop's strange things")[1] ?? ''
const lines = page.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| What') && !line.startsWith('| ---'))

test('the notebook has one line per behaviour, each with its mark', () => {
  expect(lines.length).toBeGreaterThan(60)
  for (const line of lines) expect(line.split(' | ')[1]).toMatch(/DOC|REC|SDL|COMM|unconfirmed|simulator/)
})
test('every switch stands in the notebook, and every switch named there exists', () => {
  const named = [...page.matchAll(/switch(?:es)?: ([^;)]*)/g)].flatMap(([, names]) => [...(names ?? '').matchAll(/`(\w+)`/g)].map(([, name]) => name))
  expect(new Set(named.filter((name) => name !== 'x'))).toEqual(new Set(Object.keys(openSwitches)))
})
