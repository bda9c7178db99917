/** One sale, goods receipt or count, as it was handed in; a count with what the book said then. */
import { Paper } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { change, moment, money } from '../format.ts'
import { isListedType } from '../parts/document-types.ts'
import { PageHead } from '../parts/page-head.tsx'
import { Pieces } from '../parts/pieces.tsx'
import { Failure, Loading } from '../parts/states.tsx'
import { type Document, documentQuery, locationsQuery } from '../queries.ts'
import { useCompany } from '../session.ts'

export function DocumentShown() {
  const { t } = useTranslation()
  const { timeZone } = useCompany()
  const { id } = useParams({ from: '/inside/documents/$id' })
  const document = useQuery(documentQuery(Number(id)))
  const locations = useQuery(locationsQuery)
  const shown = document.data
  if (!shown)
    return (
      <>
        <PageHead title={t('document.earlier')} />
        {document.error ? <Failure error={document.error} retry={() => void document.refetch()} /> : <Loading />}
      </>
    )
  const store = locations.data?.find((each) => each.id === shown.locationId)?.name
  // Nobody knows the number of what was typed in here, or came from a file.
  const typed = /^(LB|bulk-)/.test(shown.ref)
  const facts = [moment(shown.occurredAt, timeZone), store, shown.actor.name, typed ? null : t('paper.number', { ref: shown.ref })].filter(Boolean)
  const type = isListedType(shown.type) ? shown.type : null
  return (
    <div className="middle">
      <PageHead
        title={t(`paper.one.${shown.type}`)}
        text={facts.join(' · ')}
        {...(type === null ? {} : { back: { words: t(`documents.title.${type}`), link: { to: '/documents', search: { type } } } })}
      />
      <Paper p={0}>{shown.type === 'count' ? <Counted of={shown} /> : <Moved of={shown} />}</Paper>
    </div>
  )
}

function Moved({ of: { lines } }: { of: Document }) {
  const { t } = useTranslation()
  const { currency } = useCompany()
  const priced = lines.some((line) => line.unitPriceMinor !== null)
  const costed = lines.some((line) => line.unitCostMinor !== null)
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">{t('paper.article')}</th>
          <th scope="col" className="number">
            {t('paper.quantity')}
          </th>
          {(priced || costed) && (
            <th scope="col" className="number">
              {priced ? t('paper.price') : t('paper.cost')}
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {lines.map((line, at) => {
          const minor = priced ? line.unitPriceMinor : line.unitCostMinor
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a till may hand in one article twice, and lines never change.
            <tr key={`${line.articleId} ${at}`}>
              <Named line={line} />
              <td className="number strong">
                <Pieces value={line.quantity} />
              </td>
              {(priced || costed) && <td className="number">{minor === null ? '' : money(minor, currency)}</td>}
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

function Counted({ of: { lines } }: { of: Document }) {
  const { t } = useTranslation()
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">{t('paper.article')}</th>
          <th scope="col" className="number">
            {t('paper.book')}
          </th>
          <th scope="col" className="number">
            {t('paper.counted')}
          </th>
          <th scope="col" className="number">
            {t('paper.difference')}
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.articleId}>
            <Named line={line} />
            <td className="number">{line.book === null ? <span className="quiet">{t('common.unknown')}</span> : <Pieces value={line.book} />}</td>
            <td className="number strong">
              <Pieces value={line.quantity} />
            </td>
            <td className="number">{line.book === null ? '' : change(line.difference ?? 0)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Named({ line }: { line: Document['lines'][number] }) {
  return (
    <td>
      <Link to="/articles/$id" params={{ id: String(line.articleId) }} className="row-link">
        {line.articleName}
      </Link>
      <div className="row-sub mono">{line.articleNumber}</div>
    </td>
  )
}
