/** One customer: who they are, what they have ordered, and what they may ask for. */
import { Alert, Button, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { data } from '../data.ts'
import { moment } from '../format.ts'
import { CustomerFields, sentOf } from '../parts/customer-fields.tsx'
import { nameOfCustomer } from '../parts/customer-name.ts'
import { CustomerRights } from '../parts/erase-customer.tsx'
import { Icon } from '../parts/icons.tsx'
import { OrderTags } from '../parts/order-state.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { PrivacyRequests } from '../parts/privacy-requests.tsx'
import { Failure, Loading } from '../parts/states.tsx'
import { type Customer, customerQuery, customersQuery, ordersQuery } from '../queries.ts'
import { useCompany } from '../session.ts'

export function CustomerPage() {
  const { t } = useTranslation()
  const { timeZone } = useCompany()
  const { id } = useParams({ from: '/inside/customers/$id' })
  const query = useQuery(customerQuery(Number(id)))
  const customer = query.data
  const back = { words: t('customers.title'), link: { to: '/customers' } } as const
  if (!customer)
    return (
      <>
        <PageHead title={t('customer.title')} back={back} />
        {query.error ? <Failure error={query.error} retry={() => void query.refetch()} /> : <Loading />}
      </>
    )
  const since = t('customer.since', { when: moment(customer.createdAt, timeZone) })
  const from = customer.source === null ? t('customer.made-here') : t('customer.from', { source: customer.source.name })
  return (
    <>
      <PageHead title={nameOfCustomer(customer, t)} text={`${from} · ${since}`} back={back} />
      {customer.erasedAt !== null && (
        <Alert color="gray" variant="light" mb="lg" icon={<Icon name="cross" />}>
          {t('customer.erased', { when: moment(customer.erasedAt, timeZone) })}
        </Alert>
      )}
      {customer.erasedAt === null && customer.source?.goneAt && (
        <Alert color="gray" variant="light" mb="lg" icon={<Icon name="alert" />}>
          {t('customer.gone', { source: customer.source.name, when: moment(customer.source.goneAt, timeZone) })}
        </Alert>
      )}
      {customer.erasedAt === null && <PrivacyRequests customerId={customer.id} />}
      <div className="columns">
        <Orders customer={customer} />
        {customer.erasedAt === null && (
          <Stack gap="lg">
            <Details key={customer.version} customer={customer} />
            {customer.email !== null && <SameEmail email={customer.email} but={customer.id} />}
            <CustomerRights customer={customer} />
          </Stack>
        )}
      </div>
    </>
  )
}

function Details({ customer }: { customer: Customer }) {
  const { t } = useTranslation()
  const [fields, setFields] = useState({ name: customer.name ?? '', email: customer.email ?? '', phone: customer.phone ?? '' })
  const body = sentOf(fields)
  const changed = body.name !== customer.name || body.email !== customer.email || body.phone !== customer.phone
  const save = useMutation({
    mutationFn: () => api('customers.change', { params: { customerId: customer.id }, body }),
    onSuccess: (latest) => {
      data.setQueryData(['customer', customer.id], latest)
      void data.invalidateQueries({ queryKey: ['customers'] })
      notifications.show({ message: t('common.saved'), closeButtonProps: { 'aria-label': t('common.close') } })
    },
  })
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (changed) save.mutate()
  }
  return (
    <Paper component="section" aria-labelledby="details">
      <Title order={2} id="details" mb="sm">
        {t('customer.details')}
      </Title>
      <form onSubmit={send}>
        <Stack gap="sm">
          <CustomerFields of={fields} change={setFields} />
          <SourceTimes source={customer.source} />
          {save.error && <Failure error={save.error} />}
          <Group>
            <Button type="submit" size="sm" disabled={!changed} loading={save.isPending}>
              {t('common.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Paper>
  )
}

/** The webshop's own times; what is changed here stays here. */
function SourceTimes({ source }: Pick<Customer, 'source'>) {
  const { t } = useTranslation()
  const { timeZone } = useCompany()
  if (source === null || source.createdAt === null || source.updatedAt === null) return null
  const { name } = source
  return (
    <Text size="sm" c="dimmed">
      {t('customer.source-created', { source: name, when: moment(source.createdAt, timeZone) })}
      <br />
      {t('customer.source-updated', { source: name, when: moment(source.updatedAt, timeZone) })}
      <br />
      {t('customer.source-not-told', { source: name })}
    </Text>
  )
}

/** Two sources with one e-mail address are two customers: which of them is meant is never guessed. */
function SameEmail({ email, but }: { email: string; but: number }) {
  const { t } = useTranslation()
  const others = (useInfiniteQuery(customersQuery({ email })).data?.pages.flatMap((page) => page.items) ?? []).filter((each) => each.id !== but)
  if (others.length === 0) return null
  return (
    <Paper component="section" aria-labelledby="same-email">
      <Title order={2} id="same-email" mb="xs">
        {t('customer.same-email')}
      </Title>
      <Text c="dimmed" mb="xs">
        {t('customer.same-email-text')}
      </Text>
      <ul className="plain-rows">
        {others.map((each) => (
          <li key={each.id}>
            <span>
              <Link to="/customers/$id" params={{ id: String(each.id) }} className="link">
                {nameOfCustomer(each, t)}
              </Link>
              <span className="row-sub block">{each.source === null ? t('customer.made-here') : t('customer.from', { source: each.source.name })}</span>
            </span>
          </li>
        ))}
      </ul>
    </Paper>
  )
}

function Orders({ customer }: { customer: Customer }) {
  const { t } = useTranslation()
  const { timeZone } = useCompany()
  const list = useInfiniteQuery(ordersQuery({ customerId: String(customer.id) }))
  const rows = list.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <Paper component="section" aria-labelledby="orders">
      <Title order={2} id="orders" mb="sm">
        {t('customer.orders')}
      </Title>
      {list.isPending ? (
        <Loading rows={3} />
      ) : list.error ? (
        <Failure error={list.error} retry={() => void list.refetch()} />
      ) : rows.length === 0 ? (
        <Text c="dimmed">{t('customer.orders-none')}</Text>
      ) : (
        <ul className="plain-rows">
          {rows.map((order) => (
            <li key={order.id}>
              <span>
                <Link to="/orders/$id" params={{ id: String(order.id) }} className="link">
                  {order.name}
                </Link>
                <span className="row-sub block">
                  {moment(order.placedAt, timeZone)} · {order.connectionName}
                </span>
              </span>
              <span className="row-tags">
                <OrderTags order={order} most={1} />
              </span>
            </li>
          ))}
        </ul>
      )}
      {list.hasNextPage && (
        <Button variant="default" size="xs" mt="sm" onClick={() => void list.fetchNextPage()} loading={list.isFetchingNextPage}>
          {t('common.more')}
        </Button>
      )}
    </Paper>
  )
}
