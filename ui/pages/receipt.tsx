/** Inleverans, in its simple form: goods came in, they are in stock now. */
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { DocumentPage } from '../parts/document-page.tsx'
import { useLines } from '../parts/use-lines.ts'

export function Receipt() {
  const { t } = useTranslation()
  const lines = useLines('LB-IN')
  return (
    <DocumentPage
      type="goods-receipt"
      title={t('receipt.title')}
      text={t('receipt.text')}
      words={{ find: t('receipt.find'), quantity: t('receipt.quantity'), book: t('receipt.book'), empty: t('receipt.empty') }}
      lines={lines}
      least={1}
      withTime={false}
      book={async (received, { locationId }) => {
        const body = { ref: lines.ref, locationId, lines: received.map((line) => ({ articleId: line.article.id, quantity: line.quantity })) }
        return (await api('goods-receipts.register', { body })).lines.map((line) => ({ ...line, change: line.quantity }))
      }}
      done={(booked) => ({ title: t('receipt.done'), text: t('receipt.done-text', { count: booked.reduce((all, line) => all + line.change, 0) }), again: t('receipt.again') })}
    />
  )
}
