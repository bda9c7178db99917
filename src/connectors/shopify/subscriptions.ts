/** The subscriptions behind the hooks: made where missing, repaired where wrong, and never more than the rights allow. Shopify removes one after eight failures. */
import { RemoteError, type Subscribed, type Tools } from '../contract.ts'
import type { UserErrors } from './answers.ts'
import type { Client } from './client.ts'
import { RESUBSCRIBE, SUBSCRIBE, SUBSCRIPTIONS, UNSUBSCRIBE, WHOAMI } from './documents.ts'
import { all } from './paging.ts'
import type { ShopifySettings } from './settings.ts'

/** What tells us something, and the right each needs. Those for shipments are extras: orders/updated says the same. */
export const TOPICS: readonly { topic: string; scope: string | null }[] = [
  ...['ORDERS_CREATE', 'ORDERS_UPDATED', 'ORDERS_CANCELLED', 'ORDERS_EDITED', 'ORDERS_DELETE', 'REFUNDS_CREATE'].map((topic) => ({ topic, scope: 'read_orders' })),
  ...['ORDER_ROUTING_COMPLETE', 'MOVED', 'SPLIT', 'MERGED', 'CANCELLED'].map((what) => ({
    topic: `FULFILLMENT_ORDERS_${what}`,
    scope: 'read_merchant_managed_fulfillment_orders',
  })),
  ...['INVENTORY_LEVELS_UPDATE', 'INVENTORY_LEVELS_CONNECT', 'INVENTORY_LEVELS_DISCONNECT', 'INVENTORY_ITEMS_CREATE', 'INVENTORY_ITEMS_UPDATE', 'INVENTORY_ITEMS_DELETE'].map(
    (topic) => ({
      topic,
      scope: 'read_inventory',
    }),
  ),
  ...['LOCATIONS_ACTIVATE', 'LOCATIONS_DEACTIVATE', 'LOCATIONS_DELETE'].map((topic) => ({ topic, scope: 'read_locations' })),
  ...['APP_UNINSTALLED', 'APP_SCOPES_UPDATE'].map((topic) => ({ topic, scope: null })),
  ...['FULFILLMENTS_CREATE', 'FULFILLMENTS_UPDATE'].map((topic) => ({ topic, scope: 'read_fulfillments' })),
]
/** Only where customers are read: no more of a person is told than somebody asked for. */
export const CUSTOMER_TOPICS: typeof TOPICS = ['CUSTOMERS_CREATE', 'CUSTOMERS_UPDATE', 'CUSTOMERS_DELETE'].map((topic) => ({ topic, scope: 'read_customers' }))
const TAKEN = /already been taken/i

type Topic = Subscribed['topics'][number]

export async function subscribe(client: Client, settings: ShopifySettings, tools: Tools, callbackUrl: string): Promise<Subscribed> {
  if (!settings.isSimulator && !callbackUrl.startsWith('https://')) throw new RemoteError('refused', 'address-not-https', 'Shopify calls only https addresses', { executed: 'no' })
  if (settings.hookSecrets.length === 0) throw new RemoteError('refused', 'hook-secret-missing', 'without the secret no hook can be told from a forged one', { executed: 'no' })
  const scopes = new Set((await client.ask(WHOAMI, {}, 'live')).currentAppInstallation.accessScopes.map((scope) => scope.handle))
  const standing = await list(client)
  const before = await tools.keep.get('callback')
  await tools.keep.set('callback', callbackUrl)
  const topics: Topic[] = []
  if (!settings.customers)
    for (const left of standing.filter((s) => CUSTOMER_TOPICS.some(({ topic }) => topic === s.topic) && isOurs(s.uri, callbackUrl, before))) await remove(client, left.id)
  for (const { topic, scope } of settings.customers ? [...TOPICS, ...CUSTOMER_TOPICS] : TOPICS) {
    const ours = standing.filter((s) => s.topic === topic && isOurs(s.uri, callbackUrl, before))
    topics.push(scope !== null && !scopes.has(scope) ? { topic, state: 'not-granted', said: scope } : await stand(client, topic, callbackUrl, ours))
  }
  return { topics }
}

type Standing = Awaited<ReturnType<typeof list>>[number]
const list = (client: Client) => all(async (after) => (await client.ask(SUBSCRIPTIONS, { after }, 'live')).webhookSubscriptions)

/** The address we gave last time, or this one's path at another host (the installation moved). Others of the same app are left alone. */
function isOurs(uri: string, callbackUrl: string, before: string | null): boolean {
  if (uri === callbackUrl || uri === before) return true
  return URL.canParse(uri) && URL.canParse(callbackUrl) && new URL(uri).pathname === new URL(callbackUrl).pathname && new URL(uri).pathname.length > 1
}

const isRight = (s: Standing, callbackUrl: string): boolean => s.uri === callbackUrl && s.format === 'JSON' && !s.filter && (s.includeFields ?? []).length === 0

async function stand(client: Client, topic: string, callbackUrl: string, ours: Standing[]): Promise<Topic> {
  const right = ours.find((s) => isRight(s, callbackUrl))
  // Only another address can be changed for sure; one that filters or leaves fields out is made anew.
  const movable = right === undefined ? ours.find((s) => isRight({ ...s, uri: callbackUrl }, callbackUrl)) : undefined
  for (const extra of ours) if (extra !== (right ?? movable)) await remove(client, extra.id)
  if (right !== undefined) return { topic, state: ours.length > 1 ? 'repaired' : 'standing', said: null }
  const subscription = { uri: callbackUrl, format: 'JSON' }
  return movable === undefined
    ? told(topic, ours.length > 0 ? 'repaired' : 'created', () =>
        client.ask(SUBSCRIBE, { topic, subscription }, 'live').then((answer) => answer.webhookSubscriptionCreate?.userErrors),
      )
    : told(topic, 'repaired', () => client.ask(RESUBSCRIBE, { id: movable.id, subscription }, 'live').then((answer) => answer.webhookSubscriptionUpdate?.userErrors))
}

/** A topic that isn't allowed is said to be so; it never keeps the others from standing. */
async function told(topic: string, state: 'created' | 'repaired', change: () => Promise<UserErrors | undefined>): Promise<Topic> {
  try {
    const [error] = (await change()) ?? []
    if (error === undefined) return { topic, state, said: null }
    return TAKEN.test(error.message) ? { topic, state: 'standing', said: null } : { topic, state: 'not-granted', said: error.message }
  } catch (error) {
    if (error instanceof RemoteError && error.code === 'scope-missing') return { topic, state: 'not-granted', said: error.facts.scope ?? null }
    throw error
  }
}

export async function unsubscribe(client: Client, tools: Tools): Promise<void> {
  const callbackUrl = await tools.keep.get('callback')
  if (callbackUrl === null) return
  const ours = (await list(client)).filter((s) => isOurs(s.uri, callbackUrl, callbackUrl))
  for (const [n, s] of ours.entries())
    try {
      await remove(client, s.id)
    } catch (error) {
      if (!(error instanceof RemoteError)) throw error
      const left = [...new Set(ours.slice(n).map(({ topic }) => topic))]
      throw new RemoteError(error.kind, error.code, 'not all subscriptions could be taken down', {
        executed: error.executed,
        facts: { ...error.facts, left: left.join(' ') },
        cause: error,
      })
    }
}

/** Gone already is what was asked for, so what Shopify says to that doesn't matter. */
const remove = (client: Client, id: string): Promise<unknown> => client.ask(UNSUBSCRIBE, { id }, 'live')
