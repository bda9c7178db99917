/** One hook on its way: its bytes and its headers. */
import { createHmac } from 'node:crypto'
import { payloadText } from './ids.ts'
import type { Subscription } from './state.ts'

export interface Delivery {
  id: number
  webhookId: string
  eventId: string
  topic: string
  subscription: Subscription
  /** The address it was made for; a changed subscription doesn't move it. */
  uri: string
  /** Null until rendered; the first rendering is what every retry sends. */
  body: string | null
  render: () => unknown
  /** Deliveries with the same one melt together while they wait. */
  mergeKey: string | null
  triggeredAt: number
  attempts: number
  /** False while it is delayed or waits for its group: `quiet` doesn't wait for it. */
  due: boolean
}

export function hookHeaders(delivery: Delivery, body: string, how: { secret: string; version: string; domain: string }): Record<string, string> {
  return {
    'content-type': 'application/json',
    'user-agent': 'Shopify-Captain-Hook',
    'x-shopify-topic': delivery.topic,
    'x-shopify-hmac-sha256': createHmac('sha256', how.secret).update(body).digest('base64'),
    'x-shopify-shop-domain': how.domain,
    'x-shopify-api-version': how.version,
    'x-shopify-webhook-id': delivery.webhookId,
    'x-shopify-event-id': delivery.eventId,
    'x-shopify-triggered-at': `${new Date(delivery.triggeredAt).toISOString().slice(0, -1)}000000Z`,
    ...(delivery.subscription.name === null ? {} : { 'x-shopify-name': delivery.subscription.name }),
  }
}

/** includeFields keeps only those of the top level. */
export function filtered(delivery: Delivery): string {
  const payload = delivery.render()
  const fields = delivery.subscription.includeFields
  if (fields.length === 0 || typeof payload !== 'object' || payload === null) return payloadText(payload)
  return payloadText(Object.fromEntries(Object.entries(payload).filter(([name]) => fields.includes(name))))
}
