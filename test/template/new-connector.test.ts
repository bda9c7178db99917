/** npm run new-connector, in a copy of the product: what it makes is green at once, but for the questions it asks; and it refuses what it can't make. */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')
const COPIED = ['src', 'sim', 'test/connectors', 'test/notebook.test.ts', 'docs/connectors', 'scripts', 'package.json', 'tsconfig.json', 'biome.json']
let copy: string
let index: string
let made: ReturnType<typeof run>

const run = (...argv: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, argv, { cwd: copy, encoding: 'utf8', env: { ...process.env, CI: '1', NO_COLOR: '1' } })
  return { status, said: stdout + stderr }
}
const tool = (path: string, ...argv: string[]) => run(join('node_modules', path), ...argv)
const make = (...argv: string[]) => run('--import', 'tsx', 'scripts/new-connector.ts', ...argv)
const read = (path: string) => readFileSync(join(copy, path), 'utf8')

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'lb-connector-'))
  for (const path of COPIED) cpSync(join(root, path), join(copy, path), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
  // Only what is new, and without a database: the rest is judged elsewhere.
  writeFileSync(join(copy, 'tsconfig.new.json'), '{ "extends": "./tsconfig.json", "include": ["src/connectors", "sim/ecwid", "test/connectors/ecwid.test.ts"] }')
  writeFileSync(join(copy, 'vitest.config.ts'), "export default { test: { include: ['test/connectors/ecwid.test.ts', 'test/notebook.test.ts'] } }\n")
  index = read('src/connectors/index.ts')
  made = make('ecwid')
})
afterAll(() => rmSync(copy, { recursive: true, force: true }))

test('says what it made and what comes next, and adds one line outside new files', () => {
  expect(made).toMatchObject({ status: 0, said: expect.stringContaining('test/connectors/ecwid.test.ts') })
  const added = read('src/connectors/index.ts')
    .split('\n')
    .filter((line) => !index.split('\n').includes(line))
  expect(added).toEqual(["export { ecwid } from './ecwid/ecwid.ts'"])
})

test('types and lint are green', () => {
  expect(tool('typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.new.json').said.replaceAll(/^npm .*\n/gm, '')).toBe('')
  const lint = tool('@biomejs/biome/bin/biome', 'check', '--error-on-warnings', 'src/connectors', 'sim/ecwid', 'test/connectors/ecwid.test.ts')
  expect({ ...lint, said: lint.status === 0 ? '' : lint.said }).toEqual({ status: 0, said: '' })
})

test('its battery is green, every open question is listed with its line, and nothing is left of the toy', () => {
  const report = JSON.parse(tool('vitest/vitest.mjs', 'run', '--reporter=json').said.replace(/^[^{]*/, '')) as {
    testResults: { name: string; assertionResults: { status: string; title: string; failureMessages: string[] }[] }[]
  }
  const failed = report.testResults.flatMap((file) => file.assertionResults.filter((each) => each.status === 'failed'))
  expect(report.testResults.flatMap((file) => file.assertionResults).length).toBeGreaterThan(300)
  expect(failed.map((each) => each.title)).toEqual(['docs/connectors/ecwid.md leaves no question open', "the guide of ecwid shows its own remote's admin"])
  const said = failed.flatMap((each) => each.failureMessages).join('\n')
  expect(said).toMatch(/docs\/connectors\/ecwid\.md:\d+ How does a call say who it is/)
  expect(said).toContain('src/connectors/ecwid/guide.ts, step key: the exact menu path')
  for (const file of ['src/connectors/ecwid/ecwid.ts', 'sim/ecwid/ecwid.ts', 'docs/connectors/ecwid.md', 'test/connectors/ecwid.test.ts'])
    expect(read(file), file).not.toMatch(/toy/i)
})

test('a name that is missing, taken, or no name is refused, and nothing is made', () => {
  const before = read('src/connectors/index.ts')
  for (const [argv, words] of [
    [[], 'How is it to be called?'],
    [['E-com'], 'small letters and digits'],
    [['../x'], "can't be a name"],
    [['delete'], 'is taken'],
    [['shopify'], 'is there already'],
    [['ecwid'], 'is there already'],
  ] as const) {
    const refused = make(...argv)
    expect(refused, argv.join()).toMatchObject({ status: 1, said: expect.stringContaining(words) })
  }
  expect(read('src/connectors/index.ts')).toBe(before)
})
