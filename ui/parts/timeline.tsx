/** "Varför är det 5?": every event that made the number, newest first, with who and when. */
import { Button, Group, NativeSelect, Paper, Title } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { change, moment, pieces } from '../format.ts'
import { type Article, type Location, timelineQuery } from '../queries.ts'
import { useCompany } from '../session.ts'
import { MasterSays } from './master-says.tsx'
import { Empty, Failure, Loading } from './states.tsx'

const KINDS = [
  'sale',
  'sale-return',
  'receipt',
  'receipt-correction',
  'count-undone',
  'count',
  'transfer-out',
  'transfer-in',
  'web-reserve',
  'web-release',
  'web-ship',
  'web-return',
  'waste',
  'internal-use',
  'web-loss',
  'master-set',
  'import',
  'reserve',
  'release',
] as const
type Kind = (typeof KINDS)[number]
const isKind = (kind: string): kind is Kind => KINDS.some((each) => each === kind)

/** A kind of movement in the reader's words; one this page doesn't know yet is shown as it is. */
export function useKindWords(): (kind: string) => string {
  const { t } = useTranslation()
  return (kind) => (isKind(kind) ? t(`timeline.kind.${kind}`) : kind)
}

export function Timeline({ article, locations }: { article: Article; locations: Location[] }) {
  const { t } = useTranslation()
  const { timeZone } = useCompany()
  const kindWords = useKindWords()
  const known = article.levels.filter((level) => level.onHand !== null)
  const [chosen, setChosen] = useState<number | null>(null)
  const locationId = chosen ?? known[0]?.locationId ?? locations[0]?.id ?? null
  const events = useInfiniteQuery({ ...timelineQuery(article.id, locationId), enabled: locationId !== null })
  const rows = events.data?.pages.flatMap((page) => page.items) ?? []
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
      {events.isPending && locationId !== null ? (
        <Loading rows={4} />
      ) : events.error ? (
        <Failure error={events.error} retry={() => void events.refetch()} />
      ) : rows.length === 0 ? (
        <Empty icon="wait" title={t('timeline.none')}>
          {t('timeline.none-text')}
        </Empty>
      ) : (
        <ol className="timeline">
          {rows.map((row) => {
            const source = row.source.name ?? row.source.ref
            return (
              <li key={row.id}>
                <span className="timeline-main">
                  <span className="strong">{kindWords(row.kind)}</span>
                  {source !== undefined && !String(source).startsWith('LB') && <span className="quiet"> {source}</span>}
                  <span className="row-sub">
                    <time dateTime={row.occurredAt}>{moment(row.occurredAt, timeZone)}</time>
                    {row.actor.name !== null && <> · {row.actor.name}</>}
                  </span>
                </span>
                <span className="timeline-change">
                  <Effect pieces={row.onHand - row.reserved} />
                  {row.reserved !== 0 && <span className="number quiet">{t('timeline.reserved', { change: change(row.reserved) })}</span>}
                </span>
                <span className="timeline-after number">{pieces(row.onHandAfter - row.reservedAfter)}</span>
              </li>
            )
          })}
        </ol>
      )}
      {events.hasNextPage && (
        <Button variant="default" size="sm" mt="sm" onClick={() => void events.fetchNextPage()} loading={events.isFetchingNextPage}>
          {t('common.more')}
        </Button>
      )}
    </Paper>
  )
}

/** What an event did to what can be sold: an order takes it at once, its shipment nothing more. */
function Effect({ pieces: effect }: { pieces: number }) {
  return <span className={effect < 0 ? 'number down' : effect > 0 ? 'number up' : 'number quiet'}>{change(effect)}</span>
}
