/** Inleverans, in its simple form: goods came in, they are in stock now. */
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { data } from '../data.ts'
import { Booked } from '../parts/booked.tsx'
import { Document, type Place } from '../parts/document.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { useLines } from '../parts/use-lines.ts'

export function Receipt() {
  const { t } = useTranslation()
  const { lines, ref, add, change, drop, clear } = useLines('LB-IN')
  const book = useMutation({
    mutationFn: ({ locationId, occurredAt }: Place) =>
      api('goods-receipts.register', {
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
      <PageHead title={t('receipt.title')} text={t('receipt.text')} />
      {book.data ? (
        <Booked
          title={t('receipt.done')}
          text={t('receipt.done-text', { count: book.data.lines.reduce((all, line) => all + line.quantity, 0) })}
          lines={book.data.lines.map((line) => ({
            articleId: line.articleId,
            number: line.articleNumber,
            name: lines.find((each) => each.article.id === line.articleId)?.article.name ?? '',
            change: line.quantity,
            onHand: line.onHand,
          }))}
          again={{ words: t('receipt.again'), press: again }}
        />
      ) : (
        <Document
          lines={lines}
          add={add}
          change={change}
          drop={drop}
          words={{ find: t('receipt.find'), quantity: t('receipt.quantity'), book: t('receipt.book'), empty: t('receipt.empty') }}
          least={1}
          withTime={false}
          busy={book.isPending}
          error={book.error}
          book={book.mutate}
        />
      )}
    </div>
  )
}
