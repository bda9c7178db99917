/** The columns of a file of articles and how it is read, by their names in the reader's language. */
import { useTranslation } from 'react-i18next'
import { FILE_FIELDS } from '../../src/web/contract/bulk.ts'
import type { BulkChange } from '../bulk-queries.ts'
import { pieces } from '../format.ts'
import type { ConnectionHead } from '../queries.ts'

export type FileReading = NonNullable<BulkChange['readAs']>

/** By the names of their words: a character of its own is no key. */
export const SEPARATORS = { ';': 'semicolon', ',': 'comma', '\t': 'tab', '|': 'pipe' } as const
export const DECIMALS = { ',': 'comma', '.': 'point' } as const

type Named = (typeof FILE_FIELDS)[number]
const isOption = (field: string): boolean => field.startsWith('option')

export function useFieldWords() {
  const { t } = useTranslation()
  return {
    /** All that a column can be. Parts of a variant are offered where the file has some. */
    fields: (shops: ConnectionHead[], columns: (string | null)[]): string[] => [
      ...FILE_FIELDS.filter((field) => !isOption(field) || columns.some((column) => column === 'product' || (column !== null && isOption(column)))),
      ...shops.map((shop) => `webshop:${shop.id}`),
    ],
    of(field: string, shops: ConnectionHead[]): string {
      if (!field.startsWith('webshop:')) return t(`bulk-field.${field as Named}`)
      const shop = shops.find((each) => field === `webshop:${each.id}`)
      return shops.length > 1 && shop ? t('bulk-field.webshop-of', { shop: shop.name }) : t('bulk-field.webshop')
    },
  }
}

/** "5 000 rader, Windows-1252, semikolon, decimalkomma." */
export function useReadWords() {
  const { t } = useTranslation()
  return ({ counts: { rows } }: BulkChange, { encoding, separator, decimal }: FileReading): string => {
    const parts = [
      t('import-file.rows', { count: rows, shown: pieces(rows) }),
      encodingWords(encoding),
      t(`import-file.separator-is.${SEPARATORS[separator as keyof typeof SEPARATORS] ?? 'semicolon'}`),
      t(`import-file.decimal-is.${DECIMALS[decimal as keyof typeof DECIMALS] ?? 'comma'}`),
    ]
    return `${parts.join(', ')}.`
  }
}

/** Names of their own, the same in every language. */
export const encodingWords = (encoding: string): string =>
  ({ 'utf-8': 'UTF-8', 'windows-1252': 'Windows-1252', 'utf-16le': 'UTF-16', 'utf-16be': 'UTF-16 BE' })[encoding] ?? encoding
