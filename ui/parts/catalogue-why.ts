/** Why something of a product isn't in the shop, in words: ours, the connector's own, or that the shop said no. */
import type { i18n } from 'i18next'
import { codeWords } from './reason.ts'

const OURS = ['price-missing', 'ambiguous', 'product-split', 'unsure', 'image-failed', 'image-missing'] as const

/** Its name, and what it means with what to do. */
export function untakenWords(words: i18n, code: string): { name: string; words: string } {
  const own = OURS.find((each) => each === code)
  if (own !== undefined) return { name: words.t(`catalogue.why.${own}.name`), words: words.t(`catalogue.why.${own}.words`) }
  return { name: words.t('catalogue.why.refused.name'), words: codeWords(words, code) ?? words.t('catalogue.why.refused.words', { code }) }
}
