/** A list of any length, read a page at a time, with its other faces: being read, failed and empty. */
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query'
import { type ReactNode, useCallback, useMemo } from 'react'
import { HeadCell, HeadRow } from './cells.tsx'
import { ScrollRows } from './scroll-rows.tsx'
import { Failure, Loading } from './states.tsx'

interface Column {
  words: ReactNode
  number?: boolean
  /** Said to who can't see it; whoever can needs no heading there. */
  unseen?: boolean
}

interface Props<Row> {
  /** Pages as the API gives them. */
  list: UseInfiniteQueryResult<InfiniteData<{ items: Row[]; next: string | null }>>
  label: string
  /** The headings; what is false isn't shown at this width. A number = so many columns without headings. */
  columns: readonly (Column | false)[] | number
  /** grid-template-columns of headings and rows alike. */
  template: string
  height: number
  /** A row may be taller than that. */
  grows?: boolean
  /** Bars while it is read. */
  bars?: number
  keyOf: (row: Row, at: number) => number
  /** Shown in its place when there is nothing in it. */
  empty: ReactNode
  /** The cells of one row. */
  children: (row: Row) => ReactNode
}

export function LongList<Row>({ list, label, columns, template, height, grows, bars = 6, keyOf, empty, children }: Props<Row>) {
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data])
  const { fetchNextPage, isFetchingNextPage } = list
  const fetchMore = useCallback(() => {
    if (!isFetchingNextPage) void fetchNextPage()
  }, [fetchNextPage, isFetchingNextPage])
  if (list.isPending) return <Loading rows={bars} />
  if (list.error) return <Failure error={list.error} retry={() => void list.refetch()} />
  if (rows.length === 0) return empty
  const shown = typeof columns === 'number' ? [] : columns.filter((column) => column !== false)
  return (
    <ScrollRows
      rows={rows}
      keyOf={keyOf}
      height={height}
      grows={grows ?? false}
      label={label}
      columns={typeof columns === 'number' ? columns : shown.length}
      template={template}
      more={list.hasNextPage}
      fetchMore={fetchMore}
      head={shown.length > 0 && <Heads columns={shown} />}
    >
      {children}
    </ScrollRows>
  )
}

const Heads = ({ columns }: { columns: readonly Column[] }) => (
  <HeadRow>
    {columns.map(({ words, number, unseen }, at) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: headings have their places for good.
      <HeadCell key={at} className={number ? 'number' : undefined}>
        {unseen ? <span className="hidden">{words}</span> : words}
      </HeadCell>
    ))}
  </HeadRow>
)
