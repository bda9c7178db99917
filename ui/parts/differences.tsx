/** Avvikelser: theirs was not ours, with both numbers. */
import { Button } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { moment, pieces } from '../format.ts'
import { type Connection, locationsQuery } from '../queries.ts'
import { useCompany } from '../session.ts'
import { Empty, Failure, Loading } from './states.tsx'

export function Differences({ connection }: { connection: Connection }) {
  const { t } = useTranslation()
  const { timeZone } = useCompany()
  const locations = useQuery(locationsQuery)
  const list = useInfiniteQuery({
    queryKey: ['differences', connection.id],
    queryFn: ({ pageParam }) => api('connections.differences', { params: { connectionId: connection.id }, query: pageParam ? { cursor: pageParam } : {} }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    refetchInterval: 10_000,
  })
  if (list.isPending) return <Loading rows={3} />
  if (list.error) return <Failure error={list.error} retry={() => void list.refetch()} />
  const rows = list.data.pages.flatMap((page) => page.items)
  if (rows.length === 0)
    return (
      <Empty icon="check" title={t('differences.none')}>
        {t('differences.none-text')}
      </Empty>
    )
  return (
    <>
      <div className="card scroll-x">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t('articles.column.article')}</th>
              <th scope="col">{t('article.store')}</th>
              <th scope="col" className="number">
                {t('differences.theirs')}
              </th>
              <th scope="col" className="number">
                {t('differences.ours')}
              </th>
              <th scope="col">{t('differences.seen')}</th>
              <th scope="col">{t('differences.state')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
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
              </tr>
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
