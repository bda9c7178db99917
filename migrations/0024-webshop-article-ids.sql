-- A webshop article id that was saved stays until a person takes another: when the number stands on another item, on several or on none, the link says
-- so, nothing is sent, and the old id can still be seen.
alter table link drop constraint link_state_check;
-- moved: the number it was matched by stands on another item now
alter table link add constraint link_state_check check (state in ('looking', 'matched', 'moved', 'missing', 'ambiguous'));

-- When the item appeared, went, or got another number: what a check of the ids has to be younger than.
alter table listing add column changed_at timestamptz;
create index listing_changed on listing (company_id, listener_id, changed_at);
alter table listener add column ids_checked_at timestamptz;

-- What a check of the ids found of each ticked article, before a person saved it.
create table run_link (
  company_id bigint not null references company,
  run_id bigint not null,
  article_id bigint not null,
  -- same · changed: another item bears the number · found: had no id · ambiguous: several items bear it · gone: had an id, no item bears the number any more ·
  -- missing: had none, none bears it · passed: the shop changed again before it was saved
  verdict text not null check (verdict in ('same', 'changed', 'found', 'ambiguous', 'gone', 'missing', 'passed')),
  was_ref text,
  now_ref text,
  -- how many items bear the number; the number the old item bears now, null = it bears none or isn't there
  carriers integer not null,
  theirs text,
  saved_at timestamptz,
  primary key (company_id, run_id, article_id),
  foreign key (company_id, run_id) references run
);
call wall('run_link', 'select, insert, update, delete');

-- The same words as in 0017; a moved link has the words of a refusal that says the same.
create or replace view article_state with (security_invoker = true) as
  select k.company_id, k.listener_id, k.article_id, k.boxed, k.item_ref,
         case when not k.boxed then 'not-boxed'
              when k.state = 'moved' then 'link-moved'
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
