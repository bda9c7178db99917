/** How e-conomic says no, told apart by what to do next and by whether a write may have happened. */
import { z } from 'zod'
import { HttpFailed } from '../../kit/http.ts'
import { parseJson } from '../../kit/json.ts'
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
      return new RemoteError('busy', error.because ?? 'unreachable', 'e-conomic could not be reached', { executed, cause: error })
  }
}

const body = z.object({ message: z.string().nullish(), errorCode: z.string().nullish(), errors: z.unknown().optional() })

/** An answer that isn't a success. The words are e-conomic's own about what was asked; they name numbers, never a key. */
export function failedWithStatus(status: number, headers: Record<string, string>, text: string, lost: Executed, now: Date): RemoteError {
  const wait = retryAfterMs(headers['retry-after'], now)
  if (status === 401) return new RemoteError('denied', 'economic-tokens-wrong', 'e-conomic answered 401', { executed: 'no' })
  if (status === 403) return new RemoteError('denied', 'economic-closed', 'e-conomic answered 403', { executed: 'no' })
  if (status === 429) return new RemoteError('busy', 'throttled', 'e-conomic answered 429', { executed: 'no', retryAfterMs: wait ?? 10_000 })
  if (status >= 500) return new RemoteError('busy', 'remote-error', `e-conomic answered ${status}`, { executed: lost, ...(wait === null ? {} : { retryAfterMs: wait }) })
  const said = read(text)
  if (status >= 400 && said !== null) {
    const wrong = firstWrong(said.errors)
    const facts = { code: wrong?.code ?? said.errorCode ?? String(status), said: (wrong?.message ?? said.message ?? '').slice(0, 200), where: wrong?.where ?? '' }
    return new RemoteError('refused', 'economic-refused', `e-conomic answered ${status}`, { executed: 'no', facts })
  }
  if (status >= 300 && status < 500) return new RemoteError('strange', 'answer-unexpected', `e-conomic answered ${status}`, { executed: 'no', facts: { status: String(status) } })
  return new RemoteError('strange', 'answer-unreadable', 'the answer is not what e-conomic sends', { executed: lost })
}

function read(text: string): z.infer<typeof body> | null {
  try {
    return body.safeParse(parseJson(text)).data ?? null
  } catch {
    return null
  }
}

/** Seconds, or a date; capped at an hour so that a mistake there doesn't stop us for a week. */
export function retryAfterMs(text: string | undefined, now: Date): number | null {
  if (text === undefined) return null
  const seconds = /^\s*\d+(\.\d+)?\s*$/.test(text) ? Number(text) : (Date.parse(text) - now.getTime()) / 1000
  return Number.isFinite(seconds) ? Math.min(3_600_000, Math.max(100, Math.ceil(seconds * 1000))) : null
}

interface Wrong {
  code: string | null
  message: string
  /** `lines 0 quantity` */
  where: string
}
const leaf = z.object({ errorCode: z.string().nullish(), message: z.string().nullish() })
/** The first thing that is wrong in the tree, which mirrors the request; a list of sentences has no place in it. */
function firstWrong(value: unknown, path: string[] = []): Wrong | null {
  if (typeof value === 'string') return { code: null, message: value, where: path.join(' ') }
  if (typeof value !== 'object' || value === null) return null
  const own = leaf.safeParse(value).data
  if (own?.message) return { code: own.errorCode ?? null, message: own.message, where: path.join(' ') }
  const index = (value as { arrayIndex?: unknown }).arrayIndex
  const at = typeof index === 'number' ? [...path, String(index)] : path
  for (const [name, inner] of Object.entries(value)) {
    const isStep = !Array.isArray(value) && name !== 'errors' && name !== 'items'
    const found = name === 'arrayIndex' ? null : firstWrong(inner, isStep ? [...at, name] : at)
    if (found !== null) return found
  }
  return null
}
