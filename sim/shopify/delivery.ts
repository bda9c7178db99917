/** One hook on its way: its bytes, its headers, and the post that has five seconds. */
import { createHmac } from 'node:crypto'
import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
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

/** The status, or null when nobody answered within the budget. */
export function post(address: string, headers: Record<string, string>, body: string, budgetMs: number): Promise<number | null> {
  return new Promise((resolve) => {
    const url = URL.canParse(address) ? new URL(address) : null
    if (url === null) return resolve(null)
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest
    const call = send(url, { method: 'POST', headers: { ...headers, 'content-length': Buffer.byteLength(body) } }, (answer) => {
      answer.resume()
      answer.on('end', () => done(answer.statusCode ?? null))
      answer.on('error', () => done(null))
    })
    const timer = setTimeout(() => {
      done(null)
      call.destroy()
    }, budgetMs)
    const done = (status: number | null) => {
      clearTimeout(timer)
      resolve(status)
    }
    call.on('error', () => done(null))
    call.end(body)
  })
}
