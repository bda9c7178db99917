/** Two operating system processes on one connection, and a bell that is gone: in real time, since leases and fallbacks are about real time. */
import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { startToy, type ToySim } from '../../sim/toy/toy.ts'
import * as connectors from '../../src/connectors/index.ts'
import { postMovements } from '../../src/core/stock/post-movements.ts'
import { openBell } from '../../src/db/bell.ts'
import { type Db, type DbAddress, openDb } from '../../src/db/open.ts'
import { sql } from '../../src/db/sql.ts'
import { systemClock } from '../../src/kit/clock.ts'
import { openHttp } from '../../src/kit/http.ts'
import { silentLog } from '../../src/kit/log.ts'
import { secretBox } from '../../src/kit/secret-box.ts'
import { startWorker } from '../../src/sync/worker.ts'
import { type TestDatabase, testDatabase } from '../database.ts'
import { COMPARES, type Planted, plant } from '../plant.ts'

const key = randomBytes(32)
let on: TestDatabase
let sim: ToySim
let it: Planted
const children: ChildProcess[] = []

beforeEach(async () => {
  on = await testDatabase()
  sim = await startToy({ places: ['D'] })
  const { ref } = sim.addItem({ number: 'TROJA-M', stock: 10 })
  it = await plant(on, {
    box: secretBox(key),
    code: 'toy',
    settings: sim.settings(),
    manners: COMPARES,
    number: 'TROJA-M',
    itemRef: ref,
    places: ['D'],
    start: 10,
    now: new Date(),
  })
  await on.owner.run(sql`insert into turn (company_id, listener_id) values (${it.companyId}, ${it.listenerId})`)
})
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  await sim.close()
  await on.close()
})

async function worker(): Promise<ChildProcess> {
  const script = join(import.meta.dirname, 'worker-process.ts')
  const child = spawn(process.execPath, ['--import', 'tsx', script, JSON.stringify({ address: on.address, key: key.toString('hex') })], { stdio: ['ignore', 'pipe', 'inherit'] })
  children.push(child)
  await once(child.stdout as NonNullable<typeof child.stdout>, 'data')
  return child
}
const sell = (db: Db, ref: string) => {
  const now = new Date()
  const sale = {
    key: `sale:${ref}`,
    articleId: it.articleId,
    locationId: it.locationIds[0] as number,
    kind: 'sale' as const,
    onHand: -1,
    at: now,
    source: { type: 'sale', ref },
    actor: 'system',
  }
  return db.inCompany(it.companyId, (tx) => postMovements(tx, [sale], now))
}
const dirtyRows = async () =>
  (
    await on.owner.one<{ n: number }>(
      sql`select (select count(*) from told where company_id = ${it.companyId} and wanted > told) + (select count(*) from push_batch where company_id = ${it.companyId}) as n`,
    )
  ).n
const atRest = (within: number) => vi.waitFor(async () => expect(await dirtyRows()).toBe(0), { timeout: within, interval: 25 })

test('S3 S4: a process killed between the effect and the confirm is taken over within 30 s, and nothing is doubled', { timeout: 60_000 }, async () => {
  const first = await worker()
  await atRest(10_000)
  let killedAt = 0
  sim.onRequest = (phase, _request, purpose) => {
    if (phase !== 'after' || purpose !== 'write') return undefined
    sim.onRequest = null
    first.kill('SIGKILL')
    killedAt = performance.now()
    return 'hangup'
  }
  const bell = await openBell(on.address, silentLog)
  const db = openDb(on.address, silentLog, bell)
  await sell(db, 'k1')
  await vi.waitFor(() => expect(killedAt).toBeGreaterThan(0), { timeout: 10_000 })
  await bell.close()
  await db.close()
  await worker()
  expect(sim.value('TROJA-M')).toBe(9)
  await atRest(31_000)
  expect(performance.now() - killedAt).toBeLessThan(30_000)
  expect(sim.value('TROJA-M')).toBe(9)
  expect(sim.state.writes).toHaveLength(1)
  expect(sim.state.hits['key.replay']).toBe(1)
})

test('S1: when the bell is broken a change is still told, by the round of every second', { timeout: 30_000 }, async () => {
  const line = await breakableLine(on.address)
  const bell = await openBell(line.address, silentLog)
  const db = openDb(on.address, silentLog)
  const deps = { db, clock: systemClock, log: silentLog, box: secretBox(key), http: openHttp({ allowLoopback: true }), connectors, publicAddress: null }
  const running = startWorker(deps, bell, async () => [], [])
  try {
    await atRest(10_000)
    line.cut()
    await vi.waitFor(() => expect(bell.alive()).toBe(false), { timeout: 5_000 })
    const from = performance.now()
    await sell(on.db, 'b1')
    await vi.waitFor(() => expect(sim.value('TROJA-M')).toBe(9), { timeout: 5_000, interval: 25 })
    expect(performance.now() - from).toBeLessThan(3_000)
  } finally {
    await running.stop()
    await bell.close()
    await db.close()
  }
})

/** A socket of our own before the database's: when it is cut, nothing gets through and nobody can connect again. */
async function breakableLine(address: DbAddress): Promise<{ address: DbAddress; cut(): void }> {
  const folder = mkdtempSync(join(tmpdir(), 'lb-'))
  const port = address.config.port ?? 5432
  const lines = new Set<{ destroy(): void }>()
  const server = createServer((near) => {
    const far = connect(join(String(address.config.host), `.s.PGSQL.${port}`))
    near.pipe(far).pipe(near)
    for (const end of [near, far]) {
      lines.add(end)
      end.on('error', () => {})
    }
  })
  server.listen(join(folder, `.s.PGSQL.${port}`))
  await once(server, 'listening')
  return {
    address: { ...address, config: { ...address.config, host: folder } },
    cut() {
      server.close()
      for (const end of lines) end.destroy()
    },
  }
}
