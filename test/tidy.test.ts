/** The architect: the walls and doors of ARCHITECTURE.md hold, and each is seen to be held by crossing it once. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { type Source, violations } from './tidy.ts'

const root = resolve(import.meta.dirname, '..')
const ROOMS = ['src', 'ui', 'sim', 'demo', 'bench', 'test', 'scripts', 'client', 'examples']

function readHouse(): Source {
  const files = ROOMS.flatMap((room) => readdirSync(join(root, room), { recursive: true, withFileTypes: true }))
  const code = files
    .filter((f) => f.isFile() && /\.(ts|tsx|mjs)$/.test(f.name))
    .map((f) => relative(root, join(f.parentPath, f.name)))
    .filter((file) => !file.startsWith('client/dist/'))
  return new Map(code.map((file) => [file, readFileSync(join(root, file), 'utf8')]))
}
const house = readHouse()

test('the house is tidy', () => {
  expect(violations(house)).toEqual([])
})

test('files are read at all', () => {
  expect(house.size).toBeGreaterThan(40)
})

const PLANTED: [what: string, file: string, text: string, said: string][] = [
  ['kit knows nothing of ours', 'src/kit/x.ts', "import { a } from '../db/open.ts'", 'wall: src/kit/x.ts imports src/db/open.ts'],
  ['core sees no remote', 'src/core/stock/x.ts', "import type { B } from '../../connectors/contract.ts'", 'wall: src/core/stock/x.ts imports'],
  ['core answers no HTTP', 'src/core/stock/x.ts', "import { a } from '../../web/server.ts'", 'wall: src/core/stock/x.ts imports'],
  [
    'nouns import only those before them',
    'src/core/articles/x.ts',
    "import { a } from '../orders/save-order.ts'",
    'wall: src/core/articles/x.ts imports src/core/orders/save-order.ts',
  ],
  ['a noun nobody listed', 'src/core/gadgets/x.ts', "import { a } from '../stock/level.ts'", 'wall: src/core/gadgets/x.ts'],
  ['the contract imports nothing', 'src/connectors/contract.ts', "import { a } from '../kit/clock.ts'", 'wall: src/connectors/contract.ts imports'],
  ['a connector never sees another', 'src/connectors/shopify/x.ts', "import { a } from '../toy/toy.ts'", 'wall: src/connectors/shopify/x.ts imports src/connectors/toy/toy.ts'],
  ['a connector never sees core', 'src/connectors/shopify/x.ts', "import { a } from '../../core/refusal.ts'", 'wall: src/connectors/shopify/x.ts imports'],
  ['sync knows no one connector', 'src/sync/x.ts', "import { toy } from '../connectors/toy/toy.ts'", 'wall: src/sync/x.ts imports'],
  ['the contract of the web is light', 'src/web/contract/x.ts', "import { a } from '../server.ts'", 'wall: src/web/contract/x.ts imports'],
  ['the ui sees only the contract', 'ui/x.tsx', "import { a } from '../src/core/refusal.ts'", 'wall: ui/x.tsx imports src/core/refusal.ts'],
  ['a simulator shares no code', 'sim/x.ts', "import { a } from '../src/kit/id.ts'", 'wall: sim/x.ts imports src/kit/id.ts'],
  ['the client stands alone', 'client/x.ts', "import { a } from '../src/kit/id.ts'", 'wall: client/x.ts imports src/kit/id.ts'],
  ['an example knows the client only', 'examples/x/x.ts', "import { a } from '../../src/kit/id.ts'", 'wall: examples/x/x.ts imports src/kit/id.ts'],
  ['also by import()', 'sim/x.ts', "await import('../src/kit/id.ts')", 'wall: sim/x.ts imports src/kit/id.ts'],
  ['SQL has its files', 'src/core/stock/x.ts', 'sql`select 1`', 'door: src/core/stock/x.ts uses SQL'],
  ['SQL past the tag', 'src/sync/x.ts', "client.query('select 1')", 'door: src/sync/x.ts uses SQL'],
  ['fetch', 'src/sync/x.ts', 'await fetch(url)', 'door: src/sync/x.ts uses the network'],
  ['node:http', 'src/sync/x.ts', "import http from 'node:http'", 'door: src/sync/x.ts uses the network'],
  ['the environment', 'src/web/x.ts', 'const a = process.env.A', 'door: src/web/x.ts uses the environment'],
  ['the time of day', 'src/core/stock/x.ts', 'const now = new Date()', 'door: src/core/stock/x.ts uses the clock'],
  ['a timer', 'src/sync/x.ts', 'setTimeout(f, 5)', 'door: src/sync/x.ts uses the clock'],
  ['a barrel', 'src/core/stock/x.ts', "export * from './level.ts'", 'barrel: src/core/stock/x.ts'],
  ['a dead file', 'src/core/stock/x.ts', 'export const a = 1', 'dead: nobody imports src/core/stock/x.ts'],
]
test.each(PLANTED)('planted: %s', (_, file, text, said) => {
  expect(violations(new Map([[file, text]])).some((found) => found.startsWith(said))).toBe(true)
})

test('planted: a circle', () => {
  const circle: Source = new Map([
    ['src/kit/a.ts', "import { b } from './b.ts'"],
    ['src/kit/b.ts', "import type { c } from './c.ts'"],
    ['src/kit/c.ts', "import { a } from './a.ts'"],
  ])
  expect(violations(circle)).toContain('circle: src/kit/a.ts > src/kit/b.ts > src/kit/c.ts > src/kit/a.ts')
})

test('what stands in a comment or in a test crosses nothing', () => {
  const fine: Source = new Map([
    ['src/kit/a.ts', "// sql`x` fetch( import { b } from '../db/open.ts'\n/* process.env new Date() */"],
    ['src/kit/a.test.ts', "import { a } from './a.ts'\nimport { b } from '../db/open.ts'\nnew Date()"],
    ['src/main.ts', "import './kit/a.ts'"],
  ])
  expect(violations(fine)).toEqual([])
})
