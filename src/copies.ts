/** Copies of what is in the database, as an operator asks for them: the whole of it (backup, restore), or one company to take elsewhere (export, import). */
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type Config, VERSION } from './config.ts'
import { fileOf } from './core/images/bytes.ts'
import { companyIds, sealingKeys } from './core/listeners/reseal.sql.ts'
import { dropSecrets, resealCompany } from './core/listeners/reseal.ts'
import { resealMail, unsetMail } from './core/notices/mail.ts'
import { beginEpoch } from './core/restores/begin-epoch.ts'
import { pauseConnections } from './core/restores/restores.sql.ts'
import { type BackupHead, backupLines } from './db/backup.ts'
import { type DbAddress, noBell, openDb, type Queryable, type Tx } from './db/open.ts'
import { importArchive, inspectArchive, RestoreRefused, restoreArchive } from './db/restore.ts'
import { writeArchive } from './kit/archive.ts'
import { type Clock, systemClock } from './kit/clock.ts'
import { type Folder, openFolder } from './kit/folder.ts'
import { openKeyFile } from './kit/key-file.ts'
import { type Log, silentLog } from './kit/log.ts'
import { withOwner } from './open-data.ts'
import { nextEpoch } from './sync/epoch.ts'

export interface Copied {
  file: string
  /** Rows and what stands around them. */
  lines: number
}

/** `target` = a file, or a folder in which it gets a name of its own. While Lagerbro runs or not. */
export function takeBackup(config: Config, target: string): Promise<Copied> {
  return withOwner(config, silentLog, false, (owner) => copyOut(owner, { companyId: null, target, name: 'lagerbro', images: config.imageDir }))
}

export function exportCompany(config: Config, companyId: number, target: string): Promise<Copied> {
  return withOwner(config, silentLog, false, (owner) => copyOut(owner, { companyId, target, name: `company-${companyId}`, images: config.imageDir }))
}

/** The same on a database that is open already. */
export async function copyOut(
  owner: DbAddress,
  ask: { companyId: number | null; target: string; name: string; images?: string | null },
  clock: Clock = systemClock,
): Promise<Copied> {
  const now = clock.now()
  const file = existsSync(ask.target) && statSync(ask.target).isDirectory() ? join(ask.target, nameAt(ask.name, now)) : ask.target
  const keys = await sealingKeysOf(owner, ask.companyId)
  const lines = backupLines(owner, { companyId: ask.companyId, program: VERSION, now, keys })
  return { file, lines: await writeArchive(file, typeof ask.images === 'string' ? withImages(lines, openFolder(ask.images)) : lines) }
}

/** Images that lie in a folder come along as if they lay in the database; restored they do, until they are moved out (sync/chores). */
async function* withImages(lines: AsyncIterable<unknown>, folder: Folder): AsyncGenerator<unknown> {
  let table: unknown = null
  for await (const line of lines) {
    if (typeof line === 'object' && line !== null && 'table' in line) table = line.table
    const [, company, sha256 = ''] = (table === 'image_bytes' && typeof line === 'string' && /^\((\d+),([0-9a-f]{64}),\)$/.exec(line)) || []
    const bytes = company === undefined ? null : await folder.get(fileOf(Number(company), sha256))
    yield bytes === null ? line : `(${company},${sha256},"\\\\x${bytes.toString('hex')}")`
  }
}

/** Names in the order of their times. */
const nameAt = (name: string, at: Date): string => `${name}-${at.toISOString().slice(0, 19).replaceAll(':', '')}Z.backup`

async function sealingKeysOf(owner: DbAddress, only: number | null): Promise<string[]> {
  const db = openDb(owner, silentLog, noBell, 2)
  try {
    const ids = await db.outsideWall(companyIds).catch((error: { code?: string }) => {
      if (error.code === '42P01') throw new RestoreRefused('The database is empty: there is nothing to copy.')
      throw error
    })
    if (only !== null && !ids.includes(only)) throw new RestoreRefused(`There is no company ${only}.`)
    const keys = new Set<string>()
    for (const id of only === null ? ids : [only]) for (const { key } of await db.inCompany(id, sealingKeys)) keys.add(key)
    return [...keys].sort()
  } finally {
    await db.close()
  }
}

/** Puts the backup in the place of what is there. Throws what is said to whoever asked. */
export async function restoreBackup(config: Config, file: string, how: { replace: boolean; said(words: string): void }): Promise<BackupHead> {
  how.said(`Reading ${file} ...`)
  const { head, rows } = await inspectArchive(file, 'backup')
  how.said(`It was taken ${head.at} by Lagerbro ${head.program}: ${head.companies.map((company) => company.name).join(', ') || 'no company yet'}; ${rows} rows.`)
  mustKnow(config, head)
  await withOwner(config, silentLog, true, (owner) => restoreArchive(owner, file, { replace: how.replace, said: progress(how.said, rows) }))
  return head
}

/** Returns the company's id here. Its connections are paused: two installations that tell one webshop would tell it two things. */
export async function importCompany(config: Config, file: string, how: { withoutSecrets: boolean; said(words: string): void }): Promise<number> {
  const { head, rows } = await inspectArchive(file, 'company')
  if (!how.withoutSecrets) mustKnow(config, head, ' To take the company in without its secrets, and connect its webshops anew: lagerbro import FILE --without-secrets')
  const box = openKeyFile(config.keyFile)
  const now = systemClock.now()
  const finish = async (q: Queryable, { here, there }: { here: number; there: number }) => {
    const tx: Tx = { rows: q.rows, maybe: q.maybe, one: q.one, run: q.run, companyId: here, ring() {}, show() {}, giveWay: async () => {} }
    if (how.withoutSecrets) {
      await dropSecrets(tx, box)
      await unsetMail(tx)
    } else {
      await resealCompany(tx, box, there)
      await resealMail(tx, box, there)
    }
    await pauseConnections(tx, now)
    await beginEpoch(tx, { epoch: nextEpoch([head.installation.epoch], now), dataUntil: new Date(head.at) }, { actor: 'system', now })
  }
  return withOwner(config, silentLog, true, (owner) => importArchive(owner, file, { said: progress(how.said, rows), finish }))
}

/** Refused before anything is touched: a start with a key that can't open what the database holds is refused as well. */
function mustKnow(config: Config, head: BackupHead, otherwise = ''): void {
  const knows = existsSync(config.keyFile) ? openKeyFile(config.keyFile).knows : () => false
  const missing = head.keys.filter((key) => !knows(key))
  if (missing.length > 0)
    throw new RestoreRefused(
      `Secrets in the file were sealed with key ${missing.join(' and ')}, which the key file ${config.keyFile} doesn't hold. Put that key file back, or add its line to this one, and try again.${otherwise}`,
    )
}

/** Says how far it has come, ten times. */
function progress(said: (words: string) => void, all: number): (rows: number) => void {
  let tenths = 0
  return (rows) => {
    const now = all === 0 ? 10 : Math.floor((rows / all) * 10)
    if (now > tenths) said(`${now * 10} % ...`)
    tenths = Math.max(tenths, now)
  }
}

const LOOK_MS = 10 * 60_000
/** In the night, where the machine is. */
const HOUR = 2
const NIGHTLY = /^lagerbro-.*\.backup$/

/** A backup each night into a folder; the oldest go. A night in which nobody was awake is caught up. */
export function startNightly(owner: DbAddress, to: { dir: string; keep: number; images: string | null }, clock: Clock, log: Log): { stop(): Promise<void> } {
  const stopping = new AbortController()
  async function nights(): Promise<void> {
    while (!stopping.signal.aborted) {
      await takeNightly(owner, to, clock)
        .then((file) => file !== null && log.info({ file }, 'a backup was taken'))
        .catch((error: unknown) => log.error({ dir: to.dir, problem: String(error) }, 'the backup of the night failed'))
      await clock.sleep(LOOK_MS, stopping.signal)
    }
  }
  const over = nights()
  return {
    async stop() {
      stopping.abort()
      await over
    },
  }
}

/** Null = the last night's is there. */
export async function takeNightly(owner: DbAddress, { dir, keep, images = null }: { dir: string; keep: number; images?: string | null }, clock: Clock): Promise<string | null> {
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  const due = new Date(clock.now())
  due.setHours(HOUR, 0, 0, 0)
  if (due > clock.now()) due.setDate(due.getDate() - 1)
  const there = () =>
    readdirSync(dir)
      .filter((name) => NIGHTLY.test(name))
      .sort()
  if ((there().at(-1) ?? '') >= nameAt('lagerbro', due)) return null
  const { file } = await copyOut(owner, { companyId: null, target: dir, name: 'lagerbro', images }, clock)
  for (const name of there().slice(0, -keep)) rmSync(join(dir, name))
  return file
}
