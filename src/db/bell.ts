/**
 * Wakes whoever works for a listener, here and in the other processes, right after a commit. A ring may be lost (a broken connection), so
 * workers also look by themselves; it may come twice, which costs one look. Rings to other processes are gathered while one notify is under way.
 */
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { backoffMs } from '../kit/backoff.ts'
import { systemClock } from '../kit/clock.ts'
import type { Log } from '../kit/log.ts'
import type { Bell, DbAddress, Ears } from './open.ts'

export type OnRing = (companyId: number, listenerId: number) => void

export interface OpenBell extends Bell, Ears {
  /** Calls back for rings of every process. Returns the way to stop. */
  onRing(callback: OnRing): () => void
  close(): Promise<void>
}

const CHANNEL = 'lagerbro_ring'
/** PostgreSQL takes at most 8,000 bytes in one notification; a pair is at most 36. */
const PAIRS_PER_NOTIFY = 200
/** What is only shown goes to other processes with the next ring, or after this: a page is drawn twice a second at most. */
const SHOWS_GATHER_MS = 400

export async function openBell(address: DbAddress, log: Log): Promise<OpenBell> {
  const me = randomUUID().slice(0, 8)
  const callbacks = new Set<OnRing>()
  const watching = new Set<OnRing>()
  const tell = (heard: Set<OnRing>[], companyId: number, listenerId: number) => {
    for (const callback of heard.flatMap((each) => [...each])) callback(companyId, listenerId)
  }
  const waiting = new Set<string>()
  let gathering = false
  const closing = new AbortController()
  let client: pg.Client | null = null
  let sending: Promise<void> | null = null

  const hear = (payload: string) => {
    const [from, pairs = ''] = payload.split(' ')
    if (from === me) return
    for (const pair of pairs.split(',')) {
      const [company, listener, shown] = pair.split(':')
      const [companyId, listenerId] = [Number(company), Number(listener)]
      if (companyId && listenerId) tell(shown === undefined ? [callbacks, watching] : [watching], companyId, listenerId)
    }
  }

  async function connect(): Promise<void> {
    const fresh = new pg.Client(address.config)
    fresh.on('error', () => {})
    fresh.on('notification', (note) => hear(note.payload ?? ''))
    await fresh.connect()
    await fresh.query(`listen ${CHANNEL}`)
    fresh.once('end', () => {
      if (client === fresh) client = null
      if (!closing.signal.aborted) void reconnect()
    })
    client = fresh
  }

  async function reconnect(): Promise<void> {
    log.warn({}, 'the bell is broken: other processes are heard by looking until it is back')
    for (let n = 0; !closing.signal.aborted; n++) {
      await systemClock.sleep(backoffMs(n, 50, 5000), closing.signal)
      if (closing.signal.aborted) return
      try {
        await connect()
        return log.info({}, 'the bell is back')
      } catch {
        // Tried again with a longer wait.
      }
    }
  }

  async function send(): Promise<void> {
    while (waiting.size > 0 && client !== null) {
      const pairs = [...waiting].slice(0, PAIRS_PER_NOTIFY)
      for (const pair of pairs) waiting.delete(pair)
      await client.query('select pg_notify($1, $2)', [CHANNEL, `${me} ${pairs.join(',')}`]).catch(() => {})
    }
    // Without a connection nobody hears; they look by themselves.
    if (client === null) waiting.clear()
  }

  const startSending = () => {
    sending ??= send().finally(() => {
      sending = null
    })
  }

  await connect()
  return {
    ring(companyId, listenerId) {
      tell([callbacks, watching], companyId, listenerId)
      waiting.add(`${companyId}:${listenerId}`)
      startSending()
    },
    show(companyId, listenerId) {
      tell([watching], companyId, listenerId)
      waiting.add(`${companyId}:${listenerId}:s`)
      if (gathering) return
      gathering = true
      void systemClock.sleep(SHOWS_GATHER_MS, closing.signal).then(() => {
        gathering = false
        if (!closing.signal.aborted) startSending()
      })
    },
    onRing(callback) {
      callbacks.add(callback)
      return () => void callbacks.delete(callback)
    },
    onShow(callback) {
      watching.add(callback)
      return () => void watching.delete(callback)
    },
    alive: () => client !== null,
    async close() {
      closing.abort()
      callbacks.clear()
      watching.clear()
      await sending
      await client?.end()
    },
  }
}
