/** A connection's articles with their states; the numbers on top are the filter. */
import { Button, TextInput } from '@mantine/core'
import { useDebouncedValue, useMediaQuery } from '@mantine/hooks'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ArticleState } from '../../src/web/contract/states.ts'
import { type Answer, api } from '../api.ts'
import { pieces } from '../format.ts'
import type { Connection } from '../queries.ts'
import { nextAction, STATE_ORDER, StateTag } from './article-state.tsx'
import { BoxDialog } from './box-dialog.tsx'
import { Cell, HeadCell, HeadRow } from './cells.tsx'
import { Icon } from './icons.tsx'
import { NextStep } from './next-step.tsx'
import { Pieces } from './pieces.tsx'
import { ScrollRows } from './scroll-rows.tsx'
import { Empty, Failure, Loading } from './states.tsx'

type Row = Answer<'connections.articles'>['items'][number]

export function ShopArticles({ connection }: { connection: Connection }) {
  const { t } = useTranslation()
  const narrow = useMediaQuery('(max-width: 48em)', window.innerWidth <= 768) ?? false
  const [state, setState] = useState<ArticleState | null>(null)
  const [typed, setTyped] = useState('')
  const [q] = useDebouncedValue(typed, 200)
  const [boxing, setBoxing] = useState(false)
  const list = useInfiniteQuery({
    queryKey: ['articles', 'of', connection.id, state, q],
    queryFn: ({ pageParam }) =>
      api('connections.articles', {
        params: { connectionId: connection.id },
        query: { limit: '200', ...(state ? { state } : {}), ...(q ? { q } : {}), ...(pageParam ? { cursor: pageParam } : {}) },
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
    refetchInterval: (query) => ((query.state.data?.pages.length ?? 0) > 1 ? false : 3000),
  })
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data])
  const { fetchNextPage, isFetchingNextPage } = list
  const fetchMore = useCallback(() => {
    if (!isFetchingNextPage) void fetchNextPage()
  }, [fetchNextPage, isFetchingNextPage])
  const counted = STATE_ORDER.filter((code) => (connection.counts[code] ?? 0) > 0)
  return (
    <>
      <div className="tools">
        <TextInput
          className="tools-search"
          type="search"
          aria-label={t('articles.search')}
          placeholder={t('articles.search')}
          leftSection={<Icon name="search" size={18} />}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Button variant="default" onClick={() => setBoxing(true)}>
          {t('articles.box')}
        </Button>
      </div>
      {counted.length > 0 && (
        <fieldset className="chips">
          <legend className="hidden">{t('articles.state')}</legend>
          <button type="button" className="chip" aria-pressed={state === null} onClick={() => setState(null)}>
            {t('connection.all')}
          </button>
          {counted.map((code) => (
            <button key={code} type="button" className="chip" aria-pressed={state === code} onClick={() => setState(code)}>
              {t(`states.${code}.name`)} <span className="number">{pieces(connection.counts[code] ?? 0)}</span>
            </button>
          ))}
        </fieldset>
      )}
      {list.isPending ? (
        <Loading />
      ) : list.error ? (
        <Failure error={list.error} retry={() => void list.refetch()} />
      ) : rows.length === 0 ? (
        <Empty
          icon="articles"
          title={q || state ? t('articles.none-found') : t('connection.no-articles')}
          action={
            q || state ? undefined : (
              <Button onClick={() => setBoxing(true)} disabled={connection.state === 'setup'}>
                {t('last-step.choose')}
              </Button>
            )
          }
        >
          {q || state ? t('articles.none-found-text') : t('connection.no-articles-text')}
        </Empty>
      ) : (
        <ScrollRows
          template={narrow ? 'minmax(0,1fr) 5rem' : 'minmax(0,1fr) 6rem 6rem minmax(0,1.4fr) 11rem'}
          rows={rows}
          keyOf={(row) => row.articleId}
          height={narrow ? 92 : 68}
          label={t('connection.tab.articles')}
          columns={narrow ? 2 : 5}
          more={list.hasNextPage}
          fetchMore={fetchMore}
          head={
            <HeadRow>
              <HeadCell>{t('articles.column.article')}</HeadCell>
              {!narrow && <HeadCell className="number">{t('connection.ours')}</HeadCell>}
              <HeadCell className="number">{t('connection.told')}</HeadCell>
              {!narrow && <HeadCell>{t('articles.column.shops')}</HeadCell>}
              {!narrow && <HeadCell>{t('connection.next')}</HeadCell>}
            </HeadRow>
          }
        >
          {(row) => <Line row={row} connection={connection} narrow={narrow} />}
        </ScrollRows>
      )}
      <BoxDialog opened={boxing} onClose={() => setBoxing(false)} shop={connection} chosen={[]} q={q} onDone={() => undefined} />
    </>
  )
}

/** Null when nothing is known anywhere. */
function sum(values: (number | null)[]): number | null {
  const known = values.filter((value) => value !== null)
  return known.length === 0 ? null : known.reduce((all, each) => all + each, 0)
}

function Line({ row, connection, narrow }: { row: Row; connection: Connection; narrow: boolean }) {
  const { t } = useTranslation()
  const state = row.boxed && connection.state === 'paused' ? 'paused' : row.boxed ? row.state : 'not-boxed'
  const said = row.heldByMessage ? t('messages.holds-article') : row.cells.find((cell) => cell.said !== null)?.said
  return (
    <>
      <Cell className="row-main">
        <Link to="/articles/$id" params={{ id: String(row.articleId) }} className="row-link">
          {row.name}
        </Link>
        <span className="row-sub mono">{row.number}</span>
        {narrow && (
          <span className="row-tags">
            <StateTag state={state} />
          </span>
        )}
      </Cell>
      {!narrow && (
        <Cell className="number">
          <Pieces value={sum(row.cells.map((cell) => cell.target))} />
        </Cell>
      )}
      <Cell className="number">
        <Pieces value={sum(row.cells.map((cell) => cell.toldValue))} />
      </Cell>
      {!narrow && (
        <Cell className="row-main">
          <StateTag state={state} />
          <span className="row-sub" title={said ?? t(`states.${state}.words`)}>
            {said ?? t(`states.${state}.words`)}
          </span>
        </Cell>
      )}
      {!narrow && <Cell>{nextAction(state) === null ? null : <NextStep state={state} shop={connection} articleId={row.articleId} explained={false} />}</Cell>}
    </>
  )
}
