/** Registrera försäljning: what was sold elsewhere leaves the stock. It takes no payment and makes nothing that looks like a receipt. */
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { type BookedLine, DocumentPage } from '../parts/document-page.tsx'
import { useLines } from '../parts/use-lines.ts'

export function Sale() {
  const { t } = useTranslation()
  const lines = useLines('LB')
  return (
    <DocumentPage
      type="sale"
      title={t('sale.title')}
      text={t('sale.text')}
      words={{ find: t('sale.find'), quantity: t('sale.quantity'), book: t('sale.book'), empty: t('sale.empty') }}
      note={t('sale.note')}
      lines={lines}
      least={1}
      withTime
      book={async (sold, { locationId, occurredAt }) => {
        const body = { ref: lines.ref, locationId, ...(occurredAt ? { occurredAt } : {}), lines: sold.map((line) => ({ articleId: line.article.id, quantity: line.quantity })) }
        return (await api('sales.register', { body })).lines.map((line) => ({ ...line, change: -line.quantity }))
      }}
      done={(booked) => ({ title: t('sale.done'), text: said(booked, t), again: t('sale.again') })}
    />
  )
}

/** What left the stock, and what was brought back. */
function said(booked: readonly BookedLine[], t: TFunction): string {
  const sum = (changes: number[]) => changes.reduce((all, change) => all + Math.abs(change), 0)
  const changes = booked.map((line) => line.change)
  const [taken, returned] = [sum(changes.filter((change) => change < 0)), sum(changes.filter((change) => change > 0))]
  return [...(taken > 0 ? [t('sale.taken', { count: taken })] : []), ...(returned > 0 ? [t('sale.returned', { count: returned })] : []), t('sale.told')].join(' ')
}
