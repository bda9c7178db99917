/** The words on screen: one file per language, loaded when it is chosen. */
import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { LOCALES, type Locale, preferredLocale, rememberLocale } from './locale.ts'
import type sv from './words/sv.json'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'words'
    resources: { words: typeof sv }
  }
}

const FILES: Record<Locale, () => Promise<{ default: Record<string, unknown> }>> = {
  sv: () => import('./words/sv.json', { with: { type: 'json' } }),
  nb: () => import('./words/nb.json', { with: { type: 'json' } }),
  da: () => import('./words/da.json', { with: { type: 'json' } }),
  en: () => import('./words/en.json', { with: { type: 'json' } }),
}

export async function startWords(): Promise<void> {
  await i18next
    .use(initReactI18next)
    .init({ defaultNS: 'words', ns: ['words'], fallbackLng: false, interpolation: { escapeValue: false }, returnNull: false, react: { bindI18nStore: 'added' } })
  await speak(preferredLocale())
}

/** Shows everything in this language from now on. */
export async function speak(locale: Locale): Promise<void> {
  if (!i18next.hasResourceBundle(locale, 'words')) i18next.addResourceBundle(locale, 'words', (await FILES[locale]()).default)
  await i18next.changeLanguage(locale)
  document.documentElement.lang = locale
}

/** Words of a connector's own codes, which live in its folder; kept apart from ours, in the namespace `shops`. */
export function learnWords(byCode: Record<string, Record<Locale, string>>): void {
  for (const locale of LOCALES) i18next.addResourceBundle(locale, 'shops', Object.fromEntries(Object.entries(byCode).map(([code, words]) => [code, words[locale]])), true, true)
}

export async function chooseLocale(locale: Locale): Promise<void> {
  rememberLocale(locale)
  await speak(locale)
}

export function currentLocale(): Locale {
  return i18next.language as Locale
}
