/** Every word in four languages: none missing, none unused, none left in another language, the same gaps to fill in each. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Connector } from '../src/connectors/contract.ts'
import * as connectors from '../src/connectors/index.ts'
import { FAULTS, NOTES } from '../src/core/bulk/file/faults.ts'
import { FIELDS } from '../src/core/bulk/file/fields.ts'
import { BULK_FAULTS, BULK_FLAGS, BULK_ROW_CODES } from '../src/web/contract/bulk.ts'
import { LOCALES, type Locale } from './locale.ts'

type Tree = { [key: string]: string | Tree }
const flat = (tree: Tree, before = ''): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]) => (typeof value === 'string' ? [[before + key, value] as [string, string]] : flat(value, `${before}${key}.`)))
const wordsOf = (locale: Locale) => new Map(flat(JSON.parse(readFileSync(join(import.meta.dirname, `words/${locale}.json`), 'utf8')) as Tree))
const WORDS = Object.fromEntries(LOCALES.map((locale) => [locale, wordsOf(locale)])) as Record<Locale, Map<string, string>>

const SOURCES = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.test.ts'))
  .map((file) => readFileSync(join(import.meta.dirname, file), 'utf8'))

/** 'articles.total_one' is asked for as 'articles.total'. */
const asked = (key: string) => key.replace(/_(one|other)$/, '')

/** Words that are the same in other languages for good reason; anything else that is the same was forgotten. */
const SAME = new Set([
  'Webshop',
  'Port',
  'E-mail',
  'Webhooks',
  'Organisation',
  'Order',
  'Lagerbro',
  '{{shown}} ms',
  'Finland',
  'Reservation',
  'Status',
  'Menu',
  'Webshop: {{shop}}',
  'Webshop – {{shop}}',
  'Vi har kontakt med {{name}} ({{address}}).',
])
const close = (one: Locale, other: Locale) => one !== 'en' && other !== 'en'

describe('words', () => {
  test('each language has exactly the same keys', () => {
    for (const locale of LOCALES) expect([...WORDS[locale].keys()].sort(), locale).toEqual([...WORDS.sv.keys()].sort())
  })

  test('every key that a page asks for exists', () => {
    const known = new Set([...WORDS.sv.keys()].map(asked))
    const missing = SOURCES.flatMap((text) => [...text.matchAll(/\bt\(\s*'([a-z][\w.-]+)'/gi)].map((found) => found[1] ?? '')).filter((key) => !known.has(key))
    expect(missing).toEqual([])
  })

  test('every word is used by a page', () => {
    const literals = new Set(SOURCES.flatMap((text) => [...text.matchAll(/'([a-z][a-z0-9-]*(?:\.[a-zA-Z0-9-]+)+)'/g)].map((found) => found[1] ?? '')))
    const patterns = SOURCES.flatMap((text) =>
      [...text.matchAll(/`([a-z][a-z0-9-]*\.[^`]*\$\{[^`]*)`/g)].map((found) => new RegExp(`^${(found[1] ?? '').replaceAll('.', '\\.').replaceAll(/\$\{[^}]*\}/g, '[^.]+')}$`)),
    )
    const unused = [...WORDS.sv.keys()].filter((key) => !literals.has(asked(key)) && !patterns.some((pattern) => pattern.test(asked(key))))
    expect(unused).toEqual([])
  })

  test('every reason a connector can give has words: here, or its own in its folder', () => {
    const room = join(import.meta.dirname, '../src/connectors')
    // Also the finer tables of a connector: `401: 'token-wrong'`, `WRONG: 'client-wrong',`.
    const given = /(?:RemoteError|SettingsError)\(\s*'\w+',\s*'([a-z-]+)'|^\s+\w+: '([a-z]+-[a-z-]+)',$|\b\d{3}: '([a-z-]+)'/gm
    const notReasons = /^(e-conomic|erp-document|bundle|item-gone|place-gone|not-stocked|value-refused|read-first|order-hooks|article-hooks|stock-hooks|map-places)$/
    const all: Record<string, Connector<unknown>> = connectors
    const offered = Object.values(all).filter((connector) => connector.practice !== true)
    for (const [code, { words = {}, practice = false }] of Object.entries(all)) {
      const sources = readdirSync(join(room, code)).filter((file) => file.endsWith('.ts') && !/^(words|guide)\.ts$/.test(file))
      const said = sources.flatMap((file) => [...readFileSync(join(room, code, file), 'utf8').matchAll(given)].map((found) => found[1] ?? found[2] ?? found[3] ?? ''))
      expect(said.length, code).toBeGreaterThan(5)
      expect(
        [...new Set(said)].filter((reason) => !notReasons.test(reason) && !WORDS.sv.has(`reasons.${reason}`) && !(reason in words)),
        code,
      ).toEqual([])
      expect(
        // Known by their code alone: two connectors that shopkeepers are offered can't mean two things by one code.
        Object.keys(words).filter((reason) => WORDS.sv.has(`reasons.${reason}`) || (!practice && offered.some((other) => other.code !== code && other.words?.[reason]))),
        `${code} has words of its own for a code of every shop's, or of another's`,
      ).toEqual([])
    }
  })

  test('all that can be said of a row of a bulk change has words', () => {
    const codes = {
      'bulk-fault': [...FAULTS, ...BULK_FAULTS],
      'bulk-fault-name': [...FAULTS, ...BULK_FAULTS],
      'bulk-note': NOTES,
      'bulk-flag': BULK_FLAGS,
      'bulk-code': BULK_ROW_CODES,
      'bulk-field': FIELDS,
    }
    const wanted = Object.entries(codes).flatMap(([part, all]) => all.map((code) => `${part}.${code}`))
    expect(wanted.filter((key) => !WORDS.sv.has(key))).toEqual([])
    // And nothing is said of what can't be.
    expect(
      [...WORDS.sv.keys()].filter((key) => (key.split('.')[0] ?? '') in codes && !wanted.includes(key) && key !== 'bulk-field.webshop' && key !== 'bulk-field.webshop-of'),
    ).toEqual([])
  })

  test('nothing is left untranslated or empty', () => {
    const forgotten: string[] = []
    for (const [key, swedish] of WORDS.sv) {
      for (const locale of LOCALES) {
        const words = WORDS[locale].get(key) ?? ''
        if (words.trim() === '') forgotten.push(`${locale} ${key}: empty`)
        for (const other of LOCALES) {
          // The Nordic languages share many words; English shares few, so the same text there means that nobody translated it.
          if (locale < other && !close(locale, other) && words === WORDS[other].get(key) && !SAME.has(words)) forgotten.push(`${locale} = ${other} ${key}: ${words}`)
        }
      }
      // A whole sentence that is the same in two languages was copied.
      if (swedish.length > 24 && !SAME.has(swedish) && (swedish === WORDS.nb.get(key) || swedish === WORDS.da.get(key))) forgotten.push(`sv ${key}: ${swedish}`)
    }
    expect(forgotten).toEqual([])
  })

  test('each language fills in the same facts', () => {
    const facts = (words: string) => [...words.matchAll(/\{\{(\w+)\}\}/g)].map((found) => found[1]).sort()
    for (const [key, swedish] of WORDS.sv) for (const locale of LOCALES) expect(facts(WORDS[locale].get(key) ?? ''), `${locale} ${key}`).toEqual(facts(swedish))
  })

  test('no word is a key or leaves a brace open', () => {
    for (const locale of LOCALES) for (const [key, words] of WORDS[locale]) expect(/\{\{|\}\}/.test(words.replaceAll(/\{\{\w+\}\}/g, '')), `${locale} ${key}`).toBe(false)
  })
})
