/** The toy shop's hooks: signed over the raw body, told at least once, and read into the same events as a pull. Also the subscriptions they need. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { parseJson } from '../../kit/json.ts'
import { type Connector, type Remote, RemoteError, type RemoteEvent, type StoredHook, type Subscribed } from '../contract.ts'
import type { ToyClient } from './client.ts'
import { orderShape, readOrder } from './orders.ts'
import type { ToySettings } from './settings.ts'

const TOPICS = ['order.changed', 'item.changed', 'stock.changed', 'shop.changed'] as const
const nameShape = z.object({ ref: z.string(), deleted: z.literal(true).optional() })

export const verifyHook: Connector<ToySettings>['verifyHook'] = (hook, settings) => {
  const signature = Buffer.from(hook.headers['x-toy-signature'] ?? '')
  const ours = Buffer.from(createHmac('sha256', settings.hookSecret).update(hook.body).digest('base64'))
  if (signature.length !== ours.length || !timingSafeEqual(signature, ours)) return { kind: 'forged', why: 'signature-wrong' }
  const deliveryKey = hook.headers['x-toy-delivery']
  const topic = hook.headers['x-toy-topic']
  if (deliveryKey === undefined || deliveryKey === '' || topic === undefined) return { kind: 'forged', why: 'headers-missing' }
  return { kind: 'verified', deliveryKey, topic, version: hook.headers['x-toy-version'] ?? null }
}

/** Throws on a body that isn't what its topic promises: the inbox lists it for a person. */
export function translateHook(hook: StoredHook): RemoteEvent[] {
  const body = () => parseJson(Buffer.from(hook.body).toString('utf8'))
  switch (hook.topic) {
    case 'order.changed': {
      const whole = orderShape.safeParse(body())
      if (whole.success) return [{ kind: 'order-snapshot', order: readOrder(whole.data) }]
      const { ref, deleted } = nameShape.parse(body())
      return [deleted === true ? { kind: 'order-gone', orderRef: ref, at: hook.receivedAt, showsSince: null } : { kind: 'look', feed: 'orders', key: ref }]
    }
    case 'item.changed':
      return [{ kind: 'look', feed: 'articles', key: nameShape.parse(body()).ref }]
    case 'stock.changed':
      return [{ kind: 'look', feed: 'stock', key: nameShape.parse(body()).ref }]
    case 'shop.changed':
      return [{ kind: 'check' }]
    default:
      return []
  }
}

const subscriptionShape = z.object({ ref: z.string(), topic: z.string(), url: z.string(), owner: z.enum(['you', 'other']).default('you') })
const listOf = (client: ToyClient) =>
  client.call('subscriptions', z.object({ subscriptions: z.array(subscriptionShape) }), 'GET', '/subscriptions').then((answer) => answer.subscriptions)

/** Exactly one subscription of ours per topic is left standing, and it calls `callbackUrl`. A topic another integration listens to is left as it is. */
export async function subscribe(client: ToyClient, callbackUrl: string): Promise<Subscribed> {
  const standing = await listOf(client)
  const topics: Subscribed['topics'] = []
  for (const topic of TOPICS) {
    const foreign = standing.find((s) => s.topic === topic && s.owner === 'other')
    if (foreign !== undefined) {
      topics.push({ topic, state: 'foreign', said: foreign.url })
      continue
    }
    const ours = standing.filter((s) => s.topic === topic)
    const right = ours.find((s) => s.url === callbackUrl)
    for (const wrong of ours) if (wrong !== right) await remove(client, wrong.ref)
    topics.push(right === undefined ? await create(client, topic, callbackUrl, ours.length > 0) : { topic, state: ours.length > 1 ? 'repaired' : 'standing', said: null })
  }
  return { topics }
}

async function create(client: ToyClient, topic: string, url: string, replaces: boolean): Promise<Subscribed['topics'][number]> {
  try {
    await client.call('subscribe', subscriptionShape, 'POST', '/subscriptions', { topic, url })
    return { topic, state: replaces ? 'repaired' : 'created', said: null }
  } catch (error) {
    if (error instanceof RemoteError && error.code === 'scope-missing') return { topic, state: 'not-granted', said: error.facts.scope ?? null }
    if (error instanceof RemoteError && error.facts.status === '404') return { topic, state: 'not-offered', said: null }
    throw error
  }
}

export const unsubscribe = async (client: ToyClient): Promise<void> => {
  for (const { ref, owner } of await listOf(client)) if (owner === 'you') await remove(client, ref)
}
const remove: (client: ToyClient, ref: string) => ReturnType<Remote['unsubscribe']> = async (client, ref) => {
  try {
    await client.call('unsubscribe', z.unknown(), 'DELETE', `/subscriptions/${encodeURIComponent(ref)}`)
  } catch (error) {
    // Gone already is what was asked for.
    if (!(error instanceof RemoteError) || error.facts.status !== '404') throw error
  }
}
