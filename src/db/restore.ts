/**
 * Puts a whole backup back, in one transaction: what was there before stands until the new is complete, and a restore that fails has changed nothing.
 * The tables are made as they were when the backup was taken, filled, and brought up to date from there.
 */
import pg from 'pg'
import { ArchiveWrong, readArchive } from '../kit/archive.ts'
import { APP_ROLE } from './address.ts'
import type { BackupHead } from './backup.ts'
import { markRestored } from './installation.ts'
import { headIn, loadLines, type Renamed } from './load.ts'
import { applyWithin, LOCK, MIGRATION_TABLE, type MigrationFile, migrationFiles, takeRoles } from './migrate.ts'
import { type DbAddress, type Queryable, queryable } from './open.ts'
import { sql } from './sql.ts'

/** Said to the person who runs the command; the message is the whole story. */
export class RestoreRefused extends Error {
  override readonly name = 'RestoreRefused'
}

/** Reads the whole file once and says what is in it. Throws {ArchiveWrong} when it is damaged, newer than this program, or of the other kind. */
export async function inspectArchive(file: string, kind: BackupHead['lagerbro']): Promise<{ head: BackupHead; rows: number }> {
  let head: BackupHead | null = null
  let rows = 0
  for await (const line of readArchive(file)) {
    if (head === null) head = headIn(line, kind)
    else if (typeof line === 'string') rows++
  }
  if (head === null) throw new ArchiveWrong('The file is no backup of Lagerbro.')
  shapeOf(head)
  return { head, rows }
}

/** The migrations the backup had had: the first of ours, to the letter. */
function shapeOf(head: BackupHead): MigrationFile[] {
  const ours = migrationFiles()
  if (head.migrations.length > ours.length)
    throw new ArchiveWrong(`The file was made by a newer Lagerbro (${head.program}, with ${head.migrations.at(-1)?.name}). Start that one, or a later one.`)
  for (const [n, { name, hash }] of head.migrations.entries())
    if (ours[n]?.hash !== hash) throw new ArchiveWrong(`The file was made by another Lagerbro: its migration ${name} is not this program's.`)
  return ours.slice(0, head.migrations.length)
}

/** `replace` = what is there goes. `said` hears how many rows are in. Throws {RestoreRefused}. */
export async function restoreArchive(owner: DbAddress, file: string, how: { replace: boolean; said(rows: number): void }): Promise<void> {
  await alone(owner, async (client) => {
    await takeRoles(client)
    await client.query('begin')
    const companies = await companiesIn(client)
    if (companies > 0 && !how.replace)
      throw new RestoreRefused(
        `The database holds ${companies} ${companies === 1 ? 'company' : 'companies'} already. To put the backup in place of what is there: lagerbro restore FILE --replace`,
      )
    await dropOurs(client)
    const lines = readArchive(file)
    const head = headIn((await lines.next()).value, 'backup')
    const shape = shapeOf(head)
    await client.query(MIGRATION_TABLE)
    for (const migration of shape) await applyWithin(client, migration)
    await client.query('delete from installation')
    await loadLines(client, lines, { rename: null, said: how.said })
    for (const migration of migrationFiles().slice(shape.length)) await applyWithin(client, migration)
    await markRestored(queryable(client), new Date(head.at))
    await client.query('commit')
    await client.query('analyze')
  })
}

/** No other Lagerbro is connected, nobody migrates, and what fails is rolled back with the connection. */
async function alone<T>(owner: DbAddress, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(owner.config)
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK])
    const { rows } = await client.query<{ others: number }>(
      'select count(*)::int as others from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and usename in (session_user, current_user, $1)',
      [APP_ROLE],
    )
    const others = rows[0]?.others ?? 0
    if (others > 0) throw new RestoreRefused(`${others} connections of Lagerbro to the database are open. Stop every Lagerbro first.`)
    return await work(client)
  } finally {
    await client.end()
  }
}

async function companiesIn(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ there: boolean }>(`select to_regclass('company') is not null as there`)
  if (rows[0]?.there !== true) return 0
  return (await client.query<{ n: number }>('select count(*)::int as n from company')).rows[0]?.n ?? 0
}

/** Tables, functions and what hangs on them, as far as this role owns them; nothing of anybody else's. */
async function dropOurs(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ statement: string }>(`
    select format('drop %s if exists %s cascade', case c.relkind when 'v' then 'view' when 'm' then 'materialized view' when 'S' then 'sequence' else 'table' end, c.oid::regclass) as statement
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_roles r on r.oid = c.relowner
    where n.nspname = current_schema() and r.rolname = current_user and c.relkind in ('r', 'p', 'v', 'm')
    union all
    select format('drop routine if exists %s cascade', p.oid::regprocedure)
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace join pg_roles r on r.oid = p.proowner where n.nspname = current_schema() and r.rolname = current_user`)
  for (const { statement } of rows) await client.query(statement)
}

/** Everything of one company, into an installation that others use too. `finish` runs in the same transaction. Returns the company's id here. Throws {RestoreRefused}, {ArchiveWrong}. */
export async function importArchive(
  owner: DbAddress,
  file: string,
  how: { said(rows: number): void; finish(q: Queryable, ids: { here: number; there: number }): Promise<void> },
): Promise<number> {
  return alone(owner, async (client) => {
    const lines = readArchive(file)
    const head = headIn((await lines.next()).value, 'company')
    const there = head.companies[0]?.id ?? 0
    await takeRoles(client)
    await client.query('begin')
    const applied = await client.query<{ hash: string }>('select hash from migration order by number')
    if (applied.rows.map((row) => row.hash).join() !== head.migrations.map((migration) => migration.hash).join())
      throw new RestoreRefused(`The file was made by Lagerbro ${head.program}, whose tables have another shape than here. Bring both to the same version, and export again.`)
    const q = queryable(client)
    const taken = await q.maybe(sql`select 1 from company where id = ${there}`)
    const here = taken === null ? there : (await q.one<{ id: number }>(sql`select nextval(pg_get_serial_sequence('company', 'id')) as id`)).id
    const renamed: Renamed = { company: here, people: {} }
    await loadLines(client, lines, {
      said: how.said,
      rename: async ({ table, texts }) => {
        if (table.name === 'person') Object.assign(renamed.people, await takeInPeople(q, texts))
        return renamed
      },
    }).catch((error: { code?: string; table?: string }) => {
      if (error.code !== '23505') throw error
      throw new RestoreRefused('The company is here already: a key or an address of it belongs to a company of this installation.')
    })
    await how.finish(q, { here, there })
    await client.query('commit')
    await client.query('analyze')
    return here
  })
}

/** People are known by their e-mail; whoever is here already stays as they are. Old id -> id here. */
async function takeInPeople(q: Queryable, texts: string[]): Promise<Record<string, number>> {
  await q.run(sql`
    insert into person (email, name, password_hash, locale, created_at)
    select (x.r).email, (x.r).name, (x.r).password_hash, (x.r).locale, (x.r).created_at from (select v::person as r from unnest(${texts}::text[]) v offset 0) x
    on conflict (email) do nothing`)
  const rows = await q.rows<{ old: string; id: number }>(sql`
    select (x.r).id::text as old, p.id from (select v::person as r from unnest(${texts}::text[]) v offset 0) x join person p on p.email = (x.r).email`)
  return Object.fromEntries(rows.map((row) => [row.old, row.id]))
}
