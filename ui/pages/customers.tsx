/** Kunder: whoever has ordered, been added here or been handed in. */
import { Button, TextInput } from '@mantine/core'
import { useDebouncedValue, useMediaQuery } from '@mantine/hooks'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { pieces } from '../format.ts'
import { Cell, HeadCell, HeadRow } from '../parts/cells.tsx'
import { nameOfCustomer } from '../parts/customer-name.ts'
import { Icon } from '../parts/icons.tsx'
import { NewCustomer } from '../parts/new-customer.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { PrivacyRequests } from '../parts/privacy-requests.tsx'
import { ScrollRows } from '../parts/scroll-rows.tsx'
import { Empty, Failure, Loading } from '../parts/states.tsx'
import { useAsked } from '../parts/use-asked.ts'
import { type CustomerRow, customersQuery } from '../queries.ts'

export function Customers() {
  const { t } = useTranslation()
  const narrow = useMediaQuery('(max-width: 48em)', window.innerWidth <= 768) ?? false
  const { q: asked } = useSearch({ from: '/inside/customers' })
  const [typed, setTyped] = useAsked(asked)
  const [q] = useDebouncedValue(typed.trim(), 200)
  const [opened, setOpened] = useState(false)
  const list = useInfiniteQuery({ ...customersQuery(q ? { q } : {}), placeholderData: keepPreviousData })
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data])
  const { fetchNextPage, isFetchingNextPage } = list
  const fetchMore = useCallback(() => {
    if (!isFetchingNextPage) void fetchNextPage()
  }, [fetchNextPage, isFetchingNextPage])
  const make = (
    <Button onClick={() => setOpened(true)} leftSection={<Icon name="plus" size={18} />}>
      {t('customers.new')}
    </Button>
  )
  const none = rows.length === 0 && q === ''
  return (
    <>
      <PageHead title={t('customers.title')} text={t('customers.text')} actions={list.isPending || (none && !list.error) ? null : make} />
      <PrivacyRequests />
      <NewCustomer opened={opened} close={() => setOpened(false)} />
      {!(list.data && none) && (
        <div className="tools">
          <TextInput
            className="tools-search"
            type="search"
            aria-label={t('customers.search')}
            placeholder={t('customers.search')}
            leftSection={<Icon name="search" size={18} />}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        </div>
      )}
      {list.isPending ? (
        <Loading rows={10} />
      ) : list.error ? (
        <Failure error={list.error} retry={() => void list.refetch()} />
      ) : rows.length === 0 ? (
        q === '' ? (
          <Empty icon="person" title={t('customers.none')} action={make}>
            {t('customers.none-text')}
          </Empty>
        ) : (
          <Empty icon="search" title={t('articles.none-found')}>
            {t('customers.none-found-text')}
          </Empty>
        )
      ) : (
        <ScrollRows
          template={narrow ? 'minmax(0, 1fr) 3.6rem' : 'minmax(10rem, 1.2fr) minmax(12rem, 1.3fr) minmax(8rem, 1fr) 5rem'}
          rows={rows}
          keyOf={(row) => row.id}
          height={narrow ? 72 : 60}
          label={t('customers.title')}
          columns={narrow ? 2 : 4}
          more={list.hasNextPage}
          fetchMore={fetchMore}
          head={
            <HeadRow>
              <HeadCell>{t('customers.column.name')}</HeadCell>
              {!narrow && <HeadCell>{t('customers.column.email')}</HeadCell>}
              {!narrow && <HeadCell>{t('customers.column.phone')}</HeadCell>}
              <HeadCell className="number">{t('customers.column.orders')}</HeadCell>
            </HeadRow>
          }
        >
          {(row) => <CustomerLine row={row} narrow={narrow} />}
        </ScrollRows>
      )}
    </>
  )
}

function CustomerLine({ row, narrow }: { row: CustomerRow; narrow: boolean }) {
  const { t } = useTranslation()
  const name = nameOfCustomer(row, t)
  const under = [row.email, row.phone].filter((each) => each !== null && each !== name).join(' · ')
  return (
    <>
      <Cell className="row-main">
        <Link to="/customers/$id" params={{ id: String(row.id) }} className="row-link">
          {name}
        </Link>
        {narrow && under !== '' && <span className="row-sub">{under}</span>}
      </Cell>
      {!narrow && (
        <Cell className="row-main">
          <span className={row.email === null ? 'quiet' : undefined}>{row.email ?? '–'}</span>
        </Cell>
      )}
      {!narrow && <Cell className={row.phone === null ? 'quiet' : undefined}>{row.phone ?? '–'}</Cell>}
      <Cell className="number">{pieces(row.orders)}</Cell>
    </>
  )
}
