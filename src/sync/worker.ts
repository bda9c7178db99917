/**
 * Keeps every connection's work going in this process: one actor each, woken by the bell after a commit, with a round every second that
 * finds new connections and stands in for the bell when its connection is broken.
 */
import type { OpenBell } from '../db/bell.ts'
import { backoffMs } from '../kit/backoff.ts'
import { applyWaiting } from './apply.ts'
import { openConnection } from './connection.ts'
import type { SyncDeps } from './deps.ts'
import { allTurns } from './turn.sql.ts'

export interface Worker {
  /** Stops claiming, gives turns back, resolves when nothing runs any more. */
  stop(): Promise<void>
}

/** Chores beside the connections: their own interval each, for every company. */
export interface Chore {
  name: string
  everyMs: number
  /** It calls somebody who may be slow: a company's doesn't hold up the next one's, and is never done twice at a time. */
  apart?: boolean
  /** What takes long looks at `stopping` between its parts. */
  run(companyId: number, stopping?: AbortSignal): Promise<void>
}

/** Between two rounds; also the longest a ring can be lost for. */
const ROUND_MS = 1_000

export function startWorker(deps: SyncDeps, bell: OpenBell, companies: () => Promise<number[]>, chores: Chore[]): Worker {
  const stopping = new AbortController()
  const actors = new Map<string, Actor>()
  const running = new Set<Promise<void>>()
  const track = (work: Promise<void>) => {
    running.add(work)
    void work.finally(() => running.delete(work))
  }

  const actorOf = (companyId: number, listenerId: number): Actor => {
    const key = `${companyId}:${listenerId}`
    const standing = actors.get(key)
    if (standing !== undefined) return standing
    const made = startActor(deps, companyId, listenerId, stopping.signal, track)
    actors.set(key, made)
    return made
  }
  const silence = bell.onRing((companyId, listenerId) => actorOf(companyId, listenerId).ring())

  async function rounds(): Promise<void> {
    let failures = 0
    while (!stopping.signal.aborted) {
      try {
        for (const turn of await deps.db.outsideWall(allTurns)) {
          const actor = actorOf(turn.company_id, turn.listener_id)
          if (!bell.alive()) actor.ring()
        }
        failures = 0
      } catch (error) {
        deps.log.error({ error: String(error), failures: ++failures }, 'a round of the worker failed')
      }
      await deps.clock.sleep(ROUND_MS, stopping.signal)
    }
  }

  async function doChore(chore: Chore): Promise<void> {
    const busy = new Set<number>()
    const once = (companyId: number) =>
      chore.run(companyId, stopping.signal).catch((error: unknown) => deps.log.error({ chore: chore.name, company: companyId, error: String(error) }, 'a chore failed'))
    while (!stopping.signal.aborted) {
      for (const companyId of await companies().catch(() => [])) {
        if (stopping.signal.aborted) return
        if (chore.apart !== true) await once(companyId)
        else if (!busy.has(companyId)) {
          busy.add(companyId)
          track(once(companyId).finally(() => busy.delete(companyId)))
        }
      }
      await deps.clock.sleep(chore.everyMs, stopping.signal)
    }
  }

  track(rounds())
  for (const chore of chores) track(doChore(chore))
  return {
    async stop() {
      stopping.abort()
      silence()
      while (running.size > 0) await Promise.all(running)
    },
  }
}

interface Actor {
  ring(): void
}

/** Two loops that share a ring: what came in is applied, what changed is told. A fault of ours stops neither; it is logged and tried again. */
function startActor(deps: SyncDeps, companyId: number, listenerId: number, stop: AbortSignal, track: (work: Promise<void>) => void): Actor {
  const connection = openConnection(deps, companyId, listenerId)
  const loops = [
    startLoop(deps, stop, { company: companyId, listener: listenerId, work: 'apply' }, async () => {
      const { applied } = await applyWaiting(deps, companyId, listenerId)
      return { did: applied > 0, nextAt: null }
    }),
    startLoop(deps, stop, { company: companyId, listener: listenerId, work: 'tell' }, () => connection.step()),
  ]
  track(Promise.all(loops.map((l) => l.over)).then(() => connection.letGo().catch(() => {})))
  return {
    ring: () => {
      for (const loop of loops) loop.ring()
    },
  }
}

function startLoop(
  deps: SyncDeps,
  stop: AbortSignal,
  who: Record<string, unknown>,
  step: () => Promise<{ did: boolean; nextAt: Date | null }>,
): { ring(): void; over: Promise<void> } {
  let rung = false
  let waiting: AbortController | null = null

  /** Until rung, stopped, or the time comes; null = no time of its own. */
  async function rest(until: Date | null): Promise<void> {
    if (rung || stop.aborted) return
    waiting = new AbortController()
    const signal = AbortSignal.any([waiting.signal, stop])
    if (until === null) await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
    else await deps.clock.sleep(until.getTime() - deps.clock.now().getTime(), signal)
    waiting = null
  }

  async function run(): Promise<void> {
    let failures = 0
    while (!stop.aborted) {
      rung = false
      try {
        const { did, nextAt } = await step()
        failures = 0
        if (!did) await rest(nextAt)
      } catch (error) {
        deps.log.error({ ...who, error: String(error), stack: error instanceof Error ? error.stack : undefined }, 'a step failed and is tried again')
        await rest(new Date(deps.clock.now().getTime() + backoffMs(failures++, 250, 30_000)))
      }
    }
  }

  return {
    ring() {
      rung = true
      waiting?.abort()
    },
    over: run(),
  }
}
