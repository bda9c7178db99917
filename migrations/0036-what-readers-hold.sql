-- What a reader holds, as a hash of what it was served (V11): "send only what is missing" sends what differs from it.
alter table view_row
  -- of the version that was served last
  add column served_version bigint,
  add column served_hash text,
  -- of what the reader acknowledged last; null = it never did, or another version than was served last
  add column acked_hash text;

-- A resend of what the reader rejected is a run like the others.
alter table view_run drop constraint view_run_mode_check, add constraint view_run_mode_check check (mode in ('resend', 'verify', 'from_now', 'rejected'));

-- As in 0031; 'verify' = what was never acknowledged, lies rejected, or is named as differing from what was acknowledged.
drop function view_fill(bigint, bigint, bigint[], text, bigint, timestamptz);
create function view_fill(p_company bigint, p_listener bigint, p_products bigint[], p_mode text, p_run bigint, p_now timestamptz,
  p_entities text[], p_ids bigint[], p_locations bigint[]) returns integer language plpgsql as $$
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
    left join unnest(p_entities, p_ids, p_locations) as d(entity, id, location) on d.entity = f.entity and d.id = f.entity_id and d.location = f.location_id
    cross join lateral (
      select s.lane from view_row s
      where s.company_id = p_company and s.listener_id = p_listener and s.entity = f.entity and s.entity_id = f.entity_id and s.location_id = f.location_id
        and s.seq is not null and (p_run is null or s.run_id is distinct from p_run)
        and (s.op = 'unlink' or p_mode = 'resend' or (p_mode = 'verify' and (not s.there or s.refusal is not null or d.id is not null)))
      limit 1 for update skip locked) k
  on conflict (company_id, listener_id, entity, entity_id, location_id) do update set
    wanted = r.wanted + 1, op = 'upsert', seq = null, waits = false, lane = case when r.wanted > r.told and r.refusal is null then r.lane else 'backfill' end,
    told = case when p_mode = 'from_now' or r.entity <> all (v_entities) then r.wanted + 1 else r.told end, there = r.there or p_mode = 'from_now' or r.entity <> all (v_entities),
    refusal = null, refused_at = null, retry_at = null, run_id = p_run, run_version = r.wanted + 1,
    dirty_since = case when r.wanted > r.told then r.dirty_since else p_now end;
  get diagnostics v_marked = row_count;
  return v_made + v_marked;
end $$;
