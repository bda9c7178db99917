/**
 * Every connector has its notebook, and nothing in it is left unasked. A new connector (npm run new-connector) fails here until every question that
 * must be put to the remote has an answer, and until its guide no longer shows the toy's admin: what is said here is the list of what to do.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Connector } from '../src/connectors/contract.ts'
import * as connectors from '../src/connectors/index.ts'
import { toy } from '../src/connectors/toy/toy.ts'

const all: [string, Connector<unknown>][] = Object.entries(connectors)
const pageOf = (code: string) => `docs/connectors/${code}.md`
const textOf = (code: string) => readFileSync(join(import.meta.dirname, '..', pageOf(code)), 'utf8')

test('the name in the list, the code and the folder are the same', () => {
  for (const [name, connector] of all) expect([connector.code, existsSync(join(import.meta.dirname, `../src/connectors/${name}/${name}.ts`))]).toEqual([name, true])
})

const nothingLeft = (what: string, left: string[]) => left.length > 0 && expect.fail(`${what}\n  ${left.join('\n  ')}`)

test.each(all.map(([code]) => code))('docs/connectors/%s.md leaves no question open', (code) => {
  const open = textOf(code)
    .split('\n')
    .flatMap((line, at) => {
      if (!/\| \? *\||^- \?$/.test(line)) return []
      const asked = line.split('|')[1]?.trim() ?? 'Nothing is said under this heading.'
      return [`${pageOf(code)}:${at + 1} ${asked === '?' ? 'Which of their fields is which of ours?' : asked}`]
    })
  nothingLeft('Find out, and write the answer with where it is known from. "Not said" is an answer: then it is a switch of the simulator.', open)
})

test.each(all.filter(([code]) => code !== 'toy'))("the guide of %s shows its own remote's admin", (code, { guide, needs, settings }) => {
  const toys = new Set(toy.guide.map((step) => step.menuPath?.sv))
  const left = [
    ...(needs.sv === toy.needs.sv ? [`src/connectors/${code}/guide.ts, needs: what must a person be allowed to do there?`] : []),
    ...guide.filter((step) => step.menuPath !== null && toys.has(step.menuPath.sv)).map((step) => `src/connectors/${code}/guide.ts, step ${step.code}: the exact menu path`),
    ...settings.fields
      .filter((field) => field.placeholder?.endsWith(`${code}.example`))
      .map((field) => `src/connectors/${code}/settings.ts, ${field.name}: an example as people see it`),
  ]
  nothingLeft("This is still the toy's:", left)
})
