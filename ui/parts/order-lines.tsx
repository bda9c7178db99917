/** The lines of an order: what, how many, where they are; and for a line nobody here knows, the two ways out. */
import { Button, Group } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { TFunction } from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { data } from '../data.ts'
import { pieces } from '../format.ts'
import type { Order, OrderLine } from '../queries.ts'
import { ConnectDialog } from './connect-dialog.tsx'
import { Icon } from './icons.tsx'
import { Failure } from './states.tsx'

export function OrderLines({ order, nameOf }: { order: Order; nameOf: (locationId: number | null) => string }) {
  const { t } = useTranslation()
  const [connecting, setConnecting] = useState<OrderLine | null>(null)
  return (
    <>
      <ul className="order-lines">
        {order.lines.map((line) => (
          <li key={line.lineRef}>
            <span className="row-main">
              {line.articleId === null ? (
                <span className="strong">{line.title}</span>
              ) : (
                <Link to="/articles/$id" params={{ id: String(line.articleId) }} className="row-link">
                  {line.title}
                </Link>
              )}
              {line.articleNumber && <span className="row-sub mono">{line.articleNumber}</span>}
            </span>
            <span className="number strong">{t('order.ordered', { shown: pieces(line.ordered) })}</span>
            <ul className="order-at">
              {line.at.map((each) => (
                <li key={`${each.what} ${each.locationId}`}>
                  <Icon name={each.what === 'open' ? 'wait' : each.what === 'lost' ? 'alert' : 'check'} size={15} />
                  {t(`order.at.${each.what}`, { shown: pieces(each.quantity), store: nameOf(each.locationId) })}
                </li>
              ))}
            </ul>
            {line.articleId === null && <Unknown order={order} line={line} connect={() => setConnecting(line)} />}
          </li>
        ))}
      </ul>
      {connecting && <ConnectDialog order={order} line={connecting} onClose={() => setConnecting(null)} />}
    </>
  )
}

function whyUnknown(line: OrderLine, t: TFunction): string {
  if (line.noGoods) return t('order.no-goods')
  if (line.unclear?.quantity != null) return t('order.quantity-unclear', { quantity: line.unclear.quantity })
  if ((line.unclear?.articleNumbers.length ?? 0) > 1) return t('order.two-articles', { numbers: line.unclear?.articleNumbers.join(', ') })
  return line.articleNumber ? t('order.unknown', { number: line.articleNumber }) : t('order.no-number')
}

function Unknown({ order, line, connect }: { order: Order; line: OrderLine; connect: () => void }) {
  const { t } = useTranslation()
  const dismiss = useMutation({
    mutationFn: () => api('orders.connect', { params: { orderId: order.id }, body: { lineRef: line.lineRef, articleId: null } }),
    onSuccess: () => void data.invalidateQueries(),
  })
  return (
    <div className={line.noGoods ? 'order-unknown' : 'order-unknown order-unknown-act'}>
      <p className="flat">{whyUnknown(line, t)}</p>
      <Group gap="xs" mt="xs">
        <Button size="xs" variant={line.noGoods ? 'subtle' : 'filled'} onClick={connect} aria-label={t('order.connect-line', { title: line.title })}>
          {t('order.connect')}
        </Button>
        {!line.noGoods && (
          <Button size="xs" variant="default" onClick={() => dismiss.mutate()} loading={dismiss.isPending}>
            {t('order.not-goods')}
          </Button>
        )}
      </Group>
      {dismiss.error && <Failure error={dismiss.error} />}
    </div>
  )
}
