/** SQL of the document pages. */
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'

export const articleNames = (tx: Tx, ids: number[]) =>
  tx.rows<{ id: number; number: string; name: string }>(sql`select id, number, name from article where company_id = ${tx.companyId} and id = any (${ids}::bigint[])`)
