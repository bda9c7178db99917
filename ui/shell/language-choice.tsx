/** Which language: visible on every page, before sign-in too. */
import { NativeSelect } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { isLocale, LOCALE_NAMES, LOCALES } from '../locale.ts'
import { chooseLocale, currentLocale } from '../words.ts'

export function LanguageChoice({ onChosen }: { onChosen?: (locale: (typeof LOCALES)[number]) => void }) {
  const { t } = useTranslation()
  return (
    <NativeSelect
      size="sm"
      className="language"
      aria-label={t('shell.language')}
      data={LOCALES.map((locale) => ({ value: locale, label: LOCALE_NAMES[locale] }))}
      value={currentLocale()}
      onChange={(event) => {
        const locale = event.currentTarget.value
        if (!isLocale(locale)) return
        void chooseLocale(locale)
        onChosen?.(locale)
      }}
    />
  )
}
