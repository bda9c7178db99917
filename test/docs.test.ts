/** The pages are true: every rule has its file and its tests, every test that names a rule is about one that stands there, and the guide names what is on the screen. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { CHANGE_KINDS } from '../src/connectors/contract.ts'
import { economic } from '../src/connectors/economic/economic.ts'
import { must } from '../src/kit/assert.ts'
import { LOCALES } from '../ui/locale.ts'

const root = resolve(import.meta.dirname, '..')
const read = (file: string): string => readFileSync(join(root, file), 'utf8')

/** Rules the pages name for parts that come later: an ERP as master, transfers, cost. */
const NOT_HELD_YET = ['L10', 'L11', 'R41']

interface Rule {
  number: string
  files: string[]
  tests: string[]
}

/** Rows `| L1 | words | file | test |`; files and tests in backticks. */
function rulesOf(page: string): Rule[] {
  const quoted = (cell: string | undefined) => [...(cell ?? '').matchAll(/`([^`]+)`/g)].map((found) => found[1] ?? '')
  return [...read(page).matchAll(/^\| ([BLSTRVIP]\d+[a-z]?) \| .* \| ([^|]*) \| ([^|]*) \|$/gm)].map((row) => ({
    number: row[1] ?? '',
    files: quoted(row[2]),
    tests: quoted(row[3]),
  }))
}

/** The numbers a title begins with: 'L3: ...', 'R13, R14: ...', 'S1 S7: ...'. */
const numbersOf = (title: string): string[] => /^((?:[BLSTRVIP]\d+[a-z]?(?:, ?| and | )?)+):/.exec(title)?.[1]?.split(/, ?| and | /) ?? []

function titles(): { file: string; numbers: string[] }[] {
  const files = ['src', 'ui', 'sim', 'test'].flatMap((room) => readdirSync(join(root, room), { recursive: true, withFileTypes: true }))
  const tests = files.filter((f) => f.isFile() && /\.test\.tsx?$/.test(f.name)).map((f) => relative(root, join(f.parentPath, f.name)))
  return tests.flatMap((file) =>
    [...read(file).matchAll(/\b(?:test|it|describe|promise)(?:\.\w+)*(?:\([^\n]*\))?\(\s*(['"`])(.+?)\1/g)].map((found) => ({ file, numbers: numbersOf(found[2] ?? '') })),
  )
}

const rules = [...rulesOf('docs/stock.md'), ...rulesOf('docs/sync.md'), ...rulesOf('docs/prices.md'), ...rulesOf('docs/bulk.md')]
const held = rules.filter((rule) => !NOT_HELD_YET.includes(rule.number))
const tested = titles()

test('every rule stands on its page once', () => {
  const want = [...range('L', 12), ...range('S', 14), ...range('T', 2), ...range('R', 52), ...range('V', 24), ...range('I', 5), ...range('P', 7), ...range('B', 7), 'R17c', 'R23a']
  expect(rules.map((rule) => rule.number).sort()).toEqual(want.sort())
})
const range = (letter: string, last: number): string[] => Array.from({ length: last }, (_, n) => `${letter}${n + 1}`)

test('every rule that holds names a file that is there', () => {
  expect(
    held.filter((rule) => rule.files.length === 0 || rule.files.some((file) => !existsSync(join(root, file)))).map((rule) => `${rule.number}: ${rule.files.join(' ')}`),
  ).toEqual([])
})

test('every rule that holds names test files, each with a title that starts with its number', () => {
  const holds = (rule: Rule, file: string) => tested.some((t) => t.file === file && t.numbers.includes(rule.number))
  expect(held.filter((rule) => rule.tests.length === 0).map((rule) => `${rule.number}: no test`)).toEqual([])
  expect(held.flatMap((rule) => rule.tests.filter((file) => !holds(rule, file)).map((file) => `${rule.number}: nothing in ${file}`))).toEqual([])
})

test('every test that starts with a number is of a rule on the pages', () => {
  const known = new Set(rules.map((rule) => rule.number))
  expect(tested.flatMap((t) => t.numbers.filter((number) => !known.has(number)).map((number) => `${t.file}: ${number}`))).toEqual([])
})

test('the kinds of change are the same in the contract, the table and the page', () => {
  const table = must(/create table told[\s\S]*?kind in \(([^)]*)\)/.exec(read('migrations/0003-listeners-and-told.sql'))?.[1], 'the check').split(', ')
  const page = must(/`(product, article[^`]*)`/.exec(read('docs/sync.md'))?.[1], 'the list on the page').split(', ')
  expect(table.map((kind) => kind.replaceAll("'", ''))).toEqual([...CHANGE_KINDS])
  expect(page).toEqual([...CHANGE_KINDS])
})

test.each(['every-day', 'sync-views', 'economic'])('the guide of %s says the same in four languages, and names only what stands on the pages', (name) => {
  const flat = (tree: object): string[] => Object.values(tree).flatMap((each: unknown) => (typeof each === 'string' ? [each] : flat(each as object)))
  const pages = LOCALES.map((locale) => ({
    text: read(`docs/guide/${name}.${locale}.md`),
    onScreen: new Set([
      ...flat(JSON.parse(read(`ui/words/${locale}.json`)) as object),
      ...economic.guide.map((step) => step.title[locale]),
      ...economic.settings.fields.flatMap((field) => [field.label[locale], ...(field.options ?? []).map((option) => option.label[locale])]),
    ]),
  }))
  const shape = (text: string) => ['\n## ', '\n- ', '\n| ', '**'].map((mark) => text.split(mark).length)
  for (const { text, onScreen } of pages) {
    expect(shape(text)).toEqual(shape(pages[0]?.text ?? ''))
    // A whole sentence in bold is advice, not a button.
    const named = [...text.matchAll(/\*\*(.+?)\*\*/g)].map((found) => found[1] ?? '').filter((words) => !words.endsWith('.'))
    expect(named.filter((words) => !onScreen.has(words))).toEqual([])
  }
})
