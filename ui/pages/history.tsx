/** "Varför är det 5?": an article's whole history in one store, as it is now or as it was at any moment, with a sum that adds up. */
import { Button, Paper, Text } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useParams, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { moment, pieces } from '../format.ts'
import { HistoryFile } from '../parts/history-file.tsx'
import { storeShown } from '../parts/history-store.ts'
import { HistorySums } from '../parts/history-sums.tsx'
import { HistoryTable } from '../parts/history-table.tsx'
import { HistoryTools } from '../parts/history-tools.tsx'
import { MasterSays } from '../parts/master-says.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { Empty, Failure, Loading } from '../parts/states.tsx'
import { type Article, articleQuery, type History, historyQuery, type Location, locationsQuery } from '../queries.ts'
import { useCompany } from '../session.ts'

export function HistoryPage() {
  const { t } = useTranslation()
  const { id } = useParams({ from: '/inside/articles/$id/history' })
  const article = useQuery(articleQuery(Number(id)))
  const locations = useQuery(locationsQuery)
  const error = article.error ?? locations.error
  if (article.data && locations.data) return <Shown key={id} article={article.data} locations={locations.data} />
  return (
    <>
      <PageHead title={t('timeline.title-unknown')} />
      {error ? <Failure error={error} retry={() => void Promise.all([article.refetch(), locations.refetch()])} /> : <Loading />}
    </>
  )
}

function Shown({ article, locations }: { article: Article; locations: Location[] }) {
  const { t } = useTranslation()
  const search = useSearch({ from: '/inside/articles/$id/history' })
  const locationId = search.store ?? storeShown(article, locations) ?? 0
  const filter = { show: search.all ? ('all' as const) : ('moved' as const), ...(search.from ? { from: search.from } : {}), ...(search.until ? { until: search.until } : {}) }
  const history = useInfiniteQuery(historyQuery(article.id, locationId, filter, '200'))
  const asOf = history.data?.pages[0]?.asOf ?? null
  const events = history.data?.pages.flatMap((page) => page.items) ?? []
  const title = useTitle(asOf, search.until)
  return (
    <>
      <PageHead
        title={title}
        text={
          <>
            {article.name} · <span className="mono">{article.number}</span> · {locations.find((each) => each.id === locationId)?.name}
          </>
        }
        back={{ words: t('article.title'), link: { to: '/articles/$id', params: { id: String(article.id) } } }}
      />
      <HistoryTools articleId={article.id} locations={locations} locationId={locationId}>
        <HistoryFile article={article} locationId={locationId} filter={filter} />
      </HistoryTools>
      <MasterSays article={article} locationId={locationId} />
      {history.isPending ? (
        <Loading />
      ) : history.error ? (
        <Failure error={history.error} retry={() => void history.refetch()} />
      ) : events.length === 0 ? (
        <Nothing isPart={search.from !== undefined || search.until !== undefined} />
      ) : (
        <>
          {asOf !== null && (
            <Paper mb="md">
              <HistorySums asOf={asOf} />
            </Paper>
          )}
          <Text c="dimmed" mb="xs">
            {t('timeline.intro')}
          </Text>
          <HistoryTable
            events={events}
            articleName={article.name}
            begins={history.hasNextPage || asOf === null ? null : asOf.start.known ? pieces(asOf.start.onHand) : t('timeline.start-unknown')}
          />
        </>
      )}
      {history.hasNextPage && (
        <Button variant="default" size="sm" mt="sm" onClick={() => void history.fetchNextPage()} loading={history.isFetchingNextPage}>
          {t('common.more')}
        </Button>
      )}
    </>
  )
}

function Nothing({ isPart }: { isPart: boolean }) {
  const { t } = useTranslation()
  return (
    <Empty icon="wait" title={isPart ? t('timeline.none-then') : t('timeline.none')}>
      {isPart ? t('timeline.none-then-text') : t('timeline.none-text')}
    </Empty>
  )
}

function useTitle(asOf: History['asOf'], until: string | undefined): string {
  const { t } = useTranslation()
  const { timeZone } = useCompany()
  const available = asOf?.available ?? null
  if (asOf === null) return t('timeline.title-unknown')
  if (until === undefined) return available === null ? t('timeline.title-unknown') : t('timeline.title', { shown: pieces(available) })
  const when = moment(until, timeZone)
  return available === null ? t('timeline.then-unknown', { when }) : t('timeline.then-title', { when, shown: pieces(available) })
}
