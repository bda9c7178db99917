/** How the simulator's own tests talk to it: over HTTP, as any app would. */
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Ticking } from '../time.ts'
import type { ShopifySim } from './shopify.ts'

export interface Answer {
  status: number
  headers: Headers
  data: Record<string, never> | null
  errors: { message: string; path?: unknown; locations?: unknown; extensions: Record<string, never> }[]
  cost: { requestedQueryCost: number; actualQueryCost: number | null; throttleStatus: { maximumAvailable: number; currentlyAvailable: number; restoreRate: number } }
  body: unknown
}

export async function ask(
  sim: ShopifySim,
  query: string,
  variables: Record<string, unknown> = {},
  how: { token?: string; version?: string; signal?: AbortSignal } = {},
): Promise<Answer> {
  const response = await fetch(`${sim.address}/admin/api/${how.version ?? '2026-10'}/graphql.json`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-shopify-access-token': how.token ?? sim.credentials.token },
    body: JSON.stringify({ query, variables }),
    ...(how.signal === undefined ? {} : { signal: how.signal }),
  })
  const body = (await response.json()) as { data?: Answer['data']; errors?: Answer['errors']; extensions?: { cost: Answer['cost'] } }
  return { status: response.status, headers: response.headers, data: body.data ?? null, errors: body.errors ?? [], cost: body.extensions?.cost as Answer['cost'], body }
}

export const SET = `mutation Push($input: InventorySetQuantitiesInput!, $key: String!) {
  inventorySetQuantities(input: $input) @idempotent(key: $key) {
    inventoryAdjustmentGroup { id reason changes { name delta quantityAfterChange item { id } location { id } } }
    userErrors { code field message } } }`

export interface SetRow {
  sku: string
  at?: string
  quantity: number
  from?: number | null
}
export function setInput(sim: ShopifySim, rows: SetRow[], more: Record<string, unknown> = {}) {
  return {
    name: 'available',
    reason: 'correction',
    quantities: rows.map((row) => ({
      inventoryItemId: itemGid(sim, row.sku),
      locationId: placeGid(sim, row.at ?? 'Odenplan'),
      quantity: row.quantity,
      changeFromQuantity: row.from ?? null,
    })),
    ...more,
  }
}
export async function set(sim: ShopifySim, rows: SetRow[], key: string = crypto.randomUUID(), more: Record<string, unknown> = {}, how: { signal?: AbortSignal } = {}) {
  const answer = await ask(sim, SET, { input: setInput(sim, rows, more), key }, how)
  const payload = answer.data?.inventorySetQuantities as unknown as {
    inventoryAdjustmentGroup: { id: string; changes: unknown[] } | null
    userErrors: { code: string; field: string[] | null; message: string }[]
  } | null
  return { answer, group: payload?.inventoryAdjustmentGroup ?? null, userErrors: payload?.userErrors ?? [] }
}
export const itemGid = (sim: ShopifySim, sku: string): string => `gid://shopify/InventoryItem/${sim.shop.handle({ sku }).inventoryItemId}`
export const placeGid = (sim: ShopifySim, name: string): string => sim.shop.places().find((place) => place.name === name)?.gid ?? ''

export interface Heard {
  headers: IncomingHttpHeaders
  body: string
  topic: string
}
/** Something that listens for hooks and answers what it is told to. */
export async function listener() {
  const heard: Heard[] = []
  let status: number | 'silence' = 200
  const server = createServer((message, response) => {
    const parts: Buffer[] = []
    message.on('data', (part: Buffer) => parts.push(part))
    message.on('end', () => {
      heard.push({ headers: message.headers, body: Buffer.concat(parts).toString('utf8'), topic: String(message.headers['x-shopify-topic']) })
      if (status !== 'silence') response.writeHead(status).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    uri: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks/abc`,
    heard,
    answers: (next: number | 'silence') => {
      status = next
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** Time that stands still until it is moved. */
export function stillTime(start = '2026-11-02T08:00:00.000Z'): Ticking {
  const now = new Date(start)
  return { now: () => now, sleep: () => new Promise(() => {}) }
}

export async function subscribe(sim: ShopifySim, topic: string, uri: string, more: Record<string, unknown> = {}) {
  const answer = await ask(
    sim,
    'mutation S($topic: WebhookSubscriptionTopic!, $sub: WebhookSubscriptionInput!) { webhookSubscriptionCreate(topic: $topic, webhookSubscription: $sub) { webhookSubscription { id topic uri apiVersion { handle } name } userErrors { field message } } }',
    {
      topic,
      sub: { uri, ...more },
    },
  )
  return answer.data?.webhookSubscriptionCreate as unknown as {
    webhookSubscription: { id: string; topic: string; apiVersion: { handle: string } } | null
    userErrors: { field: string[]; message: string }[]
  }
}
