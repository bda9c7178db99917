/** The rows of a bulk change, cut down by the figures on top. */
import { useMediaQuery } from '@mantine/hooks'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { type BulkChange, type BulkFilter, bulkRowsQuery } from '../bulk-queries.ts'
import { BulkRowCells } from './bulk-row.tsx'
import { useSaid } from './bulk-values.ts'
import { HeadCell, HeadRow } from './cells.tsx'
import { ScrollRows } from './scroll-rows.tsx'
import { Empty, Failure, Loading } from './states.tsx'

export function BulkRows({ change, filter }: { change: BulkChange; filter: BulkFilter }) {
  const { t } = useTranslation()
  const narrow = useMediaQuery('(max-width: 48em)', window.innerWidth <= 768) ?? false
  const said = useSaid()
  const list = useInfiniteQuery(bulkRowsQuery(change, filter))
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data])
  const { fetchNextPage, isFetchingNextPage } = list
  const fetchMore = useCallback(() => {
    if (!isFetchingNextPage) void fetchNextPage()
  }, [fetchNextPage, isFetchingNextPage])
  if (list.isPending) return <Loading />
  if (list.error) return <Failure error={list.error} retry={() => void list.refetch()} />
  if (rows.length === 0) return <Empty icon="check" title={t('run.no-items')} />
  const numbered = change.kind === 'import'
  return (
    <ScrollRows
      template={narrow ? 'minmax(0, 1fr)' : `${numbered ? '3.5rem ' : ''}minmax(0, 2fr) minmax(0, 3fr)`}
      rows={rows}
      keyOf={(row) => row.n}
      height={64}
      grows
      label={t('bulk-change.rows')}
      columns={numbered && !narrow ? 3 : 2}
      more={list.hasNextPage}
      fetchMore={fetchMore}
      head={
        // Where cells stand under each other, headings over them say nothing.
        !narrow && (
          <HeadRow>
            {numbered && <HeadCell className="number">{t('bulk-change.row')}</HeadCell>}
            <HeadCell>{t('articles.column.article')}</HeadCell>
            <HeadCell>{t('bulk-change.what')}</HeadCell>
          </HeadRow>
        )
      }
    >
      {(row) => <BulkRowCells row={row} change={change} said={said(row)} narrow={narrow} />}
    </ScrollRows>
  )
}
