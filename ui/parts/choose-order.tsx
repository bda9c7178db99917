/** Which order an invoice is for: those it mentions, any other, or none of ours. */
import { Button, Modal, Stack, Text, TextInput, Title } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { data } from '../data.ts'
import { moment, money } from '../format.ts'
import type { Invoice } from '../queries.ts'
import { useCompany } from '../session.ts'
import { Icon } from './icons.tsx'
import { amountOf, nameOfInvoice } from './invoice-words.ts'
import { Failure, Loading } from './states.tsx'
import { useFocusBack } from './use-focus-back.ts'

const MOST_FOUND = 6

export function ChooseOrder({ invoice, onClose }: { invoice: Invoice; onClose: () => void }) {
  const { t } = useTranslation()
  useFocusBack()
  const [typed, setTyped] = useState('')
  const [q] = useDebouncedValue(typed.trim(), 200)
  const hits = useQuery({ queryKey: ['orders', 'find', q], queryFn: () => api('orders.list', { query: { q, limit: String(MOST_FOUND) } }), enabled: q !== '' })
  const params = { invoiceId: invoice.id }
  const choose = useMutation({
    mutationFn: (orderId: number | null) => (orderId === null ? api('invoices.unlink', { params }) : api('invoices.link', { params, body: { orderId } })),
    onSuccess: () => {
      onClose()
      void data.invalidateQueries()
    },
  })
  const row = { take: choose.mutate, busy: choose.isPending }
  return (
    <Modal opened onClose={onClose} title={t('invoices.which')} closeButtonProps={{ 'aria-label': t('common.close') }} centered size="lg">
      <Stack gap="md">
        <Text>{t('invoices.which-text', { invoice: nameOfInvoice(invoice, t), amount: amountOf(invoice) })}</Text>
        {invoice.candidates.length > 0 && (
          <div>
            <Title order={3} size="h4">
              {t('invoices.candidates')}
            </Title>
            <ul className="order-lines">
              {invoice.candidates.map((order) => (
                <Choice key={order.id} order={order} amount={order.goodsMinor === null ? null : money(order.goodsMinor, order.currency)} {...row} />
              ))}
            </ul>
          </div>
        )}
        <TextInput
          type="search"
          label={t('invoices.find')}
          placeholder={t('orders.search')}
          leftSection={<Icon name="search" size={18} />}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        {q !== '' && hits.isPending && <Loading rows={2} />}
        {hits.error && <Failure error={hits.error} retry={() => void hits.refetch()} />}
        {q !== '' && hits.data?.items.length === 0 && <Text c="dimmed">{t('invoices.found-none')}</Text>}
        {q !== '' && hits.data && hits.data.items.length > 0 && (
          <ul className="order-lines">
            {hits.data.items.map((order) => (
              <Choice key={order.id} order={order} amount={null} {...row} />
            ))}
          </ul>
        )}
        {choose.error && <Failure error={choose.error} />}
        {invoice.linkedBy !== 'person' || invoice.order !== null ? (
          <div>
            <Button variant="default" onClick={() => choose.mutate(null)} loading={choose.isPending}>
              {t('invoices.no-order')}
            </Button>
            {invoice.shop === 'sent' && (
              <Text size="sm" c="dimmed" mt={6}>
                {t('invoices.stays')}
              </Text>
            )}
          </div>
        ) : null}
      </Stack>
    </Modal>
  )
}

interface ChoiceProps {
  order: { id: number; name: string; connectionName: string; placedAt: string }
  /** What its goods cost; null = not said here. */
  amount: string | null
  take: (orderId: number) => void
  busy: boolean
}
function Choice({ order, amount, take, busy }: ChoiceProps) {
  const { t } = useTranslation()
  const { timeZone } = useCompany()
  return (
    <li>
      <span>
        <span className="strong">{order.name}</span>
        <span className="row-sub block">{[order.connectionName, moment(order.placedAt, timeZone), ...(amount === null ? [] : [amount])].join(' · ')}</span>
      </span>
      <Button size="xs" variant="light" onClick={() => take(order.id)} disabled={busy} aria-label={t('invoices.take-order', { name: order.name })}>
        {t('invoices.take')}
      </Button>
    </li>
  )
}
