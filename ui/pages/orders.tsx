/** Ordrar: what was bought in the webshops, how far it has come, and what needs somebody. */
import { NativeSelect } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { moment, pieces } from '../format.ts'
import { Cell } from '../parts/cells.tsx'
import { LinkButton } from '../parts/link-button.tsx'
import { LongList } from '../parts/long-list.tsx'
import { isOrderState, ORDER_FILTER, OrderTags } from '../parts/order-state.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { SearchField } from '../parts/search-field.tsx'
import { Empty } from '../parts/states.tsx'
import { useAsked } from '../parts/use-asked.ts'
import { useNarrow } from '../parts/use-narrow.ts'
import { connectionsQuery, type Location, locationsQuery, type OrderRow, ordersQuery, webshopsQuery } from '../queries.ts'
import { useCompany } from '../session.ts'

export function Orders() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const narrow = useNarrow()
  const { state, shop, q: asked } = useSearch({ from: '/inside/orders' })
  const [typed, setTyped] = useAsked(asked)
  const [q] = useDebouncedValue(typed.trim(), 200)
  const shops = useQuery(webshopsQuery)
  const hasErp = useQuery(connectionsQuery).data?.some((connection) => connection.role === 'erp') === true
  const locations = useQuery(locationsQuery)
  const list = useInfiniteQuery({
    ...ordersQuery({ ...(q ? { q } : {}), ...(state ? { state } : {}), ...(shop ? { connectionId: String(shop) } : {}) }),
    placeholderData: keepPreviousData,
  })
  const filter = (change: { state?: string; shop?: number }) => {
    const next = { state, shop, ...change }
    void navigate({ to: '/orders', search: { ...(isOrderState(next.state) ? { state: next.state } : {}), ...(next.shop ? { shop: next.shop } : {}) }, replace: true })
  }
  const filtered = q !== '' || state !== undefined || shop !== undefined
  return (
    <>
      <PageHead
        title={t('orders.title')}
        text={t('orders.text')}
        actions={
          hasErp && (
            <LinkButton to="/invoices" variant="default">
              {t('invoices.title')}
            </LinkButton>
          )
        }
      />
      <div className="tools">
        <SearchField label={t('orders.search')} value={typed} onChange={setTyped} />
        {(shops.data?.length ?? 0) > 1 && (
          <NativeSelect aria-label={t('orders.shop')} value={String(shop ?? '')} onChange={(event) => filter({ shop: Number(event.currentTarget.value) })}>
            <option value="">{t('orders.all-shops')}</option>
            {(shops.data ?? []).map((each) => (
              <option key={each.id} value={each.id}>
                {each.name}
              </option>
            ))}
          </NativeSelect>
        )}
        <NativeSelect aria-label={t('orders.state')} value={state ?? ''} onChange={(event) => filter({ state: event.currentTarget.value })}>
          <option value="">{t('orders.all-states')}</option>
          {ORDER_FILTER.map((each) => (
            <option key={each} value={each}>
              {t(`orders.is.${each}`)}
            </option>
          ))}
        </NativeSelect>
      </div>
      <LongList
        list={list}
        bars={10}
        template={narrow ? 'minmax(0, 1fr) 3.2rem' : 'minmax(9rem, 1.2fr) 11rem minmax(8rem, 1fr) 5rem minmax(12rem, 1.3fr)'}
        keyOf={(row) => row.id}
        height={narrow ? 96 : 60}
        label={t('orders.title')}
        columns={[
          { words: t('orders.column.order') },
          !narrow && { words: t('orders.column.placed') },
          !narrow && { words: t('orders.column.stores') },
          { words: t('orders.column.pieces'), number: true },
          !narrow && { words: t('orders.column.state') },
        ]}
        empty={
          filtered ? (
            <Empty icon="search" title={t('articles.none-found')}>
              {t('articles.none-found-text')}
            </Empty>
          ) : (
            <Empty icon="order" title={t('orders.none')}>
              {t('orders.none-text')}
            </Empty>
          )
        }
      >
        {(row) => <OrderLine row={row} locations={locations.data ?? []} narrow={narrow} manyShops={(shops.data?.length ?? 0) > 1} />}
      </LongList>
    </>
  )
}

function OrderLine({ row, locations, narrow, manyShops }: { row: OrderRow; locations: Location[]; narrow: boolean; manyShops: boolean }) {
  const { t } = useTranslation()
  const { timeZone } = useCompany()
  const stores = row.locationIds.flatMap((id) => locations.find((location) => location.id === id)?.name ?? []).join(', ')
  const under = [...(manyShops ? [row.connectionName] : []), ...(narrow ? [moment(row.placedAt, timeZone), stores] : [])].filter((words) => words !== '')
  return (
    <>
      <Cell className="row-main">
        <Link to="/orders/$id" params={{ id: String(row.id) }} className="row-link">
          {row.name}
        </Link>
        {under.length > 0 && <span className="row-sub">{under.join(' · ')}</span>}
        {narrow && (
          <span className="row-tags">
            <OrderTags order={row} most={1} />
          </span>
        )}
      </Cell>
      {!narrow && <Cell>{moment(row.placedAt, timeZone)}</Cell>}
      {!narrow && <Cell className={stores === '' ? 'quiet' : undefined}>{stores || (row.unknownLines > 0 ? '–' : t('orders.stores-none'))}</Cell>}
      <Cell className="number">{pieces(row.pieces)}</Cell>
      {!narrow && (
        <Cell className="row-tags">
          <OrderTags order={row} />
        </Cell>
      )}
    </>
  )
}
