/** One run: the preview old -> new before anything is sent, then its progress, then what came of it. */
import { Alert, Button, Group, NativeSelect, Paper, Stack, Text } from '@mantine/core'
import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Answer, api } from '../api.ts'
import { data } from '../data.ts'
import { pieces, span } from '../format.ts'
import { Cell, HeadCell, HeadRow } from '../parts/cells.tsx'
import { Icon } from '../parts/icons.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { Pieces } from '../parts/pieces.tsx'
import { codeWords } from '../parts/reason.ts'
import { RunButtons } from '../parts/run-buttons.tsx'
import { RunBar, timeLeft } from '../parts/run-line.tsx'
import { ScrollRows } from '../parts/scroll-rows.tsx'
import { Empty, Failure, Loading } from '../parts/states.tsx'
import { connectionQuery, locationsQuery, type Run, runQuery } from '../queries.ts'

export function RunPage() {
  const { t } = useTranslation()
  const { id, runId } = useParams({ from: '/inside/webshops/$id/runs/$runId' })
  const connection = useQuery(connectionQuery(Number(id)))
  const run = useQuery(runQuery(Number(id), Number(runId)))
  return (
    <div className="middle">
      <PageHead
        title={run.data ? t(`run.kind.${run.data.kind}`) : t('run.title')}
        back={{ words: connection.data?.name ?? t('shell.webshop'), link: { to: '/webshops/$id', params: { id } } }}
      />
      {run.error ? (
        <Failure error={run.error} retry={() => void run.refetch()} />
      ) : run.data ? (
        <Shown run={run.data} now={run.dataUpdatedAt} connectionId={Number(id)} />
      ) : (
        <Loading />
      )}
    </div>
  )
}

function Shown({ run, now, connectionId }: { run: Run; now: number; connectionId: number }) {
  const { t, i18n } = useTranslation()
  const params = { connectionId, runId: run.id }
  const answered = (latest: Run) => {
    data.setQueryData(['run', connectionId, run.id], latest)
    void data.invalidateQueries({ queryKey: ['connection', connectionId] })
  }
  const confirm = useMutation({ mutationFn: () => api('runs.confirm', { params, body: {} }), onSuccess: answered })
  const cancel = useMutation({ mutationFn: () => api('runs.cancel', { params, body: {} }), onSuccess: answered })
  const changes = Math.max(0, run.total - run.same)
  const left = timeLeft(run, now)
  const why = run.why === null ? null : (codeWords(i18n, run.why.code, run.why.facts) ?? run.why.code)
  return (
    <Stack gap="md">
      {run.state === 'looking' && (
        <Paper role="status">
          <Text className="strong">{t('run.looking')}</Text>
          <Text c="dimmed">{t('run.looking-text')}</Text>
          <RunBar run={run} />
          <RunButtons run={run} connectionId={connectionId} />
        </Paper>
      )}
      {run.state === 'ready' && (
        <Paper role="status">
          <Text className="strong">{changes === 0 ? t('run.nothing') : t('run.ready', { count: changes, shown: pieces(changes) })}</Text>
          <Text c="dimmed">{t('run.ready-text', { same: pieces(run.same) })}</Text>
          <Group mt="md">
            <Button onClick={() => confirm.mutate()} loading={confirm.isPending}>
              {changes === 0 ? t('run.finish') : t('run.confirm', { count: changes, shown: pieces(changes) })}
            </Button>
            <Button variant="default" onClick={() => cancel.mutate()} loading={cancel.isPending}>
              {t('common.cancel')}
            </Button>
          </Group>
        </Paper>
      )}
      {(run.state === 'sending' || run.state === 'paused' || run.state === 'stopping') && (
        <Paper role="status">
          <Group justify="space-between">
            <Text className="strong">{t('run.sent-of', { done: pieces(run.done + run.failed), all: pieces(changes) })}</Text>
            <Text c="dimmed">{left === null ? '' : t('run.left', { span: span(left) })}</Text>
          </Group>
          <RunBar run={run} />
          <Text c="dimmed" size="sm" mt="xs">
            {run.state === 'sending' ? t('run.leave') : t(`run.state.${run.state}`)}
          </Text>
          {run.state !== 'stopping' && <RunButtons run={run} connectionId={connectionId} />}
        </Paper>
      )}
      {(run.state === 'done' || run.state === 'cancelled' || run.state === 'failed') && (
        <Alert
          color={run.state === 'done' && run.failed === 0 ? 'pine' : run.state === 'cancelled' ? 'gray' : 'orange'}
          variant="light"
          icon={<Icon name={run.state === 'done' ? 'check' : 'alert'} />}
          title={t(`run.end.${run.state}`)}
          role="status"
        >
          <Text>{t('run.end-text', { done: pieces(run.done), same: pieces(run.same), failed: pieces(run.failed) })}</Text>
          {why !== null && <Text>{why}</Text>}
        </Alert>
      )}
      {confirm.error && <Failure error={confirm.error} />}
      {cancel.error && <Failure error={cancel.error} />}
      {run.state !== 'looking' && <Items run={run} connectionId={connectionId} />}
    </Stack>
  )
}

type Item = Answer<'runs.items'>['items'][number]
type Shown = Item['state'] | 'all'
const FILTERS = ['all', 'send', 'sent', 'same', 'refused', 'skipped'] as const

function Items({ run, connectionId }: { run: Run; connectionId: number }) {
  const { t } = useTranslation()
  const [filter, setFilter] = useState<Shown | null>(null)
  const state = filter ?? (run.state === 'ready' ? 'send' : 'all')
  const locations = useQuery(locationsQuery)
  const many = (locations.data?.length ?? 0) > 1
  const list = useInfiniteQuery({
    queryKey: ['run-items', run.id, state, run.state],
    queryFn: ({ pageParam }) =>
      api('runs.items', { params: { connectionId, runId: run.id }, query: { limit: '500', ...(state === 'all' ? {} : { state }), ...(pageParam ? { cursor: pageParam } : {}) } }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  })
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items).map((item, at) => ({ ...item, at })) ?? [], [list.data])
  const { fetchNextPage, isFetchingNextPage } = list
  const fetchMore = useCallback(() => {
    if (!isFetchingNextPage) void fetchNextPage()
  }, [fetchNextPage, isFetchingNextPage])
  return (
    <>
      <NativeSelect
        label={t('run.show')}
        maw={280}
        value={state}
        onChange={(event) => setFilter(event.currentTarget.value as Shown)}
        data={FILTERS.map((each) => ({ value: each, label: t(`run.filter.${each}`) }))}
      />
      {list.isPending ? (
        <Loading />
      ) : list.error ? (
        <Failure error={list.error} retry={() => void list.refetch()} />
      ) : rows.length === 0 ? (
        <Empty icon="check" title={t('run.no-items')} />
      ) : (
        <ScrollRows
          template={'minmax(0,1fr) clamp(2.4rem,8vw,4.5rem) 1.2rem clamp(2.4rem,8vw,4.5rem) clamp(3.6rem,17vw,7rem)'}
          rows={rows}
          keyOf={(row) => row.at}
          height={60}
          label={t('run.title')}
          columns={5}
          more={list.hasNextPage}
          fetchMore={fetchMore}
          head={
            <HeadRow>
              <HeadCell>{t('articles.column.article')}</HeadCell>
              <HeadCell className="number">{t('run.was')}</HeadCell>
              <HeadCell>
                <span className="hidden">{t('run.becomes')}</span>
              </HeadCell>
              <HeadCell className="number">{t('run.target')}</HeadCell>
              <HeadCell>{t('run.item-state')}</HeadCell>
            </HeadRow>
          }
        >
          {(row) => (
            <>
              <Cell className="row-main">
                <Link to="/articles/$id" params={{ id: String(row.articleId) }} className="row-link">
                  {row.articleName}
                </Link>
                <span className="row-sub">
                  <span className="mono">{row.articleNumber}</span>
                  {many && ` · ${locations.data?.find((each) => each.id === row.locationId)?.name ?? ''}`}
                </span>
              </Cell>
              <Cell className="number">
                <Pieces value={row.was} />
              </Cell>
              <Cell className="quiet">→</Cell>
              <Cell className="number strong">
                <Pieces value={row.target} />
              </Cell>
              <Cell className="row-sub">
                <ItemState item={row} />
              </Cell>
            </>
          )}
        </ScrollRows>
      )}
    </>
  )
}

function ItemState({ item }: { item: Item }) {
  const { t, i18n } = useTranslation()
  const key = `states.${item.code}.name`
  if (item.code !== null && i18n.exists(key)) return t(key as 'states.missing.name')
  return t(`run.item.${item.state}`)
}
