/** Rows of companies are changed by migrations too, and the wall holds for whoever migrates. */
import pg from 'pg'
import { expect, inject, test } from 'vitest'
import { silentLog } from '../kit/log.ts'
import { migrate, migrationFiles } from './migrate.ts'

const files = migrationFiles()
const walled = new Set(files.flatMap((f) => [...f.text.matchAll(/^call wall\('(\w+)'/gm)].map((m) => m[1])))
/** They changed nothing on a database with rows in it; 0062 says them again. */
const MENDED = [11, 49, 56]

test('a migration that changes rows behind the wall has it stand aside, and puts it back', () => {
  const forgot = files
    .filter((f) => !MENDED.includes(f.number))
    .flatMap((f) =>
      [...f.text.matchAll(/^(?:update|delete from|insert into) (\w+)/gm)]
        .map((m) => m[1] as string)
        .filter((table) => walled.has(table) && !(f.text.includes(`alter table ${table} no force row`) && f.text.includes(`alter table ${table} force row`)))
        .map((table) => `${f.name}: ${table}`),
    )
  expect(forgot).toEqual([])
  expect(walled.size).toBeGreaterThan(20)
})

test('what stood before 0062 is put right by it, of every company', async () => {
  const { superuser, owner } = inject('cluster')
  const name = `m_${process.pid}_${process.hrtime.bigint()}`
  const maker = new pg.Client(superuser.config)
  await maker.connect()
  await maker.query(`create database ${name} owner lagerbro_owner`)
  const address = { config: { ...owner.config, database: name }, setRole: null }
  const rows = new pg.Client({ ...superuser.config, database: name })
  try {
    await migrate(address, silentLog, files.slice(0, 61))
    await rows.connect()
    // Two companies with a letter, and nothing else of what they would have.
    await rows.query("set session_replication_role = 'replica'")
    await rows.query(
      `insert into mail (company_id, host, port, security, sender, recipients, locale, digest, changed_at) select c, 'mail', 25, 'none', 's', '{r}', 'sv', true, '2026-01-01' from (values (1), (2)) as v(c)`,
    )
    await rows.query(
      `insert into letter (company_id, kind, facts, made_at, sent_at) select c, k, '{}', '2026-01-01', s from (values (1), (2)) as v(c), (values ('broken', '2026-01-02'::timestamptz), ('digest', null)) as l(k, s)`,
    )
    await migrate(address, silentLog, files)
    expect((await rows.query('select company_id::integer as company, taken_at from mail order by 1')).rows).toEqual(
      [1, 2].map((company) => ({ company, taken_at: new Date('2026-01-02') })),
    )
    expect((await rows.query('select company_id::integer as company, kind from letter order by 1')).rows).toEqual([1, 2].map((company) => ({ company, kind: 'broken' })))
    const bare = await rows.query(`select relname from pg_class where relrowsecurity and not relforcerowsecurity`)
    expect(bare.rows).toEqual([])
  } finally {
    await rows.end()
    await maker.query(`drop database ${name} with (force)`)
    await maker.end()
  }
})
