/** How the service says no, told apart by what to do next and by whether a write may have happened. */
import { HttpFailed } from '../../kit/http.ts'
import { RemoteError } from '../contract.ts'
import type { SoapFault } from './soap.ts'

export type Executed = 'no' | 'unknown'

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

/** An answer that is no SOAP. A gateway's 5xx may stand in front of a write that was done. */
export function failedWithStatus(status: number, headers: Record<string, string>, lost: Executed): RemoteError {
  const retry = retryAfterMs(headers)
  const after = retry === null ? {} : { retryAfterMs: retry }
  const said = `answered ${status}`
  if (status === 429) return new RemoteError('busy', 'throttled', said, { executed: 'no', retryAfterMs: retry ?? 1000 })
  if (status >= 500) return new RemoteError('busy', 'remote-error', said, { executed: lost, ...after })
  if (status === 401 || status === 403) return new RemoteError('denied', 'access-denied', said, { executed: 'no' })
  if (status === 404) return new RemoteError('denied', 'service-not-there', said, { executed: 'no' })
  if (status >= 300 && status < 500) return new RemoteError('strange', 'answer-unexpected', said, { executed: 'no', facts: { status: String(status) } })
  return new RemoteError('strange', 'answer-unreadable', 'the answer is not what the shop sends', { executed: lost })
}

/** Seconds; capped at an hour so that a mistake there doesn't stop us for a week. */
function retryAfterMs(headers: Record<string, string>): number | null {
  const seconds = Number.parseFloat(headers['retry-after'] ?? '')
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(3_600_000, Math.max(100, Math.ceil(seconds * 1000))) : null
}

/** Before anything is done: what was asked is not as the service wants it. */
const ASKED_WRONG = ['PARAM', 'NOSUCHPARAM', 'NOSUCHISO', 'PRODUCT', 'MODULE', 'ProcedureNotPresent', 'Sender', 'Client', 'VersionMismatch']
/** PHP's own words for the same, under a code that may mean anything. */
const PHP_ASKED_WRONG = /Too few arguments|SOAP-ERROR: Encoding/

/** `said` must already be free of secrets. An error inside the service may have come after the effect. */
export function failedWithFault({ code, reason }: SoapFault, said: (text: string) => string, lost: Executed): RemoteError {
  const facts = { code: said(code), said: said(reason) }
  const message = `the shop answered ${said(code)}`
  if (code === 'AUTH') return new RemoteError('busy', 'session-lost', message, { executed: 'no', retryAfterMs: 100 })
  if (ASKED_WRONG.includes(code) || PHP_ASKED_WRONG.test(reason)) return new RemoteError('refused', 'asked-wrong', message, { executed: 'no', facts })
  return new RemoteError('busy', 'remote-error', message, { executed: lost, facts })
}
