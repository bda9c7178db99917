/** Every letter, whole, in four languages: what happened, why, what to do, where; and the page it names is called that on the screen too. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { causeMeans, causeWords } from '../src/core/notices/cause-words.ts'
import { CAUSES } from '../src/core/notices/causes.ts'
import { type DigestFacts, type LinkFacts, type Reader, write } from '../src/core/notices/letter.ts'
import { LOCALES, type Locale } from '../src/web/contract/shared.ts'

const screen = (locale: Locale) => JSON.parse(readFileSync(new URL(`../ui/words/${locale}.json`, import.meta.url), 'utf8'))
const reader = (locale: Locale, more: Partial<Reader> = {}): Reader => ({
  ...{ locale, timeZone: 'Europe/Stockholm', company: 'Boden & Co', address: 'https://lager.example.se' },
  wordsOf: (connector, code) => (connector === 'toy' && code === 'toy-closed' ? `Toy ${locale}.` : null),
  ...more,
})
const link: LinkFacts = { listenerId: 7, name: 'Webben', since: '2026-11-03T06:12:00Z', stands: true, connector: 'toy', code: 'token-wrong' }
const broken = (locale: Locale, more: Partial<LinkFacts> = {}) => write({ kind: 'broken', facts: { ...link, ...more } }, reader(locale))
const digest = (locale: Locale, lines: DigestFacts['lines']) => write({ kind: 'digest', facts: { lines } }, reader(locale))
/** No gap left open, nothing said that isn't there. */
const isWhole = ({ subject, text }: { subject: string; text: string }) => {
  expect(subject).toMatch(/^[^{}\n]{8,}$/)
  expect(text).not.toMatch(/[{}]|undefined|\bnull\b|NaN/)
  expect(text).toContain('Boden & Co\n')
}
const AT: Record<Locale, string> = { sv: '3 november kl. 07:12', nb: '3. november kl. 07:12', da: '3. november kl. 07.12', en: '3 November at 07:12' }
const MANY: Record<Locale, RegExp> = { sv: /12\s345 artiklar/, nb: /12\s345 varer/, da: /12\.345 varer/, en: /12,345 articles/ }

describe.each(LOCALES)('%s', (locale) => {
  const words = screen(locale)

  test('a link that broke: since when, why, and the button or the page where it is put right', () => {
    const letter = broken(locale)
    isWhole(letter)
    for (const part of ['Webben', AT[locale], words.attention.act.resume, 'https://lager.example.se/webshops/7']) expect(letter.text).toContain(part)
    expect(broken(locale, { code: 'scope-missing', scope: 'write_inventory' }).text).toContain('write_inventory')
    for (const code of ['app-uninstalled', 'shop-frozen', 'shop-not-found', 'timeout', 'throttled', 'remote-error']) isWhole(broken(locale, { code }))
  })

  test('a code of the connector’s own is said in its words, and one that nobody knows leaves that to the page', () => {
    expect(broken(locale, { code: 'toy-closed' }).text).toContain(`Toy ${locale}.`)
    isWhole(broken(locale, { code: 'never-heard-of' }))
    expect(broken(locale, { code: 'never-heard-of', stands: false }).text).not.toBe(broken(locale, { code: 'never-heard-of' }).text)
  })

  test('a link that works again: since when it stood still, and that nothing is to be done', () => {
    const letter = write({ kind: 'recovered', facts: { ...link } }, reader(locale))
    isWhole(letter)
    expect(letter.subject).not.toBe(broken(locale).subject)
    for (const part of ['Webben', AT[locale], 'https://lager.example.se/webshops/7']) expect(letter.text).toContain(part)
  })

  test('the morning: each thing with what it means and what to do, the number as it is written there', () => {
    const one = digest(locale, [{ cause: 'missing', count: 12_345, at: 'Webben' }])
    const all = digest(
      locale,
      CAUSES.map((cause) => ({ cause, count: 1, at: 'Webben' })),
    )
    isWhole(one)
    isWhole(all)
    expect(one.subject).toMatch(/^1 .*Boden & Co$/)
    expect(one.text).toMatch(MANY[locale])
    expect(one.text).toContain('https://lager.example.se/attention')
    for (const cause of CAUSES) expect(all.text).toContain(`- ${causeWords(locale, cause, 1, 'Webben')}\n  ${causeMeans(locale, cause)}`)
  })

  test('it says where its reader is left out of it, and leads nowhere where nobody has said where Lagerbro is', () => {
    expect(broken(locale).text).toContain(`${words.shell.company} > ${words.mail.title}`)
    expect(write({ kind: 'broken', facts: { ...link } }, reader(locale, { address: null })).text).not.toMatch(/http|null/)
  })
})
