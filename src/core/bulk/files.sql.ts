/** SQL of the files that wait to be carried out, and of how a company has files read. */
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'
import type { Remembered } from './file/remembered.ts'

export const insertFile = (tx: Tx, bulkId: number, bytes: Uint8Array) =>
  tx.run(sql`insert into bulk_file (company_id, bulk_id, bytes) values (${tx.companyId}, ${bulkId}, ${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)})`)
export const fileOf = async (tx: Tx, bulkId: number): Promise<Buffer | null> =>
  (await tx.maybe<{ bytes: Buffer }>(sql`select bytes from bulk_file where company_id = ${tx.companyId} and bulk_id = ${bulkId}`))?.bytes ?? null
export const dropFile = (tx: Tx, bulkId: number) => tx.run(sql`delete from bulk_file where company_id = ${tx.companyId} and bulk_id = ${bulkId}`)

export const rememberedColumns = async (tx: Tx, headings: string): Promise<Remembered | null> =>
  (await tx.maybe<{ columns: Remembered }>(sql`select columns from bulk_columns where company_id = ${tx.companyId} and headings = ${headings}`))?.columns ?? null
export const rememberColumns = (tx: Tx, headings: string, columns: Remembered, now: Date) =>
  tx.run(sql`
    insert into bulk_columns (company_id, headings, columns, used_at) values (${tx.companyId}, ${headings}, ${JSON.stringify(columns)}, ${now})
    on conflict (company_id, headings) do update set columns = excluded.columns, used_at = excluded.used_at`)
