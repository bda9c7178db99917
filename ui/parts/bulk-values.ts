/** What a bulk change does to one article, field by field, as a shopkeeper reads it: old and new. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { BulkRow } from '../bulk-queries.ts'
import { money, pieces } from '../format.ts'
import { connectionsQuery } from '../queries.ts'
import { useCompany } from '../session.ts'
import { useVat } from './vat.ts'

type Fields = BulkRow['after']
/** `old` null = there was nothing before. */
export interface Said {
  words: string
  old: string | null
  now: string
}

/** Only what changes; of a new article everything it gets. */
export function useSaid(): (row: BulkRow) => Said[] {
  const { t } = useTranslation()
  const { currency } = useCompany()
  const { words: vat } = useVat()
  const shops = useQuery(connectionsQuery).data ?? []
  const none = t('bulk-change.none')
  const yesNo = (is: boolean) => t(is ? 'bulk-change.yes' : 'bulk-change.no')
  const price = (minor: number | null) => (minor === null ? none : money(minor, currency))
  const level = (onHand: number | null) => (onHand === null ? t('common.unknown') : pieces(onHand))
  const codes = (all: string[]) => (all.length === 0 ? none : all.join(', '))
  const box = (id: string) => {
    const shop = shops.length > 1 ? shops.find((each) => String(each.id) === id)?.name : undefined
    return shop === undefined ? t('bulk-field.webshop') : t('bulk-field.webshop-of', { shop })
  }
  return ({ before, after, verdict }) => {
    const one = <K extends keyof Fields>(field: K, words: string, read: (value: Exclude<Fields[K], undefined>) => string): Said[] => {
      const old = before[field]
      const now = after[field]
      if (now === undefined) return []
      return [{ words, old: verdict === 'make' || old === undefined ? null : read(old as Exclude<Fields[K], undefined>), now: read(now as Exclude<Fields[K], undefined>) }]
    }
    const boxes = Object.entries(after.boxed ?? {}).map(([id, ticked]) => {
      const old = before.boxed?.[id]
      return { words: box(id), old: verdict === 'make' || old === undefined ? null : yesNo(old), now: yesNo(ticked) }
    })
    return [
      ...(verdict === 'make' ? [] : one('name', t('bulk-field.name'), (name) => name)),
      ...one('priceMinor', t('bulk-change.price'), price),
      ...one('vatClass', t('bulk-field.vat'), vat),
      ...one('stockTracked', t('bulk-field.tracked'), yesNo),
      ...one('archived', t('bulk-change.archived'), yesNo),
      ...one('barcodes', t('bulk-field.barcode'), codes),
      ...boxes,
      ...one('onHand', t('bulk-field.stock'), level),
    ]
  }
}
