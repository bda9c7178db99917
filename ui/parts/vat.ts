/** VAT as a shopkeeper says it: the rate that holds today, and what it is for where two classes share it. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { vatRatesQuery } from '../bulk-queries.ts'
import { serverNow } from '../clock.ts'
import { percent } from '../format.ts'

/** These need no more words than their rate. */
const PLAIN = new Set(['standard', 'reduced', 'low', 'none'])

export function useVat(): { classes: string[]; words: (vatClass: string) => string } {
  const { t } = useTranslation()
  const rates = useQuery(vatRatesQuery).data ?? []
  const today = serverNow().toISOString().slice(0, 10)
  // They come by class and then by date: the last one that has begun holds.
  const now = new Map(rates.filter((rate) => rate.validFrom <= today).map((rate) => [rate.class, rate.rateBp]))
  const words = (vatClass: string) => {
    const rate = now.get(vatClass)
    if (rate === undefined) return vatClass
    return PLAIN.has(vatClass) ? percent(rate) : `${percent(rate)} (${vatClass === 'food' ? t('bulk-edit.vat-food') : vatClass})`
  }
  return { classes: [...now].toSorted(([, one], [, other]) => other - one).map(([vatClass]) => vatClass), words }
}
