/** The rows of a bulk change, cut down by the figures on top. */
import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { type BulkChange, type BulkFilter, bulkRowsQuery } from '../bulk-queries.ts'
import { BulkRowCells } from './bulk-row.tsx'
import { useSaid } from './bulk-values.ts'
import { LongList } from './long-list.tsx'
import { Empty } from './states.tsx'
import { useNarrow } from './use-narrow.ts'

export function BulkRows({ change, filter }: { change: BulkChange; filter: BulkFilter }) {
  const { t } = useTranslation()
  const narrow = useNarrow()
  const said = useSaid()
  const list = useInfiniteQuery(bulkRowsQuery(change, filter))
  const numbered = change.kind === 'import'
  return (
    <LongList
      list={list}
      template={narrow ? 'minmax(0, 1fr)' : `${numbered ? '3.5rem ' : ''}minmax(0, 2fr) minmax(0, 3fr)`}
      keyOf={(row) => row.n}
      height={64}
      grows
      label={t('bulk-change.rows')}
      columns={narrow ? 2 : [numbered && { words: t('bulk-change.row'), number: true }, { words: t('articles.column.article') }, { words: t('bulk-change.what') }]}
      empty={<Empty icon="check" title={t('run.no-items')} />}
    >
      {(row) => <BulkRowCells row={row} change={change} said={said(row)} narrow={narrow} />}
    </LongList>
  )
}
