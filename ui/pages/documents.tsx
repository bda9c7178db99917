/** Earlier sales, goods receipts and counts: the newest first, each with its page. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { moment, pieces } from '../format.ts'
import { Cell } from '../parts/cells.tsx'
import { DOCUMENT_PLACES } from '../parts/document-types.ts'
import { LongList } from '../parts/long-list.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { Empty } from '../parts/states.tsx'
import { useNarrow } from '../parts/use-narrow.ts'
import { documentsQuery, locationsQuery } from '../queries.ts'
import { useCompany } from '../session.ts'

export function Documents() {
  const { t } = useTranslation()
  const { timeZone } = useCompany()
  const narrow = useNarrow()
  const { type } = useSearch({ from: '/inside/documents' })
  const locations = useQuery(locationsQuery)
  const list = useInfiniteQuery(documentsQuery(type))
  const place = DOCUMENT_PLACES[type]
  return (
    <>
      <PageHead title={t(`documents.title.${type}`)} text={t('documents.text')} back={{ words: t(place.words), link: { to: place.to } }} />
      <LongList
        list={list}
        bars={8}
        template={narrow ? 'minmax(0, 1fr) 5rem' : '13rem minmax(8rem, 1fr) minmax(8rem, 1fr) 6rem 6rem'}
        keyOf={(row) => row.id}
        height={narrow ? 72 : 56}
        label={t(`documents.title.${type}`)}
        columns={[
          { words: t('documents.column.when') },
          !narrow && { words: t('documents.column.store') },
          !narrow && { words: t('documents.column.who') },
          !narrow && { words: t('documents.column.articles'), number: true },
          { words: t('documents.column.pieces'), number: true },
        ]}
        empty={<Empty icon={place.icon} title={t('documents.none')} />}
      >
        {(row) => {
          const store = locations.data?.find((each) => each.id === row.locationId)?.name ?? ''
          const who = row.actor.name ?? t('documents.system')
          return (
            <>
              <Cell className="row-main">
                <Link to="/documents/$id" params={{ id: String(row.id) }} className="row-link">
                  {moment(row.occurredAt, timeZone)}
                </Link>
                {narrow && (
                  <span className="row-sub">
                    {store} · {who}
                  </span>
                )}
              </Cell>
              {!narrow && <Cell>{store}</Cell>}
              {!narrow && <Cell>{who}</Cell>}
              {!narrow && <Cell className="number">{pieces(row.lines.length)}</Cell>}
              <Cell className="number">{pieces(row.lines.reduce((all, line) => all + line.quantity, 0))}</Cell>
            </>
          )
        }}
      </LongList>
    </>
  )
}
