/** Fakturor: what the accounts have booked, which order each is for, and what needs somebody. */
import { Button, NativeSelect } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { day } from '../format.ts'
import { Cell } from '../parts/cells.tsx'
import { ChooseOrder } from '../parts/choose-order.tsx'
import { Icon, type IconName } from '../parts/icons.tsx'
import { INVOICE_FILTER, isInvoiceFilter } from '../parts/invoice-filter.ts'
import { amountOf, nameOfInvoice, troubleOf } from '../parts/invoice-words.ts'
import { LongList } from '../parts/long-list.tsx'
import { ShowPdf } from '../parts/order-invoices.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { SearchField } from '../parts/search-field.tsx'
import { Empty } from '../parts/states.tsx'
import { useAsked } from '../parts/use-asked.ts'
import { useNarrow } from '../parts/use-narrow.ts'
import { type Invoice, invoicesQuery } from '../queries.ts'

export function Invoices() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const narrow = useNarrow()
  const { state, q: asked } = useSearch({ from: '/inside/invoices' })
  const [typed, setTyped] = useAsked(asked)
  const [q] = useDebouncedValue(typed.trim(), 200)
  const [chosen, setChosen] = useState<Invoice | null>(null)
  const list = useInfiniteQuery({ ...invoicesQuery({ ...(q ? { q } : {}), ...(state ? { state } : {}) }), placeholderData: keepPreviousData })
  const filter = (value: string) => void navigate({ to: '/invoices', search: isInvoiceFilter(value) ? { state: value } : {}, replace: true })
  return (
    <>
      <PageHead title={t('invoices.title')} text={t('invoices.text')} back={{ words: t('orders.title'), link: { to: '/orders' } }} />
      {chosen && <ChooseOrder invoice={chosen} onClose={() => setChosen(null)} />}
      <div className="tools">
        <SearchField label={t('invoices.search')} value={typed} onChange={setTyped} />
        <NativeSelect aria-label={t('invoices.state')} value={state ?? ''} onChange={(event) => filter(event.currentTarget.value)}>
          <option value="">{t('invoices.all')}</option>
          {INVOICE_FILTER.map((each) => (
            <option key={each} value={each}>
              {t(`invoices.is.${each}`)}
            </option>
          ))}
        </NativeSelect>
      </div>
      <LongList
        list={list}
        bars={10}
        template={narrow ? 'minmax(0, 1fr) auto' : 'minmax(8.5rem, 1fr) 7.5rem minmax(8rem, 1fr) 15.5rem 8rem'}
        keyOf={(row) => row.id}
        height={narrow ? 112 : 60}
        label={t('invoices.title')}
        columns={[
          { words: t('invoices.column.invoice') },
          !narrow && { words: t('invoices.column.amount'), number: true },
          !narrow && { words: t('invoices.column.order') },
          !narrow && { words: t('invoices.column.state') },
          { words: 'PDF' },
        ]}
        empty={
          q !== '' || state !== undefined ? (
            <Empty icon="search" title={t('articles.none-found')}>
              {t('invoices.none-found-text')}
            </Empty>
          ) : (
            <Empty icon="order" title={t('invoices.none')}>
              {t('invoices.none-text')}
            </Empty>
          )
        }
      >
        {(row) => <InvoiceLine invoice={row} narrow={narrow} choose={() => setChosen(row)} />}
      </LongList>
    </>
  )
}

function InvoiceLine({ invoice, narrow, choose }: { invoice: Invoice; narrow: boolean; choose: () => void }) {
  const { t } = useTranslation()
  const booked = invoice.bookedAt === null ? '' : day(invoice.bookedAt.slice(0, 10))
  const pdf = <Cell>{invoice.pdf === 'there' && <ShowPdf invoice={invoice} />}</Cell>
  if (narrow)
    return (
      <>
        <Cell className="row-main">
          <span className="strong">{nameOfInvoice(invoice, t)}</span>
          <span className="row-sub">{[booked, amountOf(invoice)].filter((words) => words !== '').join(' · ')}</span>
          <OrderOf invoice={invoice} choose={choose} />
          <span className="row-tags">
            <StateTag invoice={invoice} />
          </span>
        </Cell>
        {pdf}
      </>
    )
  return (
    <>
      <Cell className="row-main">
        <span className="strong">{nameOfInvoice(invoice, t)}</span>
        <span className="row-sub">{booked}</span>
      </Cell>
      <Cell className="number">{amountOf(invoice)}</Cell>
      <Cell className="row-main">
        <OrderOf invoice={invoice} choose={choose} />
      </Cell>
      <Cell className="row-tags">
        <StateTag invoice={invoice} />
      </Cell>
      {pdf}
    </>
  )
}

function OrderOf({ invoice, choose }: { invoice: Invoice; choose: () => void }) {
  const { t } = useTranslation()
  const { order } = invoice
  if (order !== null)
    return (
      <Link to="/orders/$id" params={{ id: String(order.id) }} className="row-link">
        {order.name} <span className="row-sub">{order.connectionName}</span>
      </Link>
    )
  return (
    <span>
      <Button
        size="compact-sm"
        variant={invoice.candidates.length > 0 ? 'light' : 'subtle'}
        onClick={choose}
        aria-label={t('invoices.choose-for', { invoice: nameOfInvoice(invoice, t) })}
      >
        {t('invoices.choose')}
      </Button>
    </span>
  )
}

function StateTag({ invoice }: { invoice: Invoice }) {
  const { t } = useTranslation()
  const trouble = troubleOf(invoice)
  const { order, candidates, pdf, shop } = invoice
  const [look, icon, words]: [string, IconName, string] =
    trouble !== null
      ? ['act', 'alert', trouble === 'refused' ? t('invoices.shop.refused') : t(`invoices.pdf.${trouble}`)]
      : order === null
        ? candidates.length > 0
          ? ['act', 'alert', t('invoices.is.asks')]
          : ['quiet', 'cross', t('invoices.is.unlinked')]
        : shop === 'sent'
          ? ['good', 'check', t('invoices.shop.sent')]
          : shop === 'waiting'
            ? ['wait', 'wait', t('invoices.shop.waiting')]
            : pdf === 'there'
              ? ['good', 'check', t('invoices.pdf.there')]
              : [pdf === 'waiting' ? 'wait' : 'quiet', pdf === 'waiting' ? 'wait' : 'cross', t(`invoices.pdf.${pdf}`)]
  return (
    <span className={`tag tag-${look}`}>
      <Icon name={icon} size={14} />
      <span className="tag-words">{words}</span>
    </span>
  )
}
