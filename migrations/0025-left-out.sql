-- A person says that an article isn't kept at a place on purpose (asked = 'leave'): nothing is asked of the shop, the row waits for nothing, and
-- the cell that the shop refuses as not stocked is nobody's to mend any more. Asking for it to be kept there takes the word back.
alter table told drop constraint told_asked_check, add constraint told_asked_check check (asked in ('track', 'stock', 'leave'));

-- As in 0024, and one more: left out on purpose. It comes after everything that somebody must do or that goes on by itself, and before in sync.
create or replace view article_state with (security_invoker = true) as
  select k.company_id, k.listener_id, k.article_id, k.boxed, k.item_ref,
         case when not k.boxed then 'not-boxed'
              when k.state = 'moved' then 'link-moved'
              when k.state <> 'matched' then k.state
              else coalesce((
                select case when l.left_out then 'left-out'
                            when t.refusal in ('not-tracked', 'not-stocked') and exists (
                                select from told a where a.company_id = t.company_id and a.listener_id = t.listener_id and a.kind = 'stocking' and a.entity_id = t.entity_id
                                  and a.wanted > a.told and a.refusal is null and (a.asked = 'track' or a.location_id = t.location_id)) then 'stocking'
                            when t.refusal is not null then t.refusal
                            when t.wanted <= t.told then 'in-sync'
                            when (select s.first_synced_at is null from listener s where s.company_id = k.company_id and s.id = k.listener_id) then 'not-synced-yet'
                            when t.looks <> '[]' or t.drift is not null or t.hold_until is not null then 'checking'
                            else 'waiting' end
                from told t
                join place p on p.company_id = t.company_id and p.listener_id = t.listener_id and p.location_id = t.location_id
                cross join lateral (
                  select t.refusal is not distinct from 'not-stocked' and exists (
                    select from told a where a.company_id = t.company_id and a.listener_id = t.listener_id and a.kind = 'stocking' and a.entity_id = t.entity_id
                      and a.location_id = t.location_id and a.asked = 'leave') as left_out) l
                where t.company_id = k.company_id and t.listener_id = k.listener_id and t.kind = 'stock' and t.entity_id = k.article_id
                order by t.refusal is null or l.left_out, t.wanted <= t.told or l.left_out, not l.left_out,
                         t.drift is null and t.hold_until is null and t.looks = '[]', t.location_id limit 1), 'no-stock-yet')
         end as state
  from link k;
