/** The only file that calls a toy shop: address, key, and what every status and every silence means. */

import type { z } from 'zod'
import { HttpFailed } from '../../kit/http.ts'
import { parseJson } from '../../kit/json.ts'
import { RemoteError, type Tools } from '../contract.ts'
import type { ToySettings } from './settings.ts'

export interface ToyClient {
  /** `label` names the call in the journal. Throws RemoteError. */
  call<T>(label: string, shape: z.ZodType<T>, method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<T>
  /** Null = it isn't there. */
  file(label: string, path: string): Promise<Uint8Array | null>
}

/** Under the 10 s that a turn allows for one request (R10). */
const TIMEOUT_MS = 8000

export function toyClient(settings: ToySettings, tools: Tools): ToyClient {
  async function ask(label: string, method: string, path: string, body?: unknown) {
    const headers: Record<string, string> = { authorization: `Bearer ${settings.token}`, accept: 'application/json' }
    if (body !== undefined) headers['content-type'] = 'application/json'
    const init = { method, headers, timeoutMs: TIMEOUT_MS, label, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }
    return await tools.http(settings.address + path, init).catch((error: unknown) => {
      throw noAnswer(label, error)
    })
  }
  return {
    async call(label, shape, method, path, body) {
      const answer = await ask(label, method, path, body)
      const read = readJson(answer.body)
      if (answer.status >= 300) throw failure(label, answer.status, read, answer.headers['retry-after'])
      const checked = shape.safeParse(read)
      if (!checked.success) throw new RemoteError('strange', 'answer-unexpected', `${label}: an answer we can't read`, { facts: { status: String(answer.status) } })
      return checked.data
    },
    async file(label, path) {
      const answer = await ask(label, 'GET', path)
      if (answer.status === 404) return null
      if (answer.status >= 300) throw failure(label, answer.status, readJson(answer.body), answer.headers['retry-after'])
      return answer.bytes
    },
  }
}

/** Without an answer a write may have happened, unless it certainly never left. */
function noAnswer(label: string, error: unknown): unknown {
  if (!(error instanceof HttpFailed)) return error
  const executed = error.sent ? 'unknown' : 'no'
  switch (error.kind) {
    case 'refused-address':
      return new RemoteError('refused', 'address-refused', `${label}: the address may not be called`, { executed })
    case 'timeout':
      return new RemoteError('strange', 'timeout', `${label}: no answer in time`, { executed })
    case 'unreachable':
      return error.sent
        ? new RemoteError('strange', 'timeout', `${label}: the answer was lost`, { executed })
        : new RemoteError('busy', error.because ?? 'unreachable', `${label}: nobody answers`, { executed })
    case 'too-large':
      return new RemoteError('strange', 'answer-too-large', `${label}: the answer is too large`, { executed })
  }
}

function failure(label: string, status: number, body: unknown, retryAfter: string | undefined): RemoteError {
  const said = (body ?? {}) as { error?: unknown; right?: unknown; code?: unknown; said?: unknown }
  const message = `${label}: answered ${status}`
  const no = { executed: 'no' } as const
  if (status === 401) return new RemoteError('denied', 'token-wrong', message, no)
  if (status === 403) return new RemoteError('denied', 'scope-missing', message, { ...no, facts: { scope: String(said.right) } })
  if (status === 423) return new RemoteError('denied', 'shop-frozen', message, no)
  if (status === 429)
    return new RemoteError('busy', 'throttled', message, { ...no, ...(retryAfter !== undefined && /^\d+$/.test(retryAfter) ? { retryAfterMs: Number(retryAfter) * 1000 } : {}) })
  // The first request with this key has not finished: this one did nothing, but that one may yet.
  if (status === 409) return new RemoteError('busy', 'key-in-use', message, { executed: 'unknown', retryAfterMs: 1000 })
  if (status === 422)
    return new RemoteError('refused', said.error === 'order-refused' ? 'order-refused' : 'product-refused', String(said.said), {
      ...no,
      facts: { code: String(said.code), said: String(said.said) },
    })
  if (status < 500) return new RemoteError('refused', 'request-refused', message, { ...no, facts: { status: String(status) } })
  return new RemoteError('strange', 'remote-error', message, { facts: { status: String(status) } })
}

function readJson(text: string): unknown {
  try {
    return parseJson(text)
  } catch {
    return undefined
  }
}
