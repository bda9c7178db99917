/** How Shopify says no, told apart by what to do next and by whether a write may have happened. No text of Shopify's is passed on: it may hold a person or a key. */
import { z } from 'zod'
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
      return new RemoteError('busy', error.because ?? 'unreachable', 'the shop could not be reached', { executed, cause: error })
  }
}

const DENIED: Record<number, string> = { 401: 'token-wrong', 402: 'shop-frozen', 403: 'access-denied', 404: 'shop-not-found', 423: 'shop-locked' }

/** An answer that isn't 200. A gateway's 5xx may stand in front of a write that was done. */
export function failedWithStatus(status: number, headers: Record<string, string>, lost: Executed): RemoteError {
  const denied = DENIED[status]
  if (denied !== undefined) return new RemoteError('denied', denied, `Shopify answered ${status}`, { executed: 'no' })
  if (status === 429) return new RemoteError('busy', 'throttled', 'Shopify answered 429', { executed: 'no', retryAfterMs: retryAfterMs(headers) ?? 1000 })
  if (status >= 500) {
    const after = retryAfterMs(headers)
    return new RemoteError('busy', 'remote-error', `Shopify answered ${status}`, { executed: lost, ...(after === null ? {} : { retryAfterMs: after }) })
  }
  return new RemoteError('strange', 'answer-unexpected', `Shopify answered ${status}`, { executed: status >= 400 ? 'no' : lost, facts: { status: String(status) } })
}

/** Seconds, sometimes with decimals; capped at an hour so that a mistake there doesn't stop us for a week. */
export function retryAfterMs(headers: Record<string, string>): number | null {
  const seconds = Number.parseFloat(headers['retry-after'] ?? '')
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(3_600_000, Math.max(100, Math.ceil(seconds * 1000))) : null
}

export const graphqlErrors = z.array(
  z.object({
    message: z.string(),
    path: z.array(z.union([z.string(), z.number()])).nullish(),
    extensions: z.object({ code: z.string().nullish(), requiredAccess: z.string().nullish() }).nullish(),
  }),
)
export type GraphqlErrors = z.infer<typeof graphqlErrors>

/** Found before anything is run, so a write with one of these certainly did nothing. */
const BEFORE_RUNNING = new Set([
  'MAX_COST_EXCEEDED',
  'MAX_INPUT_SIZE_EXCEEDED',
  'BAD_REQUEST',
  'PARSE_ERROR',
  'INVALID_VARIABLE',
  'INVALID_FIELD_ARGUMENTS',
  'RESOURCE_NOT_FOUND',
  'undefinedField',
  'argumentNotAccepted',
  'argumentLiteralsIncompatible',
  'missingRequiredArguments',
  'missingRequiredInputObjectAttribute',
  'undefinedDirective',
  'variableNotUsed',
  'variableRequiresValidType',
  'variableMismatch',
  'selectionMismatch',
])

/** Told to wait although the points seemed to be there: others use the same bucket. */
const SHORTEST_WAIT_MS = 250

/** The `errors` of an answer with status 200. */
export function failedWithErrors(errors: GraphqlErrors, throttled: { waitMs: number; only: 'backfill' | null }, lost: Executed): RemoteError {
  const codes = errors.map((error) => error.extensions?.code ?? '')
  if (codes.includes('THROTTLED'))
    return new RemoteError('busy', 'throttled', 'Shopify asks us to wait', { executed: 'no', retryAfterMs: Math.max(SHORTEST_WAIT_MS, throttled.waitMs), only: throttled.only })
  const denied = errors.find((error) => error.extensions?.code === 'ACCESS_DENIED')
  if (denied !== undefined) return scopeMissing(denied)
  // A shop with 50,000 variants may make a thousand new ones a day. Nothing else has to wait for them.
  if (codes.includes('VARIANT_THROTTLE_EXCEEDED')) return new RemoteError('refused', 'variants-a-day', 'no more new variants today', { executed: 'no' })
  if (codes.includes('SHOP_INACTIVE')) return new RemoteError('denied', 'shop-frozen', 'the shop is not active', { executed: 'no' })
  const before = codes.find((code) => BEFORE_RUNNING.has(code))
  if (before !== undefined) return new RemoteError('refused', 'request-refused', `Shopify refused the request: ${before}`, { executed: 'no', facts: { said: before } })
  if (codes.includes('INTERNAL_SERVER_ERROR')) return new RemoteError('busy', 'remote-error', 'an error inside Shopify', { executed: lost })
  return new RemoteError('strange', 'answer-unexpected', 'Shopify answered with an error we do not know', { executed: lost, facts: known(codes[0]) })
}

/** A code is a word in capitals or camel case; anything else stays out of what we show. */
const known = (code: string | undefined): Record<string, string> => (code !== undefined && /^[A-Za-z_]{1,60}$/.test(code) ? { said: code } : {})

/** "Access denied for orders field. Required access: `read_orders` access scope." */
function scopeMissing(error: GraphqlErrors[number]): RemoteError {
  const scope = /`((?:read|write)_[a-z_]+)`/.exec(`${error.extensions?.requiredAccess ?? ''} ${error.message}`)?.[1]
  const field = error.path?.find((part) => typeof part === 'string')
  return new RemoteError('denied', 'scope-missing', 'a right is missing in Shopify', {
    executed: 'no',
    facts: scope === undefined ? (field === undefined ? {} : { field: String(field) }) : { scope },
  })
}

/** For what is an extra: null = the right to it is missing. */
export async function ifAllowed<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask()
  } catch (error) {
    if (error instanceof RemoteError && error.code === 'scope-missing') return null
    throw error
  }
}
