/** Whose is this data folder? One Lagerbro holds it at a time; a database left behind by a killed one is ended before ours starts. */
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { systemClock } from '../kit/clock.ts'
import type { DbAddress } from './open.ts'

/** Said to the person who starts the program; the message is the whole story. */
export class CannotStart extends Error {
  override readonly name = 'CannotStart'
}

/** The cluster's first role, made by initdb. */
export const SUPERUSER = 'lagerbro_launcher'
/** A lock in the cluster's own `postgres` database, held as long as the launcher lives: it vanishes with its process, however that ends. */
const HOLD = 471500
const PATIENCE_MS = 30_000

export function readPidFile(folder: string): { pid: number; socketDir: string } | null {
  try {
    const lines = readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n')
    return { pid: Number(lines[0]), socketDir: lines[4] ?? '' }
  } catch {
    return null
  }
}

/** Throws when another Lagerbro lives on the folder; ends a database nobody holds; forgets a file that names no database. */
export async function clearLeftovers(folder: string): Promise<void> {
  const deadline = systemClock.now().getTime() + PATIENCE_MS
  let asked = false
  for (let found = readPidFile(folder); found !== null; found = readPidFile(folder)) {
    if (!isDatabase(found.pid)) return rmSync(join(folder, 'postmaster.pid'), { force: true })
    const holder = await whoHolds(found.socketDir)
    if (holder.kind === 'held') throw inUse(folder, holder.by)
    if (holder.kind === 'free' && !asked) {
      process.kill(found.pid, 'SIGINT')
      asked = true
    }
    if (systemClock.now().getTime() > deadline) throw new CannotStart(`A database process (${found.pid}) is left on ${folder} and doesn't end. Stop it, then start again.`)
    await systemClock.sleep(25)
  }
}

/** Alive, and a PostgreSQL as far as can be told: after a power cut the number may belong to anything. */
function isDatabase(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
  } catch {
    return false
  }
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith('postgres')
  } catch {
    return process.platform !== 'linux'
  }
}

export async function whoHolds(socketDir: string): Promise<{ kind: 'held'; by: string } | { kind: 'free' } | { kind: 'silent' }> {
  const client = new pg.Client({ host: socketDir, port: 5432, user: SUPERUSER, database: 'postgres', connectionTimeoutMillis: 2000 })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query<{ by: string }>(
      `select a.application_name as by from pg_locks l join pg_stat_activity a on a.pid = l.pid where l.locktype = 'advisory' and l.objid = ${HOLD} and l.granted`,
    )
    return rows[0] === undefined ? { kind: 'free' } : { kind: 'held', by: rows[0].by }
  } catch {
    // Starting or ending: ask again.
    return { kind: 'silent' }
  } finally {
    await client.end().catch(() => {})
  }
}

/** Takes the folder for this process until released or dead. */
export async function holdFolder(superuser: DbAddress, folder: string): Promise<{ release(): Promise<void> }> {
  const client = new pg.Client({ ...superuser.config, application_name: `lagerbro process ${process.pid}` })
  client.on('error', () => {})
  await client.connect()
  const { rows } = await client.query<{ got: boolean }>(`select pg_try_advisory_lock(${HOLD}) as got`)
  if (rows[0]?.got !== true) {
    await client.end()
    throw inUse(folder, 'another process')
  }
  return { release: () => client.end().catch(() => {}) }
}

const inUse = (folder: string, by: string): CannotStart =>
  new CannotStart(
    `The data folder is already in use by another Lagerbro (${by}): ${folder}. Stop it first, or give this one its own LAGERBRO_DATA_DIR. Several processes on one database need DATABASE_URL.`,
  )
