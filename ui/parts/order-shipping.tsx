/** What left from here for an order: what has gone, whether its shop has heard of it, and the button that says that more has left. */
import { Alert, Button, Group, Paper, Text, Title } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { data } from '../data.ts'
import { moment, pieces } from '../format.ts'
import { connectorsQuery, type Order } from '../queries.ts'
import { useCompany } from '../session.ts'
import { Icon } from './icons.tsx'
import { codeWords } from './reason.ts'
import { ShipDialog } from './ship-dialog.tsx'
import { Failure } from './states.tsx'

export function OrderShipping({ order, nameOf }: { order: Order; nameOf: (locationId: number | null) => string }) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  const mayShip = order.open > 0 && order.deletedAt === null
  if (!mayShip && order.shipments.length === 0) return null
  return (
    <Paper component="section" aria-labelledby="shipping">
      <Group justify="space-between" mb="sm">
        <Title order={2} id="shipping">
          {t('shipping.title')}
        </Title>
        {mayShip && <Button onClick={() => setAsking(true)}>{t('shipping.ship')}</Button>}
      </Group>
      {order.shipments.length === 0 ? <Text c="dimmed">{t('shipping.none')}</Text> : <Shipments order={order} nameOf={nameOf} />}
      <Told order={order} />
      {asking && <ShipDialog order={order} close={() => setAsking(false)} />}
    </Paper>
  )
}

function Shipments({ order, nameOf }: { order: Order; nameOf: (locationId: number | null) => string }) {
  const { t } = useTranslation()
  const { timeZone } = useCompany()
  const takeBack = useMutation({
    mutationFn: (shipmentId: number) => api('orders.unship', { params: { orderId: order.id }, body: { shipmentId } }),
    onSuccess: () => void data.invalidateQueries(),
  })
  const titleOf = (lineRef: string) => order.lines.find((line) => line.lineRef === lineRef)?.title ?? lineRef
  return (
    <>
      <ul className="order-lines">
        {order.shipments.map((shipment) => (
          <li key={shipment.shipmentId}>
            <span>
              {shipment.lines.map((line) => (
                <span key={line.lineRef} className="block">
                  {t('shipping.line', { shown: pieces(line.quantity), title: titleOf(line.lineRef) })}
                </span>
              ))}
              <span className="row-sub block">
                {t('shipping.from', { store: nameOf(shipment.locationId), when: moment(shipment.occurredAt, timeZone) })}
                {shipment.actor.name !== null && ` · ${shipment.actor.name}`}
              </span>
            </span>
            {shipment.mayTakeBack && (
              <Button size="xs" variant="default" onClick={() => takeBack.mutate(shipment.shipmentId)} loading={takeBack.isPending}>
                {t('shipping.take-back')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {takeBack.error && <Failure error={takeBack.error} />}
    </>
  )
}

/** What the shop knows of it; nothing where there is nothing to know. */
function Told({ order }: { order: Order }) {
  const { t, i18n } = useTranslation()
  const { timeZone } = useCompany()
  const { state, at, code, said } = order.toldShop
  // Why it was refused is said in the connector's own words.
  useQuery({ ...connectorsQuery, enabled: code !== null })
  const again = useMutation({
    mutationFn: () => api('orders.hand-over', { params: { orderId: order.id }, body: { connectionId: order.connectionId } }),
    onSuccess: () => void data.invalidateQueries(),
  })
  const shop = order.connectionName
  const when = at === null ? '' : moment(at, timeZone)
  const send = (words: string) => (
    <Button size="xs" mt="xs" variant="light" display="block" onClick={() => again.mutate()} loading={again.isPending}>
      {words}
    </Button>
  )
  if (order.shipments.length === 0) return null
  return (
    <>
      {state === 'waiting' && <p className="flat row-sub">{t('shipping.waiting', { shop, when })}</p>}
      {state === 'told' && <p className="flat row-sub">{t('shipping.told', { shop, when })}</p>}
      {state === 'off' && <p className="flat row-sub">{t('shipping.off', { shop })}</p>}
      {state === 'none' && order.shipments.some((shipment) => shipment.mayTakeBack) && send(t('shipping.send', { shop }))}
      {state === 'refused' && (
        <Alert color="orange" variant="light" mt="xs" icon={<Icon name="alert" />} title={t('shipping.refused', { shop })}>
          {codeWords(i18n, code ?? '', { said: said ?? '' }) ?? said ?? code}
          {send(t('shipping.again'))}
        </Alert>
      )}
      {again.error && <Failure error={again.error} />}
    </>
  )
}
