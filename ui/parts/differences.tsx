/** Avvikelser: theirs was not ours, with both numbers, why, what settled it, and the one or two things to press. */
import { Button, Text, Title } from '@mantine/core'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DIFFERENCE_REASONS } from '../../src/web/contract/differences.ts'
import { api } from '../api.ts'
import type { Connection } from '../queries.ts'
import { CompareNow } from './compare-now.tsx'
import { DifferenceDays } from './difference-days.tsx'
import { DifferenceLine } from './difference-line.tsx'
import { LongList } from './long-list.tsx'
import { Empty } from './states.tsx'
import { useNarrow } from './use-narrow.ts'

const FILTERS = ['all', 'open', ...DIFFERENCE_REASONS] as const
type Filter = (typeof FILTERS)[number]
const queryOf = (filter: Filter) => (filter === 'all' ? {} : filter === 'open' ? { state: 'open' as const } : { reason: filter })

export function Differences({ connection }: { connection: Connection }) {
  const { t } = useTranslation()
  const narrow = useNarrow()
  const [filter, setFilter] = useState<Filter>('all')
  const list = useInfiniteQuery({
    queryKey: ['differences', connection.id, filter],
    queryFn: ({ pageParam }) =>
      api('differences.list', { params: { connectionId: connection.id }, query: { limit: '200', ...queryOf(filter), ...(pageParam ? { cursor: pageParam } : {}) } }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
    refetchInterval: (query) => ((query.state.data?.pages.length ?? 0) > 1 ? false : 5000),
  })
  return (
    <>
      <div className="differences-head">
        <div>
          <Title order={2}>{t('connection.tab.differences')}</Title>
          <Text c="dimmed" maw={620}>
            {t('differences.intro')}
          </Text>
        </div>
        <CompareNow connection={connection} />
      </div>
      <DifferenceDays connectionId={connection.id} />
      <fieldset className="chips">
        <legend className="hidden">{t('differences.reason')}</legend>
        {FILTERS.map((each) => (
          <button key={each} type="button" className="chip" aria-pressed={filter === each} onClick={() => setFilter(each)}>
            {each === 'all' || each === 'open' ? t(`differences.filter.${each}`) : t(`differences.reasons.${each}.name`)}
          </button>
        ))}
      </fieldset>
      <LongList
        list={list}
        bars={3}
        template={narrow ? 'minmax(0,1fr)' : 'minmax(0,1.1fr) 5.5rem 4rem minmax(0,1.6fr) 14.5rem'}
        keyOf={(row) => row.id}
        height={narrow ? 236 : 112}
        label={t('connection.tab.differences')}
        columns={
          narrow
            ? 1
            : [
                { words: t('articles.column.article') },
                { words: t('differences.theirs'), number: true },
                { words: t('differences.ours'), number: true },
                { words: t('differences.reason') },
                { words: t('connection.next') },
              ]
        }
        empty={
          <Empty
            icon="check"
            title={filter === 'all' ? t('differences.none') : t('differences.none-found')}
            action={
              filter === 'all' ? undefined : (
                <Button variant="default" onClick={() => setFilter('all')}>
                  {t('differences.show-all')}
                </Button>
              )
            }
          >
            {filter === 'all' ? t('differences.none-text') : undefined}
          </Empty>
        }
      >
        {(row) => <DifferenceLine row={row} connectionId={connection.id} narrow={narrow} />}
      </LongList>
    </>
  )
}
