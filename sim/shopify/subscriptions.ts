/** Hook subscriptions by API: their uniqueness, their refusals in recorded words. */
import { topicAllowed } from './access.ts'
import { invalidId } from './errors.ts'
import { numeral } from './ids.ts'
import type { UserError } from './inventory-writes.ts'
import { hit, newId, type State, type Subscription } from './state.ts'

export interface SubscriptionInput {
  callbackUrl?: string | null
  filter?: string | null
  format?: 'JSON' | 'XML' | null
  includeFields?: string[] | null
  name?: string | null
  uri?: string | null
}
export interface Asking {
  state: State
  scopes: ReadonlySet<string>
  apiVersion: string
  now: number
}
interface Payload {
  webhookSubscription: Subscription | null
  userErrors: UserError[]
}
const refuse = (field: string[], message: string): Payload => ({ webhookSubscription: null, userErrors: [{ field, message }] })
/** The field is callbackUrl even when uri was used. */
const ADDRESS = ['webhookSubscription', 'callbackUrl']

function addressError(uri: string | null): string | null {
  if (uri === null || uri.trim() === '') return "Address can't be blank"
  if (/^(pubsub:\/\/|arn:aws:events:)/.test(uri)) return null
  if (!URL.canParse(uri)) return 'Address is invalid'
  const url = new URL(uri)
  // Shopify takes https only. A loopback address is let through so that a product on this machine can be told.
  const loopback = ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname)
  return url.protocol === 'https:' || (url.protocol === 'http:' && loopback) ? null : `Address protocol ${url.protocol}// is not supported`
}
const sameSubscription = (a: Subscription, b: Subscription): boolean => a.id !== b.id && a.topic === b.topic && a.uri === b.uri && a.format === b.format && a.filter === b.filter

export function createSubscription(asking: Asking, topic: string, input: SubscriptionInput): Payload {
  const { state, now } = asking
  const uri = input.uri ?? input.callbackUrl ?? null
  const wrong = addressError(uri)
  if (wrong !== null) return refuse(ADDRESS, wrong)
  if (!topicAllowed(asking.scopes, topic)) {
    hit(state, 'topic-not-allowed')
    return refuse(['webhookSubscription'], `You do not have permission to create or update webhooks with ${topic.toLowerCase()} topic`)
  }
  const made: Subscription = {
    id: newId(state),
    topic,
    uri: uri ?? '',
    format: input.format ?? 'JSON',
    includeFields: input.includeFields ?? [],
    filter: input.filter ?? null,
    name: input.name ?? null,
    apiVersion: asking.apiVersion,
    createdAt: now,
    updatedAt: now,
    failures: 0,
  }
  const taken = takenBy(state, made)
  if (taken !== null) return taken
  state.subscriptions.set(made.id, made)
  hit(state, 'subscribed')
  return { webhookSubscription: made, userErrors: [] }
}

export function updateSubscription(asking: Asking, id: string, input: SubscriptionInput): Payload {
  const found = subscription(asking.state, id)
  if (found === null) return refuse(['id'], 'Webhook subscription does not exist')
  const uri = input.uri ?? input.callbackUrl ?? found.uri
  const wrong = addressError(uri)
  if (wrong !== null) return refuse(ADDRESS, wrong)
  const changed: Subscription = {
    ...found,
    uri,
    format: input.format ?? found.format,
    includeFields: input.includeFields ?? found.includeFields,
    filter: input.filter === undefined ? found.filter : input.filter,
    name: input.name === undefined ? found.name : input.name,
    apiVersion: asking.apiVersion,
    updatedAt: asking.now,
  }
  const taken = takenBy(asking.state, changed)
  if (taken !== null) return taken
  Object.assign(found, changed)
  return { webhookSubscription: found, userErrors: [] }
}

export function deleteSubscription(state: State, id: string): { deletedWebhookSubscriptionId: string | null; userErrors: UserError[] } {
  const found = subscription(state, id)
  if (found === null) return { deletedWebhookSubscriptionId: null, userErrors: [{ field: ['id'], message: 'Webhook subscription does not exist' }] }
  state.subscriptions.delete(found.id)
  return { deletedWebhookSubscriptionId: id, userErrors: [] }
}

function takenBy(state: State, wanted: Subscription): Payload | null {
  for (const other of state.subscriptions.values()) {
    if (sameSubscription(other, wanted)) return refuse(ADDRESS, 'Address for this topic has already been taken')
    if (other.id !== wanted.id && wanted.name !== null && other.name === wanted.name) return refuse(['webhookSubscription', 'name'], 'Name already exists, no duplicate allowed')
  }
  return null
}
function subscription(state: State, id: string): Subscription | null {
  const number = numeral('WebhookSubscription', id)
  if (number === null) throw invalidId(id)
  return state.subscriptions.get(number) ?? null
}
