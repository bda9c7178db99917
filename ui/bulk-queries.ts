/** What the pages ask of bulk changes. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { type Answer, api, type Query } from './api.ts'
import { data } from './data.ts'

export type BulkChange = Answer<'bulk.show'>
export type BulkRow = Answer<'bulk.rows'>['items'][number]
export type BulkFilter = Pick<Query<'bulk.rows'>, 'verdict' | 'flag' | 'flagged' | 'state' | 'code'>

const moves = ({ state }: Pick<BulkChange, 'state'>): boolean => state === 'reading' || state === 'working'

export const bulkChangeQuery = (bulkId: number) =>
  queryOptions({
    queryKey: ['bulk', bulkId],
    queryFn: () => api('bulk.show', { params: { bulkId } }),
    refetchInterval: (query) => (query.state.data && moves(query.state.data) ? 1000 : false),
  })

export const bulkChangesQuery = infiniteQueryOptions({
  queryKey: ['bulk-changes'],
  queryFn: ({ pageParam }) => api('bulk.list', { query: { limit: '50', ...(pageParam ? { cursor: pageParam } : {}) } }),
  initialPageParam: '',
  getNextPageParam: (page) => page.next,
  refetchInterval: (query) => (query.state.data?.pages.length === 1 && query.state.data.pages[0]?.items.some(moves) ? 2000 : false),
})

export const bulkRowsQuery = (change: BulkChange, filter: BulkFilter) =>
  infiniteQueryOptions({
    queryKey: ['bulk-rows', change.id, change.state, filter],
    queryFn: ({ pageParam }) => bulkRowsPage(change.id, filter, pageParam),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    // Whoever has scrolled on keeps the place.
    refetchInterval: (query) => (moves(change) && (query.state.data?.pages.length ?? 0) <= 1 ? 2000 : false),
  })

export const bulkRowsPage = (bulkId: number, filter: BulkFilter, cursor: string): Promise<Answer<'bulk.rows'>> =>
  api('bulk.rows', { params: { bulkId }, query: { ...filter, limit: '500', ...(cursor ? { cursor } : {}) } })

/** A bulk change as it became by a press: its rows are others now, and so may the articles be. */
export function keepBulkChange(change: BulkChange): void {
  data.setQueryData(bulkChangeQuery(change.id).queryKey, change)
  data.removeQueries({ queryKey: ['bulk-rows', change.id] })
  void data.invalidateQueries({ queryKey: bulkChangesQuery.queryKey })
}

export const vatRatesQuery = queryOptions({ queryKey: ['vat-rates'], queryFn: () => api('vat-rates.list'), staleTime: 60_000, select: (page) => page.items })
