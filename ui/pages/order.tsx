/** One order: its lines and where they are, what needs somebody, what it did to the stock, and how it changed. */
import { Alert, Button, Paper, Stack, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { moment } from '../format.ts'
import { nameOfCustomer } from '../parts/customer-name.ts'
import { Icon } from '../parts/icons.tsx'
import { LinkButton } from '../parts/link-button.tsx'
import { OrderErp } from '../parts/order-erp.tsx'
import { OrderEdits, OrderEffects } from '../parts/order-history.tsx'
import { OrderInvoices } from '../parts/order-invoices.tsx'
import { OrderLines } from '../parts/order-lines.tsx'
import { OrderLosses } from '../parts/order-losses.tsx'
import { OrderShipping } from '../parts/order-shipping.tsx'
import { OrderTags } from '../parts/order-state.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { Failure, Loading } from '../parts/states.tsx'
import { connectionQuery, locationsQuery, type Order, orderQuery } from '../queries.ts'
import { useCompany } from '../session.ts'

export function OrderPage() {
  const { t } = useTranslation()
  const { id } = useParams({ from: '/inside/orders/$id' })
  const order = useQuery(orderQuery(Number(id)))
  const back = { words: t('orders.title'), link: { to: '/orders' } } as const
  if (order.data) return <Shown order={order.data} back={back} />
  return (
    <>
      <PageHead title={t('order.title')} back={back} />
      {order.error ? <Failure error={order.error} retry={() => void order.refetch()} /> : <Loading />}
    </>
  )
}

/** Who ordered, as far as anybody has said. */
function Buyer({ order }: { order: Order }) {
  const { t } = useTranslation()
  const { customer, customerId } = order
  if (customerId === null) return customer?.name ? ` · ${customer.name}` : null
  return (
    <>
      {' · '}
      <Link to="/customers/$id" params={{ id: String(customerId) }} className="link">
        {nameOfCustomer({ id: customerId, name: null, email: null, phone: null, ...customer }, t)}
      </Link>
    </>
  )
}

function Shown({ order, back }: { order: Order; back: { words: string; link: { to: '/orders' } } }) {
  const { t } = useTranslation()
  const { timeZone } = useCompany()
  const locations = useQuery(locationsQuery)
  const shop = useQuery({ ...connectionQuery(order.connectionId), enabled: order.unrouted })
  const nameOf = (id: number | null) => (id === null ? t('order.elsewhere') : (locations.data?.find((each) => each.id === id)?.name ?? `#${id}`))
  const waitsAt = shop.data?.defaultLocationId ?? null
  return (
    <>
      <PageHead
        title={order.name}
        text={
          <>
            <OrderTags order={order} /> {order.connectionName} · {t('order.placed', { when: moment(order.placedAt, timeZone) })}
            <Buyer order={order} />
          </>
        }
        back={back}
        actions={
          <>
            {order.remotePage !== null && (
              <a href={order.remotePage} target="_blank" rel="noreferrer" className="link">
                {t('order.open-in-shop')} <Icon name="out" size={15} />
              </a>
            )}
            <Button variant="default" size="sm" onClick={() => window.print()}>
              {t('order.print')}
            </Button>
          </>
        }
      />
      {order.waitsForPayment && (
        <Alert color="gray" variant="light" mb="lg" icon={<Icon name="wait" />}>
          {t('order.unpaid')}
        </Alert>
      )}
      {order.unrouted && !order.waitsForPayment && waitsAt !== null && (
        <Alert color="gray" variant="light" mb="lg" icon={<Icon name="wait" />}>
          {t('order.unrouted', { store: nameOf(waitsAt) })}
        </Alert>
      )}
      {order.deletedAt !== null && (
        <Alert color="gray" variant="light" mb="lg" icon={<Icon name="cross" />}>
          {t('order.deleted', { when: moment(order.deletedAt, timeZone) })}
        </Alert>
      )}
      {order.state === 'open' &&
        order.elsewhere.map((each) => (
          <Alert key={each.placeRef} color="orange" variant="light" mb="lg" icon={<Icon name="alert" />}>
            {t('order.elsewhere-place', { count: each.quantity, place: each.place ?? each.placeRef })}
            <LinkButton to="/webshops/$id/guide" params={{ id: String(order.connectionId) }} size="xs" variant="default" mt="xs" display="table">
              {t('order.choose-store')}
            </LinkButton>
          </Alert>
        ))}
      <div className="columns">
        <Stack gap="lg">
          <Paper component="section" aria-labelledby="lines">
            <Title order={2} id="lines" mb="sm">
              {t('order.lines')}
            </Title>
            <OrderLines order={order} nameOf={nameOf} />
          </Paper>
          <OrderShipping order={order} nameOf={nameOf} />
          <OrderLosses order={order} nameOf={nameOf} />
          <OrderErp order={order} />
          <OrderInvoices order={order} />
        </Stack>
        <Stack gap="lg">
          <OrderEffects order={order} />
          <OrderEdits order={order} nameOf={nameOf} />
        </Stack>
      </div>
    </>
  )
}
