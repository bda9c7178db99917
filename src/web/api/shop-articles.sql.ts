/** SQL of one article at one webshop: what the shop has that is its number, or near it. */
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'

export interface ItemShown {
  itemRef: string
  parentRef: string | null
  number: string | null
  title: string | null
  tracked: boolean | null
  unwritable: string | null
  seenAt: Date
  articleId: number | null
  levels: { placeRef: string; value: number | null; active: boolean }[]
  why: 'same-number' | 'linked' | 'near'
  gone: boolean
}
/** Near ones only while none has the very number: help for a person who looks for a slip of the hand (S10). At most 20. */
export const itemsOf = (tx: Tx, listenerId: number, articleId: number) =>
  tx.rows<ItemShown>(sql`
    with ours as (
      select a.number, k.item_ref from article a left join link k on k.company_id = a.company_id and k.listener_id = ${listenerId} and k.article_id = a.id
      where a.company_id = ${tx.companyId} and a.id = ${articleId}
    ), hit as (
      select g.item_ref, 1 as rank from listing g where g.company_id = ${tx.companyId} and g.listener_id = ${listenerId} and g.gone_at is null and g.number = (select number from ours)
      union all select item_ref, 2 from ours where item_ref is not null
      union all
      select g.item_ref, 3 from listing g
      where g.company_id = ${tx.companyId} and g.listener_id = ${listenerId} and g.gone_at is null and g.number <> '' and near_number(g.number) = (select near_number(number) from ours) and (select near_number(number) from ours) <> ''
        and not exists (select from listing s where s.company_id = g.company_id and s.listener_id = g.listener_id and s.gone_at is null and s.number = (select number from ours))
    ), best as (select item_ref, min(rank) as rank from hit group by item_ref)
    select g.item_ref as "itemRef", g.parent_ref as "parentRef", g.number, g.title, g.tracked, g.unwritable, g.seen_at as "seenAt", a.id as "articleId", g.gone_at is not null as gone,
           case b.rank when 1 then 'same-number' when 2 then 'linked' else 'near' end as why,
           coalesce((select jsonb_agg(jsonb_build_object('placeRef', v.place_ref, 'value', v.value, 'active', v.active) order by v.place_ref)
                     from listing_level v where v.company_id = g.company_id and v.listener_id = g.listener_id and v.item_ref = g.item_ref), '[]') as levels
    from best b join listing g on g.company_id = ${tx.companyId} and g.listener_id = ${listenerId} and g.item_ref = b.item_ref
    left join article a on a.company_id = g.company_id and a.number = g.number
    order by b.rank, g.item_ref limit 20`)
