-- A reader isn't told what it handed in itself, unless the outcome is another (S11). What its transaction changed is recognised by this: the version the
-- reader had when the transaction began, or null when it didn't have the newest.
alter table view_row add column echo bigint;

create or replace function view_mark(p_company bigint, p_entity text, p_ids bigint[], p_locations bigint[], p_parents bigint[], p_ops text[], p_now timestamptz) returns void language sql as $$
  insert into view_row as r (company_id, listener_id, entity, entity_id, location_id, parent_id, op, told, there, lane, dirty_since, origin, echo)
    select p_company, v.listener_id, p_entity, t.id, t.location, t.parent, t.op, case when p_entity = any (v.entities) then 0 else 1 end, p_entity <> all (v.entities), view_lane(p_entity), p_now,
           nullif(current_setting('app.origin', true), '')::bigint, 0
    from unnest(p_ids, p_locations, p_parents, p_ops) as t(id, location, parent, op)
    join view v on v.company_id = p_company
    left join view_row k on k.company_id = p_company and k.listener_id = v.listener_id and k.entity = p_entity and k.entity_id = t.id and k.location_id = t.location
    left join view_row f on f.company_id = p_company and f.listener_id = v.listener_id and f.location_id = 0 and f.entity_id = t.parent
      and f.entity = view_parent(p_entity)
    where case when k.entity is not null then k.op <> 'unlink'
               when p_entity = 'product' then v.joins_products
               when p_entity in ('order', 'customer') then v.joins_orders
               else t.op = 'upsert' and f.op = 'upsert' end
    order by v.listener_id, t.id, t.location
  on conflict (company_id, listener_id, entity, entity_id, location_id) do update set
    wanted = r.wanted + 1, op = excluded.op, seq = null, lane = excluded.lane, waits = false, origin = excluded.origin, corrected = false, refusal = null, refused_at = null, retry_at = null,
    told = case when excluded.told = 1 then r.wanted + 1 else r.told end,
    echo = case when r.seq is null then r.echo when r.wanted = r.told then r.told end,
    dirty_since = case when r.wanted > r.told then r.dirty_since else excluded.dirty_since end
$$;
