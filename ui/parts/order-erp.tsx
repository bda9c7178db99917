/** What the accounts have of an order: where it stands there, why it couldn't go, and the button that sends it (again). */
import { Alert, Button, Paper, Text, Title } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { data } from '../data.ts'
import { moment } from '../format.ts'
import { connectorsQuery, type Order } from '../queries.ts'
import { useCompany } from '../session.ts'
import { Icon } from './icons.tsx'
import { codeWords } from './reason.ts'
import { Failure } from './states.tsx'

type HandedOver = Order['handedOver'][number]

/** Nothing to say of an order that is over and never went anywhere. */
const isWorthSaying = (order: Order, { state }: HandedOver): boolean => state !== 'none' || (order.state !== 'cancelled' && order.state !== 'deleted')

export function OrderErp({ order }: { order: Order }) {
  const { t } = useTranslation()
  const shown = order.handedOver.filter((each) => isWorthSaying(order, each))
  if (shown.length === 0) return null
  return (
    <Paper component="section" aria-labelledby="erp">
      <Title order={2} id="erp" mb="sm">
        {t('order-erp.title')}
      </Title>
      <ul className="order-lines">
        {shown.map((each) => (
          <Erp key={each.connectionId} orderId={order.id} handed={each} />
        ))}
      </ul>
    </Paper>
  )
}

function Erp({ orderId, handed }: { orderId: number; handed: HandedOver }) {
  const { t } = useTranslation()
  const { connectionId, connection: erp, state } = handed
  const send = useMutation({
    mutationFn: () => api('orders.hand-over', { params: { orderId }, body: { connectionId } }),
    onSuccess: () => void data.invalidateQueries(),
  })
  const words = state === 'none' ? t('order-erp.send') : state === 'gone' ? t('order-erp.send-again') : state === 'refused' ? t('order-erp.try-again') : null
  return (
    <li>
      <div>
        <Text fw={600}>{erp}</Text>
        <Stands handed={handed} />
        {words !== null && (
          <Button size="xs" mt="xs" variant={state === 'none' ? 'default' : 'light'} onClick={() => send.mutate()} loading={send.isPending} aria-label={`${words}: ${erp}`}>
            {words}
          </Button>
        )}
        {send.error && <Failure error={send.error} />}
      </div>
    </li>
  )
}

function Stands({ handed }: { handed: HandedOver }) {
  const { t, i18n } = useTranslation()
  const { timeZone } = useCompany()
  // Why it was refused is said in the connector's own words.
  useQuery({ ...connectorsQuery, enabled: handed.code !== null })
  const { state, stage, number, at, code, said, connection: erp } = handed
  const when = at === null ? '' : moment(at, timeZone)
  switch (state) {
    case 'none':
      return <p className="flat row-sub">{t('order-erp.none')}</p>
    case 'waiting':
      return <p className="flat row-sub">{t('order-erp.waiting', { when })}</p>
    case 'sent':
      return <p className="flat">{stage === 'order' ? t('order-erp.order', { number }) : t('order-erp.draft', { number })}</p>
    case 'booked':
      return (
        <>
          <p className="flat">{t('order-erp.booked', { number })}</p>
          {handed.changedSince && (
            <Alert color="orange" variant="light" mt="xs" icon={<Icon name="alert" />}>
              {t('order-erp.changed-since', { erp })}
            </Alert>
          )}
        </>
      )
    case 'gone':
      return <p className="flat">{t('order-erp.gone', { number })}</p>
    case 'refused':
      return (
        <Alert color="orange" variant="light" mt={4} icon={<Icon name="alert" />} title={t('order-erp.refused')}>
          {codeWords(i18n, code ?? '', { said: said ?? '' }) ?? said ?? code}
        </Alert>
      )
  }
}
