/** Massändringar: earlier imports, edits of many and undos, the newest first. */
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { type BulkChange, bulkChangesQuery } from '../bulk-queries.ts'
import { moment, pieces } from '../format.ts'
import { LinkButton } from '../parts/link-button.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { PagedTable } from '../parts/paged-table.tsx'
import { Empty } from '../parts/states.tsx'
import { useCompany } from '../session.ts'

export function BulkChanges() {
  const { t } = useTranslation()
  const list = useInfiniteQuery(bulkChangesQuery)
  // Where there are none, the button stands among the words that say so.
  const isEmpty = list.data?.pages[0]?.items.length === 0
  const begin = <LinkButton to="/articles/import">{t('import-file.title')}</LinkButton>
  return (
    <div className="middle">
      <PageHead
        title={t('bulk-change.title')}
        text={t('bulk-change.text')}
        back={{ words: t('shell.articles'), link: { to: '/articles' } }}
        {...(isEmpty ? {} : { actions: begin })}
      />
      <PagedTable
        list={list}
        columns={[{ words: t('bulk-change.one') }, { words: t('bulk-change.column-state') }, { words: t('bulk-change.column-done'), number: true }]}
        empty={
          <Empty icon="articles" title={t('bulk-change.none-yet')} action={begin}>
            {t('bulk-change.none-yet-text')}
          </Empty>
        }
      >
        {(change) => <Line change={change} />}
      </PagedTable>
    </div>
  )
}

function Line({ change }: { change: BulkChange }) {
  const { t } = useTranslation()
  const { timeZone } = useCompany()
  const { kind, state, undoneBy, counts, fileName, startedBy, startedAt } = change
  const undone = undoneBy?.state === 'done'
  return (
    <>
      <td>
        <Link to="/articles/changes/$id" params={{ id: String(change.id) }} className="row-link">
          {t(`bulk-change.kind.${kind}`)}
        </Link>
        <div className="row-sub wrap">{[fileName, startedBy.name ?? t('documents.system'), moment(startedAt, timeZone)].filter((part) => part !== null).join(' · ')}</div>
      </td>
      <td>{undone ? t('bulk-change.state.undone') : t(`bulk-change.state.${state}`)}</td>
      <td className="number">{pieces(counts.done)}</td>
    </>
  )
}
