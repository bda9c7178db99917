/** What waits, in a few words, and what it means; the list, the overview and the letters say it alike. */
import { da as daMeans } from './cause-means-da.ts'
import { en as enMeans } from './cause-means-en.ts'
import { nb as nbMeans } from './cause-means-nb.ts'
import { sv as svMeans } from './cause-means-sv.ts'
import { da } from './cause-words-da.ts'
import { en } from './cause-words-en.ts'
import { nb } from './cause-words-nb.ts'
import { sv } from './cause-words-sv.ts'
import type { Cause, CauseMeans, CauseWords } from './causes.ts'
import type { Locale } from './mail-settings.ts'

const WORDS: Record<Locale, CauseWords> = { sv, nb, da, en }
const MEANS: Record<Locale, CauseMeans> = { sv: svMeans, nb: nbMeans, da: daMeans, en: enMeans }
const NUMBERS: Record<Locale, Intl.NumberFormat> = {
  sv: new Intl.NumberFormat('sv-SE'),
  nb: new Intl.NumberFormat('nb-NO'),
  da: new Intl.NumberFormat('da-DK'),
  en: new Intl.NumberFormat('en-GB'),
}

/** `at` = the name of the connection or view; null = the company's own. */
export function causeWords(locale: Locale, cause: Cause, count: number, at: string | null): string {
  const said = WORDS[locale][cause]
  const words = typeof said === 'string' ? said : said[count === 1 ? 0 : 1]
  return words.replaceAll(/\{(n|at)\}/g, (_, what: string) => (what === 'n' ? NUMBERS[locale].format(count) : (at ?? '')))
}

/** What it means for the shop, and what to do about it. */
export const causeMeans = (locale: Locale, cause: Cause): string => MEANS[locale][cause]
