/** An article's history as a file: all of what the page shows a part of. */
import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { csvOf, download } from '../csv.ts'
import { momentExact } from '../format.ts'
import { type Article, type HistoryEvent, type HistoryFilter, historyPage } from '../queries.ts'
import { useCompany } from '../session.ts'
import { useEventWords } from './history-words.ts'
import { Failure } from './states.tsx'

export function HistoryFile({ article, locationId, filter }: { article: Article; locationId: number; filter: HistoryFilter }) {
  const { t } = useTranslation()
  const { timeZone } = useCompany()
  const wordsOf = useEventWords(article.name)
  const save = useMutation({
    mutationFn: async () => {
      const events: HistoryEvent[] = []
      for (let next: string | null = ''; next !== null; ) {
        const page: Awaited<ReturnType<typeof historyPage>> = await historyPage(article.id, locationId, filter, next, '1000')
        events.push(...page.items)
        next = page.next
      }
      const head = ['happened', 'booked', 'what', 'from', 'who', 'on-hand', 'reserved', 'more'] as const
      const after = [t('article.on-hand'), t('article.reserved'), t('article.available')]
      const lines = events.map((event) => {
        const { words, more } = wordsOf(event)
        const left = event.known ? [event.onHandAfter, event.reservedAfter, event.onHandAfter - event.reservedAfter] : [null, null, null]
        const from = event.order?.name ?? event.bulk?.fileName ?? (typeof event.source.ref === 'string' ? event.source.ref : '')
        const times = [momentExact(event.occurredAt, timeZone), momentExact(event.postedAt, timeZone)]
        return [...times, words, from, event.actor.name, event.onHand, event.reserved, more.join(' · '), ...left]
      })
      download(`${t('timeline.file')}-${article.number}.csv`, csvOf([[...head.map((name) => t(`timeline.file-column.${name}`)), ...after], ...lines]))
    },
  })
  return (
    <>
      <Button variant="default" size="sm" onClick={() => save.mutate()} loading={save.isPending}>
        {t('timeline.download')}
      </Button>
      {save.error && <Failure error={save.error} />}
    </>
  )
}
