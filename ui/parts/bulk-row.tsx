/** One row of a bulk change: which article, what becomes of it, and why it doesn't where it doesn't. */
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { BulkChange, BulkRow } from '../bulk-queries.ts'
import { pieces } from '../format.ts'
import type { Said } from './bulk-values.ts'
import { faultWords, noteWords, rowCodeWords } from './bulk-why.ts'
import { Cell } from './cells.tsx'

interface Props {
  row: BulkRow
  change: BulkChange
  said: Said[]
  /** One under the other. */
  narrow: boolean
}

export function BulkRowCells({ row, change, said, narrow }: Props) {
  const { t } = useTranslation()
  const name = row.name ?? row.number ?? t('bulk-change.nameless')
  return (
    <>
      {change.kind === 'import' && !narrow && <Cell className="row-sub number">{pieces(row.n)}</Cell>}
      <Cell className="bulk-article">
        {row.articleId === null ? (
          <span className="strong">{name}</span>
        ) : (
          <Link to="/articles/$id" params={{ id: String(row.articleId) }} className="row-link">
            {name}
          </Link>
        )}
        <span className="row-sub">
          {narrow && change.kind === 'import' && `${t('bulk-change.row-n', { n: pieces(row.n) })} · `}
          <span className="mono">{row.number}</span>
        </span>
      </Cell>
      <Cell className="bulk-what">
        <What row={row} said={said} />
        <Why row={row} change={change} />
      </Cell>
    </>
  )
}

function What({ row: { verdict, faults }, said }: { row: BulkRow; said: Said[] }) {
  const { t } = useTranslation()
  if (verdict === 'same' && faults.length === 0) return <span className="quiet">{t('bulk-change.same')}</span>
  if (verdict === 'make')
    return (
      <>
        <span className="tag tag-good">{t('bulk-change.made')}</span>
        <span className="row-sub">{said.map(({ words, now }) => `${words}: ${now}`).join(' · ')}</span>
      </>
    )
  return said.map(({ words, old, now }) => (
    <span key={words}>
      <span className="quiet">{words}: </span>
      {old !== null && (
        <>
          {old} <span aria-hidden="true">→</span>
          <span className="hidden">{t('run.becomes')}</span>{' '}
        </>
      )}
      <span className="strong">{now}</span>
    </span>
  ))
}

/** What is unusual, what is wrong, and why it wasn't done. */
function Why({ row, change }: { row: BulkRow; change: BulkChange }) {
  const { t, i18n } = useTranslation()
  return (
    <>
      {row.flags.map((flag) => (
        <span key={flag} className="run-flag row-sub">
          {t(`bulk-flag.${flag}`)}
        </span>
      ))}
      {row.notes.map((note) => (
        <span key={note} className="row-sub">
          {noteWords(i18n, note)}
        </span>
      ))}
      {row.faults.map((fault) => (
        <span key={`${fault.column} ${fault.field} ${fault.code}`} className="bulk-fault">
          {faultWords(i18n, fault, change)}
        </span>
      ))}
      {row.code !== null && <span className="bulk-fault">{rowCodeWords(i18n, row.code)}</span>}
      {row.state === 'kept' && row.code === null && <span className="row-sub">{t('bulk-change.kept')}</span>}
    </>
  )
}
