/** Several processes started at once on an empty database. */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { expect, inject, test } from 'vitest'
import { migrationFiles } from '../../src/db/migrate.ts'
import type { DbAddress } from '../../src/db/open.ts'

test('two processes at once: one does it, the other finds nothing to do', async () => {
  const { superuser, owner } = inject('cluster')
  const name = `race_${process.pid}`
  const maker = new pg.Client(superuser.config)
  await maker.connect()
  await maker.query(`create database ${name} owner lagerbro_owner`)
  const address: DbAddress = { config: { ...owner.config, database: name }, setRole: null }
  const script = `const { migrate } = await import(process.argv[1]); console.log(await migrate(JSON.parse(process.argv[2]), { info() {}, warn() {}, error() {} }))`
  const run = () =>
    promisify(execFile)(process.execPath, [
      '--import',
      'tsx',
      '--input-type=module',
      '-e',
      script,
      join(import.meta.dirname, '..', '..', 'src', 'db', 'migrate.ts'),
      JSON.stringify(address),
    ])
  const said = (await Promise.all([run(), run()])).map(({ stdout }) => Number(stdout)).sort((a, b) => a - b)
  expect(said).toEqual([0, migrationFiles().length])
  await maker.query(`drop database ${name} with (force)`)
  await maker.end()
})
