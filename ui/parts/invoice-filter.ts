/** What the list of invoices can be cut down to: what needs somebody first. */
import type { Query } from '../../src/web/contract/routes.ts'

export type InvoiceFilter = NonNullable<Query<'invoices.list'>['state']>
export const INVOICE_FILTER = ['asks', 'failed', 'linked', 'unlinked'] as const satisfies InvoiceFilter[]
export const isInvoiceFilter = (value: unknown): value is InvoiceFilter => INVOICE_FILTER.some((each) => each === value)
