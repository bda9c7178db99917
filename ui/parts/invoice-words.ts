/** What is said of an invoice in a few words. */
import type { TFunction } from 'i18next'
import { money } from '../format.ts'
import type { Invoice } from '../queries.ts'

/** "Faktura 300" */
export const nameOfInvoice = ({ credit, number, id }: Invoice, t: TFunction): string => t(credit ? 'invoices.credit' : 'invoices.number', { number: number ?? `#${id}` })

export const amountOf = ({ grossMinor, currency }: Invoice): string => (grossMinor === null ? '–' : money(grossMinor, currency))

/** What stands in the way; null = nothing. */
export const troubleOf = ({ pdf, shop }: Invoice): 'missing' | 'not-a-pdf' | 'too-large' | 'refused' | null =>
  pdf === 'missing' || pdf === 'not-a-pdf' || pdf === 'too-large' ? pdf : shop === 'refused' ? shop : null
