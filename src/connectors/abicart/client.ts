/** The only file that calls Abicart: JSON-RPC 2.0 over HTTPS, the key in the address, the pace, and what every kind of answer means. */

import { z } from 'zod'
import { parseJson } from '../../kit/json.ts'
import { pacing } from '../../kit/pacing.ts'
import { type Priority, RemoteError, type Tools } from '../contract.ts'
import { failedToReach, failedWithError, failedWithStatus, type RpcError } from './failing.ts'
import type { AbicartSettings } from './settings.ts'

/** Under the 10 s that a turn allows for one request (R10). */
const TIMEOUT_MS = 8_000
/** Abicart documents no limit, and its own partners keep to about this. */
const PACE = { atOnce: 2, perSecond: 4 }

/** `Class.method` with its parameters by position. */
export interface Call {
  method: string
  params: unknown[]
}
export type Reply = { kind: 'result'; value: unknown } | { kind: 'error'; error: RemoteError }

export interface Client {
  /** Throws RemoteError; `strange` when the answer has another shape. */
  ask<T>(shape: z.ZodType<T>, call: Call, priority: Priority): Promise<T>
  /** Many in one request, answered in the order asked, each for itself. Throws only when none of them can have an answer. Nothing may depend on their order. */
  askAll(calls: Call[], priority: Priority): Promise<Reply[]>
}

const reply = z.object({
  id: z.union([z.number(), z.string(), z.null()]).optional(),
  result: z.unknown().optional(),
  error: z.object({ code: z.number(), message: z.string().catch(''), data: z.unknown().optional() }).optional(),
})
type Answered = z.infer<typeof reply>
/** `null`, 0, false and an empty list are results like others. */
const isReply = (value: unknown): value is object => typeof value === 'object' && value !== null && ('result' in value || 'error' in value)

export function openClient(settings: AbicartSettings, tools: Tools): Client {
  const paced = pacing(tools.clock, PACE)
  const address = `${settings.origin}/backend/jsonrpc/v1/?${new URLSearchParams({ webshop: settings.shopId, auth: settings.apiKey })}`
  const headers = { 'content-type': 'application/json', accept: 'application/json', 'user-agent': 'Lagerbro' }
  const said = (text: string) => text.replaceAll(settings.apiKey, '…').slice(0, 200)

  async function post(calls: Call[], priority: Priority): Promise<{ status: number; headers: Record<string, string>; body: string }> {
    const bodies = calls.map(({ method, params }, n) => ({ jsonrpc: '2.0', id: n + 1, method, params }))
    const body = JSON.stringify(bodies.length === 1 ? bodies[0] : bodies)
    return paced(priority === 'live', () =>
      tools
        .http(address, { method: 'POST', headers, body, timeoutMs: TIMEOUT_MS, label: labelOf(calls) })
        .catch((error: unknown) => Promise.reject(failedToReach(error, lostBy(calls)))),
    )
  }

  async function askAll(calls: Call[], priority: Priority): Promise<Reply[]> {
    if (calls.length === 0) return []
    const answer = await post(calls, priority)
    const replies = read(answer.body)
    // An error is said in the body under whatever status; without such a body the status is all there is.
    if (replies === null) throw failedWithStatus(answer.status, answer.headers, lostBy(calls))
    const whole = replies.length === 1 && calls.length > 1 ? replies[0]?.error : undefined
    if (whole !== undefined) throw failedWithError(whole as RpcError, said, lostBy(calls))
    return calls.map((call, n) => toReply(call, calls.length === 1 ? replies[0] : replies.find((each) => String(each.id) === String(n + 1))))
  }

  function toReply(call: Call, found: Answered | undefined): Reply {
    if (found?.error !== undefined) return { kind: 'error', error: failedWithError(found.error as RpcError, said, lostBy([call])) }
    if (found === undefined || !('result' in found))
      return { kind: 'error', error: new RemoteError('strange', 'answer-unreadable', `${call.method}: no answer`, { executed: lostBy([call]) }) }
    return { kind: 'result', value: found.result }
  }

  return {
    askAll,
    ask: async (shape, call, priority) => {
      const [answered] = await askAll([call], priority)
      return readReply(shape, call, answered as Reply)
    },
  }
}

/** Throws what the reply failed with, or `strange` when it has another shape. What stood there is never told. */
export function readReply<T>(shape: z.ZodType<T>, call: Call, answered: Reply): T {
  if (answered.kind === 'error') throw answered.error
  const checked = shape.safeParse(answered.value)
  if (checked.success) return checked.data
  const where = checked.error.issues[0]?.path.map(String).join('.') ?? ''
  throw new RemoteError('strange', 'answer-unreadable', `the answer to ${call.method} has another shape`, { executed: lostBy([call]), facts: { document: call.method, where } })
}

/** Null when it is no JSON-RPC. */
function read(body: string): Answered[] | null {
  let value: unknown
  try {
    value = parseJson(body)
  } catch {
    return null
  }
  const all = Array.isArray(value) ? value : [value]
  if (all.length === 0 || !all.every(isReply)) return null
  const checked = z.array(reply).safeParse(all)
  return checked.success ? checked.data : null
}

/** A lost question did nothing. */
const lostBy = (calls: Call[]): 'no' | 'unknown' => (calls.some(({ method }) => /\.(set|create|delete)$/.test(method)) ? 'unknown' : 'no')

/** `Article.set x3 Order.list`, for the journal. */
function labelOf(calls: Call[]): string {
  const counts = new Map<string, number>()
  for (const { method } of calls) counts.set(method, (counts.get(method) ?? 0) + 1)
  return [...counts].map(([method, n]) => (n === 1 ? method : `${method} x${n}`)).join(' ')
}
