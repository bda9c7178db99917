/** Nothing can come to wait for a person without words in four languages, something to press, and a flow test that shows it come and go. That each thing to press leads somewhere is the compiler's to say. */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { causeMeans, causeWords } from '../src/core/notices/cause-words.ts'
import { ATTENTION_ACTIONS, CAUSES, type Cause } from '../src/web/contract/attention.ts'
import { LOCALES } from '../src/web/contract/shared.ts'

const FLOWS = new URL('./flows/', import.meta.url)
const flows = readdirSync(FLOWS)
  .filter((name) => name.startsWith('attention'))
  .map((name) => readFileSync(new URL(name, FLOWS), 'utf8'))
  .join('\n')
const words = LOCALES.map((locale) => [locale, JSON.parse(readFileSync(new URL(`../ui/words/${locale}.json`, import.meta.url), 'utf8'))] as const)

describe.each(Object.keys(CAUSES) as Cause[])('%s', (cause) => {
  const [, action] = CAUSES[cause]
  test.each(words)('is said in %s: what it is, what it means and what to press', (locale, page) => {
    for (const count of [1, 1234]) expect(causeWords(locale, cause, count, 'Webben')).toMatch(/^[^{}]{8,}$/)
    expect(causeMeans(locale, cause)).toMatch(/^[^{}]{8,}\.$/)
    expect(page.attention.act[action]).toMatch(/\S/)
  })
  test('a flow test names it', () => expect(new RegExp(`['"{ ,]${cause}['": ]`).test(flows)).toBe(true))
})

test('each thing to press is what some cause asks for', () => {
  const asked = new Set<string>(Object.values(CAUSES).map(([, action]) => action))
  expect(ATTENTION_ACTIONS.filter((action) => !asked.has(action))).toEqual([])
})
