/** Kunder: whoever has ordered, been added here or been handed in. */
import { Button } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { pieces } from '../format.ts'
import { Cell } from '../parts/cells.tsx'
import { nameOfCustomer } from '../parts/customer-name.ts'
import { Icon } from '../parts/icons.tsx'
import { LongList } from '../parts/long-list.tsx'
import { NewCustomer } from '../parts/new-customer.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { PrivacyRequests } from '../parts/privacy-requests.tsx'
import { SearchField } from '../parts/search-field.tsx'
import { Empty } from '../parts/states.tsx'
import { useAsked } from '../parts/use-asked.ts'
import { useNarrow } from '../parts/use-narrow.ts'
import { type CustomerRow, customersQuery } from '../queries.ts'

export function Customers() {
  const { t } = useTranslation()
  const narrow = useNarrow()
  const { q: asked } = useSearch({ from: '/inside/customers' })
  const [typed, setTyped] = useAsked(asked)
  const [q] = useDebouncedValue(typed.trim(), 200)
  const [opened, setOpened] = useState(false)
  const list = useInfiniteQuery({ ...customersQuery(q ? { q } : {}), placeholderData: keepPreviousData })
  const make = (
    <Button onClick={() => setOpened(true)} leftSection={<Icon name="plus" size={18} />}>
      {t('customers.new')}
    </Button>
  )
  const none = list.data?.pages[0]?.items.length === 0 && q === ''
  return (
    <>
      <PageHead title={t('customers.title')} text={t('customers.text')} actions={list.isPending || (none && !list.error) ? null : make} />
      <PrivacyRequests />
      <NewCustomer opened={opened} close={() => setOpened(false)} />
      {!(list.data && none) && (
        <div className="tools">
          <SearchField label={t('customers.search')} value={typed} onChange={setTyped} />
        </div>
      )}
      <LongList
        list={list}
        bars={10}
        template={narrow ? 'minmax(0, 1fr) 3.6rem' : 'minmax(10rem, 1.2fr) minmax(12rem, 1.3fr) minmax(8rem, 1fr) 5rem'}
        keyOf={(row) => row.id}
        height={narrow ? 72 : 60}
        label={t('customers.title')}
        columns={[
          { words: t('customers.column.name') },
          !narrow && { words: t('customers.column.email') },
          !narrow && { words: t('customers.column.phone') },
          { words: t('customers.column.orders'), number: true },
        ]}
        empty={
          q === '' ? (
            <Empty icon="person" title={t('customers.none')} action={make}>
              {t('customers.none-text')}
            </Empty>
          ) : (
            <Empty icon="search" title={t('articles.none-found')}>
              {t('customers.none-found-text')}
            </Empty>
          )
        }
      >
        {(row) => <CustomerLine row={row} narrow={narrow} />}
      </LongList>
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
