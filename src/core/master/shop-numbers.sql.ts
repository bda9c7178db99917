/** SQL of the numbers taken over from a shop that is master: what on hand owes to it, and what its own orders have to do with that (docs/decisions/0018). */
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'
import type { Base } from './numbers.sql.ts'

export interface ShopBase extends Base {
  /** What the shop's own orders have done to on hand here, late ones that a count takes back included. Under the orders' lock it is exact. */
  own: number
  onHand: number
}
/**
 * Of on hand, what is the shop's: the number it last gave with the pieces its orders held then, and what those orders have done since. What is left is ours alone.
 * Where nothing stood when it became master: all but what happened here without it.
 */
export const shopBases = (tx: Tx, { listenerId, locationId }: { listenerId: number; locationId: number }, articleIds: number[]) =>
  tx.rows<ShopBase>(sql`
    select a.id as "articleId", coalesce(n.version, 0) as version, l.master_since as since, case when n.version > 0 then n.value end as number, m.own, coalesce(v.on_hand, 0) as "onHand",
           case when n.article_id is null then coalesce(v.on_hand, 0) - m.apart else n.value + n.committed + m.own - n.own end::integer as base
    from unnest(${articleIds}::bigint[]) as a(id)
    join location l on l.company_id = ${tx.companyId} and l.id = ${locationId}
    left join level v on v.company_id = l.company_id and v.article_id = a.id and v.location_id = l.id
    left join master_number n on n.company_id = l.company_id and n.article_id = a.id and n.location_id = l.id
    cross join lateral (
      select coalesce(sum(x.on_hand_delta) filter (where x.own), 0)::integer as own,
             coalesce(sum(x.on_hand_delta) filter (where not x.own and x.posted_at >= l.master_since), 0)::integer as apart
      from (select on_hand_delta, posted_at, is_of_its_orders(source, ${listenerId}) as own from movement where company_id = l.company_id and article_id = a.id and location_id = l.id) x) m
    order by a.id`)

/** Open pieces the shop's own orders hold here. Those nobody has placed yet are left out: they may be off the number of another place. `paid` = of paid orders alone. */
export const heldByOrders = (tx: Tx, { listenerId, locationId }: { listenerId: number; locationId: number }, articleIds: number[], paid: boolean) =>
  tx.rows<{ articleId: number; held: number }>(sql`
    select a.id as "articleId", coalesce(sum(greatest(0, coalesce((o.effects -> 'reserved' ->> c.key)::integer, 0) - coalesce((o.effects -> 'provisional' ->> c.key)::integer, 0))), 0)::integer as held
    from unnest(${articleIds}::bigint[]) as a(id)
    cross join lateral (select a.id || ':' || ${locationId}::bigint as key) c
    left join web_order o on o.company_id = ${tx.companyId} and o.listener_id = ${listenerId} and o.state = 'open' and (not ${paid} or (o.snapshot ->> 'paid')::boolean)
      and o.id in (select l.order_id from web_order_line l where l.company_id = ${tx.companyId} and l.article_id = a.id)
    group by a.id order by a.id`)

/** What stands at a location when a shop becomes its master, cell by cell: what comes later is told apart from it exactly. The levels stay locked to the end. */
export const rememberLevels = async (tx: Tx, { listenerId, locationId }: { listenerId: number; locationId: number }, now: Date): Promise<void> => {
  await tx.run(sql`select 1 from level where company_id = ${tx.companyId} and location_id = ${locationId} order by article_id for update`)
  await tx.run(sql`
    insert into master_number (company_id, article_id, location_id, value, version, read_at, own)
    select v.company_id, v.article_id, v.location_id, v.on_hand, 0, ${now}, coalesce((
      select sum(m.on_hand_delta) from movement m
      where m.company_id = v.company_id and m.article_id = v.article_id and m.location_id = v.location_id and is_of_its_orders(m.source, ${listenerId})), 0)
    from level v where v.company_id = ${tx.companyId} and v.location_id = ${locationId} order by v.article_id`)
}
