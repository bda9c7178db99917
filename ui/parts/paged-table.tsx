/** A table read a page at a time: being read, failed, empty, and with a button for more. */
import { Button } from '@mantine/core'
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Failure, Loading } from './states.tsx'

interface Props<Row> {
  /** Pages as the API gives them. */
  list: UseInfiniteQueryResult<InfiniteData<{ items: Row[]; next: string | null }>>
  columns: { words: string; number?: boolean }[]
  /** Shown instead of the table when there is nothing to put in it. */
  empty: ReactNode
  /** The cells of one row. */
  children: (row: Row) => ReactNode
}

export function PagedTable<Row extends { id: number }>({ list, columns, empty, children }: Props<Row>) {
  const { t } = useTranslation()
  if (list.isPending) return <Loading rows={3} />
  if (list.error) return <Failure error={list.error} retry={() => void list.refetch()} />
  const rows = list.data.pages.flatMap((page) => page.items)
  if (rows.length === 0) return empty
  return (
    <>
      <div className="card scroll-x">
        <table className="table">
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column.words} scope="col" className={column.number ? 'number' : undefined}>
                  {column.words}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>{children(row)}</tr>
            ))}
          </tbody>
        </table>
      </div>
      {list.hasNextPage && (
        <Button variant="default" size="sm" mt="sm" onClick={() => void list.fetchNextPage()} loading={list.isFetchingNextPage}>
          {t('common.more')}
        </Button>
      )}
    </>
  )
}
