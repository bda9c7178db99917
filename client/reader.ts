/** The reader loop: polls a view, hands over each change, acknowledges what was taken, and goes on where it was, whatever died in between. */
import { type Access, call, Refused } from './call.ts'
import type { Acked, ChangesPage, Entity, Item, Result } from './items.ts'

/** What you called it, where you want the view to remember it. */
export interface Taken {
  externalId: string
  externalVersion?: string
}
/**
 * Your side. The order is: `apply` for each new item, `flush`, the acknowledgement, `saveCursor`. Killed at any point, the same items come again,
 * and `version` lets go of those you have.
 */
export interface ReaderState {
  /** What `saveCursor` was given last, or null. */
  cursor(): Promise<string | null>
  saveCursor(cursor: string | null): Promise<void>
  /** The version of this thing you applied last, deleted ones too, or null. */
  version(item: Item): Promise<number | null>
  /**
   * Takes one item, and its version in the same write.
   * @throws {Reject} this item can't be taken: it is listed at the view with your words, and holds up nothing else. So does any other error.
   * @throws {Later} nothing can be taken now: nothing is acknowledged, and the page comes again.
   */
  apply(item: Item): Promise<Taken | null>
  /** All that was applied must last when this resolves: it is acknowledged next. */
  flush?(): Promise<void>
}
export interface ReaderOptions extends Access {
  /** The view's own key is `key`. */
  viewId: number
  state: ReaderState
  /** Only these; absent = all the view hears of. Each set of entities needs a state of its own. */
  entities?: Entity[]
  /** Items a page, 1 to 500. */
  limit?: number
  /** Seconds the server holds a call when there is nothing, 0 to 30. */
  waitSeconds?: number
  tell?: (event: ReaderEvent) => void
  /** In the place of a timer; resolves early when the signal aborts. */
  pause?: (ms: number, signal: AbortSignal) => Promise<void>
}
export type ReaderEvent =
  /** A page is acknowledged. `old` = dropped, since their version was known; `untold` = what the server couldn't take of the acknowledgement. */
  | { kind: 'page'; applied: number; old: number; rejected: { item: Item; error: string }[]; untold: string[] }
  /** It is tried again by itself. */
  | { kind: 'waiting'; ms: number; why: string }
  /** The cursor means nothing any more (its code says why): reading begins at the oldest that isn't acknowledged. */
  | { kind: 'from-start'; code: string }
/** `refused`: going on is no use until a person has done something. */
export type Ended = { why: 'stopped' } | { why: 'refused'; status: number; code: string; words: string }
export interface Reader {
  /** Never rejects. */
  ended: Promise<Ended>
  /** Resolves when the page at hand is acknowledged and nothing is done any more. */
  stop(): Promise<void>
}

/** One item can't be taken. The words are shown to people at the view: no names or addresses of customers in them. */
export class Reject extends Error {
  override readonly name = 'Reject'
  readonly retryAfterSeconds: number
  constructor(words: string, retryAfterSeconds = RETRY_SECONDS) {
    super(words)
    this.retryAfterSeconds = retryAfterSeconds
  }
}
/** Nothing can be taken now, as when your own database is away. */
export class Later extends Error {
  override readonly name = 'Later'
}

/** A rejected item is served again after this long, and when it changes, and when a person asks. */
const RETRY_SECONDS = 300
const FIRST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 60_000
/** How much longer than it was asked to hold it a call may take. */
const GRACE_MS = 20_000
const MOST_WORDS = 500
const FROM_START = ['epoch-changed', 'cursor-ahead', 'cursor-wrong']

export function openReader(options: ReaderOptions): Reader {
  const stopping = new AbortController()
  const ended = run(options, stopping.signal)
  return {
    ended,
    async stop() {
      stopping.abort()
      await ended
    },
  }
}

async function run(o: ReaderOptions, stopping: AbortSignal): Promise<Ended> {
  let cursor: string | null | undefined
  let failures = 0
  while (!stopping.aborted) {
    try {
      if (cursor === undefined) cursor = await o.state.cursor()
      cursor = await turn(o, cursor, stopping)
      failures = 0
    } catch (error) {
      if (stopping.aborted) break
      if (error instanceof Refused && isFinal(error)) return { why: 'refused', status: error.status, code: error.code, words: error.message }
      failures++
      if (error instanceof Refused && FROM_START.includes(error.code) && failures === 1 && (await forget(o))) {
        cursor = null
        o.tell?.({ kind: 'from-start', code: error.code })
      } else await rest(o, error, failures, stopping)
    }
  }
  return { why: 'stopped' }
}

/** Reads one page, hands it over, acknowledges it. Where to go on. */
async function turn(o: ReaderOptions, after: string | null, stopping: AbortSignal): Promise<string> {
  const view = `/v1/sync-views/${o.viewId}`
  const waitSeconds = o.waitSeconds ?? 30
  const query = new URLSearchParams({ limit: String(o.limit ?? 100), wait: String(waitSeconds) })
  if (o.entities !== undefined) query.set('entity', o.entities.join(','))
  if (after !== null) query.set('after', after)
  const page = await call<ChangesPage>(o, 'GET', `${view}/changes?${query}`, { signal: stopping, timeoutMs: waitSeconds * 1000 + GRACE_MS })
  if (page.items.length === 0) return page.nextCursor
  const results: Result[] = []
  const rejected: { item: Item; error: string }[] = []
  let old = 0
  for (const item of page.items) {
    const known = await o.state.version(item)
    if (known !== null && item.version <= known) {
      old++
      continue
    }
    const result = await take(o.state, item)
    if (result !== null) results.push(result)
    if (result?.status === 'rejected') rejected.push({ item, error: result.error ?? '' })
  }
  await o.state.flush?.()
  const heard = await call<Acked>(o, 'POST', `${view}/ack`, { body: { cursor: page.nextCursor, results } })
  // Only now: what was rejected must not be passed by before the view knows of it.
  await o.state.saveCursor(page.nextCursor)
  const untold = heard.results.flatMap((outcome, n) => (outcome === 'taken' ? [] : [`${results[n]?.entity} ${results[n]?.id}: ${outcome}`]))
  o.tell?.({ kind: 'page', applied: page.items.length - old - rejected.length, old, rejected, untold })
  return page.nextCursor
}

/** What the acknowledgement must say of it; null = the cursor says it all. */
async function take(state: ReaderState, item: Item): Promise<Result | null> {
  const { entity, id, locationId, version } = item
  try {
    const taken = await state.apply(item)
    return taken === null ? null : { entity, id, locationId, version, status: 'applied', ...taken }
  } catch (error) {
    if (error instanceof Later) throw error
    const words = error instanceof Error && error.message !== '' ? error.message : 'rejected'
    return {
      entity,
      id,
      locationId,
      version,
      status: 'rejected',
      error: words.slice(0, MOST_WORDS),
      retryAfter: error instanceof Reject ? error.retryAfterSeconds : RETRY_SECONDS,
    }
  }
}

/** Asking again would be answered the same: our key, our view or our question is wrong. */
const isFinal = ({ status, code }: Refused): boolean => status < 500 && status !== 408 && status !== 429 && !(status === 409 && FROM_START.includes(code))

async function forget({ state }: ReaderOptions): Promise<boolean> {
  return state.saveCursor(null).then(
    () => true,
    () => false,
  )
}

/** As long as the server asked for, else twice as long as the time before; a little by chance, so that many readers don't come back at once. */
async function rest(o: ReaderOptions, error: unknown, failures: number, stopping: AbortSignal): Promise<void> {
  const asked = error instanceof Refused ? error.retryAfterMs : null
  const ours = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(failures - 1, 10))
  const ms = Math.round(asked === null ? ours * (0.5 + Math.random() / 2) : asked + Math.random() * FIRST_PAUSE_MS)
  o.tell?.({ kind: 'waiting', ms, why: error instanceof Error ? error.message : String(error) })
  await (o.pause ?? pause)(ms, stopping)
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done)
    if (signal.aborted) done()
  })
