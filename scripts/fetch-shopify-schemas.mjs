// Fetches Shopify's own Admin API schemas (three versions) into .cache/shopify/, so that our documents and the simulator can be checked against them.
// They ship inside the npm package @shopify/dev-mcp (ISC); it is packed, not installed: installing pulls 300 packages.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'

const PACKAGE = '@shopify/dev-mcp@1.16.0'
const VERSIONS = ['2026-04', '2026-07', '2026-10']
const cache = join(dirname(fileURLToPath(import.meta.url)), '..', '.cache', 'shopify')

/** A half-written or truncated file is the same as none. */
function isWhole(file) {
  if (!existsSync(file)) return false
  try {
    const schema = JSON.parse(gunzipSync(readFileSync(file)).toString('utf8'))
    return Boolean((schema.data ?? schema).__schema)
  } catch {
    return false
  }
}

function run(command, args, cwd) {
  const done = spawnSync(command, args, { cwd, encoding: 'utf8', shell: process.platform === 'win32' })
  if (done.error) throw done.error
  if (done.status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${done.status}: ${done.stderr.trim()}`)
  return done.stdout
}

function fetchMissing(missing) {
  mkdirSync(cache, { recursive: true })
  // Inside the cache: the last step is then a rename on one file system, which is whole or nothing.
  const work = mkdtempSync(join(cache, 'fetch-'))
  try {
    run('npm', ['pack', PACKAGE, '--silent', '--ignore-scripts'], work)
    const members = missing.map((version) => `package/dist/data/admin_${version}.json.gz`)
    run('tar', ['xzf', 'shopify-dev-mcp-1.16.0.tgz', ...members], work)
    for (const version of missing) {
      const unpacked = join(work, 'package', 'dist', 'data', `admin_${version}.json.gz`)
      if (!isWhole(unpacked)) throw new Error(`the schema ${version} inside ${PACKAGE} can't be read`)
      renameSync(unpacked, join(cache, `admin_${version}.json.gz`))
    }
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

const missing = VERSIONS.filter((version) => !isWhole(join(cache, `admin_${version}.json.gz`)))
try {
  if (missing.length > 0) fetchMissing(missing)
  console.log(`Shopify schemas ${VERSIONS.join(', ')}: ${missing.length === 0 ? 'already here' : `fetched ${missing.join(', ')}`}.`)
} catch (error) {
  console.error(`Could not fetch Shopify's schemas ${missing.join(', ')} (they come from ${PACKAGE} by npm pack): ${error instanceof Error ? error.message : String(error)}`)
  process.exit(1)
}
