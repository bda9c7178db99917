// Makes a fresh clone ready: the right Node, the packages of the lock file, the built program. Plain Node, needs nothing installed.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'

export const root = resolve(import.meta.dirname ?? '.', '..')
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'

/** Ends the program with words when this Node is too old. */
export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > 20 || (major === 20 && minor >= 19)) return
  fail(`Lagerbro needs Node 20.19 or newer (24 is recommended); this is ${process.versions.node}. Get it from https://nodejs.org and start again.`)
}

/** Installs what package-lock.json says, when something of it is missing or of another version. */
export function install() {
  if (installed()) return
  say('Installing packages (once, about half a minute) ...')
  const done = spawnSync(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root, stdio: 'inherit' })
  if (done.status !== 0) fail('The packages could not be installed; the lines above say why. A first start needs the network.')
}

function installed() {
  const [want, have] = ['package-lock.json', 'node_modules/.package-lock.json'].map((file) => readJson(join(root, file)))
  if (want === null || have === null) return false
  const there = (name, version) => have.packages[name]?.version === version && existsSync(join(root, name, 'package.json'))
  return Object.entries(want.packages).every(([name, wanted]) => name === '' || wanted.optional || wanted.devOptional || wanted.peer || there(name, wanted.version))
}

/** Builds the server and the pages into dist/, when a source is newer than the last build. */
export function build() {
  const stamp = join(root, 'dist', '.built-from')
  const now = fingerprintOfSources()
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === now) return
  say('Building ...')
  rmSync(join(root, 'dist'), { recursive: true, force: true })
  runOrFail('node_modules/typescript/bin/tsc', ['-p', 'tsconfig.build.json'])
  copyAssets()
  if (existsSync(join(root, 'ui', 'vite.config.ts')))
    runOrFail('node_modules/vite/bin/vite.js', ['build', 'ui', '--config', 'ui/vite.config.ts', '--outDir', '../dist/ui', '--emptyOutDir', '--logLevel', 'warn'])
  writeFileSync(stamp, now)
}

function runOrFail(script, args) {
  const done = spawnSync(process.execPath, [join(root, script), ...args], { cwd: root, stdio: 'inherit' })
  if (done.status !== 0) fail('The build failed; the lines above say where.')
}

const BUILT = ['src', 'sim', 'demo', 'migrations', 'client', 'examples']

/** What the compiler leaves out but the program reads: SQL, GraphQL documents, data. */
function copyAssets() {
  for (const file of BUILT.flatMap(filesOf)) {
    if (/\.(ts|tsx)$/.test(file)) continue
    const to = join(root, 'dist', file)
    mkdirSync(join(to, '..'), { recursive: true })
    cpSync(join(root, file), to)
  }
}

function fingerprintOfSources() {
  const hash = createHash('sha256').update(process.versions.node.split('.')[0])
  const single = ['package-lock.json', 'package.json', 'tsconfig.json', 'tsconfig.build.json'].filter((file) => existsSync(join(root, file)))
  for (const file of [...[...BUILT, 'ui'].flatMap(filesOf), ...single]) {
    const { mtimeMs, size } = statSync(join(root, file))
    hash.update(`${file} ${size} ${mtimeMs}\n`)
  }
  return hash.digest('hex')
}

function filesOf(room) {
  if (!existsSync(join(root, room))) return []
  return readdirSync(join(root, room), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath ?? entry.path, entry.name)))
    .filter((file) => !/[\\/](dist|node_modules)[\\/]/.test(file))
    .sort()
}

function readJson(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null
}

export function say(words) {
  process.stderr.write(`${words}\n`)
}

export function fail(words) {
  say(words)
  process.exit(1)
}
