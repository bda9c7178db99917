/** The runs of a connection, newest first. */
import { useMediaQuery } from '@mantine/hooks'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { moment, pieces } from '../format.ts'
import type { Connection } from '../queries.ts'
import { useCompany } from '../session.ts'
import { PagedTable } from './paged-table.tsx'
import { Empty } from './states.tsx'
import { UndoRun } from './undo-run.tsx'

export function ShopRuns({ connection }: { connection: Connection }) {
  const { t } = useTranslation()
  const { timeZone } = useCompany()
  const narrow = useMediaQuery('(max-width: 48em)', window.innerWidth <= 768) ?? false
  const list = useInfiniteQuery({
    queryKey: ['runs', connection.id],
    queryFn: ({ pageParam }) => api('runs.list', { params: { connectionId: connection.id }, query: pageParam ? { cursor: pageParam } : {} }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  })
  return (
    <PagedTable
      list={list}
      columns={[
        { words: t('run.what') },
        ...(narrow ? [] : [{ words: t('run.when') }]),
        { words: t('run.sent'), number: true },
        { words: t('run.same'), number: true },
        { words: t('run.failed'), number: true },
      ]}
      empty={
        <Empty icon="wait" title={t('run.none')}>
          {t('run.none-text')}
        </Empty>
      }
    >
      {(run) => (
        <>
          <td>
            <Link to="/webshops/$id/runs/$runId" params={{ id: String(connection.id), runId: String(run.id) }} className="row-link">
              {t(`run.kind.${run.kind}`)}
            </Link>
            <div className="row-sub">{run.undoneById === null ? t(`run.state.${run.state}`) : t('undo.was-undone')}</div>
            {narrow && <div className="row-sub">{moment(run.startedAt, timeZone)}</div>}
            {run.undoneById === null && <UndoRun run={run} connectionId={connection.id} size="compact-xs" mt={4} />}
          </td>
          {!narrow && <td>{moment(run.startedAt, timeZone)}</td>}
          <td className="number">{pieces(run.done)}</td>
          <td className="number">{pieces(run.same)}</td>
          <td className="number">{pieces(run.failed)}</td>
        </>
      )}
    </PagedTable>
  )
}
