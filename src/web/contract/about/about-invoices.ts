/** Invoices of an ERP, and their PDFs. */
import type { About } from './about.ts'

export const aboutInvoices = {
  'invoices.list': {
    summary: 'List invoices',
    text: 'What the ERP has booked since it was connected, the newest first. Most of a firm’s invoices aren’t for an order of its shop: those are `unlinked`, and that is no fault.',
  },
  'invoices.show': { summary: 'Show an invoice', text: 'Which order it is for and by what, whether its PDF is here, and whether the shop has it.' },
  'invoices.pdf': { summary: 'Read the PDF of an invoice', text: 'The bytes exactly as the ERP gave them; 404 while it isn’t here.' },
  'invoices.link': {
    summary: 'Say which order an invoice is for',
    text: 'Its PDF is fetched and handed to the order’s shop. Stands whatever the ERP’s texts say.',
  },
  'invoices.unlink': { summary: 'Say that an invoice is for no order', text: 'What a shop was handed stays there.' },
  'invoices.fetch': { summary: 'Fetch the PDF of an invoice again', text: 'If it isn’t here; and hand it to the shop again, if the shop didn’t take it.' },
  'orders.fetch-invoices': {
    summary: 'Fetch the invoices of an order',
    text: 'Also of an order from before the ERP was connected. Each ERP is asked for what it has booked under the order’s name.',
    refusals: ['not-connected'],
  },
} as const satisfies Record<string, About>
