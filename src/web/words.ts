/** Which of the four languages a caller reads. */
import { LOCALES, type Locale } from './contract/shared.ts'

/** The first language of Accept-Language that we speak, by its weights; Norwegian of any kind is nb. */
export function localeOf(acceptLanguage: string | undefined): Locale {
  const wanted = (acceptLanguage ?? '')
    .slice(0, 200)
    .split(',')
    .map((part, n) => {
      const [tag = '', ...rest] = part.trim().toLowerCase().split(';')
      const weight = Number(
        rest
          .find((each) => each.trim().startsWith('q='))
          ?.trim()
          .slice(2) ?? 1,
      )
      return { language: tag.split('-')[0] ?? '', weight: Number.isFinite(weight) ? weight : 0, n }
    })
    .sort((a, b) => b.weight - a.weight || a.n - b.n)
  for (const { language, weight } of wanted) {
    const spoken = language === 'no' || language === 'nn' ? 'nb' : language
    const found = LOCALES.find((locale) => locale === spoken)
    if (found !== undefined && weight > 0) return found
  }
  return 'en'
}
