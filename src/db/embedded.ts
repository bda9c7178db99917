/**
 * The bundled PostgreSQL: makes a cluster in the data folder once and runs it as a child of this process, reachable by this account alone
 * through a unix socket. Works for root and ordinary users, and leaves no orphan behind when this process is killed.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import pg from 'pg'
import type { Log } from '../kit/log.ts'
import { APP_ROLE, OWNER_ROLE } from './address.ts'
import { type Account, accountFor, chooseBinaries, endWithParent } from './embedded-binaries.ts'
import { CannotStart, clearLeftovers, holdFolder, readPidFile, SUPERUSER, whoHolds } from './embedded-folder.ts'
import type { DbAddress } from './open.ts'

export interface Embedded {
  /** Makes roles and databases; only the launcher and tests sign in with it. */
  superuser: DbAddress
  owner: DbAddress
  app: DbAddress
  /** '18.4 from npm, user namespace': for the log. */
  version: string
  /** Resolves when the database ended, asked for or not. */
  ended: Promise<void>
  stop(): Promise<void>
}
export interface EmbeddedOptions {
  /** Folder of other binaries (LAGERBRO_PG_BIN). */
  bin?: string | null
  /** Root only: run as this account instead of in a user namespace (LAGERBRO_PG_USER). */
  account?: string | null
  /** Server settings over the defaults. */
  settings?: Record<string, string>
}

/** What a unix socket's path may measure. */
const LONGEST_SOCKET = 107
const DATABASE = 'lagerbro'
// No statement and no value ever reaches the log: errors are the caller's to tell, without people's data.
const SETTINGS = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  logging_collector: 'off',
  // A shop's first ten thousand articles come within seconds: what the planner knows of its tables has to keep up, and plans kept since they were empty go with it.
  autovacuum_naptime: '3s',
  autovacuum_analyze_threshold: '500',
}

export async function startEmbedded(dataDir: string, log: Log, options: EmbeddedOptions = {}): Promise<Embedded> {
  const home = resolve(dataDir)
  mkdirSync(home, { recursive: true, mode: 0o700 })
  const folder = join(home, 'postgres')
  const account = accountFor(options.account ?? null)
  const binaries = chooseBinaries(options.bin ?? null, folder, account)
  if (account.uid !== null) chownSync(home, account.uid, account.gid)
  if (!existsSync(join(folder, 'PG_VERSION'))) makeCluster(binaries.folder, folder, account)
  await clearLeftovers(folder)

  const socketDir = socketFolder(folder, account)
  const settings = { ...SETTINGS, unix_socket_directories: socketDir, ...options.settings }
  const child = launch(account, [
    ...endWithParent(),
    join(binaries.folder, 'postgres'),
    '-D',
    folder,
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ])
  const ended = new Promise<void>((done) => child.once('exit', () => done()))
  await ready(child, folder)
  child.stderr?.resume()

  const as = (user: string, database: string) => addressOf(socketDir, user, database)
  const hold = await holdFolder(as(SUPERUSER, 'postgres'), folder)
  await makeRoles(as(SUPERUSER, 'postgres'))
  const version = `${binaries.version} from ${binaries.source}, ${account.label}`
  log.info({ version }, 'the bundled PostgreSQL is ready')
  return {
    superuser: as(SUPERUSER, 'postgres'),
    owner: as(OWNER_ROLE, DATABASE),
    app: as(APP_ROLE, DATABASE),
    version,
    ended,
    async stop() {
      await hold.release()
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGINT')
      await ended
      if (socketDir !== folder) rmSync(socketDir, { recursive: true, force: true })
    },
  }
}

/** The bundled database of a Lagerbro that is running on this folder, for a command beside it; null when none is. */
export async function reachRunning(dataDir: string): Promise<{ owner: DbAddress; app: DbAddress } | null> {
  const found = readPidFile(join(resolve(dataDir), 'postgres'))
  if (found === null || (await whoHolds(found.socketDir)).kind !== 'held') return null
  return { owner: addressOf(found.socketDir, OWNER_ROLE, DATABASE), app: addressOf(found.socketDir, APP_ROLE, DATABASE) }
}

const addressOf = (socketDir: string, user: string, database: string): DbAddress => ({
  config: { host: socketDir, port: 5432, user, database, application_name: 'lagerbro' },
  setRole: null,
})

function launch(account: Account, argv: string[]): ChildProcess {
  const [file = '', ...args] = [...account.before, ...argv]
  // Its own process group: Ctrl-C in a terminal is for us, and we stop the database last.
  return spawn(file, args, { ...account.ids, cwd: '/', detached: true, stdio: ['ignore', 'ignore', 'pipe'] })
}

/** Made beside its place and moved there whole, so that a killed first start leaves nothing half-made and two first starts can't mix. */
function makeCluster(bin: string, folder: string, account: Account): void {
  const fresh = mkdtempSync(`${folder}-new-`)
  if (account.uid !== null) chownSync(fresh, account.uid, account.gid)
  chmodSync(fresh, 0o700)
  const [file = '', ...args] = [
    ...account.before,
    join(bin, 'initdb'),
    '-D',
    fresh,
    '-U',
    SUPERUSER,
    '-A',
    'trust',
    '-E',
    'UTF8',
    '--locale-provider=icu',
    '--icu-locale=und',
    '--locale=C',
    '--data-checksums',
  ]
  const made = spawnSync(file, args, { ...account.ids, cwd: '/', encoding: 'utf8' })
  if (made.status !== 0) {
    rmSync(fresh, { recursive: true, force: true })
    throw new CannotStart(`The database folder ${folder} could not be made: ${(made.stderr || made.error?.message || 'initdb failed').trim().slice(-600)}`)
  }
  try {
    renameSync(fresh, folder)
  } catch {
    // Another first start was quicker; clearLeftovers and holdFolder say what that means.
    rmSync(fresh, { recursive: true, force: true })
  }
}

function socketFolder(folder: string, account: Account): string {
  if (Buffer.byteLength(join(folder, '.s.PGSQL.5432')) <= LONGEST_SOCKET) return folder
  const short = mkdtempSync(join(tmpdir(), 'lagerbro-'))
  if (account.uid !== null) chownSync(short, account.uid, account.gid)
  return short
}

function ready(child: ChildProcess, folder: string): Promise<void> {
  return new Promise((done, fail) => {
    let said = ''
    child.once('error', (error) => fail(new CannotStart(`PostgreSQL could not be started: ${error.message}`)))
    child.once('exit', (code) => fail(startFailed(said, code, folder)))
    child.stderr?.on('data', (text: Buffer) => {
      said = (said + text).slice(-4000)
      if (said.includes('ready to accept connections')) done()
    })
  })
}

function startFailed(said: string, code: number | null, folder: string): CannotStart {
  if (said.includes('postmaster.pid'))
    return new CannotStart(
      `The data folder is already in use: another Lagerbro is starting on ${folder}${pidWords(folder)}. Stop it first, or give this one its own LAGERBRO_DATA_DIR.`,
    )
  return new CannotStart(`PostgreSQL ended at once (${code}): ${said.trim().slice(-800)}`)
}
const pidWords = (folder: string): string => {
  const found = readPidFile(folder)
  return found === null ? '' : ` (database process ${found.pid})`
}

/** The owner may not bypass row-level security and the app owns nothing; both sign in through the socket. */
async function makeRoles(superuser: DbAddress): Promise<void> {
  const client = new pg.Client(superuser.config)
  await client.connect()
  try {
    const { rows } = await client.query<{ name: string }>(
      'select rolname as name from pg_roles where rolname = any ($1) union all select datname from pg_database where datname = $2',
      [[OWNER_ROLE, APP_ROLE], DATABASE],
    )
    const there = new Set(rows.map((row) => row.name))
    for (const role of [OWNER_ROLE, APP_ROLE]) if (!there.has(role)) await client.query(`create role ${role} login nosuperuser nocreatedb nocreaterole nobypassrls`)
    if (!there.has(DATABASE)) {
      await client.query(`create database ${DATABASE} owner ${OWNER_ROLE}`)
      await client.query(`revoke all on database ${DATABASE} from public; grant connect on database ${DATABASE} to ${APP_ROLE}`)
    }
  } finally {
    await client.end()
  }
}
