-- A shop may be master of a location's numbers as an ERP may (docs/decisions/0018). Its number has its own orders taken off, and ours says
-- what is on the shelf: what its orders hold here is added to it, and what they have done to on hand by then is known.
-- version 0 = what stood here when it became master; its number was not taken over yet.
alter table master_number
  add column committed integer not null default 0,
  add column own integer not null default 0;

-- As before, but where the listener itself is master nobody has to have counted first: its number is the count.
create or replace function ensure_told(p_company bigint, p_articles bigint[], p_listener bigint, p_lane text, p_now timestamptz) returns integer language plpgsql
  set join_collapse_limit = 1 as $$
declare n integer;
begin
  insert into told (company_id, listener_id, kind, entity_id, location_id, wanted, buffer, lane, dirty_since)
    select p.company_id, k.listener_id, 'stock', a.id, p.location_id, 1, k.buffer, p_lane, p_now
    from unnest(p_articles) as a(id)
    join link k on k.company_id = p_company and k.article_id = a.id and k.boxed and (p_listener is null or k.listener_id = p_listener)
    join place p on p.company_id = p_company and p.listener_id = k.listener_id
    join location o on o.company_id = p_company and o.id = p.location_id
    left join level v on v.company_id = p_company and v.article_id = a.id and v.location_id = p.location_id
    where v.known or o.master_id = k.listener_id
    order by k.listener_id, a.id, p.location_id
    on conflict do nothing;
  get diagnostics n = row_count;
  return n;
end $$;

-- Whose number there is at a location, asked row by row.
create function listener_is_master(p_company bigint, p_listener bigint, p_location bigint) returns boolean language sql stable as
  $$ select exists (select from location o where o.company_id = p_company and o.id = p_location and o.master_id = p_listener) $$;

-- A movement that an order of this listener made, or that a count took back of one.
create function is_of_its_orders(p_source jsonb, p_listener bigint) returns boolean language sql immutable as
  $$ select coalesce(case p_source ->> 'type' when 'web-order' then p_source ->> 'listener' = p_listener::text when 'late-fact' then p_source ->> 'ref' like 'web:' || p_listener || ':%' end, false) $$;
