/** The invoices of an order: the PDF to read, whether the shop has it, and what a person can do when something is wrong. */
import { Alert, Button, Group, Paper, Text, Title } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, pdfOf } from '../api.ts'
import { data } from '../data.ts'
import { day, money } from '../format.ts'
import { connectorsQuery, type Invoice, type Order } from '../queries.ts'
import { ChooseOrder } from './choose-order.tsx'
import { Icon } from './icons.tsx'
import { amountOf, nameOfInvoice, troubleOf } from './invoice-words.ts'
import { LinkButton } from './link-button.tsx'
import { codeWords } from './reason.ts'
import { Failure } from './states.tsx'

export function OrderInvoices({ order }: { order: Order }) {
  const { t } = useTranslation()
  const fetchAll = useMutation({
    mutationFn: () => api('orders.fetch-invoices', { params: { orderId: order.id }, body: {} }),
    onSuccess: () => void data.invalidateQueries(),
  })
  if (!order.mayBeInvoiced && order.invoices.length === 0) return null
  const isLeft = order.invoices.length === 0 || order.invoices.some((invoice) => invoice.pdf === 'none')
  return (
    <Paper component="section" aria-labelledby="invoices">
      <Group justify="space-between" mb="sm">
        <Title order={2} id="invoices">
          {t('invoices.section')}
        </Title>
        <LinkButton to="/invoices" size="xs" variant="subtle">
          {t('invoices.all')}
        </LinkButton>
      </Group>
      {order.invoices.length === 0 && !fetchAll.isSuccess && <Text c="dimmed">{t('invoices.of-order-none')}</Text>}
      <ul className="order-lines">
        {order.invoices.map((invoice) => (
          <Line key={invoice.id} invoice={invoice} />
        ))}
      </ul>
      {fetchAll.isSuccess && isLeft && <Text role="status">{t('invoices.asked')}</Text>}
      {fetchAll.error && <Failure error={fetchAll.error} />}
      {isLeft && order.mayBeInvoiced && !fetchAll.isSuccess && (
        <Button size="xs" variant="default" mt="sm" onClick={() => fetchAll.mutate()} loading={fetchAll.isPending}>
          {t('invoices.fetch')}
        </Button>
      )}
    </Paper>
  )
}

function Line({ invoice }: { invoice: Invoice }) {
  const { t } = useTranslation()
  const [chooses, setChooses] = useState(false)
  const name = nameOfInvoice(invoice, t)
  const again = useMutation({
    mutationFn: () => api('invoices.fetch', { params: { invoiceId: invoice.id }, body: {} }),
    onSuccess: () => void data.invalidateQueries(),
  })
  const { order, pdf, shop } = invoice
  // At the shop, on its way there, or only here.
  const stands = shop === 'none' || shop === 'refused' ? t(`invoices.pdf.${pdf}`) : t(`invoices.shop.${shop}`)
  return (
    <li>
      <div>
        <span className="strong">
          {name} <span className="quiet">{amountOf(invoice)}</span>
        </span>
        <span className="row-sub block">{[...(invoice.bookedAt === null ? [] : [day(invoice.bookedAt.slice(0, 10))]), invoice.connectionName, stands].join(' · ')}</span>
        {invoice.differs && order !== null && (
          <span className="row-sub block">{t('invoices.differs', { goods: order.goodsMinor === null ? order.currency : money(order.goodsMinor, order.currency) })}</span>
        )}
        {troubleOf(invoice) !== null && <Trouble invoice={invoice} />}
        {again.error && <Failure error={again.error} />}
        <Group gap="xs" mt={6}>
          {invoice.pdf === 'there' && <ShowPdf invoice={invoice} />}
          {troubleOf(invoice) !== null && (
            <Button size="xs" variant="light" onClick={() => again.mutate()} loading={again.isPending} aria-label={`${t('invoices.again')}: ${name}`}>
              {t('invoices.again')}
            </Button>
          )}
          <Button size="xs" variant="subtle" onClick={() => setChooses(true)} aria-label={`${t('invoices.wrong')} ${name}`}>
            {t('invoices.wrong')}
          </Button>
        </Group>
      </div>
      {chooses && <ChooseOrder invoice={invoice} onClose={() => setChooses(false)} />}
    </li>
  )
}

/** In a tab of its own: whoever reads it comes back to where they were. */
export function ShowPdf({ invoice }: { invoice: Invoice }) {
  const { t } = useTranslation()
  return (
    <Button
      component="a"
      href={pdfOf(invoice.id)}
      target="_blank"
      rel="noreferrer"
      size="xs"
      variant="light"
      rightSection={<Icon name="out" size={14} />}
      aria-label={`${t('invoices.show')}: ${nameOfInvoice(invoice, t)}`}
    >
      {t('invoices.show')}
    </Button>
  )
}

function Trouble({ invoice }: { invoice: Invoice }) {
  const { i18n } = useTranslation()
  const { refusal, shop } = invoice
  // Why it was refused is said in the connector's own words.
  useQuery({ ...connectorsQuery, enabled: refusal !== null })
  if (shop !== 'refused' || refusal === null) return null
  return (
    <Alert color="orange" variant="light" mt={6} icon={<Icon name="alert" />}>
      {codeWords(i18n, refusal.code, { said: refusal.said }) ?? refusal.said}
    </Alert>
  )
}
