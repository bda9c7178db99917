/** Why a variant of a webshop is left out of an import, or what of it can't come along: its name, and what to do about it. */
import type { i18n } from 'i18next'

export function importWords(words: i18n, code: string): { name: string; words: string } {
  const known = words.exists(`import.code.${code}.name`) ? (code as 'refused') : 'refused'
  return { name: words.t(`import.code.${known}.name`), words: words.t(`import.code.${known}.words`) }
}
