/** A file to begin from: one article under the headings the import knows, in the reader's own language. */
import type { TFunction } from 'i18next'
import { csvOf } from '../csv.ts'

export function sampleFile(t: TFunction): string {
  const yes = t('import-file.sample-yes')
  const columns: [string, string][] = [
    [t('bulk-field.number'), '00101'],
    [t('bulk-field.name'), t('import-file.sample-article')],
    [t('bulk-field.price'), '129,00'],
    [t('bulk-field.vat'), '25 %'],
    [t('bulk-field.barcode'), '7350053850019'],
    [t('bulk-field.tracked'), yes],
    [t('bulk-field.stock'), '12'],
  ]
  return csvOf([columns.map(([heading]) => heading), columns.map(([, value]) => value)])
}
