/** What the database itself promises, read from its own catalogue: walls, leading company_id, roles, and a ledger nobody can change. */
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql } from '../src/db/sql.ts'
import { type TestDatabase, testDatabase } from './database.ts'

/** Reached before any company is known; everything else stands behind the wall. */
const OUTSIDE_THE_WALL = ['company', 'hook_address', 'installation', 'key_lookup', 'membership', 'migration', 'person', 'session', 'turn']

let data: TestDatabase
let owner: pg.Client
let app: pg.Client
beforeAll(async () => {
  data = await testDatabase()
  owner = new pg.Client(data.ownerAddress.config)
  app = new pg.Client(data.address.config)
  await Promise.all([owner.connect(), app.connect()])
})
afterAll(async () => {
  await Promise.all([owner.end(), app.end()])
  await data.close()
})

const names = async (statement: ReturnType<typeof sql>): Promise<string[]> => (await data.owner.rows<{ name: string }>(statement)).map((row) => row.name).sort()
const failure = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'nothing stopped it',
    (error: Error) => error.message,
  )

test('T1: every table outside the named list has forced row-level security and the one policy', async () => {
  const open = await names(sql`
    select c.relname as name from pg_class c join pg_namespace s on s.oid = c.relnamespace
    where s.nspname = 'public' and c.relkind in ('r', 'p') and not (c.relrowsecurity and c.relforcerowsecurity
      and (select array_agg(p.polname::text) from pg_policy p where p.polrelid = c.oid) = array['company_wall']
      and exists (select from pg_policy p where p.polrelid = c.oid and p.polcmd = '*' and p.polpermissive and p.polqual is not null and p.polwithcheck is not null
        and pg_get_expr(p.polqual, p.polrelid) like '(company_id = %app_company()%' and pg_get_expr(p.polwithcheck, p.polrelid) like '(company_id = %app_company()%'))`)
  expect(open).toEqual(OUTSIDE_THE_WALL)
})

test('T1: company_id leads every primary key and unique index behind the wall', async () => {
  const wrong = await names(sql`
    select i.indexrelid::regclass::text as name from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace s on s.oid = c.relnamespace
    where s.nspname = 'public' and i.indisunique and c.relname <> all (${OUTSIDE_THE_WALL})
      and not exists (select from pg_attribute a where a.attrelid = c.oid and a.attnum = i.indkey[0] and a.attname = 'company_id' and a.attnotnull and a.atttypid = 'bigint'::regtype)`)
  expect(wrong).toEqual([])
})

test('T1: company_id leads every foreign key, but for those to company and person', async () => {
  const wrong = await names(sql`
    select conrelid::regclass || ' ' || conname as name from pg_constraint k
    where k.contype = 'f' and k.confrelid not in ('company'::regclass, 'person'::regclass)
      and not ((select attname from pg_attribute where attrelid = k.conrelid and attnum = k.conkey[1]) = 'company_id'
        and (select attname from pg_attribute where attrelid = k.confrelid and attnum = k.confkey[1]) = 'company_id')`)
  expect(wrong).toEqual([])
  expect(await names(sql`select conname as name from pg_constraint where contype = 'f'`)).not.toEqual([])
})

test('T1: neither role passes the wall, and the app owns nothing', async () => {
  expect(
    await data.owner.rows(sql`select rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb from pg_roles where rolname in ('lagerbro_app', 'lagerbro_owner') order by 1`),
  ).toEqual(['lagerbro_app', 'lagerbro_owner'].map((rolname) => ({ rolname, rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false })))
  expect(
    await names(sql`select relname as name from pg_class where relowner = 'lagerbro_app'::regrole union all select proname from pg_proc where proowner = 'lagerbro_app'::regrole`),
  ).toEqual([])
  expect(
    await names(sql`select relname as name from pg_class c join pg_namespace s on s.oid = c.relnamespace where s.nspname = 'public' and relowner <> 'lagerbro_owner'::regrole`),
  ).toEqual([])
  expect(await names(sql`select roleid::regrole::text as name from pg_auth_members where member = 'lagerbro_app'::regrole`)).toEqual([])
  expect(await failure(app.query('create table own (n integer)'))).toContain('permission denied')
  expect(await failure(app.query('create temporary table own (n integer)'))).toContain('permission denied')
})

test('T1: functions run with the rights of whoever calls them, and views too', async () => {
  expect(await names(sql`select proname as name from pg_proc p join pg_namespace s on s.oid = p.pronamespace where s.nspname = 'public' and p.prosecdef`)).toEqual([])
  expect(
    await names(sql`select c.relname as name from pg_class c join pg_namespace s on s.oid = c.relnamespace
      where s.nspname = 'public' and c.relkind in ('v', 'm') and not coalesce('security_invoker=true' = any (c.reloptions), false)`),
  ).toEqual([])
})

test('T1: rows of one company are not seen, made or moved from another, by either role', async () => {
  const [one, two] = await Promise.all([plantCompany('One'), plantCompany('Two')])
  for (const client of [app, owner]) {
    await client.query('begin')
    await client.query(`select set_config('app.company', '${two}', true)`)
    expect((await client.query('select from location')).rowCount).toBe(1)
    expect((await client.query('select from location where company_id = $1', [one])).rowCount).toBe(0)
    expect((await client.query(`update location set name = 'taken' where company_id = $1`, [one])).rowCount).toBe(0)
    expect(await failure(client.query(`insert into location (company_id, name, created_at) values ($1, 'planted', '2026-11-01')`, [one]))).toContain('row-level security')
    await client.query('rollback')
    // Without a company nothing is there at all.
    expect((await client.query('select from location')).rowCount).toBe(0)
  }
})

test('L2: a movement is never changed or deleted, whoever asks', async () => {
  const company = await plantCompany('Three')
  const inWall = async (client: pg.Client, statement: string) => {
    await client.query('begin')
    await client.query(`select set_config('app.company', '${company}', true)`)
    const said = await failure(client.query(statement))
    await client.query('rollback')
    return said
  }
  for (const client of [app, owner]) {
    for (const statement of ['update movement set on_hand_delta = 9', 'delete from movement', 'truncate movement', 'truncate movement cascade']) {
      expect(await inWall(client, statement), statement).toMatch(/permission denied|never changed or deleted/)
    }
  }
  const asSuperuser = await Promise.all(
    [sql`update movement set on_hand_delta = 9`, sql`delete from movement`, sql`truncate movement`].map((statement) => failure(data.owner.run(statement))),
  )
  expect(new Set(asSuperuser)).toEqual(new Set(['a movement is never changed or deleted']))
})

/** A company with one location, article and movement. */
async function plantCompany(name: string): Promise<number> {
  const { id } = await data.owner.one<{ id: number }>(
    sql`insert into company (name, country, currency, time_zone, created_at) values (${name}, 'SE', 'SEK', 'Europe/Stockholm', '2026-11-01') returning id`,
  )
  const place = await data.owner.one<{ id: number }>(sql`insert into location (company_id, name, created_at) values (${id}, 'Odenplan', '2026-11-01') returning id`)
  const product = await data.owner.one<{ id: number }>(sql`insert into product (company_id, name, created_at) values (${id}, 'Tröja', '2026-11-01') returning id`)
  const article = await data.owner.one<{ id: number }>(
    sql`insert into article (company_id, product_id, number, name, created_at, changed_at) values (${id}, ${product.id}, '007', 'Tröja M', '2026-11-01', '2026-11-01') returning id`,
  )
  await data.owner.run(sql`insert into movement (company_id, key, article_id, location_id, kind, on_hand_delta, occurred_at, posted_at, actor)
    values (${id}, 'first', ${article.id}, ${place.id}, 'import', 5, '2026-11-01', '2026-11-01', 'system')`)
  return id
}
