/** Earlier sales, goods receipts and counts: the newest first, each with its page. */
import { useMediaQuery } from '@mantine/hooks'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { moment, pieces } from '../format.ts'
import { Cell, HeadCell, HeadRow } from '../parts/cells.tsx'
import { DOCUMENT_PLACES } from '../parts/document-types.ts'
import { PageHead } from '../parts/page-head.tsx'
import { ScrollRows } from '../parts/scroll-rows.tsx'
import { Empty, Failure, Loading } from '../parts/states.tsx'
import { documentsQuery, locationsQuery } from '../queries.ts'
import { useCompany } from '../session.ts'

export function Documents() {
  const { t } = useTranslation()
  const { timeZone } = useCompany()
  const narrow = useMediaQuery('(max-width: 48em)', window.innerWidth <= 768) ?? false
  const { type } = useSearch({ from: '/inside/documents' })
  const locations = useQuery(locationsQuery)
  const list = useInfiniteQuery(documentsQuery(type))
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data])
  const { fetchNextPage, isFetchingNextPage } = list
  const fetchMore = useCallback(() => {
    if (!isFetchingNextPage) void fetchNextPage()
  }, [fetchNextPage, isFetchingNextPage])
  const place = DOCUMENT_PLACES[type]
  return (
    <>
      <PageHead title={t(`documents.title.${type}`)} text={t('documents.text')} back={{ words: t(place.words), link: { to: place.to } }} />
      {list.isPending ? (
        <Loading rows={8} />
      ) : list.error ? (
        <Failure error={list.error} retry={() => void list.refetch()} />
      ) : rows.length === 0 ? (
        <Empty icon={place.icon} title={t('documents.none')} />
      ) : (
        <ScrollRows
          template={narrow ? 'minmax(0, 1fr) 5rem' : '13rem minmax(8rem, 1fr) minmax(8rem, 1fr) 6rem 6rem'}
          rows={rows}
          keyOf={(row) => row.id}
          height={narrow ? 72 : 56}
          label={t(`documents.title.${type}`)}
          columns={narrow ? 2 : 5}
          more={list.hasNextPage}
          fetchMore={fetchMore}
          head={
            <HeadRow>
              <HeadCell>{t('documents.column.when')}</HeadCell>
              {!narrow && <HeadCell>{t('documents.column.store')}</HeadCell>}
              {!narrow && <HeadCell>{t('documents.column.who')}</HeadCell>}
              {!narrow && <HeadCell className="number">{t('documents.column.articles')}</HeadCell>}
              <HeadCell className="number">{t('documents.column.pieces')}</HeadCell>
            </HeadRow>
          }
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
        </ScrollRows>
      )}
    </>
  )
}
