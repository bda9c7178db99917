/**
 * SQL of the search everywhere. Numbers and names of orders are found by where they begin, over the indexes they have; a part of a name or of a
 * customer is looked for in what is kept of all of them to be searched (0063).
 */
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'
import { hasAll, literal, nameHasAll, phoneHas } from './sought.ts'

const startingWith = (text: string): string => `${literal(text)}%`
/** After everything that begins with the text: U+FFFF sorts last. */
const after = (text: string): string => `${text}\uffff`
/** Small letters sort before capitals, so that one range holds both. */
const starts = (texts: string[]): string[] => [...new Set(texts.flatMap((text) => [text, text.toLowerCase()]))]

/** Living articles that bear a number beginning so, now or before; by number. */
export const articlesStarting = async (tx: Tx, q: string, limit: number): Promise<number[]> =>
  (
    await tx.rows<{ id: number }>(sql`
      select a.id from (
        select distinct h.article_id from unnest(${starts([q])}::text[], ${starts([q]).map(after)}::text[]) as p(from_here, to_here)
        cross join lateral (
          select article_id from article_number
          where company_id = ${tx.companyId} and number >= p.from_here and number < p.to_here and number ilike ${startingWith(q)} offset 0) h) f
      join article a on a.company_id = ${tx.companyId} and a.id = f.article_id where a.archived_at is null order by a.number limit ${limit}`)
  ).map((row) => row.id)

/** Living articles with all the words somewhere in the name; by number. */
export const articlesNamed = async (tx: Tx, q: string, limit: number): Promise<number[]> =>
  (
    await tx.rows<{ id: number }>(sql`
      select id from article where company_id = ${tx.companyId} and archived_at is null and sought like all (${nameHasAll(q)}::text[]) order by number limit ${limit}`)
  ).map((row) => row.id)

export interface ArticleFound {
  id: number
  number: string
  name: string
  available: number | null
}
/** In the order asked for. */
export const articlesFound = (tx: Tx, ids: number[]) =>
  tx.rows<ArticleFound>(sql`
    select a.id, a.number, a.name, (select sum(v.on_hand - v.reserved) from level v where v.company_id = a.company_id and v.article_id = a.id and v.known) as available
    from unnest(${ids}::bigint[]) with ordinality as f(id, at) join article a on a.company_id = ${tx.companyId} and a.id = f.id order by f.at`)

/** By the name as the shop has it, with or without its #, or by the shop's own id; newest first. */
export const ordersFound = (tx: Tx, q: string, limit: number) =>
  tx.rows<{ id: number; name: string; connectionName: string; placedAt: Date }>(sql`
    select o.id, o.name, l.name as "connectionName", o.placed_at as "placedAt" from (
      select w.id from unnest(${starts([q, `#${q}`])}::text[], ${starts([q, `#${q}`]).map(after)}::text[]) as p(from_here, to_here)
      cross join lateral (
        select id from web_order
        where company_id = ${tx.companyId} and name >= p.from_here and name < p.to_here and (name ilike ${startingWith(q)} or name ilike ${startingWith(`#${q}`)}) offset 0) w
      union select w.id from listener c join web_order w on w.company_id = c.company_id and w.listener_id = c.id and w.order_ref = ${q} where c.company_id = ${tx.companyId}) f
    join web_order o on o.company_id = ${tx.companyId} and o.id = f.id join listener l on l.company_id = o.company_id and l.id = o.listener_id
    order by o.placed_at desc, o.id desc limit ${limit}`)

export const customersFound = (tx: Tx, q: string, limit: number) =>
  tx.rows<{ id: number; name: string | null; email: string | null; phone: string | null }>(sql`
    select id, name, email, phone from customer
    where company_id = ${tx.companyId} and erased_at is null and (sought like all (${hasAll(q)}::text[]) or sought like ${phoneHas(q)})
    order by id desc limit ${limit}`)

export const invoicesFound = (tx: Tx, q: string, limit: number) =>
  tx.rows<{ id: number; number: string; connectionName: string; orderId: number | null }>(sql`
    select d.id, d.invoice_number as number, l.name as "connectionName", d.order_id as "orderId"
    from listener l join erp_document d on d.company_id = l.company_id and d.listener_id = l.id and d.invoice_number >= ${q} and d.invoice_number < ${after(q)}
    where l.company_id = ${tx.companyId} and d.stage = 'booked' and starts_with(d.invoice_number, ${q}) order by d.id desc limit ${limit}`)

export const documentsFound = (tx: Tx, q: string, types: readonly string[], limit: number) =>
  tx.rows<{ id: number; type: 'sale' | 'goods-receipt' | 'count' | 'correction'; ref: string; occurredAt: Date }>(sql`
    select d.id, d.type, d.ref, d.occurred_at as "occurredAt" from unnest(${[...types]}::text[]) as t(type)
    join document d on d.company_id = ${tx.companyId} and d.type = t.type and d.ref >= ${q} and d.ref < ${after(q)} and starts_with(d.ref, ${q})
    order by d.id desc limit ${limit}`)
