/** One question to Shopify: the key, the pace, the deadline, and what every kind of answer means. It knows no orders and no stock. */
import { z } from 'zod'
import { parseJson } from '../../kit/json.ts'
import { type Priority, RemoteError, type Tools } from '../contract.ts'
import { openAccess } from './access.ts'
import type { Document } from './document.ts'
import { failedToReach, failedWithErrors, failedWithStatus, type GraphqlErrors, graphqlErrors } from './failing.ts'
import { type Bucket, pacing } from './pacing.ts'
import type { ShopifySettings } from './settings.ts'

/** Stable from 2026-10-01 to 2027-10-16. A version that is over answers as the oldest living one, without an error: hence `answered`. */
export const API_VERSION = '2026-10'
/** A turn's request deadline (R10). */
const TIMEOUT_MS = 10_000
/** Points we wait for here; a longer wait is the caller's to plan. */
const LONGEST_PACE_MS = 5_000

export interface Client {
  ask<T>(document: Document<T>, variables: Record<string, unknown>, priority: Priority): Promise<T>
  /** The version Shopify's latest answer was of, and whether it called something deprecated. */
  version(): { asked: string; answered: string | null; deprecated: string | null }
  bucket(): Bucket | null
}

const count = z.number().nonnegative()
const envelope = z.object({
  data: z.unknown().optional(),
  errors: z.union([graphqlErrors, z.string()]).optional(),
  extensions: z
    .object({
      cost: z
        .object({ requestedQueryCost: count.nullish(), throttleStatus: z.object({ maximumAvailable: count, currentlyAvailable: z.number(), restoreRate: count }).nullish() })
        .nullish(),
    })
    .nullish(),
})
type Envelope = z.infer<typeof envelope>

export function openClient(settings: ShopifySettings, tools: Tools): Client {
  const access = openAccess(settings, tools)
  const pace = pacing()
  const costs = new Map<string, number>()
  let answered: string | null = null
  let deprecated: string | null = null

  async function post(document: Document<unknown>, variables: Record<string, unknown>, token: string) {
    const headers = { 'content-type': 'application/json', accept: 'application/json', 'x-shopify-access-token': token, 'user-agent': 'Lagerbro' }
    const body = JSON.stringify({ query: document.text, operationName: document.name, variables })
    return tools
      .http(`${settings.origin}/admin/api/${API_VERSION}/graphql.json`, { method: 'POST', headers, body, timeoutMs: TIMEOUT_MS, label: document.name })
      .catch((error: unknown) => Promise.reject(failedToReach(error, lostBy(document))))
  }

  /** Waits for the points, or says how long it would take. */
  async function admit(document: Document<unknown>, priority: Priority): Promise<void> {
    const points = costs.get(document.name) ?? document.points
    for (let waited = 0; ; ) {
      const waitMs = pace.take(points, priority === 'live', tools.clock.now())
      if (waitMs === 0) return
      if (waited + waitMs > LONGEST_PACE_MS) throw new RemoteError('busy', 'throttled', 'waiting for points', { executed: 'no', retryAfterMs: waitMs, only: onlyOf(priority) })
      waited += waitMs
      await tools.clock.sleep(waitMs)
    }
  }

  function learn(document: Document<unknown>, headers: Record<string, string>, read: Envelope | null): void {
    const cost = read?.extensions?.cost
    if (cost?.requestedQueryCost) costs.set(document.name, cost.requestedQueryCost)
    if (cost?.throttleStatus) {
      pace.learn(cost.throttleStatus, tools.clock.now())
      tools.paced?.({ left: cost.throttleStatus.currentlyAvailable, most: cost.throttleStatus.maximumAvailable, perSecond: cost.throttleStatus.restoreRate })
    }
    deprecated = headers['x-shopify-api-deprecated-reason'] ?? deprecated
    const version = headers['x-shopify-api-version'] ?? null
    if (version === null || version === answered) return
    answered = version
    if (version !== API_VERSION) tools.log.warn({ asked: API_VERSION, answered: version }, 'Shopify answers with another API version than asked for')
  }

  async function ask<T>(document: Document<T>, variables: Record<string, unknown>, priority: Priority, isSecondTry = false): Promise<T> {
    await admit(document, priority)
    const token = await access.token()
    const answer = await post(document, variables, token)
    // A day's token may end early; a new one is asked for once. 401 comes before anything is run.
    if (answer.status === 401 && !isSecondTry && access.turnedAway(token)) return ask(document, variables, priority, true)
    const read = answer.status === 200 ? readEnvelope(answer.body) : null
    learn(document, answer.headers, read)
    if (answer.status !== 200) throw failedWithStatus(answer.status, answer.headers, lostBy(document))
    if (read === null) throw new RemoteError('strange', 'answer-unreadable', 'the answer is not what Shopify sends', { executed: lostBy(document) })
    const errors = blocking(read.errors)
    if (errors.length > 0)
      throw failedWithErrors(errors, { waitMs: pace.waitFor(costs.get(document.name) ?? document.points, tools.clock.now()), only: onlyOf(priority) }, lostBy(document))
    const data = document.answer.safeParse(read.data)
    if (!data.success) throw strangeShape(document, data.error, tools)
    return data.data
  }

  return { ask: (document, variables, priority) => ask(document, variables, priority), version: () => ({ asked: API_VERSION, answered, deprecated }), bucket: pace.known }
}

/** The points are short, and backfill leaves some: what it must wait for, a sale need not. */
const onlyOf = (priority: Priority): 'backfill' | null => (priority === 'backfill' ? priority : null)

/** A lost read did nothing. */
const lostBy = (document: Document<unknown>): 'no' | 'unknown' => (document.writes ? 'unknown' : 'no')

function readEnvelope(body: string): Envelope | null {
  try {
    return envelope.safeParse(parseJson(body)).data ?? null
  } catch {
    return null
  }
}

/** Personal fields may be withheld by the shop's plan; the order is whole without them. */
const PERSONAL = new Set(['email', 'phone'])
function blocking(errors: Envelope['errors']): GraphqlErrors {
  if (errors === undefined) return []
  if (typeof errors === 'string') return [{ message: errors }]
  return errors.filter((error) => {
    const last = error.path?.at(-1)
    return !(error.extensions?.code === 'ACCESS_DENIED' && error.path?.[0] === 'nodes' && typeof last === 'string' && PERSONAL.has(last))
  })
}

/** Only the places that don't fit are told, never what stood there. */
function strangeShape(document: Document<unknown>, error: z.ZodError, tools: Tools): RemoteError {
  const where = error.issues[0]?.path.map(String).join('.') ?? ''
  tools.log.warn({ document: document.name, where }, 'Shopify answered in a shape we do not know')
  return new RemoteError('strange', 'answer-unreadable', `the answer to ${document.name} has another shape`, {
    executed: lostBy(document),
    facts: { document: document.name, where },
  })
}
