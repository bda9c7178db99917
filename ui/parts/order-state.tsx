/** How an order stands, in the word a shopkeeper uses. */
import { useTranslation } from 'react-i18next'
import type { OrderRow } from '../queries.ts'
import { Icon, type IconName } from './icons.tsx'

const LOOKS = {
  exception: ['act', 'alert'],
  unrouted: ['wait', 'wait'],
  unpaid: ['wait', 'wait'],
  open: ['wait', 'wait'],
  'partly-shipped': ['wait', 'wait'],
  shipped: ['good', 'check'],
  cancelled: ['quiet', 'cross'],
  done: ['quiet', 'check'],
  deleted: ['quiet', 'cross'],
} as const satisfies Record<string, [string, IconName]>
export type OrderState = keyof typeof LOOKS
export const ORDER_FILTER = Object.keys(LOOKS) as OrderState[]
export const isOrderState = (value: unknown): value is OrderState => ORDER_FILTER.some((each) => each === value)

/** What needs a person stands first; how far the goods have come is always said. */
function statesOf(order: OrderRow): OrderState[] {
  const goods = order.state !== 'open' ? order.state : order.waitsForPayment ? 'unpaid' : order.unrouted ? 'unrouted' : order.shipped > 0 ? 'partly-shipped' : 'open'
  return order.exceptions > 0 ? ['exception', goods] : [goods]
}

/** `most` = how many there is room for. */
export function OrderTags({ order, most = 2 }: { order: OrderRow; most?: number }) {
  const { t } = useTranslation()
  return statesOf(order)
    .slice(0, most)
    .map((state) => (
      <span key={state} className={`tag tag-${LOOKS[state][0]}`}>
        <Icon name={LOOKS[state][1]} size={14} />
        {t(`orders.is.${state}`)}
      </span>
    ))
}
