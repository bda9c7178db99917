/**
 * A view's changes as server-sent events: one page is one event, and its id is the cursor. The next page is read when the one before has left us, so a slow
 * reader costs one page however much waits for it.
 */
import { Readable } from 'node:stream'
import { Refusal } from '../core/refusal.ts'
import type { Ears } from '../db/open.ts'
import type { SyncDeps } from '../sync/deps.ts'

/** A sign of life for proxies that close what is silent. The view is looked to as well: a ring may be lost, a key revoked. */
export const HEARTBEAT_MS = 15_000
/** Changes that come in a burst are one page. */
const BURST_MS = 100
/** How soon a reader comes back after a stream that ended. */
const RETRY_MS = 1_000
/** Streams of one key. */
const MOST_EACH = 6

export interface StreamedPage {
  items: unknown[]
  nextCursor: string
  hasMore: boolean
}
export interface Streamed {
  companyId: number
  viewId: number
  /** Who reads; has six streams at most. */
  actor: string
  after: string | null
  /** True: it ends when all there was has been said, so that the next connection acknowledges it. */
  once: boolean
  /** One page as it stands. `first` = of this connection. Throws when the reader may no longer read, or can't go on from there. */
  read(after: string | null, first: boolean): Promise<StreamedPage>
}
export interface ChangeStreams {
  /** The first page is read before: what is wrong is refused like anywhere else. Throws {Refusal} too-many-requests, unavailable, and what `read` throws. */
  open(s: Streamed): Promise<Readable>
  /** Ends every stream, for a stop. */
  close(): void
}

export function openChangeStreams({ clock, log }: Pick<SyncDeps, 'clock' | 'log'>, ears: Ears): ChangeStreams {
  const closing = new AbortController()
  const actors = new Map<AbortController, string>()

  async function* events(s: Streamed, first: StreamedPage, ear: { heard: AbortController }, gone: AbortSignal): AsyncGenerator<string> {
    let page = first
    let said = false
    yield `retry: ${RETRY_MS}\n\n`
    try {
      for (;;) {
        const readAt = clock.now().getTime()
        if (page.items.length > 0) {
          yield `id: ${page.nextCursor}\ndata: ${JSON.stringify(page)}\n\n`
          said = true
        } else if (said && s.once) return
        else if (!ear.heard.signal.aborted && !page.hasMore) {
          await clock.sleep(HEARTBEAT_MS, ear.heard.signal)
          if (!ear.heard.signal.aborted) yield ': \n\n'
        }
        if (!page.hasMore) await clock.sleep(BURST_MS - (clock.now().getTime() - readAt), gone)
        if (gone.aborted) return
        ear.heard = new AbortController()
        page = await s.read(page.nextCursor, false)
      }
    } catch (error) {
      // The key was revoked, the view is gone, or it can't be read now: the reader comes back and is told why.
      log.warn({ problem: error instanceof Refusal ? error.code : 'unknown' }, 'a stream of changes ended')
    }
  }

  return {
    async open(s) {
      if (closing.signal.aborted) throw new Refusal('unavailable')
      if ([...actors.values()].filter((actor) => actor === s.actor).length >= MOST_EACH) throw new Refusal('too-many-requests', { seconds: 60 })
      const gone = new AbortController()
      const ear = { heard: new AbortController() }
      actors.set(gone, s.actor)
      // Before the first reading: what happens between reading and listening would be missed.
      const silence = ears.onShow((companyId, listenerId) => {
        if (companyId === s.companyId && listenerId === s.viewId) ear.heard.abort()
      })
      const leave = () => {
        actors.delete(gone)
        silence()
        gone.abort()
        ear.heard.abort()
      }
      closing.signal.addEventListener('abort', leave, { once: true })
      try {
        const first = await s.read(s.after, true)
        const stream = Readable.from(events(s, first, ear, gone.signal), { objectMode: false, highWaterMark: 1 })
        return stream.once('close', () => {
          closing.signal.removeEventListener('abort', leave)
          leave()
        })
      } catch (error) {
        leave()
        throw error
      }
    },
    close: () => closing.abort(),
  }
}
