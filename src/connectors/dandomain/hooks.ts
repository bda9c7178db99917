/** The shop's webhooks: an id, signed with the key that stands in the shop. What is named is looked at, never believed. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { parseJson } from '../../kit/json.ts'
import type { Connector, RemoteEvent, StoredHook, Subscribed } from '../contract.ts'
import { productRef } from './refs.ts'
import type { DandomainSettings } from './settings.ts'

/** What a person makes a webhook of in the shop's admin: no event of the service does it. */
const TOPICS = ['orders/created', 'orders/updated', 'orders/cancelled', 'orders/fulfilled', 'orders/partially-fulfilled', 'products/updated', 'products/delete'] as const

const named = z.object({ id: z.union([z.string().regex(/^\d{1,18}$/), z.number().int().positive().transform(String)]) })

export const verifyHook: Connector<DandomainSettings>['verifyHook'] = (hook, { hookSecret }) => {
  const header = (name: string) => hook.headers[name] ?? hook.headers[Object.keys(hook.headers).find((key) => key.toLowerCase() === name) ?? ''] ?? ''
  if (hookSecret === null) return { kind: 'forged', why: 'no-key' }
  if (!isSigned(hook.body, header('x-hmac-sha256'), hookSecret)) return { kind: 'forged', why: 'signature-wrong' }
  const topic = header('x-webhook-topic').toLowerCase()
  if (topic === '') return { kind: 'forged', why: 'headers-missing' }
  // Two changes of one order are the same body: each delivery is stored.
  return { kind: 'verified', deliveryKey: null, topic, version: null }
}

/** In base64, or in hexadecimal digits: which of them isn't documented. Texts are compared, in the same time however much agrees. */
function isSigned(body: Uint8Array, signature: string, secret: string): boolean {
  const digest = createHmac('sha256', secret).update(body).digest()
  const given = Buffer.from(signature)
  return ['base64', 'hex'].map((how) => Buffer.from(digest.toString(how as 'base64'))).some((ours) => given.length === ours.length && timingSafeEqual(given, ours))
}

/** Throws on a body that names nothing: the inbox lists it for a person. */
export function translateHook(hook: StoredHook): RemoteEvent[] {
  const [noun] = hook.topic.split('/')
  if (!TOPICS.includes(hook.topic as (typeof TOPICS)[number]) && hook.topic !== 'orders/invoice' && hook.topic !== 'products/created') return []
  const { id } = named.parse(parseJson(Buffer.from(hook.body).toString('utf8')))
  return [noun === 'orders' ? { kind: 'look', feed: 'orders', key: id } : { kind: 'look', feed: 'articles', key: productRef(id) }]
}

/** A person makes them, and the shop can't be asked whether they did; without the key nothing of theirs could be believed. */
export const subscribed = ({ hookSecret }: DandomainSettings): Subscribed => ({
  topics: TOPICS.map((topic) => ({ topic, state: hookSecret === null ? ('not-offered' as const) : ('by-hand' as const), said: null })),
})
