/** Inventering: what stands on the shelf, article by article. Each line carries its own time, so the shop may sell meanwhile, and says at once how it differs (L9). */
import { Button, Group, Text } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { change, pieces } from '../format.ts'
import { DocumentPage } from '../parts/document-page.tsx'
import { type Line, useLines } from '../parts/use-lines.ts'

const countedOf = (lines: Line[]) => lines.map((line) => ({ articleId: line.article.id, counted: line.quantity, countedAt: line.at }))

export function Count() {
  const { t } = useTranslation()
  const { article: asked } = useSearch({ from: '/inside/count' })
  const lines = useLines('LB-INV', { kept: true })
  const { add } = lines
  const [store, setStore] = useState<number | null>(null)
  const begun = useRef(false)
  useEffect(() => {
    if (asked === undefined || begun.current) return
    begun.current = true
    void api('articles.show', { params: { articleId: asked } }).then((article) => add({ article: { ...article, moved: false }, quantity: 0 }))
  }, [asked, add])
  const whole = lines.lines.filter((line) => Number.isInteger(line.quantity))
  const compared = useQuery({
    queryKey: ['compare', store, countedOf(whole)],
    queryFn: () => api('counts.compare', { body: { locationId: store ?? 0, lines: countedOf(whole) } }),
    enabled: store !== null && whole.length > 0,
    placeholderData: keepPreviousData,
  })
  const found = new Map(compared.data?.lines.map((line) => [line.articleId, line]))
  const differ = whole.filter((line) => (found.get(line.article.id)?.difference ?? 0) !== 0).length
  return (
    <DocumentPage
      type="count"
      title={t('count.title')}
      text={t('count.text')}
      words={{ find: t('count.find'), quantity: t('count.quantity'), book: t('count.book'), empty: t('count.empty') }}
      note={t('count.note')}
      lines={lines}
      least={0}
      withTime={false}
      book={async (counted, { locationId }) => {
        const made = await api('counts.register', { body: { ref: lines.ref, locationId, lines: countedOf(counted) } })
        return made.lines.map((line) => ({ ...line, change: line.difference }))
      }}
      done={(booked) => ({ title: t('count.done'), text: t('count.done-text', { count: booked.filter((line) => line.change !== 0).length }), again: t('count.again') })}
      beside={{
        store: setStore,
        line: (line) => {
          const one = found.get(line.article.id)
          if (one === undefined || one.counted !== line.quantity) return null
          if (one.book === null) return t('count.first')
          if (one.difference === 0) return t('count.same')
          return <span className="differs">{t('count.differs', { book: pieces(one.book), difference: change(one.difference) })}</span>
        },
        all: (
          <Group justify="space-between" gap="sm">
            <Text size="sm" role="status" className="grow">
              {compared.data && (differ === 0 ? t('count.summary-none') : t('count.summary', { count: differ }))} {t('count.kept')}
            </Text>
            <Button variant="subtle" size="xs" onClick={lines.clear}>
              {t('count.start-over')}
            </Button>
          </Group>
        ),
      }}
    />
  )
}
