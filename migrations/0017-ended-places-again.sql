-- As in 0014, and (as in 0013) a row whose store has no place any more says nothing of its article.
create or replace view article_state with (security_invoker = true) as
  select k.company_id, k.listener_id, k.article_id, k.boxed, k.item_ref,
         case when not k.boxed then 'not-boxed'
              when k.state <> 'matched' then k.state
              else coalesce((
                select case when t.refusal in ('not-tracked', 'not-stocked') and exists (
                                select from told a where a.company_id = t.company_id and a.listener_id = t.listener_id and a.kind = 'stocking' and a.entity_id = t.entity_id
                                  and a.wanted > a.told and a.refusal is null and (a.asked = 'track' or a.location_id = t.location_id)) then 'stocking'
                            when t.refusal is not null then t.refusal
                            when t.wanted <= t.told then 'in-sync'
                            when (select s.first_synced_at is null from listener s where s.company_id = k.company_id and s.id = k.listener_id) then 'not-synced-yet'
                            when t.looks <> '[]' or t.drift is not null or t.hold_until is not null then 'checking'
                            else 'waiting' end
                from told t
                join place p on p.company_id = t.company_id and p.listener_id = t.listener_id and p.location_id = t.location_id
                where t.company_id = k.company_id and t.listener_id = k.listener_id and t.kind = 'stock' and t.entity_id = k.article_id
                order by t.refusal is null, t.wanted <= t.told, t.drift is null and t.hold_until is null and t.looks = '[]', t.location_id limit 1), 'no-stock-yet')
         end as state
  from link k;
