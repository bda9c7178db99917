/** How Abicart says no, told apart by what to do next and by whether a write may have happened. */
import { HttpFailed } from '../../kit/http.ts'
import { RemoteError } from '../contract.ts'

type Executed = 'no' | 'unknown'

/** No answer at all. `lost` = what a request that may have left can have done. */
export function failedToReach(error: unknown, lost: Executed): unknown {
  if (!(error instanceof HttpFailed)) return error
  const executed = error.sent ? lost : 'no'
  switch (error.kind) {
    case 'refused-address':
      return new RemoteError('denied', 'address-refused', 'this address may not be called', { executed: 'no', cause: error })
    case 'too-large':
      return new RemoteError('strange', 'answer-too-large', 'the answer was too large', { executed, cause: error })
    case 'timeout':
      return new RemoteError('busy', 'timeout', 'no answer in time', { executed, cause: error })
    case 'unreachable':
      return new RemoteError('busy', 'unreachable', 'the shop could not be reached', { executed, cause: error })
  }
}

/** An answer that is no JSON-RPC. A gateway's 5xx may stand in front of a write that was done. */
export function failedWithStatus(status: number, headers: Record<string, string>, lost: Executed): RemoteError {
  const retry = retryAfterMs(headers)
  const after = retry === null ? {} : { retryAfterMs: retry }
  const said = `answered ${status}`
  if (status === 429) return new RemoteError('busy', 'throttled', said, { executed: 'no', retryAfterMs: retry ?? 1000 })
  if (status >= 500) return new RemoteError('busy', 'remote-error', said, { executed: lost, ...after })
  if (status === 401 || status === 403) return new RemoteError('denied', 'access-denied', said, { executed: 'no' })
  if (status === 404) return new RemoteError('denied', 'api-not-there', said, { executed: 'no' })
  if (status >= 300 && status < 500) return new RemoteError('strange', 'answer-unexpected', said, { executed: 'no', facts: { status: String(status) } })
  return new RemoteError('strange', 'answer-unreadable', 'the answer is not what Abicart sends', { executed: lost })
}

/** Seconds; capped at an hour so that a mistake there doesn't stop us for a week. */
function retryAfterMs(headers: Record<string, string>): number | null {
  const seconds = Number.parseFloat(headers['retry-after'] ?? '')
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(3_600_000, Math.max(100, Math.ceil(seconds * 1000))) : null
}

/** About the context, so the same for every call: somebody has to do something in Abicart. */
const DENIED: Record<number, string> = { 1001: 'shop-id-missing', 1002: 'shop-id-wrong', 1004: 'token-wrong', 1006: 'api-closed', 1007: 'address-not-https' }
const REFUSED: Record<number, string> = { [-32601]: 'method-missing', [-32602]: 'params-refused', 9001: 'validation-refused', 9002: 'validation-refused', 9003: 'object-gone' }

export interface RpcError {
  code: number
  message: string
  data?: unknown
}

/** `said` must already be free of secrets. What Abicart refuses was not carried out; an error inside it may have come after the effect. */
export function failedWithError({ code, message, data }: RpcError, said: (text: string) => string, lost: Executed): RemoteError {
  const facts = { code: String(code), said: said(textOf(message, data)), ...pointerOf(data) }
  const denied = DENIED[code]
  if (denied !== undefined) return new RemoteError('denied', denied, `Abicart answered ${code}`, { executed: 'no', facts: { code: facts.code } })
  if (code === -32603 || (code <= -32000 && code >= -32099)) return new RemoteError('busy', 'remote-error', `Abicart answered ${code}`, { executed: lost, facts })
  return new RemoteError('refused', REFUSED[code] ?? 'shop-refused', `Abicart answered ${code}`, { executed: 'no', facts })
}

function textOf(message: string, data: unknown): string {
  const inner = typeof data === 'string' ? data : Array.isArray(data) && typeof data[0]?.message === 'string' ? data[0].message : ''
  return inner === '' ? message : `${message}: ${inner}`
}

/** The place of the fault, as a JSON Pointer into what was sent. */
function pointerOf(data: unknown): Record<string, string> {
  const pointer = Array.isArray(data) ? (data[0] as { pointer?: unknown } | undefined)?.pointer : undefined
  return typeof pointer === 'string' ? { pointer: pointer.slice(0, 100) } : {}
}
