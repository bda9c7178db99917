/** What the toy shop's messages (docs/connectors/toy.md) carry, and how they are signed. When and how often they come is in hooks.ts. */
import { createHmac } from 'node:crypto'
import { nextRef, type Shop, type ToyOrder } from './shop.ts'
import { orderLinesText, orderText } from './texts.ts'

export const TOPICS = ['order.changed', 'item.changed', 'stock.changed', 'shop.changed'] as const
/** Which right each topic needs. */
export const TOPIC_RIGHT: Record<string, string> = { 'order.changed': 'hooks:orders', 'item.changed': 'hooks:items', 'stock.changed': 'hooks:stock', 'shop.changed': '' }
export interface Message {
  /** Its name; the same when it comes again. */
  id: string
  headers: Record<string, string>
  body: Buffer
}
/** What a message is about: an order, another thing by its ref, or an order that was deleted. */
export type News = { order: ToyOrder } | { ref: string } | { deleted: string } | Record<string, never>

export function messageOf(shop: Shop, topic: string, news: News): Message {
  const body = Buffer.from(JSON.stringify(carried(shop, news)))
  const signature = createHmac('sha256', shop.options.hookSecret).update(body).digest('base64')
  const id = `d-${nextRef(shop)}`
  const headers = { 'content-type': 'application/json', 'x-toy-topic': topic, 'x-toy-delivery': id, 'x-toy-version': '1', 'x-toy-signature': signature }
  return { id, headers, body }
}

function carried(shop: Shop, news: News): unknown {
  if ('deleted' in news) return { ref: news.deleted, deleted: true }
  if (!('order' in news) || news.order === undefined) return news
  const { order } = news
  switch (shop.options.hookBody) {
    case 'whole':
      return orderText(order)
    case 'thin':
      return { ref: order.ref }
    case 'cut':
      return { ...orderText(order), complete: false, lines: orderLinesText(order).slice(0, 1) }
  }
}
