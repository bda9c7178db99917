/** SQL of documents (what was handed in, whole) and of posted count lines. Neither is ever changed. */
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'

export const DOCUMENT_TYPES = ['sale', 'goods-receipt', 'count', 'correction'] as const
export type DocumentType = (typeof DOCUMENT_TYPES)[number]

/** One line as stored. `quantity` of a count is what was counted; book and difference are null on everything else. */
export interface StoredLine {
  article: number
  /** As it was called then. */
  number: string
  quantity: number
  price?: number
  cost?: number
  tracked?: false
  book?: number | null
  difference?: number
  at?: string
}
/** Why a number was corrected. */
export const REASONS = ['miscounted', 'damaged', 'found', 'stolen', 'own-use', 'other'] as const
export interface Given {
  reason: (typeof REASONS)[number] | null
  /** In the person's own words. */
  note: string | null
}
export interface DocumentRow extends Given {
  id: number
  type: DocumentType
  ref: string
  locationId: number
  occurredAt: Date
  postedAt: Date
  actor: string
  bodyHash: Buffer
  lines: StoredLine[]
}

export const documentByRef = (tx: Tx, type: DocumentType, ref: string) =>
  tx.maybe<DocumentRow>(sql`
    select id, type, ref, location_id as "locationId", occurred_at as "occurredAt", posted_at as "postedAt", actor, body_hash as "bodyHash", lines, reason, note
    from document where company_id = ${tx.companyId} and type = ${type} and ref = ${ref}`)
export const documentById = (tx: Tx, id: number) =>
  tx.maybe<DocumentRow>(sql`
    select id, type, ref, location_id as "locationId", occurred_at as "occurredAt", posted_at as "postedAt", actor, body_hash as "bodyHash", lines, reason, note
    from document where company_id = ${tx.companyId} and id = ${id}`)
export const documentPage = (tx: Tx, asked: { type: string | null; ref: string | null; beforeId: number | null; limit: number }) =>
  tx.rows<DocumentRow>(sql`
    select id, type, ref, location_id as "locationId", occurred_at as "occurredAt", posted_at as "postedAt", actor, body_hash as "bodyHash", lines, reason, note
    from document where company_id = ${tx.companyId} and (${asked.type}::text is null or type = ${asked.type}) and (${asked.ref}::text is null or ref = ${asked.ref})
      and (${asked.beforeId}::bigint is null or id < ${asked.beforeId})
    order by id desc limit ${asked.limit}`)

/** Null = a document of that type and ref is there. Waits for one that is being written at this moment. */
export const insertDocument = (tx: Tx, d: Omit<DocumentRow, 'id'>) =>
  tx.maybe<{ id: number }>(sql`
    insert into document (company_id, type, ref, location_id, occurred_at, posted_at, actor, body_hash, lines, reason, note)
    values (${tx.companyId}, ${d.type}, ${d.ref}, ${d.locationId}, ${d.occurredAt}, ${d.postedAt}, ${d.actor}, ${d.bodyHash}, ${JSON.stringify(d.lines)}, ${d.reason}, ${d.note})
    on conflict (company_id, type, ref) do nothing returning id`)

export const insertCountLine = (
  tx: Tx,
  line: { key: string; articleId: number; locationId: number; countedAt: Date; counted: number; book: number | null; actor: string },
  now: Date,
) =>
  tx.one<{ id: number }>(sql`
    insert into count_line (company_id, key, article_id, location_id, counted_at, counted, book, posted_at, actor)
    values (${tx.companyId}, ${line.key}, ${line.articleId}, ${line.locationId}, ${line.countedAt}, ${line.counted}, ${line.book}, ${now}, ${line.actor}) returning id`)
