/** Words can be read on every ground they stand on, in light and in dark: the contrast WCAG AA asks for, judged by axe. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import axe from 'axe-core'
import { describe, expect, test } from 'vitest'

const read = (file: string) => readFileSync(join(import.meta.dirname, file), 'utf8')
const blocks = read('colours.css').match(/\{[^}]*\}/g) ?? []
const coloursOf = (block = '') => new Map([...block.matchAll(/(--[a-z-]+): ([^;]+);/g)].map(([, name, value]) => [`${name}`, `${value}`]))
const SCHEMES = { light: coloursOf(blocks[0]), dark: coloursOf(blocks[1]) }

/** What stands on what. A drawing needs 3, words need 4.5. */
const WORDS: [words: string[], grounds: string[]][] = [
  [
    ['--ink', '--ink-soft', '--accent', '--act', '--bad', '--good'],
    ['--paper', '--card', '--hover'],
  ],
  [['--ink-hint'], ['--card']],
  [
    ['--ink', '--ink-soft', '--accent'],
    ['--accent-soft', '--quiet-soft'],
  ],
  [['--ink', '--good'], ['--good-soft']],
  [['--ink', '--act'], ['--act-soft']],
  [['--quiet'], ['--quiet-soft']],
  [['--on-accent'], ['--accent']],
]
const DRAWN: [string[], string[]][] = [
  [
    ['--bar', '--accent'],
    ['--card', '--paper'],
  ],
]

interface Judged {
  parseString(colour: string): void
}
const { Color, getContrast } = (axe.commons as unknown as { color: { Color: new () => Judged; getContrast(one: Judged, other: Judged): number } }).color
function contrast(one: string, other: string): number {
  const [a, b] = [new Color(), new Color()]
  a.parseString(one)
  b.parseString(other)
  return getContrast(a, b)
}

describe.each(Object.entries(SCHEMES))('%s', (_, colours) => {
  const tooFaint = (pairs: [string[], string[]][], least: number) =>
    pairs.flatMap(([words, grounds]) =>
      words.flatMap((word) => grounds.map((ground) => ({ word, ground, is: contrast(colours.get(word) ?? '', colours.get(ground) ?? '') }))).filter(({ is }) => !(is >= least)),
    )
  test('words can be read', () => expect(tooFaint(WORDS, 4.5)).toEqual([]))
  test('bars can be seen', () => expect(tooFaint(DRAWN, 3)).toEqual([]))
})

test('both have the same colours', () => expect([...SCHEMES.dark.keys()]).toEqual([...SCHEMES.light.keys()]))

test('no colour is written anywhere else', () => {
  const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' }).filter((file) => /\.(tsx|css)$/.test(file) && file !== 'colours.css')
  expect(files.length).toBeGreaterThan(50)
  expect(files.filter((file) => /[\s:"'(]#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})\b|\b(?:rgb|hsl)a?\(/i.test(read(file)))).toEqual([])
})
