/** The article list: search, filter by state, and the Webshop box on many at once. */
import { Button, Checkbox, Group, NativeSelect } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ArticleState } from '../../src/web/contract/states.ts'
import { exportOf } from '../api.ts'
import { pieces } from '../format.ts'
import { useLiveArticles } from '../live.ts'
import { ArticleLine, articleColumns, stateAt } from '../parts/article-line.tsx'
import { STATE_ORDER } from '../parts/article-state.tsx'
import { BoxDialog } from '../parts/box-dialog.tsx'
import { BulkActs } from '../parts/bulk-acts.tsx'
import { BulkEdit } from '../parts/bulk-edit.tsx'
import { Icon } from '../parts/icons.tsx'
import { LinkButton } from '../parts/link-button.tsx'
import { LongList } from '../parts/long-list.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { SearchField } from '../parts/search-field.tsx'
import { Empty } from '../parts/states.tsx'
import { useAsked } from '../parts/use-asked.ts'
import { useNarrow } from '../parts/use-narrow.ts'
import { type ArticlesFilter, articlesQuery, locationsQuery, webshopsQuery } from '../queries.ts'

const STOCK = ['negative', 'uncounted'] as const

export function Articles() {
  const { t } = useTranslation()
  const narrow = useNarrow()
  const navigate = useNavigate()
  const { stock, q: asked } = useSearch({ from: '/inside/articles' })
  const [typed, setTyped] = useAsked(asked)
  const [q] = useDebouncedValue(typed, 200)
  const [connectionId, setConnectionId] = useState<number | null>(null)
  const [state, setState] = useState<ArticleState | ''>('')
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set())
  const [boxing, setBoxing] = useState(false)
  const [editing, setEditing] = useState(false)
  const connections = useQuery(webshopsQuery)
  const locations = useQuery(locationsQuery)
  const shop = connections.data?.find((each) => each.id === connectionId) ?? connections.data?.[0]
  const inState = state !== '' && shop !== undefined
  const listed = { ...(q ? { q } : {}), ...(stock ? { stock } : {}) }
  const filter: ArticlesFilter = { ...listed, ...(inState ? { connectionId: String(shop.id), state } : {}) }
  const list = useInfiniteQuery({ ...articlesQuery(filter), placeholderData: keepPreviousData })
  useLiveArticles(list.data?.pages.length ?? 1)
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data])
  const total = list.data?.pages[0]?.total ?? null
  const toggle = useCallback((id: number) => setChosen((before) => (before.has(id) ? new Set([...before].filter((each) => each !== id)) : new Set([...before, id]))), [])
  const columns = articleColumns(
    locations.data ?? [],
    connections.data ?? [],
    narrow,
    rows.some((row) => row.imageId !== null),
  )
  const all = rows.length > 0 && rows.every((row) => chosen.has(row.id))
  const filtered = q !== '' || state !== '' || stock !== undefined

  return (
    <>
      <PageHead
        title={t('articles.title')}
        text={total === null ? undefined : t('articles.total', { count: total, shown: pieces(total) })}
        actions={
          <>
            <LinkButton to="/articles/import" variant="default">
              {t('articles.import')}
            </LinkButton>
            {rows.length > 0 && (
              <Button component="a" href={exportOf(filter)} download variant="default" leftSection={<Icon name="receipt" size={18} />}>
                {t('articles.export')}
              </Button>
            )}
            <LinkButton to="/articles/new" leftSection={<Icon name="plus" size={18} />}>
              {t('articles.new')}
            </LinkButton>
          </>
        }
      />
      <div className="tools">
        <SearchField label={t('articles.search')} value={typed} onChange={setTyped} />
        <NativeSelect
          aria-label={t('articles.stock')}
          value={stock ?? ''}
          onChange={(event) => {
            const chosen = STOCK.find((each) => each === event.currentTarget.value)
            void navigate({ to: '/articles', search: chosen ? { stock: chosen } : {}, replace: true })
          }}
        >
          <option value="">{t('articles.stock-is.all')}</option>
          {STOCK.map((each) => (
            <option key={each} value={each}>
              {t(`articles.stock-is.${each}`)}
            </option>
          ))}
        </NativeSelect>
        {shop && (connections.data?.length ?? 0) > 1 && (
          <NativeSelect
            aria-label={t('articles.webshop')}
            value={String(shop.id)}
            onChange={(event) => setConnectionId(Number(event.currentTarget.value))}
            data={(connections.data ?? []).map((each) => ({ value: String(each.id), label: each.name }))}
          />
        )}
        {shop && (
          <NativeSelect aria-label={t('articles.state')} value={state} onChange={(event) => setState(event.currentTarget.value as ArticleState | '')}>
            <option value="">{t('articles.all-states')}</option>
            {STATE_ORDER.filter((code) => code === state || (shop.counts[code] ?? 0) > 0).map((code) => (
              <option key={code} value={code}>
                {t(`states.${code}.name`)}
                {shop.counts[code] ? ` (${pieces(shop.counts[code])})` : ''}
              </option>
            ))}
          </NativeSelect>
        )}
        {shop && (
          <Button variant="default" onClick={() => setBoxing(true)}>
            {t('articles.box')}
          </Button>
        )}
        {shop && (
          <BulkActs
            shop={shop}
            chosen={rows.filter((row) => chosen.has(row.id)).map((row) => ({ id: row.id, state: stateAt(row, shop.id) }))}
            whole={state === '' || q !== '' ? null : { state, count: shop.counts[state] ?? 0 }}
            onDone={() => setChosen(new Set())}
          />
        )}
        {rows.length > 0 && (
          <Button variant="default" onClick={() => setEditing(true)}>
            {t('bulk-edit.open')}
          </Button>
        )}
        {chosen.size > 0 && (
          <Button variant="subtle" onClick={() => setChosen(new Set())}>
            {t('articles.choose-none')}
          </Button>
        )}
      </div>
      <LongList
        list={list}
        bars={10}
        template={columns.template}
        keyOf={(row) => row.id}
        height={narrow ? 92 : 60}
        label={t('articles.title')}
        columns={[
          {
            words: (
              <Checkbox
                aria-label={t('articles.choose-all')}
                checked={all}
                indeterminate={!all && chosen.size > 0}
                onChange={() => setChosen(all ? new Set() : new Set(rows.map((row) => row.id)))}
              />
            ),
          },
          ...columns.heads.map((head) => ({ words: head.words ?? t(`articles.column.${head.key}` as 'articles.column.article'), number: head.number })),
        ]}
        empty={
          filtered ? (
            <Empty icon="search" title={t('articles.none-found')}>
              {t('articles.none-found-text')}
            </Empty>
          ) : (
            <Empty
              icon="articles"
              title={t('articles.none')}
              action={
                <Group gap="sm">
                  <LinkButton to="/articles/import">{t('import-file.title')}</LinkButton>
                  <LinkButton to="/articles/new" variant="default">
                    {t('articles.new')}
                  </LinkButton>
                </Group>
              }
            >
              {t('articles.none-text')}
            </Empty>
          )
        }
      >
        {(row) => <ArticleLine row={row} columns={columns} chosen={chosen.has(row.id)} toggle={toggle} />}
      </LongList>
      <BulkEdit
        opened={editing}
        onClose={() => setEditing(false)}
        chosen={[...chosen]}
        whole={{ filter: { ...listed, ...(inState ? { connectionId: shop.id, state } : {}) }, total: total ?? (inState && q === '' ? (shop.counts[state] ?? 0) : null) }}
      />
      {shop && <BoxDialog opened={boxing} onClose={() => setBoxing(false)} shop={shop} chosen={[...chosen]} q={q} onDone={() => setChosen(new Set())} />}
    </>
  )
}
