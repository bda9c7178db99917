/** The launcher against the real machine: other processes, other accounts, kills. Each case has a data folder of its own. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { startEmbedded } from '../../src/db/embedded.ts'
import { readPidFile } from '../../src/db/embedded-folder.ts'
import { silentLog } from '../../src/kit/log.ts'

const NOBODY = 65534
const isRoot = process.getuid?.() === 0
let folder: string
let ready: string
beforeAll(async () => {
  ready = mkdtempSync(join(tmpdir(), 'lb-'))
  await (await startEmbedded(ready, silentLog)).stop()
})
afterAll(() => rmSync(ready, { recursive: true, force: true }))
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lb-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))
/** Not a first start: the folder holds a cluster that was used and stopped, owned as it was made. */
const usedBefore = () => execFileSync('cp', ['-a', join(ready, 'postgres'), join(folder, 'postgres')])

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
const pidOf = (dataDir: string): number => readPidFile(join(dataDir, 'postgres'))?.pid ?? 0

/** A Lagerbro of its own process: says 'ready VERSION' or the words it ended with. */
function another(dataDir: string, before: string[] = [], env: Record<string, string> = {}): { child: ChildProcess; said: Promise<string> } {
  const script = `const { startEmbedded } = await import(${JSON.stringify(join(import.meta.dirname, '..', '..', 'src', 'db', 'embedded.ts'))})
    const e = await startEmbedded(process.argv[1], { info() {}, warn() {}, error() {} }).catch((error) => { console.log(error.message); process.exit(1) })
    console.log('ready ' + e.version); process.stdin.once('data', async () => { await e.stop(); process.exit(0) })`
  const [command = '', ...args] = [...before, process.execPath, '--import', 'tsx', '--input-type=module', '-e', script, dataDir]
  const child = spawn(command, args, { cwd: join(import.meta.dirname, '..', '..'), stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, ...env } })
  const said = new Promise<string>((done) => {
    child.stdout?.once('data', (text: Buffer) => done(text.toString().trim()))
    child.once('exit', (code) => done(`ended ${code}`))
  })
  return { child, said }
}
const ended = (child: ChildProcess) => new Promise((done) => (child.exitCode === null && child.signalCode === null ? child.once('exit', done) : done(null)))

test('a cluster is made once, kept, and reachable by this account alone', async () => {
  const first = await startEmbedded(folder, silentLog)
  expect(first.version).toMatch(/^\d+\.\d+ from /)
  expect(statSync(join(folder, 'postgres')).mode & 0o077).toBe(0)
  const client = new pg.Client(first.app.config)
  await client.connect()
  expect((await client.query(`select current_setting('listen_addresses') as net, current_setting('fsync') as fsync, current_setting('data_checksums') as sums`)).rows).toEqual([
    { net: '', fsync: 'on', sums: 'on' },
  ])
  await client.end()
  const pid = pidOf(folder)
  await first.stop()
  expect(alive(pid)).toBe(false)
  await (await startEmbedded(folder, silentLog)).stop()
  expect(readdirSync(folder)).toEqual(['postgres'])
})

test('a second start on one data folder says so, from this process and from another', async () => {
  usedBefore()
  const first = await startEmbedded(folder, silentLog)
  await expect(startEmbedded(folder, silentLog)).rejects.toThrow(`The data folder is already in use by another Lagerbro (lagerbro process ${process.pid})`)
  expect(await another(folder).said).toContain('The data folder is already in use by another Lagerbro')
  await first.stop()
})

test('two first starts at once: one gets the folder, the other is told', async () => {
  const both = [another(folder), another(folder)]
  const said = (await Promise.all(both.map((one) => one.said))).sort()
  expect(said.map((words) => words.replace(/^(ready|The data folder is already in use).*/s, '$1'))).toEqual(['The data folder is already in use', 'ready'])
  for (const { child } of both) child.stdin?.end('stop')
  await Promise.all(both.map(({ child }) => ended(child)))
})

test('kill -9 leaves no orphan, and the folder starts again', async (t) => {
  if (process.platform !== 'linux') t.skip('only Linux can tie a child to its parent; elsewhere the next start ends the orphan')
  usedBefore()
  const { child, said } = another(folder)
  expect(await said).toContain('ready')
  const pid = pidOf(folder)
  expect(alive(pid)).toBe(true)
  child.kill('SIGKILL')
  await ended(child)
  await vi.waitFor(() => expect(alive(pid)).toBe(false), 10_000)
  await (await startEmbedded(folder, silentLog)).stop()
})

test('a database nobody holds is ended, and ours starts', async () => {
  usedBefore()
  const made = await startEmbedded(folder, silentLog)
  const orphan = pidOf(folder)
  // What a launcher that couldn't tie its child leaves behind: the database lives, its hold is gone.
  const client = new pg.Client(made.superuser.config)
  await client.connect()
  await client.query(`select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory'`)
  await client.end()
  const again = await startEmbedded(folder, silentLog)
  expect(pidOf(folder)).not.toBe(orphan)
  expect(alive(orphan)).toBe(false)
  await again.stop()
})

test('a postmaster.pid of a process that is no database is forgotten', async () => {
  usedBefore()
  writeFileSync(join(folder, 'postgres', 'postmaster.pid'), `${process.pid}\n${folder}\n1\n5432\n${folder}\n\n\n\n`)
  await (await startEmbedded(folder, silentLog)).stop()
})

test('a long path gets its socket in a short temporary folder', async () => {
  const deep = join(folder, 'a'.repeat(60), 'b'.repeat(60))
  const embedded = await startEmbedded(deep, silentLog)
  const socketDir = String(embedded.app.config.host)
  expect(socketDir.length).toBeLessThan(90)
  expect(existsSync(join(socketDir, '.s.PGSQL.5432'))).toBe(true)
  await embedded.stop()
  expect(existsSync(socketDir)).toBe(false)
})

test('a data folder stays with its major and says so', async () => {
  usedBefore()
  writeFileSync(join(folder, 'postgres', 'PG_VERSION'), '14\n')
  await expect(startEmbedded(folder, silentLog)).rejects.toThrow(/made by PostgreSQL 14, and a data folder stays with its major; found only 18/)
})

test('where no binaries are, it says what to set', async () => {
  await expect(startEmbedded(folder, silentLog, { bin: folder })).rejects.toThrow(/No PostgreSQL was found .* Set DATABASE_URL to a PostgreSQL 15 or newer/)
})

test('an ordinary user in a private home starts it alike', async (t) => {
  if (!isRoot) t.skip('the whole test run is an ordinary user')
  const home = join(folder, 'home')
  mkdirSync(home, { mode: 0o700 })
  chownSync(home, NOBODY, NOBODY)
  chmodSync(folder, 0o711)
  const as = ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups', '--']
  const { child, said } = another(join(home, 'data'), as, { HOME: home, TMPDIR: home })
  const words = await said
  if (words === 'ended 1') t.skip('this clone can only be read by root')
  expect(words).toMatch(/^ready \d+\.\d+ from npm, as this user/)
  child.stdin?.end('stop')
  await ended(child)
  expect(readFileSync(join(home, 'data', 'postgres', 'PG_VERSION'), 'utf8').trim()).toBe('18')
})

test('root can have it run as an account of its own', async (t) => {
  if (!isRoot) t.skip('only root can change account')
  chmodSync(folder, 0o711)
  const embedded = await startEmbedded(join(folder, 'data'), silentLog, { account: 'nobody' })
  expect(embedded.version).toContain('as nobody')
  expect(statSync(join(folder, 'data', 'postgres')).uid).toBe(NOBODY)
  await embedded.stop()
})
