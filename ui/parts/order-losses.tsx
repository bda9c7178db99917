/** Pieces cancelled before shipping that the shop didn't put back: on the shelf still, or gone? */
import { Button, Group, Paper, Text, Title } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { data } from '../data.ts'
import { pieces } from '../format.ts'
import type { Order } from '../queries.ts'
import { Failure } from './states.tsx'

type Loss = Order['losses'][number]

export function OrderLosses({ order, nameOf }: { order: Order; nameOf: (locationId: number | null) => string }) {
  const { t } = useTranslation()
  const losses = order.losses.filter((loss) => loss.quantity > 0)
  const decide = useMutation({
    mutationFn: ({ loss, decision }: { loss: Loss; decision: 'put-back' | 'written-off' }) =>
      api('orders.put-back', { params: { orderId: order.id }, body: { lossIds: [loss.lossId], decision } }),
    onSuccess: () => void data.invalidateQueries(),
  })
  const titleOf = (loss: Loss) => order.lines.find((line) => line.articleId === loss.articleId)?.title ?? loss.articleNumber
  if (losses.length === 0) return null
  return (
    <Paper component="section" aria-labelledby="losses">
      <Title order={2} id="losses" mb={4}>
        {t('order.losses')}
      </Title>
      <Text c="dimmed" mb="sm">
        {t('order.losses-text')}
      </Text>
      <ul className="order-lines">
        {losses.map((loss) => (
          <li key={loss.lossId}>
            <span>
              {t('order.loss', { shown: pieces(loss.quantity), title: titleOf(loss), store: nameOf(loss.locationId) })}
              <span className="row-sub block">{t(`order.loss-is.${loss.state}`)}</span>
            </span>
            <Group gap="xs">
              {loss.state !== 'put-back' && (
                <Button size="xs" variant="light" onClick={() => decide.mutate({ loss, decision: 'put-back' })} loading={decide.isPending}>
                  {t('order.put-back')}
                </Button>
              )}
              {loss.state !== 'written-off' && (
                <Button size="xs" variant="default" onClick={() => decide.mutate({ loss, decision: 'written-off' })} loading={decide.isPending}>
                  {t('order.gone')}
                </Button>
              )}
            </Group>
          </li>
        ))}
      </ul>
      {decide.error && <Failure error={decide.error} />}
    </Paper>
  )
}
