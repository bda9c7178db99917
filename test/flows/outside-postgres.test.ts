/** DATABASE_URL: the machine's own PostgreSQL of another major, reached by address, with a superuser's login and with a modest one. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { databaseAddress } from '../../src/db/address.ts'
import { type Embedded, startEmbedded } from '../../src/db/embedded.ts'
import { migrate, migrationFiles } from '../../src/db/migrate.ts'
import { openDb, type Queryable } from '../../src/db/open.ts'
import { sql } from '../../src/db/sql.ts'
import { must } from '../../src/kit/assert.ts'
import { silentLog } from '../../src/kit/log.ts'

/** Any major but the bundled one. */
const bin = [17, 16, 15].map((major) => `/usr/lib/postgresql/${major}/bin`).find((folder) => existsSync(join(folder, 'postgres')))
let folder: string
let server: Embedded
let admin: pg.Client

beforeAll(async () => {
  if (bin === undefined) return
  folder = mkdtempSync(join(tmpdir(), 'lb-'))
  server = await startEmbedded(folder, silentLog, { bin, settings: { fsync: 'off' } })
  admin = new pg.Client(server.superuser.config)
  await admin.connect()
  // An outside server knows nothing of ours.
  for (const what of ['database lagerbro', 'role lagerbro_app', 'role lagerbro_owner']) await admin.query(`drop ${what}`)
})
afterAll(async () => {
  if (bin === undefined) return
  await admin.end()
  await server.stop()
  rmSync(folder, { recursive: true })
})
beforeEach((t) => {
  if (bin === undefined) t.skip('this machine has no PostgreSQL of its own in /usr/lib/postgresql')
})

const urlOf = (user: string, database: string): string => `postgres://${user}@/${database}?host=${encodeURIComponent(folder)}/postgres`
const whoAmI = (q: Queryable) => q.one(sql`select current_user as me, (select rolsuper or rolbypassrls from pg_roles where rolname = current_user) as passes`)

test('a modest login without the role is told what to ask for, then migrates and steps down to the app', async () => {
  await admin.query('create role shop login')
  await admin.query('create database shop owner shop')
  const { owner, app } = must(databaseAddress({ databaseUrl: urlOf('shop', 'shop'), databaseAppUrl: null }), 'addresses')
  await expect(migrate(owner, silentLog)).rejects.toThrow(/role lagerbro_app is missing and shop may not make it. .*create role lagerbro_app/)
  await admin.query('create role lagerbro_app login; grant lagerbro_app to shop')
  expect(await migrate(owner, silentLog)).toBe(migrationFiles().length)
  const db = openDb(app, silentLog)
  expect(await db.outsideWall(whoAmI)).toEqual({ me: 'lagerbro_app', passes: false })
  await db.close()
})

test("a superuser's login leaves the tables to an owner that row-level security holds for", async () => {
  await admin.query('create database big')
  const { owner, app } = must(databaseAddress({ databaseUrl: urlOf('lagerbro_launcher', 'big'), databaseAppUrl: urlOf('lagerbro_app', 'big') }), 'addresses')
  expect(await migrate(owner, silentLog)).toBe(migrationFiles().length)
  expect(await migrate(owner, silentLog)).toBe(0)
  const db = openDb(app, silentLog)
  expect(await db.outsideWall(whoAmI)).toEqual({ me: 'lagerbro_app', passes: false })
  expect(await db.outsideWall((q) => q.rows(sql`select distinct relowner::regrole::text as owner from pg_class where relnamespace = 'public'::regnamespace`))).toEqual([
    { owner: 'lagerbro_owner' },
  ])
  await db.close()
})

test('the ledger function works there as in the bundled one', async () => {
  const { app } = must(databaseAddress({ databaseUrl: urlOf('lagerbro_launcher', 'big'), databaseAppUrl: null }), 'addresses')
  const db = openDb(app, silentLog)
  const company = await db.outsideWall((q) =>
    q.one<{ id: number }>(sql`insert into company (name, country, currency, time_zone, created_at) values ('Handel', 'SE', 'SEK', 'Europe/Stockholm', '2026-11-01') returning id`),
  )
  const level = await db.inCompany(company.id, async (tx) => {
    const location = await tx.one<{ id: number }>(sql`insert into location (company_id, name, created_at) values (${tx.companyId}, 'Odenplan', '2026-11-01') returning id`)
    const product = await tx.one<{ id: number }>(sql`insert into product (company_id, name, created_at) values (${tx.companyId}, 'Tröja', '2026-11-01') returning id`)
    const article = await tx.one<{ id: number }>(
      sql`insert into article (company_id, product_id, number, name, created_at, changed_at) values (${tx.companyId}, ${product.id}, '007', 'M', '2026-11-01', '2026-11-01') returning id`,
    )
    const movement = { key: 'a', article: article.id, location: location.id, kind: 'import', on_hand: 5, at: '2026-11-01T10:00:00Z', source: {}, actor: 'system' }
    for (let n = 0; n < 2; n++) await tx.one(sql`select posted, listeners from post_movements(${tx.companyId}, ${JSON.stringify([movement])}, null, '2026-11-01T10:00:00Z')`)
    return tx.one(sql`select on_hand, reserved from level where company_id = ${tx.companyId}`)
  })
  expect(level).toEqual({ on_hand: 5, reserved: 0 })
  await db.close()
})
