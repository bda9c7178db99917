/** "Varför är det 5?" in short, on the article's page: the latest that changed the number, and the way to all of it. */
import { Group, NativeSelect, Paper, Stack, Title } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { pieces } from '../format.ts'
import { type Article, historyQuery, type Location } from '../queries.ts'
import { EventChange, EventWords } from './history-event.tsx'
import { storeShown } from './history-store.ts'
import { HistorySums } from './history-sums.tsx'
import { useEventWords } from './history-words.ts'
import { LinkButton } from './link-button.tsx'
import { MasterSays } from './master-says.tsx'
import { Pieces } from './pieces.tsx'
import { Empty, Failure, Loading } from './states.tsx'

const SHOWN = '8'

export function Timeline({ article, locations }: { article: Article; locations: Location[] }) {
  const { t } = useTranslation()
  const wordsOf = useEventWords(article.name)
  const [chosen, setChosen] = useState<number | null>(null)
  const locationId = chosen ?? storeShown(article, locations)
  const history = useInfiniteQuery({ ...historyQuery(article.id, locationId ?? 0, { show: 'moved' }, SHOWN), enabled: locationId !== null })
  const page = history.data?.pages[0]
  const now = article.levels.find((level) => level.locationId === locationId)?.available ?? null
  return (
    <Paper component="section" aria-labelledby="why">
      <Group justify="space-between" mb="sm">
        <Title order={2} id="why">
          {now === null ? t('timeline.title-unknown') : t('timeline.title', { shown: pieces(now) })}
        </Title>
        {locations.length > 1 && (
          <NativeSelect
            size="sm"
            aria-label={t('article.store')}
            value={String(locationId)}
            onChange={(event) => setChosen(Number(event.currentTarget.value))}
            data={locations.map((each) => ({ value: String(each.id), label: each.name }))}
          />
        )}
      </Group>
      <MasterSays article={article} locationId={locationId} />
      {history.isPending && locationId !== null ? (
        <Loading rows={4} />
      ) : history.error ? (
        <Failure error={history.error} retry={() => void history.refetch()} />
      ) : page === undefined || page.items.length === 0 ? (
        <Empty icon="wait" title={t('timeline.none')}>
          {t('timeline.none-text')}
        </Empty>
      ) : (
        <Stack gap="sm">
          {page.asOf !== null && <HistorySums asOf={page.asOf} />}
          <ol className="timeline">
            {page.items.map((event) => (
              <li key={event.id}>
                <span className="timeline-main">
                  <EventWords event={event} said={wordsOf(event)} />
                </span>
                <span className="timeline-change">
                  <EventChange event={event} />
                </span>
                <span className="timeline-after number">
                  <Pieces value={event.known ? event.onHandAfter - event.reservedAfter : null} />
                </span>
              </li>
            ))}
          </ol>
        </Stack>
      )}
      {locationId !== null && (
        <LinkButton to="/articles/$id/history" params={{ id: String(article.id) }} search={{ store: locationId, all: true }} variant="default" size="sm" mt="sm">
          {t('timeline.whole')}
        </LinkButton>
      )}
    </Paper>
  )
}
