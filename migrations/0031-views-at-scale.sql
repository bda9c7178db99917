-- Measured by npm run bench -- views: a resend's cost grew with the square of the rows it marked at once. No rule changes.
-- Where a table or a view is new, the planner believes that any look-up finds one row: an index over all rows of a view is then taken for as good as the
-- key, and a subquery that locks is run anew for every row. So whatever is about many rows here looks each of them up by itself (lateral, limit 1), and
-- writes them as an insert of rows that all stand already: that goes by key, whatever the planner believes.

drop index view_row_parent;
create index view_row_parent on view_row (company_id, parent_id, listener_id) where parent_id is not null;
drop index view_row_entity;

-- Settles the places of all that this transaction changed (R30), and who must wait for whom.
create function view_place_all(p_company bigint) returns void language plpgsql as $$
declare
  v_head bigint;
  v_listeners bigint[];
  v_entities text[];
  v_ids bigint[];
  v_locations bigint[];
begin
  select head into strict v_head from view_clock where company_id = p_company for update;
  with placed as (
    insert into view_row as r (company_id, listener_id, entity, entity_id, location_id, lane, seq)
      select t.company_id, t.listener_id, t.entity, t.entity_id, t.location_id, t.lane,
             v_head + row_number() over (order by view_rank(t.entity), t.entity_id, t.location_id, t.listener_id)
      from view_row t where t.company_id = p_company and t.seq is null
    on conflict (company_id, listener_id, entity, entity_id, location_id) do update set seq = excluded.seq
    returning r.listener_id, r.entity, r.entity_id, r.location_id)
  select array_agg(listener_id), array_agg(entity), array_agg(entity_id), array_agg(location_id) into v_listeners, v_entities, v_ids, v_locations from placed;
  update view_clock set head = v_head + cardinality(v_ids) where company_id = p_company;

  insert into view_row (company_id, listener_id, entity, entity_id, location_id, lane)
    select p_company, t.listener, t.entity, t.id, t.location, c.lane
    from unnest(v_listeners, v_entities, v_ids, v_locations) as t(listener, entity, id, location)
    cross join lateral (
      select r as itself, r.lane, r.parent_id from view_row r join view v on v.company_id = p_company and v.listener_id = t.listener and not v.by_number
      where r.company_id = p_company and r.listener_id = t.listener and r.entity = t.entity and r.entity_id = t.id and r.location_id = t.location
        and r.parent_id is not null and r.wanted > r.told and not r.waits limit 1) c
    cross join lateral (
      select r as itself from view_row r
      where r.company_id = p_company and r.listener_id = t.listener and r.entity = view_parent(t.entity) and r.entity_id = c.parent_id and r.location_id = 0 limit 1) p
    where view_early(p.itself, c.itself)
  on conflict (company_id, listener_id, entity, entity_id, location_id) do update set waits = true;

  -- A parent that isn't there now comes later than its children stand. One that somebody else is changing settles it when that commits. The listener is
  -- asked in words no index knows, so that children are found by their parent and not among all rows of the view.
  insert into view_row (company_id, listener_id, entity, entity_id, location_id, lane)
    select p_company, t.listener, k.entity, k.entity_id, k.location_id, k.lane
    from unnest(v_listeners, v_entities, v_ids) as t(listener, entity, id)
    cross join lateral (
      select r as itself from view_row r join view v on v.company_id = p_company and v.listener_id = t.listener and not v.by_number
      where r.company_id = p_company and r.listener_id = t.listener and r.entity = t.entity and r.entity_id = t.id and r.location_id = 0 and not r.there limit 1) p
    cross join lateral (
      select r.entity, r.entity_id, r.location_id, r.lane from view_row r
      where r.company_id = p_company and r.parent_id = t.id and r.listener_id is not distinct from t.listener and view_parent(r.entity) = t.entity
        and r.wanted > r.told and not r.waits and view_early(p.itself, r) for update skip locked) k
    where t.entity in ('product', 'article', 'customer')
  on conflict (company_id, listener_id, entity, entity_id, location_id) do update set waits = true;

  -- whoever waits for this view is woken (db/bell.ts): "a page to show", no work for a worker
  perform pg_notify('lagerbro_ring', 'db ' || string_agg(p_company || ':' || l || ':s', ',')) from (select distinct unnest(v_listeners) as l) x;
end $$;

-- The first row of a transaction settles them all; the others ask by their key whether that was done. That the row has no place yet isn't asked in the
-- condition: the index of such rows would be taken for short, and it holds all that this transaction wrote.
create function view_place() returns trigger language plpgsql as $$
declare
  v_seq bigint;
begin
  select r.seq into v_seq from view_row r
    where r.company_id = new.company_id and r.listener_id = new.listener_id and r.entity = new.entity and r.entity_id = new.entity_id and r.location_id = new.location_id;
  if found and v_seq is null then perform view_place_all(new.company_id); end if;
  return null;
end $$;
drop trigger view_row_stamp on view_row;
create constraint trigger view_row_place after insert or update on view_row deferrable initially deferred
  for each row when (new.seq is null) execute function view_place();
drop function view_stamp();

-- As in 0023, each row by its key.
create or replace function view_fill(p_company bigint, p_listener bigint, p_products bigint[], p_mode text, p_run bigint, p_now timestamptz) returns integer language plpgsql as $$
declare
  v_entities text[];
  v_made integer;
  v_marked integer := 0;
begin
  select entities into strict v_entities from view where company_id = p_company and listener_id = p_listener;
  insert into view_row (company_id, listener_id, entity, entity_id, location_id, parent_id, told, there, lane, dirty_since, run_id, run_version)
    select p_company, p_listener, f.entity, f.entity_id, f.location_id, f.parent_id, case when p_mode = 'from_now' or f.entity <> all (v_entities) then 1 else 0 end,
           p_mode = 'from_now' or f.entity <> all (v_entities), 'backfill',
           p_now, p_run, 1
    from view_things(p_company, p_products) f order by view_rank(f.entity), f.entity_id, f.location_id
    on conflict do nothing;
  get diagnostics v_made = row_count;
  insert into view_row as r (company_id, listener_id, entity, entity_id, location_id, lane)
    select p_company, p_listener, f.entity, f.entity_id, f.location_id, k.lane
    from view_things(p_company, p_products) f
    cross join lateral (
      select s.lane from view_row s
      where s.company_id = p_company and s.listener_id = p_listener and s.entity = f.entity and s.entity_id = f.entity_id and s.location_id = f.location_id
        and s.seq is not null and (p_run is null or s.run_id is distinct from p_run)
        and (s.op = 'unlink' or p_mode = 'resend' or (p_mode = 'verify' and (not s.there or s.refusal is not null)))
      limit 1 for update skip locked) k
  on conflict (company_id, listener_id, entity, entity_id, location_id) do update set
    wanted = r.wanted + 1, op = 'upsert', seq = null, waits = false, lane = case when r.wanted > r.told and r.refusal is null then r.lane else 'backfill' end,
    told = case when p_mode = 'from_now' or r.entity <> all (v_entities) then r.wanted + 1 else r.told end, there = r.there or p_mode = 'from_now' or r.entity <> all (v_entities),
    refusal = null, refused_at = null, retry_at = null, run_id = p_run, run_version = r.wanted + 1,
    dirty_since = case when r.wanted > r.told then r.dirty_since else p_now end;
  get diagnostics v_marked = row_count;
  return v_made + v_marked;
end $$;

-- As in 0023, each row by its key.
create or replace function view_leave(p_company bigint, p_listener bigint, p_products bigint[], p_now timestamptz) returns integer language plpgsql as $$
declare
  n integer;
  v_entities text[];
begin
  select entities into strict v_entities from view where company_id = p_company and listener_id = p_listener;
  insert into view_row as r (company_id, listener_id, entity, entity_id, location_id, lane)
    select p_company, p_listener, k.entity, k.entity_id, k.location_id, k.lane from (
      select s.entity, s.entity_id, s.location_id, s.lane from view_row s
      where s.company_id = p_company and s.listener_id = p_listener and s.op <> 'unlink' and s.entity in ('product', 'article', 'price', 'stock')
        and case s.entity when 'product' then s.entity_id when 'article' then s.parent_id else (select a.product_id from article a where a.company_id = p_company and a.id = s.entity_id) end = any (p_products)
      order by view_rank(s.entity), s.entity_id, s.location_id for update) k
  on conflict (company_id, listener_id, entity, entity_id, location_id) do update set
    op = 'unlink', wanted = r.wanted + 1, told = case when r.entity = any (v_entities) then r.told else r.wanted + 1 end, waits = false, seq = null, lane = view_lane(r.entity), refusal = null, refused_at = null,
    dirty_since = case when r.wanted > r.told then r.dirty_since else p_now end;
  get diagnostics n = row_count;
  return n;
end $$;
