/** The runs of a connection, newest first. */
import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { moment, pieces } from '../format.ts'
import type { Connection } from '../queries.ts'
import { useCompany } from '../session.ts'
import { Empty, Failure, Loading } from './states.tsx'

export function ShopRuns({ connection }: { connection: Connection }) {
  const { t } = useTranslation()
  const { timeZone } = useCompany()
  const list = useInfiniteQuery({
    queryKey: ['runs', connection.id],
    queryFn: ({ pageParam }) => api('runs.list', { params: { connectionId: connection.id }, query: pageParam ? { cursor: pageParam } : {} }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  })
  if (list.isPending) return <Loading rows={3} />
  if (list.error) return <Failure error={list.error} retry={() => void list.refetch()} />
  const rows = list.data.pages.flatMap((page) => page.items)
  if (rows.length === 0)
    return (
      <Empty icon="wait" title={t('run.none')}>
        {t('run.none-text')}
      </Empty>
    )
  return (
    <>
      <div className="card scroll-x">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t('run.what')}</th>
              <th scope="col">{t('run.when')}</th>
              <th scope="col" className="number">
                {t('run.sent')}
              </th>
              <th scope="col" className="number">
                {t('run.same')}
              </th>
              <th scope="col" className="number">
                {t('run.failed')}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((run) => (
              <tr key={run.id}>
                <td>
                  <Link to="/webshops/$id/runs/$runId" params={{ id: String(connection.id), runId: String(run.id) }} className="row-link">
                    {t(`run.kind.${run.kind}`)}
                  </Link>
                  <div className="row-sub">{t(`run.state.${run.state}`)}</div>
                </td>
                <td>{moment(run.startedAt, timeZone)}</td>
                <td className="number">{pieces(run.done)}</td>
                <td className="number">{pieces(run.same)}</td>
                <td className="number">{pieces(run.failed)}</td>
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
