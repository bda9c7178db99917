/** One call to a Lagerbro: JSON out, JSON in, refusals as errors that say what to do. */

export interface Access {
  /** As `https://lager.example.se`, without `/v1`. */
  address: string
  /** An admin key, or a view's own. */
  key: string
  /** In the place of the global one: for a proxy, a certificate of your own, a test. */
  fetch?: typeof fetch
}

/** The server said no, in words. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly status: number
  /** Stable, to decide by; the message is for people. */
  readonly code: string
  /** What it asked us to wait, or null. */
  readonly retryAfterMs: number | null
  constructor(status: number, code: string, words: string, retryAfterMs: number | null) {
    super(words)
    this.status = status
    this.code = code
    this.retryAfterMs = retryAfterMs
  }
}

/**
 * The answer's body. `path` begins with `/v1/`.
 * @throws {Refused} whatever isn't a success. Anything else thrown means that nobody knows whether it was done.
 */
export async function call<T>(
  access: Access,
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  { body, signal, timeoutMs = 60_000 }: { body?: unknown; signal?: AbortSignal; timeoutMs?: number } = {},
): Promise<T> {
  const late = AbortSignal.timeout(timeoutMs)
  const answer = await (access.fetch ?? fetch)(`${access.address.replace(/\/+$/, '')}${path}`, {
    method,
    headers: { authorization: `Bearer ${access.key}`, accept: 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    // A key must not travel to another address.
    redirect: 'manual',
    signal: signal === undefined ? late : AbortSignal.any([signal, late]),
  })
  const text = await answer.text()
  if (answer.ok) return JSON.parse(text) as T
  const { code = `http-${answer.status}`, title, detail } = problemIn(text)
  const elsewhere = answer.headers.get('location')
  const words = detail ?? title ?? (elsewhere === null ? `${method} ${path} was answered ${answer.status}` : `the address has moved to ${elsewhere}`)
  throw new Refused(answer.status, code, words, waitIn(answer.headers.get('retry-after')))
}

function problemIn(text: string): { code?: string; title?: string; detail?: string } {
  try {
    const said: unknown = JSON.parse(text)
    return typeof said === 'object' && said !== null ? said : {}
  } catch {
    // Somebody between us and the server answered in words of its own.
    return {}
  }
}

/** Seconds, or a date; RFC 9110. */
function waitIn(header: string | null): number | null {
  if (header === null) return null
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now()
  return Number.isFinite(ms) ? Math.max(0, ms) : null
}
