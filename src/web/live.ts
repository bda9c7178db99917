/**
 * A page that is told when it has changed, as server-sent events. One reader per connection however many watch it: what is shown is read once after a
 * commit that may have changed it, at most twice a second, and goes out only when it is another. While nothing happens nothing is asked.
 */
import { Readable } from 'node:stream'
import { livingSession } from '../core/people/people.sql.ts'
import { Refusal } from '../core/refusal.ts'
import type { Ears } from '../db/open.ts'
import { stopwatch } from '../kit/clock.ts'
import type { SyncDeps } from '../sync/deps.ts'
import { actorOf, type Caller, mayDo, type Need } from './auth.ts'

/** Between two readings of one page; longer where reading it takes long, so that watching costs at most a tenth of a processor. */
const SHORTEST_GAP_MS = 500
const GAP_PER_COST = 10
/** A sign of life for proxies that close what is silent, and when it is asked whether the watcher still may. */
const HEARTBEAT_MS = 20_000
/** Tabs of one person, or streams of one key. */
const MOST_EACH = 6
/** How soon a browser comes back after a broken stream. */
const RETRY_MS = 3_000

export interface Live {
  /** `read` gives the page as it stands, as the text to send; `listenerId` null = it changes with any of them. Throws {Refusal} too-many-requests. */
  watch(who: { caller: Caller; companyId: number; need: Need }, listenerId: number | null, read: () => Promise<string>): Readable
  /** Nobody is signed in with this any more. */
  signedOut(tokenHash: Buffer): void
  /** Ends every stream, for a stop. */
  close(): void
}

interface Stream {
  who: { caller: Caller; companyId: number; need: Need }
  stream: Readable
  send(text: string): void
  end(): void
}
interface Watched {
  read: () => Promise<string>
  streams: Set<Stream>
  /** What was sent last; null = somebody has been sent nothing yet. */
  last: string | null
  stale: boolean
  reading: boolean
}

export function openLive({ db, clock, log }: Pick<SyncDeps, 'db' | 'clock' | 'log'>, ears: Ears): Live {
  const watched = new Map<string, Watched>()
  const closing = new AbortController()
  const all = () => [...watched.values()].flatMap((each) => [...each.streams])
  const silence = ears.onShow((companyId, listenerId) => {
    for (const name of [`${companyId}:${listenerId}`, `${companyId}:${null}`]) {
      const page = watched.get(name)
      if (page !== undefined) look(page)
    }
  })
  let beating = false

  function look(page: Watched): void {
    page.stale = true
    if (!page.reading) void readOn(page)
  }

  async function readOn(page: Watched): Promise<void> {
    page.reading = true
    while (page.stale && page.streams.size > 0 && !closing.signal.aborted) {
      page.stale = false
      const took = stopwatch()
      try {
        const text = await page.read()
        if (text !== page.last) for (const each of page.streams) each.send(text)
        page.last = text
      } catch (error) {
        // It is gone, or can't be read now: whoever watches asks again and is told why.
        log.warn({ problem: error instanceof Error ? error.name : 'unknown' }, 'a watched page could not be read')
        for (const each of page.streams) each.end()
      }
      await clock.sleep(Math.max(SHORTEST_GAP_MS, took() * GAP_PER_COST), closing.signal)
    }
    page.reading = false
  }

  async function beat(): Promise<void> {
    beating = true
    for (;;) {
      await clock.sleep(HEARTBEAT_MS, closing.signal)
      if (closing.signal.aborted || all().length === 0) break
      for (const each of all()) {
        if (await stillMay(each.who)) each.send(': \n\n')
        else each.end()
      }
      // What other processes say isn't heard: look, until it is.
      if (!ears.alive()) for (const page of watched.values()) look(page)
    }
    beating = false
  }

  async function stillMay({ caller, companyId, need }: Stream['who']): Promise<boolean> {
    const now = clock.now()
    try {
      if (caller.kind === 'person') return (await db.outsideWall((q) => livingSession(q, caller.session.tokenHash, now)))?.companyId === companyId
      await db.inCompany(companyId, (tx) => mayDo(tx, caller, need, { actor: actorOf(caller), now }))
      return true
    } catch {
      return false
    }
  }

  return {
    watch(who, listenerId, read) {
      const actor = actorOf(who.caller)
      if (closing.signal.aborted) throw new Refusal('unavailable')
      if (all().filter((each) => actorOf(each.who.caller) === actor).length >= MOST_EACH) throw new Refusal('too-many-requests', { seconds: 60 })
      const name = `${who.companyId}:${listenerId}`
      const page = watched.get(name) ?? { streams: new Set(), last: null, stale: false, reading: false, read }
      watched.set(name, page)
      const mine = { who, ...openStream() }
      page.streams.add(mine)
      mine.stream.once('close', () => {
        page.streams.delete(mine)
        if (page.streams.size === 0) watched.delete(name)
      })
      // The first thing said is the page as it stands, to all: a stream that comes later would otherwise wait for the next change.
      page.last = null
      look(page)
      if (!beating) void beat()
      return mine.stream
    },
    signedOut(tokenHash) {
      for (const each of all()) if (each.who.caller.kind === 'person' && each.who.caller.session.tokenHash.equals(tokenHash)) each.end()
    },
    close() {
      closing.abort()
      silence()
      for (const each of all()) each.end()
    },
  }
}

/** Holds one text back at most: a slow reader gets the newest page, never all that lay between. */
function openStream(): Omit<Stream, 'who'> {
  let next: string | null = `retry: ${RETRY_MS}\n\n`
  let wanted = false
  let over = false
  const flush = () => {
    if (!wanted || next === null || over) return
    const text = next
    next = null
    wanted = false
    stream.push(text)
  }
  const stream = new Readable({
    highWaterMark: 1,
    read() {
      wanted = true
      flush()
    },
  })
  return {
    stream,
    send(text) {
      const isPage = !text.startsWith(':')
      if (isPage) next = `${next?.startsWith('retry') === true ? next : ''}event: page\ndata: ${text}\n\n`
      else next ??= text
      flush()
    },
    end() {
      if (!over) stream.push(null)
      over = true
    },
  }
}
