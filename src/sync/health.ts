/** Is this process fit, and how much waits? For /healthz, /readyz and /metrics; counts over all companies, so that a metric names nobody. */
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import { companyIds } from '../core/listeners/reseal.sql.ts'
import type { Db } from '../db/open.ts'
import type { Clock } from '../kit/clock.ts'
import { type Backlog, backlog, isThere } from './health.sql.ts'

export interface Health {
  /** The database answers and nothing is being stopped: send requests here. */
  ready: boolean
  /** bell: false = other processes are heard a second late, which is no reason to send requests elsewhere. */
  checks: { database: boolean; bell: boolean }
}
export interface Watch {
  health(): Promise<Health>
  /** Prometheus text. */
  metrics(): Promise<{ type: string; text: string }>
  /** From now on not ready. */
  stopping(): void
}

export function openWatch(deps: { db: Db; clock: Clock; bellAlive: () => boolean }): Watch {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const gauge = (name: string, help: string) => new Gauge({ name: `lagerbro_${name}`, help, registers: [registry] })
  const gauges = {
    companies: gauge('companies', 'companies'),
    dirty: gauge('told_dirty', 'stock rows a connection has not been told yet'),
    refused: gauge('told_refused', 'stock rows refused and listed for a person'),
    oldest: gauge('told_oldest_seconds', 'age of the oldest row that waits to be told'),
    inboxWaiting: gauge('inbox_waiting', 'messages stored and not applied yet'),
    inboxListed: gauge('inbox_listed', 'messages that could not be applied and wait for a person'),
    bell: gauge('bell_alive', '1 while rings of other processes are heard'),
  }
  let stopping = false

  return {
    async health() {
      const database = await deps.db.outsideWall(isThere).then(
        () => true,
        () => false,
      )
      return { ready: database && !stopping, checks: { database, bell: deps.bellAlive() } }
    },
    async metrics() {
      const ids = await deps.db.outsideWall(companyIds)
      const all: Backlog[] = []
      for (const id of ids) all.push(await deps.db.inCompany(id, backlog))
      const sum = (pick: (b: Backlog) => number) => all.reduce((total, b) => total + pick(b), 0)
      const now = deps.clock.now().getTime()
      gauges.companies.set(ids.length)
      gauges.dirty.set(sum((b) => b.dirty))
      gauges.refused.set(sum((b) => b.refused))
      gauges.oldest.set(Math.max(0, ...all.map((b) => (b.dirtySince === null ? 0 : (now - b.dirtySince.getTime()) / 1000))))
      gauges.inboxWaiting.set(sum((b) => b.inboxWaiting))
      gauges.inboxListed.set(sum((b) => b.inboxListed))
      gauges.bell.set(deps.bellAlive() ? 1 : 0)
      return { type: registry.contentType, text: await registry.metrics() }
    },
    stopping() {
      stopping = true
    },
  }
}
