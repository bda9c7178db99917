/** The only wiring: builds the product's parts once and passes them as plain objects. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type Config, VERSION } from './config.ts'
import type { Connector } from './connectors/contract.ts'
import * as connectors from './connectors/index.ts'
import { startNightly } from './copies.ts'
import { companyIds } from './core/listeners/reseal.sql.ts'
import { openBell } from './db/bell.ts'
import { CannotStart } from './db/embedded-folder.ts'
import { type Db, noBell, openDb, type Tx } from './db/open.ts'
import { type Clock, systemClock } from './kit/clock.ts'
import { openFolder } from './kit/folder.ts'
import { openHttp } from './kit/http.ts'
import { jsonLog, type Log } from './kit/log.ts'
import { openPost } from './kit/mail.ts'
import { openWitness, type Witness } from './kit/witness.ts'
import { type Data, openData, openKeys } from './open-data.ts'
import { chores } from './sync/chores.ts'
import type { SyncDeps } from './sync/deps.ts'
import { noticeRestore, startHeart } from './sync/epoch.ts'
import { openWatch } from './sync/health.ts'
import { startWorker } from './sync/worker.ts'
import type { WebDeps } from './web/deps.ts'
import { buildServer } from './web/server.ts'

const IDLE_LOOK_MS = 20
/** Whoever supervises us kills after 10 s by habit; the rest of the stop needs some of it. */
const PATIENCE_MS = 5_000

export interface Overrides {
  clock?: Clock
  connectors?: Record<string, Connector<unknown>>
  log?: Log
  /** 'web' answers, 'worker' tells and applies, 'all' does both. Several processes need DATABASE_URL. */
  role?: 'all' | 'web' | 'worker'
  demo?: WebDeps['demo']
}
export interface Product {
  /** http://127.0.0.1:4715; empty for a worker. */
  address: string
  db: Db
  clock: Clock
  deps: SyncDeps
  /** Resolves with the reason when nothing works any more: the bundled database ended by itself, or the database was put back under us. */
  broken: Promise<string>
  /** Answered requests finish, turns are given back. */
  close(): Promise<void>
  /** As if the process had died: nothing finishes, nothing is given back. For tests. */
  kill(): Promise<void>
}

export async function startProduct(config: Config, overrides: Overrides = {}): Promise<Product> {
  const log = overrides.log ?? jsonLog(config.logLevel)
  const clock = overrides.clock ?? systemClock
  const role = overrides.role ?? 'all'
  const data = await openData(config, log)
  const witness = openWitness(config.keyFile)
  await beginEpochOfOlderCopy(data, witness, clock, log)
  const bell = await openBell(data.address, log)
  const gate = { shut: false }
  const db = gated(openDb(data.address, log, bell), gate)
  const closing: (() => Promise<void>)[] = [() => db.close(), () => bell.close(), () => data.close()]
  const closeAll = async () => {
    for (const close of closing.splice(0)) await close().catch((error: unknown) => log.error({ problem: String(error) }, 'something could not be closed'))
  }
  try {
    const box = await openKeys(config, db)
    const deps: SyncDeps = {
      db,
      clock,
      log,
      box,
      http: openHttp({ allowLoopback: config.allowLoopback, clock, ...(overrides.demo === undefined ? {} : { alsoAllow: overrides.demo.reaches }) }),
      connectors: overrides.connectors ?? connectors,
      publicAddress: config.publicAddress,
      post: openPost({ allowLoopback: config.allowLoopback }),
      ...(config.imageDir === null ? {} : { folder: openFolder(config.imageDir) }),
    }
    const heart = await startHeart(db, witness, clock, log)
    closing.unshift(heart.stop)
    const watch = openWatch({ db, clock, bellAlive: bell.alive })
    if (role !== 'web') {
      const worker = startWorker(deps, bell, () => db.outsideWall(companyIds), chores(deps))
      closing.unshift(worker.stop)
    }
    if (role !== 'web' && config.backupDir !== null)
      closing.unshift(startNightly(data.owner, { dir: config.backupDir, keep: config.backupKeep, images: config.imageDir }, clock, log).stop)
    let address = ''
    if (role !== 'worker') {
      const server = await buildServer({
        sync: deps,
        bell,
        config: { publicAddress: config.publicAddress, cookieSecure: config.publicAddress?.startsWith('https:') ?? false, uiDir: uiFolder() },
        health: watch.health,
        metrics: watch.metrics,
        ...(overrides.demo === undefined ? {} : { demo: overrides.demo }),
      })
      address = await server.listen({ port: config.port, host: config.host }).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'EADDRINUSE') throw error
        throw new CannotStart(`Port ${config.port} is taken, by another Lagerbro or another program. Stop that, or choose another port: LAGERBRO_PORT=${config.port + 1}`)
      })
      const unused = unusedConnections(server)
      closing.unshift(() => stopServer(server, unused))
    }
    log.info({ role, address, version: VERSION }, 'Lagerbro is ready')
    return {
      address,
      db,
      clock,
      deps,
      broken: Promise.race([data.ended.then(() => 'The database ended by itself.'), heart.broken]),
      close() {
        watch.stopping()
        return closeAll()
      },
      kill() {
        gate.shut = true
        return closeAll()
      },
    }
  } catch (error) {
    await closeAll()
    throw error
  }
}

/** Before anything is read or written (R35). As the owner: ids are raised too. */
async function beginEpochOfOlderCopy(data: Data, witness: Witness, clock: Clock, log: Log): Promise<void> {
  const owner = openDb(data.owner, log, noBell, 2)
  await noticeRestore(owner, witness, clock, log)
    .catch(async (error: unknown) => {
      await data.close()
      throw error
    })
    .finally(() => owner.close())
}

/** Browsers open connections ahead of asking anything on them; node counts those as busy. */
type Socket = FastifyRequest['raw']['socket']
function unusedConnections({ server }: FastifyInstance): Set<Socket> {
  const unused = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    unused.add(socket)
    socket.once('close', () => unused.delete(socket))
  })
  server.on('request', (request) => unused.delete(request.socket))
  return unused
}

/** Requests under way are answered; a connection that was kept open for the next one is closed as soon as it is idle. */
async function stopServer(server: FastifyInstance, unused: Set<Socket>): Promise<void> {
  const closed = new AbortController()
  const all = server.close().finally(() => closed.abort())
  for (const socket of unused) socket.destroy()
  for (let waited = 0; !closed.signal.aborted; waited += IDLE_LOOK_MS) {
    if (waited < PATIENCE_MS) server.server.closeIdleConnections()
    else server.server.closeAllConnections()
    await systemClock.sleep(IDLE_LOOK_MS, closed.signal)
  }
  await all
}

/** After a kill no statement gets through, so nothing that still runs can finish or give back anything. */
function gated(db: Db, gate: { shut: boolean }): Db {
  const open = () => {
    if (gate.shut) throw new Error('this process is dead')
  }
  return {
    async inCompany(companyId, work, size) {
      open()
      const whole = async (tx: Tx) => {
        const result = await work(tx)
        open()
        return result
      }
      return db.inCompany(companyId, whole, size)
    },
    async outsideWall(work) {
      open()
      return db.outsideWall(async (q) => {
        const result = await work(q)
        open()
        return result
      })
    },
    close: db.close,
  }
}

/** The built pages, from the build and from the sources alike; null before the first build. */
function uiFolder(): string | null {
  const folder = [join(import.meta.dirname, '..', '..', 'dist', 'ui'), join(import.meta.dirname, '..', 'dist', 'ui')].find((place) => existsSync(join(place, 'index.html')))
  return folder ?? null
}
