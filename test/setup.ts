/** Before the first test: one PostgreSQL for the whole run, with a migrated database the tests copy. Ends with the run. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { readConfig } from '../src/config.ts'
import { type Embedded, startEmbedded } from '../src/db/embedded.ts'
import { migrate } from '../src/db/migrate.ts'
import type { DbAddress } from '../src/db/open.ts'
import { silentLog } from '../src/kit/log.ts'

export interface Cluster {
  superuser: DbAddress
  owner: DbAddress
  app: DbAddress
}
declare module 'vitest' {
  export interface ProvidedContext {
    cluster: Cluster
  }
}

/** Tests lose nothing when the power goes. */
const FAST = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '400', shared_buffers: '256MB', autovacuum_naptime: '5s' }

interface Run {
  embedded: Promise<Embedded>
  users: number
  folder: string
}
// Every project of the configuration runs this file in the same process; they share one cluster.
const shared = globalThis as typeof globalThis & { lagerbroTestRun?: Run }

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  shared.lagerbroTestRun ??= start()
  const run = shared.lagerbroTestRun
  run.users++
  const { superuser, owner, app } = await run.embedded
  project.provide('cluster', { superuser, owner, app })
  return async () => {
    run.users--
    if (run.users > 0) return
    delete shared.lagerbroTestRun
    await (await run.embedded).stop()
    if (existsSync(run.folder)) rmSync(run.folder, { recursive: true, force: true })
  }
}

function start(): Run {
  const folder = mkdtempSync(join(tmpdir(), 'lagerbro-test-'))
  return { folder, users: 0, embedded: prepare(folder) }
}

async function prepare(folder: string): Promise<Embedded> {
  const embedded = await startEmbedded(folder, silentLog, { settings: FAST, bin: readConfig().pgBin })
  await migrate(embedded.owner, silentLog)
  const client = new pg.Client(embedded.superuser.config)
  await client.connect()
  await client.query('alter database lagerbro is_template true')
  await client.end()
  return embedded
}
