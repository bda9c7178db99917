/** SQL of the page of an import. */
import type { Became, Verdict } from '../../core/imports/import.ts'
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'

export const importTotals = (tx: Tx, importId: number) =>
  tx.one<{ products: number; variants: number; judged: number; done: number; images: number }>(sql`
    select (select count(*)::int from shop_import_item i where i.company_id = ${tx.companyId} and i.import_id = ${importId}) as variants,
      count(*)::int as products, (count(*) filter (where p.n <= s.judged))::int as judged, (count(*) filter (where p.state = 'done'))::int as done,
      coalesce(sum(p.images) filter (where exists (select from shop_import_item i where i.company_id = p.company_id and i.import_id = p.import_id and i.product_n = p.n and i.verdict = 'make')), 0)::int as images
    from shop_import s left join shop_import_product p on p.company_id = s.company_id and p.import_id = s.id
    where s.company_id = ${tx.companyId} and s.id = ${importId}`)

export const importCounts = (tx: Tx, importId: number) =>
  tx.rows<{ verdict: Verdict | null; became: Became | null; code: string | null; n: number }>(sql`
    select verdict, became, code, count(*)::int as n from shop_import_item where company_id = ${tx.companyId} and import_id = ${importId} group by 1, 2, 3`)

/** What can't come along, by how many variants or pictures' products it is said of. */
export const importNotes = (tx: Tx, importId: number) =>
  tx.rows<{ code: string; n: number }>(sql`
    select code, sum(n)::int as n from (
      select note as code, count(*) as n from shop_import_item i cross join unnest(i.notes) note
      where i.company_id = ${tx.companyId} and i.import_id = ${importId} and i.verdict = 'make' and i.became is distinct from 'left-out' group by 1
      union all
      select note, count(*) from shop_import_product p cross join unnest(p.notes) note
      where p.company_id = ${tx.companyId} and p.import_id = ${importId}
        and exists (select from shop_import_item i where i.company_id = p.company_id and i.import_id = p.import_id and i.product_n = p.n and i.verdict = 'make' and i.became is distinct from 'left-out') group by 1) x
    group by 1 order by 2 desc, 1`)

export interface ImportItemRow {
  n: number
  position: number
  itemRef: string
  title: string
  optionValues: string[]
  number: string | null
  priceMinor: number | null
  pieces: number | null
  verdict: Verdict
  became: Became | null
  code: string | null
  notes: string[]
  articleId: number | null
}
/** By what has become of it, where it was carried out, else by what is to. */
export const importItemPage = (tx: Tx, asked: { importId: number; verdict: Verdict | null; code: string | null; after: [number, number] | null; limit: number }) =>
  tx.rows<ImportItemRow>(sql`
    select i.product_n as n, i.position, i.item_ref as "itemRef", p.title, i.option_values as "optionValues", i.number, i.price_minor as "priceMinor", i.pieces, coalesce(i.verdict, 'left-out') as verdict, i.became, i.code,
      i.article_id as "articleId", case when i.verdict = 'make' then i.notes || p.notes else '{}' end as notes
    from (select *, case became when 'linked' then 'link' when 'made' then 'make' when 'left-out' then 'left-out' else verdict end as stands
          from shop_import_item where company_id = ${tx.companyId} and import_id = ${asked.importId}) i
    join shop_import_product p on p.company_id = i.company_id and p.import_id = i.import_id and p.n = i.product_n
    where (i.verdict is not null or i.became is not null) and (${asked.verdict}::text is null or i.stands = ${asked.verdict}) and (${asked.code}::text is null or i.code = ${asked.code})
      and (${asked.after?.[0] ?? null}::bigint is null or (i.product_n, i.position) > (${asked.after?.[0] ?? null}::bigint, ${asked.after?.[1] ?? null}::int))
    order by i.product_n, i.position limit ${asked.limit}`)
