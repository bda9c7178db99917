/** Registrera försäljning: what was sold elsewhere leaves the stock. It takes no payment and makes nothing that looks like a receipt. */
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { data } from '../data.ts'
import { Booked } from '../parts/booked.tsx'
import { Document, type Place } from '../parts/document.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { useLines } from '../parts/use-lines.ts'

export function Sale() {
  const { t } = useTranslation()
  const { lines, ref, add, change, drop, clear } = useLines('LB')
  const book = useMutation({
    mutationFn: ({ locationId, occurredAt }: Place) =>
      api('sales.register', {
        body: { ref, locationId, ...(occurredAt ? { occurredAt } : {}), lines: lines.map((line) => ({ articleId: line.article.id, quantity: line.quantity })) },
      }),
    onSuccess: () => void data.invalidateQueries(),
  })
  const again = () => {
    book.reset()
    clear()
  }
  return (
    <div className="middle">
      <PageHead title={t('sale.title')} text={t('sale.text')} />
      {book.data ? (
        <Booked
          title={t('sale.done')}
          text={t('sale.done-text', { count: book.data.lines.reduce((all, line) => all + line.quantity, 0) })}
          lines={book.data.lines.map((line) => ({
            articleId: line.articleId,
            number: line.articleNumber,
            name: lines.find((each) => each.article.id === line.articleId)?.article.name ?? '',
            change: -line.quantity,
            onHand: line.onHand,
          }))}
          again={{ words: t('sale.again'), press: again }}
        />
      ) : (
        <Document
          lines={lines}
          add={add}
          change={change}
          drop={drop}
          words={{ find: t('sale.find'), quantity: t('sale.quantity'), book: t('sale.book'), empty: t('sale.empty') }}
          least={1}
          withTime
          busy={book.isPending}
          error={book.error}
          book={book.mutate}
          note={t('sale.note')}
        />
      )}
    </div>
  )
}
