/**
 * Everything in the database as lines, from one moment, while others go on working: a snapshot that a single transaction sees. What was committed before
 * it began is in it. Rows are written as PostgreSQL itself writes them, so that no value is lost and any later PostgreSQL reads them.
 */
import pg from 'pg'
import type { DbAddress } from './open.ts'

/** The first line. */
export interface BackupHead {
  lagerbro: 'backup' | 'company'
  format: 1
  program: string
  /** ISO; what happened before is in it. */
  at: string
  postgres: string
  migrations: { number: number; name: string; hash: string }[]
  installation: { id: string; epoch: number }
  companies: { id: number; name: string }[]
  /** Ids of the keys that sealed the secrets in it; the keys themselves are never in it. */
  keys: string[]
}
/** Stands before the rows of one table, of one company where the table has such. The rows follow, one text each. */
export interface BackupTable {
  table: string
  company: number | null
  columns: string[]
}
/** Behind all rows: how far the numbers of each table have been given out. */
export interface BackupSequences {
  sequences: Record<string, number>
}
export const FORMAT = 1

/** Never in a backup: people sign in again, and what stands in them says itself. */
const LEFT_OUT = ['session', 'migration']
const ROWS_AT_A_TIME = 1_000

export interface Table {
  name: string
  columns: string[]
  /** Written by the database itself. */
  generated: string[]
  walled: boolean
  /** Its rows hold whole files, packed already: one is fetched at a time. */
  heavy: boolean
}

/** `companyId` null = the whole installation. `owner` owns the tables. */
export async function* backupLines(owner: DbAddress, input: { companyId: number | null; program: string; now: Date; keys: string[] }): AsyncGenerator<unknown> {
  const client = new pg.Client(owner.config)
  await client.connect()
  try {
    await client.query('begin isolation level repeatable read read only')
    const all = await client.query<{ id: number; name: string }>('select id, name from company order by id')
    const companies = input.companyId === null ? all.rows : all.rows.filter((row) => row.id === input.companyId)
    yield await headOf(client, companies, input)
    for (const table of await tablesOf(client)) {
      if (LEFT_OUT.includes(table.name)) continue
      if (table.walled) for (const { id } of companies) yield* rowsOf(client, table, id)
      else if (input.companyId === null) yield* rowsOf(client, table, null)
      else if (companyOwns(table)) yield* rowsOf(client, table, input.companyId)
    }
    const { rows } = await client.query<{ name: string; last: number }>(
      'select sequencename as name, last_value as last from pg_sequences where schemaname = current_schema() and last_value is not null',
    )
    yield { sequences: Object.fromEntries(rows.map((row) => [row.name, row.last])) } satisfies BackupSequences
  } finally {
    await client.end()
  }
}

async function headOf(client: pg.Client, companies: BackupHead['companies'], input: { companyId: number | null; program: string; now: Date; keys: string[] }): Promise<BackupHead> {
  const migrations = await client.query<BackupHead['migrations'][number]>('select number, name, hash from migration order by number')
  const standing = await client.query<{ id: string; epoch: number }>('select id, epoch from installation')
  const version = await client.query<{ version: string }>(`select current_setting('server_version') as version`)
  return {
    lagerbro: input.companyId === null ? 'backup' : 'company',
    format: FORMAT,
    program: input.program,
    at: input.now.toISOString(),
    postgres: version.rows[0]?.version ?? '',
    migrations: migrations.rows,
    installation: standing.rows[0] ?? { id: '', epoch: 0 },
    companies,
    keys: input.keys,
  }
}

/** Of what stands outside the wall a company takes with it what is its own, and its people. */
const companyOwns = (table: Table): boolean => table.columns.includes('company_id') || table.name === 'company' || table.name === 'person'

const ofCompany = (table: Table): string =>
  table.columns.includes('company_id')
    ? 'where t.company_id = $1'
    : table.name === 'company'
      ? 'where t.id = $1'
      : table.name === 'person'
        ? 'where t.id in (select person_id from membership where company_id = $1)'
        : 'where $1::bigint is not null'

async function* rowsOf(client: pg.Client, table: Table, company: number | null): AsyncGenerator<unknown> {
  const name = pg.escapeIdentifier(table.name)
  if (company !== null) await client.query(`select set_config('app.company', '${company}', true)`)
  await client.query(`declare rows no scroll cursor for select t::text as row from ${name} t ${company === null ? '' : ofCompany(table).replace('$1', String(company))}`)
  let first = true
  for (;;) {
    const { rows } = await client.query<{ row: string }>(`fetch ${table.heavy ? 1 : ROWS_AT_A_TIME} from rows`)
    if (rows.length === 0) break
    if (first) yield { table: table.name, company, columns: table.columns } satisfies BackupTable
    first = false
    for (const { row } of rows) yield row
  }
  await client.query('close rows')
}

/** Every table of ours, those first that others point at. */
export async function tablesOf(client: pg.Client): Promise<Table[]> {
  const { rows: tables } = await client.query<Table & { needs: string[] }>(`
    select c.relname as name, c.relforcerowsecurity as walled, bool_or(a.attstorage = 'e') as heavy, array_agg(a.attname::text order by a.attnum) as columns,
           coalesce(array_agg(a.attname::text) filter (where a.attgenerated <> ''), '{}') as generated,
           array(select r.relname::text from pg_constraint k join pg_class r on r.oid = k.confrelid where k.conrelid = c.oid and k.contype = 'f' and k.confrelid <> c.oid) as needs
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where n.nspname = current_schema() and c.relkind = 'r' and c.relowner = (select relowner from pg_class where oid = 'company'::regclass)
    group by c.oid order by c.relname`)
  const placed: Table[] = []
  const isPlaced = (name: string) => placed.some((table) => table.name === name)
  while (placed.length < tables.length) {
    const ready = tables.filter((table) => !isPlaced(table.name) && table.needs.every(isPlaced))
    if (ready.length === 0) throw new Error('tables point at each other in a circle')
    for (const { needs: _, ...table } of ready) placed.push(table)
  }
  return placed
}
