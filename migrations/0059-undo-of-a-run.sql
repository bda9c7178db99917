-- A first sync, or everything sent, can be undone (docs/decisions/0019): the shop is told what it showed before, less what was sold since, and
-- its boxes are taken away.

alter table run drop constraint run_kind_check;
alter table run add constraint run_kind_check check (kind in ('match', 'first-sync', 'sync-all', 'take-over', 'compare', 'undo'));
-- which run is undone
alter table run add column of_id bigint;
alter table run add constraint run_of foreign key (company_id, of_id) references run, add constraint run_undoes check ((kind = 'undo') = (of_id is not null));

-- What the shop showed right before the run wrote, what was written, and what was available here at that moment: a pair that stays true whatever is sold later.
alter table run_item add column replaced integer, add column sent integer, add column available integer;
-- Of earlier runs the dry run's numbers are the nearest that was kept. The wall holds for the owner too, and stands aside for this one statement.
alter table run no force row level security;
alter table run_item no force row level security;
alter table link no force row level security;
update run_item i set replaced = i.was, sent = i.target, available = i.target + coalesce(k.buffer, 0)
  from run r join link k on k.company_id = r.company_id and k.listener_id = r.listener_id
  where r.company_id = i.company_id and r.id = i.run_id and k.article_id = i.article_id and r.kind in ('first-sync', 'sync-all') and i.state = 'sent' and i.was is not null;
alter table run force row level security;
alter table run_item force row level security;
alter table link force row level security;

-- The undo that takes the box away, or took it: until a person ticks it again, told.buffer is what the undo needs and not what a person chose.
alter table link add column undone_by bigint;

-- As in 0025, and one more: unticked by an undo.
create or replace view article_state with (security_invoker = true) as
  select k.company_id, k.listener_id, k.article_id, k.boxed, k.item_ref,
         case when not k.boxed then case when k.undone_by is null then 'not-boxed' else 'undone' end
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

-- What an undo unticked waits for nobody: the list of what waits leaves it out as it leaves out what a person unticked.
do $$ begin
  execute 'create or replace view attention_article with (security_invoker = true) as '
    || replace(pg_get_viewdef('attention_article'::regclass), '''not-boxed''::text', '''not-boxed''::text, ''undone''::text');
end $$;
