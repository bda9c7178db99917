/** A connection's articles with their states; the numbers on top are the filter. */
import { Button, Checkbox, Group, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ArticleState } from '../../src/web/contract/states.ts'
import { api } from '../api.ts'
import { pieces } from '../format.ts'
import type { Connection } from '../queries.ts'
import { STATE_ORDER } from './article-state.tsx'
import { BoxDialog } from './box-dialog.tsx'
import { BulkActs } from './bulk-acts.tsx'
import { LongList } from './long-list.tsx'
import { SearchField } from './search-field.tsx'
import { ShopArticleLine } from './shop-article-line.tsx'
import { Empty } from './states.tsx'
import { TakeOver } from './take-over.tsx'
import { useNarrow } from './use-narrow.ts'

export function ShopArticles({ connection }: { connection: Connection }) {
  const { t } = useTranslation()
  const narrow = useNarrow()
  const navigate = useNavigate()
  const { state = null } = useSearch({ from: '/inside/webshops/$id' })
  const [typed, setTyped] = useState('')
  const [q] = useDebouncedValue(typed, 200)
  const [boxing, setBoxing] = useState(false)
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set())
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
  const choose = (code: ArticleState | null) => {
    void navigate({ to: '/webshops/$id', params: { id: String(connection.id) }, search: code === null ? {} : { state: code }, replace: true, resetScroll: false })
    setChosen(new Set())
  }
  const toggle = useCallback((id: number) => setChosen((before) => (before.has(id) ? new Set([...before].filter((each) => each !== id)) : new Set([...before, id]))), [])
  const ticked = useMemo(() => rows.filter((row) => chosen.has(row.articleId)).map((row) => ({ id: row.articleId, state: row.state })), [rows, chosen])
  const all = rows.length > 0 && ticked.length === rows.length
  const counted = STATE_ORDER.filter((code) => (connection.counts[code] ?? 0) > 0)
  return (
    <>
      <div className="tools">
        <SearchField label={t('articles.search')} value={typed} onChange={setTyped} />
        <Button variant="default" onClick={() => setBoxing(true)}>
          {t('articles.box')}
        </Button>
        <BulkActs
          shop={connection}
          chosen={ticked}
          whole={state === null || q !== '' ? null : { state, count: connection.counts[state] ?? 0 }}
          onDone={() => setChosen(new Set())}
        />
      </div>
      {counted.length > 0 && (
        <fieldset className="chips">
          <legend className="hidden">{t('articles.state')}</legend>
          <button type="button" className="chip" aria-pressed={state === null} onClick={() => choose(null)}>
            {t('connection.all')}
          </button>
          {counted.map((code) => (
            <button key={code} type="button" className="chip" aria-pressed={state === code} onClick={() => choose(code)}>
              {t(`states.${code}.name`)} <span className="number">{pieces(connection.counts[code] ?? 0)}</span>
            </button>
          ))}
        </fieldset>
      )}
      {(state === 'no-stock-yet' || ticked.length > 0) && (
        <Group mb="md" gap="sm">
          {ticked.length > 0 ? (
            <TakeOver connectionId={connection.id} articleIds={ticked.map((each) => each.id)} size="sm" variant="light" disabled={connection.state !== 'active'} />
          ) : (
            <TakeOver connectionId={connection.id} size="sm" variant="light" disabled={connection.state !== 'active'} />
          )}
          <Text size="sm" c="dimmed">
            {t('take-over.why')}
          </Text>
        </Group>
      )}
      <LongList
        list={list}
        label={t('connection.tab.articles')}
        template={narrow ? '1.75rem minmax(0,1fr) 5rem' : '2rem minmax(0,1.3fr) 4.5rem 4.5rem minmax(0,1.2fr) 10.5rem'}
        height={narrow ? 92 : 68}
        keyOf={(row) => row.articleId}
        columns={[
          {
            words: (
              <Checkbox
                aria-label={t('articles.choose-all')}
                checked={all}
                indeterminate={!all && ticked.length > 0}
                onChange={() => setChosen(all ? new Set() : new Set(rows.map((row) => row.articleId)))}
              />
            ),
          },
          { words: t('articles.column.article') },
          !narrow && { words: t('connection.ours'), number: true },
          { words: t('connection.told'), number: true },
          !narrow && { words: t('articles.column.shops') },
          !narrow && { words: t('connection.next') },
        ]}
        empty={
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
        }
      >
        {(row) => <ShopArticleLine row={row} connection={connection} narrow={narrow} chosen={chosen.has(row.articleId)} toggle={toggle} />}
      </LongList>
      <BoxDialog opened={boxing} onClose={() => setBoxing(false)} shop={connection} chosen={[]} q={q} onDone={() => undefined} />
    </>
  )
}
