/** The four languages: which one the person reads, remembered in this browser from before they signed in. */
export const LOCALES = ['sv', 'nb', 'da', 'en'] as const
export type Locale = (typeof LOCALES)[number]

/** Each language by its own name. */
export const LOCALE_NAMES: Record<Locale, string> = { sv: 'Svenska', nb: 'Norsk', da: 'Dansk', en: 'English' }
/** For Intl: English as written in Europe (day before month, 24 hours). */
export const LOCALE_TAGS: Record<Locale, string> = { sv: 'sv-SE', nb: 'nb-NO', da: 'da-DK', en: 'en-GB' }

const STORED = 'lagerbro.locale'

export function isLocale(value: unknown): value is Locale {
  return LOCALES.some((locale) => locale === value)
}

/** Chosen here before; else the first of the browser's languages that we speak; else Swedish. */
export function preferredLocale(stored: string | null = storedLocale(), browser: readonly string[] = navigator.languages): Locale {
  if (isLocale(stored)) return stored
  for (const tag of browser) {
    const language = tag.toLowerCase().split('-')[0]
    if (language === 'no' || language === 'nn') return 'nb'
    if (isLocale(language)) return language
  }
  return 'sv'
}

export function rememberLocale(locale: Locale): void {
  try {
    localStorage.setItem(STORED, locale)
  } catch {
    // Storage is switched off: the choice lasts until the page is closed.
  }
}

export function storedLocale(): string | null {
  try {
    return localStorage.getItem(STORED)
  } catch {
    return null
  }
}
