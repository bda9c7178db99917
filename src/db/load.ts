/** Puts rows of a backup back, as they were: one transaction, no trigger of ours runs, whoever gave out numbers goes on behind the last. */
import pg from 'pg'
import { ArchiveWrong } from '../kit/archive.ts'
import type { BackupHead, BackupSequences, BackupTable, Table } from './backup.ts'
import { FORMAT, tablesOf } from './backup.ts'

const ROWS_AT_A_TIME = 500
/** Of text: files are rows too. */
const CHARACTERS_AT_A_TIME = 8_000_000

/** What is called otherwise here than it was there; null = nothing. */
export interface Renamed {
  company: number
  /** Old id of a person -> the id here. */
  people: Record<string, number>
}

/** The first line, when it is one of ours that this program understands. Throws {ArchiveWrong}. */
export function headIn(line: unknown, kind: BackupHead['lagerbro']): BackupHead {
  const head = line as Partial<BackupHead> | null
  if (head?.lagerbro !== 'backup' && head?.lagerbro !== 'company') throw new ArchiveWrong('The file is no backup of Lagerbro.')
  if (head.format !== FORMAT) throw new ArchiveWrong(`The file was made by a newer Lagerbro (${head.program}, format ${head.format}). Start that one, or a later one.`)
  if (head.lagerbro !== kind)
    throw new ArchiveWrong(
      kind === 'backup'
        ? 'The file holds one company, not an installation. Put it in with: lagerbro import FILE'
        : 'The file holds a whole installation, not one company. Put it back with: lagerbro restore FILE',
    )
  return head as BackupHead
}

/** `lines` = all but the first. The tables must be there, in the shape they had, and empty of what is loaded. Returns how many rows. */
export async function loadLines(
  client: pg.Client,
  lines: AsyncIterable<unknown>,
  how: { rename: ((rows: { table: Table; texts: string[] }) => Promise<Renamed | null>) | null; said(rows: number): void },
): Promise<number> {
  const tables = new Map((await tablesOf(client)).map((table) => [table.name, table]))
  await eachTable(client, tables, 'disable trigger user')
  let at: { table: Table; company: number | null } | null = null
  let texts: string[] = []
  let characters = 0
  let rows = 0
  const flush = async () => {
    if (at === null || texts.length === 0) return
    const renamed = how.rename === null ? null : await how.rename({ table: at.table, texts })
    const company = renamed?.company ?? at.company
    if (company !== null) await client.query(`select set_config('app.company', '${company}', true)`)
    if (!(renamed !== null && at.table.name === 'person')) await insert(client, at.table, texts, renamed)
    rows += texts.length
    texts = []
    characters = 0
    how.said(rows)
  }
  for await (const line of lines) {
    if (typeof line === 'string') {
      texts.push(line)
      characters += line.length
      if (texts.length >= ROWS_AT_A_TIME || characters >= CHARACTERS_AT_A_TIME) await flush()
      continue
    }
    await flush()
    if ('sequences' in (line as object)) await raiseSequences(client, (line as BackupSequences).sequences)
    else at = tableIn(tables, line as BackupTable)
  }
  await flush()
  await eachTable(client, tables, 'enable trigger user')
  return rows
}

const eachTable = async (client: pg.Client, tables: Map<string, Table>, what: string): Promise<void> => {
  for (const name of tables.keys()) await client.query(`alter table ${pg.escapeIdentifier(name)} ${what}`)
}

function tableIn(tables: Map<string, Table>, said: BackupTable): { table: Table; company: number | null } {
  const table = tables.get(said.table)
  if (table === undefined || table.columns.join() !== said.columns.join()) throw new ArchiveWrong(`The file has rows of "${said.table}" that this program has no place for.`)
  return { table, company: said.company }
}

/** Who did it is written as 'person:12' in these. */
const NAMES_SOMEBODY = /^(actor|caller)$|_by$/

async function insert(client: pg.Client, table: Table, texts: string[], renamed: Renamed | null): Promise<void> {
  const name = pg.escapeIdentifier(table.name)
  const columns = table.columns.filter((column) => !table.generated.includes(column))
  const value = (column: string): string => {
    const is = `(x.r).${pg.escapeIdentifier(column)}`
    if (renamed === null) return is
    if (column === 'company_id' || (table.name === 'company' && column === 'id')) return '$2::bigint'
    if (column === 'person_id') return `($3::jsonb ->> ${is}::text)::bigint`
    return NAMES_SOMEBODY.test(column) ? `case when ${is} like 'person:%' then 'person:' || coalesce($3::jsonb ->> substr(${is}, 8), '0') else ${is} end` : is
  }
  // Without "offset 0" the row would be read anew for each of its columns.
  const statement = `insert into ${name} (${columns.map((column) => pg.escapeIdentifier(column)).join(', ')}) overriding system value
    select ${columns.map(value).join(', ')} from (select v::${name} as r from unnest($1::text[]) v offset 0) x`
  const used = (n: string) => statement.includes(n)
  const values: unknown[] = [texts]
  if (renamed !== null && (used('$2') || used('$3'))) values.push(renamed.company, JSON.stringify(renamed.people))
  await client.query(withAll(statement, values.length), values)
}

/** A parameter that a statement doesn't use has no type: it is named once where it does nothing. */
const withAll = (statement: string, count: number): string =>
  count === 1 ? statement : `${statement} where ${statement.includes('$2') ? '' : '$2::bigint is not null and '}${statement.includes('$3') ? 'true' : '$3::jsonb is not null'}`

/** Never back: a number that was given out in the meantime isn't given again. */
async function raiseSequences(client: pg.Client, sequences: Record<string, number>): Promise<void> {
  for (const [name, last] of Object.entries(sequences))
    await client.query(
      `select setval(format('%I.%I', schemaname, sequencename)::regclass, greatest($2::bigint, coalesce(last_value, 1))) from pg_sequences where schemaname = current_schema() and sequencename = $1`,
      [name, last],
    )
}
