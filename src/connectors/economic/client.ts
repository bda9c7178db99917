/** The only file that calls e-conomic: the two tokens, the budget, the deadline, and what every kind of answer means. */
import type { z } from 'zod'
import { parseJson } from '../../kit/json.ts'
import { type Priority, RemoteError, type Tools } from '../contract.ts'
import { failedToReach, failedWithStatus } from './failing.ts'
import { pacing } from './pacing.ts'
import type { EconomicSettings } from './settings.ts'

/** Under the 10 s that a turn allows for one request (R10). */
const TIMEOUT_MS = 8_000
/** What we wait for here; a longer wait is the caller's to plan. */
const LONGEST_PACE_MS = 3_000

interface Answer {
  status: number
  headers: Record<string, string>
  body: string
  bytes: Uint8Array
}
export interface Client {
  /** Null = it isn't there. `path` begins with a slash. Throws RemoteError; `strange` when the answer has another shape. */
  get<T>(shape: z.ZodType<T>, path: string, priority: Priority): Promise<T | null>
  /** As it came. */
  bytes(path: string, priority: Priority): Promise<Uint8Array | null>
  /** Null = what it is written to isn't there. The same key with the same body has its effect once, within the hour. */
  write<T>(shape: z.ZodType<T>, request: { method: 'POST' | 'PUT' | 'DELETE'; path: string; body?: unknown; key: string }): Promise<T | null>
}

export function openClient(settings: EconomicSettings, tools: Tools): Client {
  const pace = pacing()
  const headers = { 'x-appsecrettoken': settings.appSecretToken, 'x-agreementgranttoken': settings.agreementGrantToken, accept: 'application/json', 'user-agent': 'Lagerbro' }

  /** Waits for its points, or says how long it would take. */
  async function admit(priority: Priority): Promise<void> {
    for (let waited = 0; ; ) {
      const waitMs = pace.take(priority === 'live', tools.clock.now())
      if (waitMs === 0) return
      if (waited + waitMs > LONGEST_PACE_MS)
        throw new RemoteError('busy', 'throttled', 'waiting for points', { executed: 'no', retryAfterMs: waitMs, only: priority === 'backfill' ? 'backfill' : null })
      waited += waitMs
      await tools.clock.sleep(waitMs)
    }
  }

  async function call(method: string, path: string, priority: Priority, more: { body?: unknown; key?: string }): Promise<Answer> {
    await admit(priority)
    const lost = method === 'GET' ? 'no' : 'unknown'
    const answer = await tools
      .http(`${settings.origin}${path}`, {
        method,
        headers: { ...headers, ...(more.body === undefined ? {} : { 'content-type': 'application/json' }), ...(more.key === undefined ? {} : { 'idempotency-key': more.key }) },
        ...(more.body === undefined ? {} : { body: JSON.stringify(more.body) }),
        timeoutMs: TIMEOUT_MS,
        label: labelOf(method, path),
      })
      .catch((error: unknown) => Promise.reject(failedToReach(error, lost)))
    pace.learn(answer.headers, tools.clock.now())
    const known = pace.known()
    if (known !== null) tools.paced?.(known)
    if ((answer.status < 200 || answer.status > 299) && !isGone(answer)) throw failedWithStatus(answer.status, answer.headers, answer.body, lost, tools.clock.now())
    return answer
  }

  function readAs<T>(shape: z.ZodType<T>, answer: Answer, label: string, lost: 'no' | 'unknown'): T {
    const value = parsed(answer.body)
    const checked = shape.safeParse(value)
    if (checked.success) return checked.data
    const where = checked.error.issues[0]?.path.map(String).join('.') ?? ''
    throw new RemoteError('strange', 'answer-unreadable', `the answer to ${label} has another shape`, { executed: lost, facts: { document: label, where } })
  }

  return {
    async get(shape, path, priority) {
      const answer = await call('GET', path, priority, {})
      return isGone(answer) ? null : readAs(shape, answer, labelOf('GET', path), 'no')
    },
    async bytes(path, priority) {
      const answer = await call('GET', path, priority, {})
      return isGone(answer) ? null : answer.bytes
    },
    async write(shape, { method, path, body, key }) {
      const answer = await call(method, path, 'live', { body, key })
      return isGone(answer) ? null : readAs(shape, answer, labelOf(method, path), 'unknown')
    },
  }
}

/** A 404 of e-conomic's own; a gateway that finds nothing says it in HTML. */
const isGone = ({ status, body }: Answer): boolean => status === 404 && parsed(body) !== undefined

function parsed(text: string): unknown {
  try {
    return parseJson(text)
  } catch {
    return undefined
  }
}

/** `GET products`, for the journal: without what was asked about. */
const labelOf = (method: string, path: string): string => `${method} ${(path.split('?')[0] ?? '').slice(1).replace(/\/\d+(?=\/|$)/g, '')}`
