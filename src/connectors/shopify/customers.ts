/**
 * Customers out of Shopify: everybody once, by id, then whoever changed, newest first until what is known already. Its filter by time of change may cut
 * to whole days (shopify.md), so it isn't used; cutting by id is exact, needs no cursor of theirs, and has no end after 25,000.
 */
import { z } from 'zod'
import { parseJson } from '../../kit/json.ts'
import type { Page, Priority, RemoteEvent, Tools } from '../contract.ts'
import type { ShopifyCustomer } from './answers.ts'
import type { Client } from './client.ts'
import { remoteCustomer } from './customers-payload.ts'
import { CUSTOMERS, CUSTOMERS_BY_ID } from './documents.ts'
import { isGid, tailOf } from './ids.ts'
import { askFrom, askInParts } from './paging.ts'
import { instant } from './seen-order.ts'

/** Times have whole seconds, and lists may follow a change by some. */
const OVERLAP_MS = 60_000
/** Two changes in one second have one time: read once more this long after the first reading, a customer can't have hidden one. */
const SURE_AFTER_MS = 5_000
/** The two clocks may differ by less. */
const SKEW_MS = 600_000
/** A walk of theirs ends after 25,000: when that many changed, everybody is read again by id. */
const MOST_PAGES = 200

const cursorShape = z.object({
  v: z.literal(1),
  phase: z.enum(['all', 'changed']),
  /** all: the id behind which it goes on · changed: where in their list. Null = at the beginning. */
  after: z.string().nullable(),
  /** Everybody who changed before this is known; their time. */
  since: z.string(),
  /** The latest change seen in the walk that is running. */
  latest: z.string(),
  pages: z.number(),
  /** Those in the overlap: their time of change when they were read, when that was first, and whether they are read for sure. */
  read: z.record(z.string(), z.object({ at: z.string(), first: z.number(), sure: z.boolean() })),
})
type Walk = z.infer<typeof cursorShape>

export async function pullCustomers(client: Client, tools: Tools, from: { cursor: string | null }, priority: Priority): Promise<Page> {
  const began = tools.clock.now()
  const walk = walkFrom(from.cursor, began)
  return walk.phase === 'all' ? pullAll(client, walk, priority) : pullChanged(client, walk, began, priority)
}

function walkFrom(cursor: string | null, now: Date): Walk {
  const back = (ms: number) => new Date(now.getTime() - ms).toISOString()
  if (cursor === null) return { v: 1, phase: 'all', after: null, since: back(SKEW_MS), latest: back(SKEW_MS), pages: 0, read: {} }
  const walk = cursorShape.parse(parseJson(cursor))
  // Our clock was ahead when the first walk began.
  return walk.since > back(-SKEW_MS) ? { ...walk, since: back(24 * 3_600_000), latest: '' } : walk
}

async function pullAll(client: Client, walk: Walk, priority: Priority): Promise<Page> {
  const query = walk.after === null ? null : `id:>${walk.after}`
  const { nodes, pageInfo } = (await client.ask(CUSTOMERS, { query, after: null, sortKey: 'ID', reverse: false }, priority)).customers
  const last = nodes.at(-1)
  const next: Walk = pageInfo.hasNextPage && last !== undefined ? { ...walk, after: tailOf(last.id) } : { ...walk, phase: 'changed', after: null }
  return { events: nodes.map(eventOf), cursor: JSON.stringify(next), more: next.phase === 'all' }
}

async function pullChanged(client: Client, walk: Walk, now: Date, priority: Priority): Promise<Page> {
  const ask = (after: string | null) => client.ask(CUSTOMERS, { query: null, after, sortKey: 'UPDATED_AT', reverse: true }, priority)
  const { nodes, pageInfo } = (await askFrom(walk.after, ask)).customers
  const news = nodes.filter((each) => isNew(each, walk.since))
  const events = news.filter(({ id, updatedAt }) => walk.read[id]?.at !== updatedAt || !walk.read[id]?.sure).map(eventOf)
  const latest = news.reduce((newest, each) => (instant(each.updatedAt) > newest ? instant(each.updatedAt) : newest), walk.latest)
  const read = { ...walk.read }
  for (const { id, updatedAt } of news) {
    const before = read[id]?.at === updatedAt ? read[id] : undefined
    read[id] = { at: updatedAt, first: before?.first ?? now.getTime(), sure: before !== undefined && (before.sure || now.getTime() - before.first >= SURE_AFTER_MS) }
  }
  const goesOn = news.length === nodes.length && pageInfo.hasNextPage && pageInfo.endCursor !== null
  if (!goesOn) {
    const since = latest > walk.since ? latest : walk.since
    const inOverlap = Object.fromEntries(Object.entries(read).filter(([, each]) => isNew({ updatedAt: each.at }, since)))
    return { events, cursor: JSON.stringify({ ...walk, after: null, since, latest: since, pages: 0, read: inOverlap } satisfies Walk), more: false }
  }
  if (walk.pages >= MOST_PAGES) return { events, cursor: JSON.stringify(walkFrom(null, now)), more: true }
  return { events, cursor: JSON.stringify({ ...walk, after: pageInfo.endCursor, latest, pages: walk.pages + 1, read } satisfies Walk), more: true }
}

const isNew = ({ updatedAt }: { updatedAt: string }, since: string): boolean => Date.parse(updatedAt) >= Date.parse(since) - OVERLAP_MS

/** Who is asked for and not shown is gone: without the right to read customers the question itself is refused. */
export async function pullCustomersByKey(client: Client, tools: Tools, keys: string[], priority: Priority): Promise<Page> {
  const refs = keys.filter((key) => isGid('Customer', key))
  const nodes = await askInParts(refs, 100, async (ids) => (await client.ask(CUSTOMERS_BY_ID, { ids }, priority)).nodes)
  const shown = nodes.filter((node) => node !== null && 'updatedAt' in node)
  const gone = refs.filter((ref) => !shown.some(({ id }) => id === ref))
  const at = tools.clock.now().toISOString()
  return { events: [...shown.map(eventOf), ...gone.map((customerRef): RemoteEvent => ({ kind: 'customer-gone', customerRef, at }))], cursor: '', more: false }
}

const eventOf = (each: ShopifyCustomer): RemoteEvent => ({
  kind: 'customer',
  customer: remoteCustomer(each.id, {
    firstName: each.firstName ?? null,
    lastName: each.lastName ?? null,
    email: each.defaultEmailAddress?.emailAddress ?? null,
    phone: each.defaultPhoneNumber?.phoneNumber ?? null,
    createdAt: each.createdAt,
    updatedAt: each.updatedAt,
  }),
})
