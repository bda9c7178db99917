/** Avvikelser: theirs was not ours, with both numbers. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { moment, pieces } from '../format.ts'
import { type Connection, locationsQuery } from '../queries.ts'
import { useCompany } from '../session.ts'
import { PagedTable } from './paged-table.tsx'
import { Empty } from './states.tsx'

export function Differences({ connection }: { connection: Connection }) {
  const { t } = useTranslation()
  const { timeZone } = useCompany()
  const locations = useQuery(locationsQuery)
  const list = useInfiniteQuery({
    queryKey: ['differences', connection.id],
    queryFn: ({ pageParam }) => api('differences.list', { params: { connectionId: connection.id }, query: pageParam ? { cursor: pageParam } : {} }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    refetchInterval: 10_000,
  })
  return (
    <PagedTable
      list={list}
      columns={[
        { words: t('articles.column.article') },
        { words: t('article.store') },
        { words: t('differences.theirs'), number: true },
        { words: t('differences.ours'), number: true },
        { words: t('differences.seen') },
        { words: t('differences.state') },
      ]}
      empty={
        <Empty icon="check" title={t('differences.none')}>
          {t('differences.none-text')}
        </Empty>
      }
    >
      {(row) => (
        <>
          <td>
            <Link to="/articles/$id" params={{ id: String(row.articleId) }} className="row-link">
              {row.articleName}
            </Link>
            <div className="row-sub mono">{row.articleNumber}</div>
          </td>
          <td>{locations.data?.find((each) => each.id === row.locationId)?.name}</td>
          <td className="number">{pieces(row.theirs)}</td>
          <td className="number">{pieces(row.ours)}</td>
          <td>{moment(row.seenAt, timeZone)}</td>
          <td>{t(`differences.${row.state}`)}</td>
        </>
      )}
    </PagedTable>
  )
}
