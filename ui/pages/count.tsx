/** Inventering, in its simple form: what stands on the shelf. Each line carries its own time, so the shop may sell meanwhile (L9). */
import { useMutation } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { data } from '../data.ts'
import { Booked } from '../parts/booked.tsx'
import { Document, type Place } from '../parts/document.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { useLines } from '../parts/use-lines.ts'

export function Count() {
  const { t } = useTranslation()
  const { article: asked } = useSearch({ from: '/inside/count' })
  const { lines, ref, add, change, drop, clear } = useLines('LB-INV')
  const begun = useRef(false)
  useEffect(() => {
    if (asked === undefined || begun.current) return
    begun.current = true
    void api('articles.show', { params: { articleId: asked } }).then((article) => add({ article: { ...article, moved: false }, quantity: 0 }))
  }, [asked, add])
  const book = useMutation({
    mutationFn: ({ locationId }: Place) =>
      api('counts.register', { body: { ref, locationId, lines: lines.map((line) => ({ articleId: line.article.id, counted: line.quantity, countedAt: line.at })) } }),
    onSuccess: () => void data.invalidateQueries(),
  })
  const again = () => {
    book.reset()
    clear()
  }
  return (
    <div className="middle">
      <PageHead title={t('count.title')} text={t('count.text')} />
      {book.data ? (
        <Booked
          title={t('count.done')}
          text={t('count.done-text', { count: book.data.lines.filter((line) => line.difference !== 0).length })}
          lines={book.data.lines.map((line) => ({
            articleId: line.articleId,
            number: line.articleNumber,
            name: lines.find((each) => each.article.id === line.articleId)?.article.name ?? '',
            change: line.difference,
            onHand: line.onHand,
          }))}
          again={{ words: t('count.again'), press: again }}
        />
      ) : (
        <Document
          lines={lines}
          add={add}
          change={change}
          drop={drop}
          words={{ find: t('count.find'), quantity: t('count.quantity'), book: t('count.book'), empty: t('count.empty') }}
          least={0}
          withTime={false}
          busy={book.isPending}
          error={book.error}
          book={book.mutate}
          note={t('count.note')}
        />
      )}
    </div>
  )
}
