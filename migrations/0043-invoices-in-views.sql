-- Views: the invoice of an order, once an ERP has booked it. It comes after its order.

alter table view_row drop constraint view_row_entity_check,
  add constraint view_row_entity_check check (entity in ('product', 'article', 'price', 'stock', 'order', 'customer', 'invoice'));

create or replace function view_lane(p_entity text) returns text language sql immutable
  as $$ select case p_entity when 'stock' then 'stock' when 'order' then 'order' when 'customer' then 'order' when 'invoice' then 'order' when 'price' then 'price' else 'product' end $$;
create or replace function view_parent(p_entity text) returns text language sql immutable
  as $$ select case p_entity when 'article' then 'product' when 'price' then 'article' when 'stock' then 'article' when 'order' then 'customer' when 'invoice' then 'order' end $$;
create or replace function view_rank(p_entity text) returns integer language sql immutable
  as $$ select case p_entity when 'customer' then 0 when 'order' then 1 when 'product' then 2 when 'article' then 3 when 'price' then 4 when 'invoice' then 6 else 5 end $$;

-- As in 0031; an order is a parent now.
create or replace function view_place_all(p_company bigint) returns void language plpgsql as $$
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
    where t.entity in ('product', 'article', 'customer', 'order')
  on conflict (company_id, listener_id, entity, entity_id, location_id) do update set waits = true;

  -- whoever waits for this view is woken (db/bell.ts): "a page to show", no work for a worker
  perform pg_notify('lagerbro_ring', 'db ' || string_agg(p_company || ':' || l || ':s', ',')) from (select distinct unnest(v_listeners) as l) x;
end $$;

-- A view that takes an order in takes its invoices in, which may be older than the view.
create function view_bring_invoices(p_company bigint, p_orders bigint[], p_now timestamptz) returns void language sql as $$
  insert into view_row (company_id, listener_id, entity, entity_id, parent_id, told, there, lane, dirty_since, echo)
    select p_company, v.listener_id, 'invoice', d.id, d.order_id, case when 'invoice' = any (v.entities) then 0 else 1 end, 'invoice' <> all (v.entities), view_lane('invoice'), p_now, 0
    from unnest(p_orders) as t(id)
    join erp_document d on d.company_id = p_company and d.order_id = t.id and d.stage = 'booked'
    join view v on v.company_id = p_company
    where exists (select from view_row r where r.company_id = p_company and r.listener_id = v.listener_id and r.entity = 'order' and r.entity_id = t.id and r.location_id = 0 and r.op = 'upsert')
    order by 2, 4
  on conflict do nothing
$$;

-- As in 0032; its invoices come with it.
create or replace function view_order_changed() returns trigger language plpgsql as $$
declare
  v record;
  v_same bigint[] := '{}';
begin
  if not exists (select from view where company_id = (select company_id from changed limit 1)) then return null; end if;
  if tg_op = 'UPDATE' then
    select coalesce(array_agg(c.id), '{}') into v_same from changed c join was o on o.company_id = c.company_id and o.id = c.id
      where (c.version, c.state, c.name, c.customer_id, c.customer_erased_at) is not distinct from (o.version, o.state, o.name, o.customer_id, o.customer_erased_at);
  end if;
  for v in
    select company_id, greatest(taken_at, customer_erased_at) as at, array_agg(id order by id) as ids, array_fill(0::bigint, array[count(*)::integer]) as nowhere,
           array_agg(case when customer_erased_at is null then customer_id end order by id) as customers, array_fill('upsert'::text, array[count(*)::integer]) as ops
    from changed where id <> all (v_same) group by 1, 2
  loop
    perform view_bring_customers(v.company_id, v.ids, v.customers, v.at);
    perform view_mark(v.company_id, 'order', v.ids, v.nowhere, v.customers, v.ops, v.at);
    perform view_bring_invoices(v.company_id, v.ids, v.at);
  end loop;
  return null;
end $$;

-- What is booked is an order's invoice once somebody has said which. Linked to none again it is nobody's, and is said to be gone.
create function view_invoice_changed() returns trigger language plpgsql as $$
declare
  v record;
  v_same bigint[] := '{}';
begin
  if not exists (select from view where company_id = (select company_id from changed limit 1)) then return null; end if;
  if tg_op = 'UPDATE' then
    select coalesce(array_agg(c.id), '{}') into v_same from changed c join was d on d.company_id = c.company_id and d.id = c.id
      where c.order_id is null and d.order_id is null
        or (c.order_id, c.stage, c.credit, c.invoice_number, c.booked_at, c.currency, c.net_minor, c.gross_minor)
          is not distinct from (d.order_id, d.stage, d.credit, d.invoice_number, d.booked_at, d.currency, d.net_minor, d.gross_minor);
  end if;
  for v in
    select company_id, seen_at as at, array_agg(id order by id) as ids, array_fill(0::bigint, array[count(*)::integer]) as nowhere, array_agg(order_id order by id) as orders,
           array_agg(case when order_id is null then 'delete' else 'upsert' end order by id) as ops
    from changed where stage = 'booked' and (order_id is not null or tg_op = 'UPDATE') and id <> all (v_same) group by 1, 2
  loop
    perform view_mark(v.company_id, 'invoice', v.ids, v.nowhere, v.orders, v.ops, v.at);
  end loop;
  return null;
end $$;
create trigger erp_document_made after insert on erp_document referencing new table as changed for each statement execute function view_invoice_changed();
create trigger erp_document_changed after update on erp_document referencing old table as was new table as changed for each statement execute function view_invoice_changed();

-- Its PDF comes later, and is gone once the person it names is forgotten.
create function view_invoice_pdf_changed() returns trigger language plpgsql as $$
declare v record;
begin
  if not exists (select from view where company_id = (select company_id from changed limit 1)) then return null; end if;
  for v in
    select c.company_id, coalesce(c.fetched_at, o.customer_erased_at, c.wanted_at) as at, array_agg(d.id order by d.id) as ids, array_fill(0::bigint, array[count(*)::integer]) as nowhere,
           array_agg(d.order_id order by d.id) as orders, array_fill('upsert'::text, array[count(*)::integer]) as ops
    from changed c join was w on w.company_id = c.company_id and w.document_id = c.document_id
    join erp_document d on d.company_id = c.company_id and d.id = c.document_id and d.stage = 'booked'
    join web_order o on o.company_id = d.company_id and o.id = d.order_id
    where (c.sha256, c.size_bytes) is distinct from (w.sha256, w.size_bytes) group by 1, 2
  loop
    perform view_mark(v.company_id, 'invoice', v.ids, v.nowhere, v.orders, v.ops, v.at);
  end loop;
  return null;
end $$;
create trigger invoice_pdf_changed after update on invoice_pdf referencing old table as was new table as changed for each statement execute function view_invoice_pdf_changed();
