/** Brings the database to this program's shape: forward only, one file one transaction, raced safely, and never past what the program knows. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import type { Log } from '../kit/log.ts'
import { APP_ROLE, OWNER_ROLE } from './address.ts'
import type { DbAddress } from './open.ts'

/** Said to the person who starts the program; the message is the whole story. */
export class MigrationRefused extends Error {
  override readonly name = 'MigrationRefused'
}

export interface MigrationFile {
  number: number
  name: string
  hash: string
  text: string
}

const FOLDER = join(import.meta.dirname, '..', '..', 'migrations')
/** Any number will do as long as every Lagerbro uses the same: 'lagerbro' as bytes. */
export const LOCK = '7809639162110899823'

export const MIGRATION_TABLE = 'create table if not exists migration (number integer primary key, name text not null, hash text not null, applied_at timestamptz not null)'

/** The files of the folder in order: 0001-the-wall.sql, 0002-... without a gap. */
export function migrationFiles(folder = FOLDER): MigrationFile[] {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => {
      const text = readFileSync(join(folder, name), 'utf8')
      return { number: Number(name.slice(0, 4)), name, text, hash: createHash('sha256').update(text).digest('hex') }
    })
  for (const [n, file] of files.entries())
    if (file.number !== n + 1) throw new MigrationRefused(`The migration ${file.name} should have number ${n + 1}: numbers run from 0001 without a gap.`)
  return files
}

/** Applies what is missing and says how many that were. Safe to run from many processes at once: the others wait, then find nothing to do. */
export async function migrate(owner: DbAddress, log: Log, files = migrationFiles()): Promise<number> {
  const client = new pg.Client(owner.config)
  client.on('error', (error) => log.warn({ problem: error.message }, 'the migrating connection broke'))
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK])
    await takeRoles(client)
    await client.query(MIGRATION_TABLE)
    const { rows } = await client.query<{ number: number; name: string; hash: string }>('select number, name, hash from migration order by number')
    refuseStrange(rows, files)
    const missing = files.slice(rows.length)
    for (const file of missing) {
      await apply(client, file)
      log.info({ migration: file.name }, 'migrated')
    }
    return missing.length
  } finally {
    await client.end()
  }
}

function refuseStrange(applied: { number: number; name: string; hash: string }[], files: MigrationFile[]): void {
  const newer = applied[files.length]
  if (newer)
    throw new MigrationRefused(
      `The database is newer than this program: it has had ${newer.name}, which this program doesn't know. Start the newer Lagerbro, or restore a backup made by this one.`,
    )
  for (const [n, row] of applied.entries()) {
    if (files[n]?.hash !== row.hash)
      throw new MigrationRefused(`The migration ${row.name} was changed after this database had it. Released migrations are never edited: put the file back and write a new one.`)
  }
}

async function apply(client: pg.Client, file: MigrationFile): Promise<void> {
  await client.query('begin')
  try {
    await applyWithin(client, file)
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw new MigrationRefused(`The migration ${file.name} failed and changed nothing: ${(error as Error).message}`, { cause: error })
  }
}

/** In a transaction that is open already. */
export async function applyWithin(client: pg.Client, file: MigrationFile): Promise<void> {
  await client.query(file.text)
  await client.query('insert into migration (number, name, hash, applied_at) values ($1, $2, $3, clock_timestamp())', [file.number, file.name, file.hash])
}

/**
 * Makes sure the app's role is there and that the owner is no superuser. A superuser's login steps down to the owner role, so that row-level
 * security holds for the tables' owner too; a login that may make roles makes the app's; any other is told what to ask its administrator for.
 */
export async function takeRoles(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ me: string; super: boolean; maker: boolean; db: string; app: boolean; owner: boolean }>(
    `select current_user as me, r.rolsuper as super, r.rolcreaterole as maker, current_database() as db,
       exists (select from pg_roles where rolname = $1) as app, exists (select from pg_roles where rolname = $2) as owner
     from pg_roles r where r.rolname = current_user`,
    [APP_ROLE, OWNER_ROLE],
  )
  const at = rows[0]
  if (at === undefined) throw new MigrationRefused('The database does not say who is signed in.')
  const login = pg.escapeIdentifier(at.me)
  if (!at.super && !at.maker && !at.app) {
    throw new MigrationRefused(
      `The role ${APP_ROLE} is missing and ${at.me} may not make it. Ask the administrator of the database for: create role ${APP_ROLE} login; grant ${APP_ROLE} to ${login};`,
    )
  }
  if (at.super && !at.owner) await client.query(`create role ${OWNER_ROLE} nologin`)
  if (!at.app) {
    await client.query(`create role ${APP_ROLE} nologin`)
    if (!at.super) await client.query(`grant ${APP_ROLE} to ${login}`)
  }
  if (at.super) {
    await client.query(
      `grant create, connect on database ${pg.escapeIdentifier(at.db)} to ${OWNER_ROLE}; grant usage, create on schema public to ${OWNER_ROLE}; set role ${OWNER_ROLE}`,
    )
  }
  await client.query(`grant usage on schema public to ${APP_ROLE}`).catch(() => {})
}
