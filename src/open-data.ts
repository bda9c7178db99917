/** Opens what every command needs: the database (bundled or outside), brought up to date, and the key that seals its secrets. */
import type { Config } from './config.ts'
import { companyIds } from './core/listeners/reseal.sql.ts'
import { unknownKeys } from './core/listeners/reseal.ts'
import { databaseAddress } from './db/address.ts'
import { openBell } from './db/bell.ts'
import { reachRunning, startEmbedded } from './db/embedded.ts'
import { CannotStart } from './db/embedded-folder.ts'
import { migrate } from './db/migrate.ts'
import { type Db, type DbAddress, openDb } from './db/open.ts'
import { type KeyRing, openKeyFile } from './kit/key-file.ts'
import type { Log } from './kit/log.ts'

export interface Data {
  /** What the app's pool connects with. */
  address: DbAddress
  /** Owns the tables. */
  owner: DbAddress
  /** Resolves when the bundled database ends, asked for or not; never for an outside one. */
  ended: Promise<void>
  close(): Promise<void>
}

export async function openData(config: Config, log: Log): Promise<Data> {
  const outside = databaseAddress(config)
  if (outside !== null) {
    await migrate(outside.owner, log)
    return { address: outside.app, owner: outside.owner, ended: new Promise(() => {}), close: async () => {} }
  }
  const embedded = await startEmbedded(config.dataDir, log, { bin: config.pgBin, account: config.pgUser })
  try {
    await migrate(embedded.owner, log)
  } catch (error) {
    await embedded.stop()
    throw error
  }
  return { address: embedded.app, owner: embedded.owner, ended: embedded.ended, close: embedded.stop }
}

/** Runs one piece of work on the database and closes everything again; for the command line. Whoever works for a listener elsewhere hears of it. A bundled database that is running already is used as it is, unless the work must be alone. */
export async function withDatabase<T>(config: Config & { alone?: boolean }, log: Log, work: (db: Db) => Promise<T>): Promise<T> {
  const running = config.databaseUrl === null && config.alone !== true ? await reachRunning(config.dataDir) : null
  const data = running === null ? await openData(config, log) : { address: running.app, close: async () => {} }
  const bell = await openBell(data.address, log)
  const db = openDb(data.address, log, bell, 2)
  try {
    return await work(db)
  } finally {
    await db.close()
    await bell.close()
    await data.close()
  }
}

/** The database as it stands, for its owner: not brought up to date, whatever is in it. `alone` = not beside a Lagerbro that runs. */
export async function withOwner<T>(config: Config, log: Log, alone: boolean, work: (owner: DbAddress) => Promise<T>): Promise<T> {
  const outside = databaseAddress(config)
  if (outside !== null) return work(outside.owner)
  const running = alone ? null : await reachRunning(config.dataDir)
  if (running !== null) return work(running.owner)
  const embedded = await startEmbedded(config.dataDir, log, { bin: config.pgBin, account: config.pgUser })
  try {
    return await work(embedded.owner)
  } finally {
    await embedded.stop()
  }
}

/** A wrong key refuses to start: going on would look like every connection had lost its password. */
export async function openKeys(config: Config, db: Db): Promise<KeyRing> {
  const ring = openKeyFile(config.keyFile)
  for (const companyId of await db.outsideWall(companyIds)) {
    const [unknown] = await db.inCompany(companyId, (tx) => unknownKeys(tx, ring.knows))
    if (unknown !== undefined) {
      throw new CannotStart(
        `The key file ${config.keyFile} holds key ${ring.keyId}, but secrets in the database were sealed with key ${unknown}. Point LAGERBRO_KEY_FILE to the file that holds ${unknown}.`,
      )
    }
  }
  return ring
}
