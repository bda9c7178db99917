import pg from 'pg'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { silentLog } from '../kit/log.ts'
import { type MigrationFile, migrate, migrationFiles } from './migrate.ts'
import type { DbAddress } from './open.ts'

let maker: pg.Client
let address: DbAddress
let name: string
beforeEach(async () => {
  const { superuser, owner } = inject('cluster')
  name = `m_${process.pid}_${process.hrtime.bigint()}`
  maker = new pg.Client(superuser.config)
  await maker.connect()
  await maker.query(`create database ${name} owner lagerbro_owner`)
  address = { config: { ...owner.config, database: name }, setRole: null }
})
afterEach(async () => {
  await maker.query(`drop database ${name} with (force)`)
  await maker.end()
})
const file = (number: number, text: string): MigrationFile => ({ number, name: `000${number}-x.sql`, text, hash: text })
const first = file(1, 'create table a (n integer)')

test('what is missing is applied, once', async () => {
  const files = migrationFiles()
  expect(await migrate(address, silentLog)).toBe(files.length)
  expect(await migrate(address, silentLog)).toBe(0)
})

test('a migration that fails changes nothing, and what came before stays', async () => {
  const broken = [first, file(2, 'create table b (n integer); select 1/0')]
  await expect(migrate(address, silentLog, broken)).rejects.toThrow('0002-x.sql failed and changed nothing: division by zero')
  expect(await migrate(address, silentLog, [first, file(2, 'create table b (n integer)')])).toBe(1)
})

test('a database newer than the program is refused with words', async () => {
  await migrate(address, silentLog, [first, file(2, 'create table b (n integer)')])
  await expect(migrate(address, silentLog, [first])).rejects.toThrow("The database is newer than this program: it has had 0002-x.sql, which this program doesn't know.")
})

test('an edited released migration is refused', async () => {
  await migrate(address, silentLog, [first])
  await expect(migrate(address, silentLog, [file(1, 'create table a (n bigint)')])).rejects.toThrow('0001-x.sql was changed after this database had it')
})

test('numbers run from 0001 without a gap', () => {
  expect(migrationFiles().map((f) => f.number)).toEqual(migrationFiles().map((_, n) => n + 1))
})
