-- One word per article and connection for "where does it stand": what the pages show, count and filter by.
-- Worst cell first: one that needs a person, one being looked at, one that waits. The words are those of web/contract/states.ts.
create view article_state with (security_invoker = true) as
  select k.company_id, k.listener_id, k.article_id, k.boxed, k.item_ref,
         case when not k.boxed then 'not-boxed'
              when k.state <> 'matched' then k.state
              else coalesce((
                select case when t.refusal is not null then t.refusal
                            when t.wanted <= t.told then 'in-sync'
                            when (select s.first_synced_at is null from listener s where s.company_id = k.company_id and s.id = k.listener_id) then 'not-synced-yet'
                            when t.looks <> '[]' or t.drift is not null or t.hold_until is not null then 'checking'
                            else 'waiting' end
                from told t
                where t.company_id = k.company_id and t.listener_id = k.listener_id and t.kind = 'stock' and t.entity_id = k.article_id
                order by t.refusal is null, t.wanted <= t.told, t.drift is null and t.hold_until is null and t.looks = '[]', t.location_id limit 1), 'no-stock-yet')
         end as state
  from link k;
grant select on article_state to lagerbro_app;
