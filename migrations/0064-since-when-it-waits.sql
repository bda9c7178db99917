-- What waits knows since when, and how long it is worth saying: two systems on one sync view are among it, a reader is silent or late and never both by turns,
-- and a number under nothing and a link that isn't found say when they came to be so.

-- Since when what is available is known to be under nothing; null = it isn't.
alter table level add column negative_since timestamptz;
-- By the condition alone an ordinary movement never calls it, and whatever writes a level keeps it true.
create function level_is_negative() returns trigger language plpgsql as $$
begin
  new.negative_since := case when new.negative_since is null then new.changed_at end;
  return new;
end $$;
create trigger level_negative before insert or update on level for each row
  when ((new.known and new.on_hand - new.reserved < 0) <> (new.negative_since is not null)) execute function level_is_negative();
create index level_negative on level (company_id, article_id) where negative_since is not null;

-- Since when the link is in its state; null = from before it was written down.
alter table link add column state_since timestamptz;

-- Since when more than one key reads the view; null = one does, or none. One that was exchanged for another is forgotten within minutes (LATELY_MS).
alter table view add column crowded_since timestamptz;

-- The wall holds for the owner too, and stands aside for these statements. What is under nothing now: since the first movement after which it stayed so.
alter table level no force row level security;
alter table movement no force row level security;
update level v set negative_since = coalesce((
    select min(m.posted_at) from movement m
    where m.company_id = v.company_id and m.article_id = v.article_id and m.location_id = v.location_id and m.id > coalesce((
      select max(b.id) from (
        select p.id, sum(p.on_hand_delta - p.reserved_delta) over (order by p.id) as available from movement p
        where p.company_id = v.company_id and p.article_id = v.article_id and p.location_id = v.location_id) b
      where b.available >= 0), 0)), v.changed_at)
  where v.known and v.on_hand - v.reserved < 0;
alter table level force row level security;
alter table movement force row level security;

drop view attention;

-- As in 0056, and since when: a link from when it came to stand so, an article nobody has counted from when it was found.
create or replace view attention_article with (security_invoker = true) as
  select k.company_id,
         case when s.state in ('link-moved', 'ambiguous', 'missing', 'not-tracked', 'not-stocked', 'bundle', 'fulfilment-service', 'has-choices', 'item-gone', 'place-gone', 'value-refused',
                               'too-hot', 'no-stock-yet') then s.state else 'remote-strange' end as cause,
         k.listener_id, k.article_id as item_id, k.article_id as target_id, a.number, a.name, null::text as code, '{}'::jsonb as facts,
         coalesce((select min(t.dirty_since) from told t where t.company_id = k.company_id and t.listener_id = k.listener_id and t.kind = 'stock' and t.entity_id = k.article_id and t.refusal is not null),
                  k.since) as since,
         l.created_at as worth_at
  from (
    -- Few of many: only those are asked how they stand.
    select company_id, listener_id, article_id, state_since as since from link where boxed and state not in ('matched', 'looking')
    union
    select t.company_id, t.listener_id, t.entity_id, null from told t join link k on k.company_id = t.company_id and k.listener_id = t.listener_id and k.article_id = t.entity_id
    where t.kind = 'stock' and t.refusal is not null and k.state in ('matched', 'looking')
    union
    select k.company_id, k.listener_id, k.article_id, k.matched_at from link k
    where k.boxed and k.state = 'matched' and not exists (
      select from told t join place p on p.company_id = t.company_id and p.listener_id = t.listener_id and p.location_id = t.location_id
      where t.company_id = k.company_id and t.listener_id = k.listener_id and t.kind = 'stock' and t.entity_id = k.article_id)) k
  join listener l on l.company_id = k.company_id and l.id = k.listener_id and l.kind = 'connection' and l.state in ('active', 'paused')
  join article a on a.company_id = k.company_id and a.id = k.article_id
  cross join lateral (select f.state from article_state f where f.company_id = k.company_id and f.listener_id = k.listener_id and f.article_id = k.article_id offset 0) s
  where s.state not in ('in-sync', 'waiting', 'checking', 'looking', 'stocking', 'left-out', 'not-boxed', 'undone', 'not-synced-yet')
  union all
  select d.company_id, 'difference', d.listener_id, d.id, d.article_id, a.number, a.name, d.reason, jsonb_build_object('theirs', d.theirs, 'ours', d.ours), d.seen_at, d.seen_at
  from difference d join article a on a.company_id = d.company_id and a.id = d.article_id where d.state = 'open'
  union all
  select a.company_id, 'negative', null, a.id, a.id, a.number, a.name, null, '{}', n.since, a.created_at
  from (select company_id, article_id, min(negative_since) as since from level where negative_since is not null group by company_id, article_id) n
  join article a on a.company_id = n.company_id and a.id = n.article_id and a.archived_at is null
  union all
  -- Those ticked at a shop are among its own.
  select a.company_id, 'uncounted', null, a.id, a.id, a.number, a.name, null, '{}', a.created_at, a.created_at
  from article a
  where a.archived_at is null and a.stock_tracked and not exists (select from level v where v.company_id = a.company_id and v.article_id = a.id and v.known)
    and not exists (select from link k join listener l on l.company_id = k.company_id and l.id = k.listener_id and l.state in ('active', 'paused')
                    where k.company_id = a.company_id and k.article_id = a.id and k.boxed and k.state = 'matched')
  union all
  select r.company_id, 'product-refused', r.listener_id, p.id, (select min(f.id) from article f where f.company_id = p.company_id and f.product_id = p.id and f.archived_at is null), null, p.name,
         min(r.refusal), '{}', min(r.refused_at), min(r.refused_at)
  from view_row r
  join listener l on l.company_id = r.company_id and l.id = r.listener_id and l.kind = 'connection' and l.state in ('active', 'paused')
  join product p on p.company_id = r.company_id and p.id = view_product(r)
  where r.refusal is not null group by r.company_id, r.listener_id, p.company_id, p.id, p.name;

-- As in 0056; how its reader reads is told below.
create or replace view attention_reader with (security_invoker = true) as
  select r.company_id, 'view-rejected' as cause, r.listener_id, r.seq as item_id, coalesce(a.id, r.entity_id) as target_id, a.number, coalesce(a.name, p.name, o.name, r.entity) as name,
         r.refusal as code, jsonb_build_object('entity', r.entity) as facts, r.refused_at as since, r.refused_at as worth_at
  from view_row r
  join listener l on l.company_id = r.company_id and l.id = r.listener_id and l.kind = 'view' and l.state = 'active'
  left join article a on a.company_id = r.company_id and a.id = r.entity_id and r.entity in ('article', 'price', 'stock')
  left join product p on p.company_id = r.company_id and p.id = r.entity_id and r.entity = 'product'
  left join web_order o on o.company_id = r.company_id and o.id = r.entity_id and r.entity = 'order'
  where r.refusal is not null
  union all
  select v.company_id, 'view-resync', v.listener_id, v.listener_id, v.listener_id, null, l.name, null, '{}', v.resync_since, v.resync_since
  from view v join listener l on l.company_id = v.company_id and l.id = v.listener_id and l.kind = 'view' and l.state = 'active' where v.resync_since is not null
  union all
  select w.company_id, 'webhook-failing', w.listener_id, w.listener_id, w.listener_id, null, l.name, w.state, jsonb_build_object('status', coalesce(w.last_status::text, '')), w.failing_since,
         case when w.state = 'paused' then w.failing_since else w.failing_since + interval '1 hour' end
  from view_webhook w join listener l on l.company_id = w.company_id and l.id = w.listener_id and l.state = 'active' where w.failing_since is not null
  union all
  select r.company_id, 'restored', null, r.epoch, r.epoch, null, '', null, '{}', r.restored_at, r.restored_at from restore r where r.ended_at is null
  union all
  -- The mail server that took none of the latest letters; or the one nobody has tried.
  select m.company_id, case when f.problem is null then 'mail-untried' else 'mail-unsent' end, null, 1, 1, null, m.host, 'mail-' || f.problem, '{}', coalesce(f.made_at, m.changed_at), m.changed_at
  from mail m left join lateral (
    select t.problem, t.made_at from letter t
    where t.company_id = m.company_id and t.problem is not null and t.sent_at is null and t.made_at > coalesce(m.taken_at, '-infinity') order by t.made_at limit 1) f on true
  where m.taken_at is null or f.problem is not null;


-- How a view is read. Something waits and nobody has asked for it for an hour: silent. It is asked for, and not acknowledged for a day: late, as long as it is asked for.
create view attention_reading with (security_invoker = true) as
  select v.company_id, c.cause, v.listener_id, v.listener_id as item_id, v.listener_id as target_id, null::text as number, l.name, null::text as code, '{}'::jsonb as facts,
         c.since, c.worth_at, c.worth_until
  from view v
  join listener l on l.company_id = v.company_id and l.id = v.listener_id and l.kind = 'view' and l.state = 'active'
  cross join lateral (
    select min(r.dirty_since) as since from view_row r
    where r.company_id = v.company_id and r.listener_id = v.listener_id and r.wanted > r.told and r.refusal is null and not r.waits) w
  cross join lateral (
    select 'view-silent' as cause, greatest(v.polled_at, w.since) as since, greatest(v.polled_at, w.since) + interval '1 hour' as worth_at, null::timestamptz as worth_until
    union all
    select 'view-late', w.since, w.since + interval '1 day', greatest(v.polled_at, w.since) + interval '1 hour') c
  where w.since is not null and v.resync_since is null
  union all
  -- Until the one before the latest has been away for so long that it counts as gone (LATELY_MS).
  select v.company_id, 'view-crowded', v.listener_id, v.listener_id, v.listener_id, null, l.name, null, '{}', v.crowded_since, v.crowded_since + interval '15 minutes', k.at + interval '10 minutes'
  from view v
  join listener l on l.company_id = v.company_id and l.id = v.listener_id and l.kind = 'view' and l.state = 'active'
  cross join lateral (
    select max((r.value #>> '{}')::timestamptz) as at from jsonb_each(v.readers) r group by split_part(r.key, ' ', 1) order by 1 desc offset 1 limit 1) k
  where v.crowded_since is not null;
grant select on attention_reading to lagerbro_app;

-- worth_until = said no longer than that, though nobody has changed anything; null = as long as it lasts.
create view attention with (security_invoker = true) as
  select *, null::timestamptz as worth_until from attention_link
  union all select *, null from attention_article
  union all select *, null from attention_order
  union all select *, null from attention_reader
  union all select *, null from attention_bulk
  union all select * from attention_reading;
grant select on attention to lagerbro_app;
