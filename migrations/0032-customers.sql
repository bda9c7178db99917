-- Customers: whoever orders. Any personal field may be missing, and all are gone once the customer is erased: the row stays, so that its orders do.
create table customer (
  company_id bigint not null references company,
  id bigint generated always as identity,
  name text,
  email text,
  phone text,
  -- the connection or view it came through, and what it is called there; null = made here
  source_id bigint,
  source_ref text,
  -- all that is known came along with orders: it is forgotten when they are (docs/operate.md)
  from_order boolean not null,
  version integer not null default 1,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  erased_at timestamptz,
  primary key (company_id, id),
  foreign key (company_id, source_id) references listener,
  check (erased_at is null or (name is null and email is null and phone is null))
);
create unique index customer_ref on customer (company_id, source_id, source_ref) where source_ref is not null;
create index customer_email on customer (company_id, lower(email)) where email is not null;
create index customer_from_order on customer (company_id, created_at) where from_order and erased_at is null;
call wall('customer', 'select, insert, update');

-- An order names its customer; what it said of one that has no e-mail stays with the order (`customer`). Once erased, nothing personal is taken in again.
alter table web_order add column customer_id bigint, add column customer_erased_at timestamptz;
alter table web_order add foreign key (company_id, customer_id) references customer;
create index web_order_customer on web_order (company_id, customer_id) where customer_id is not null;

-- Kept answers that hold a person are emptied when that person is erased.
grant update on idempotency to lagerbro_app;

-- Views: a customer comes before its orders (rule 3).
create or replace function view_parent(p_entity text) returns text language sql immutable
  as $$ select case p_entity when 'article' then 'product' when 'price' then 'article' when 'stock' then 'article' when 'order' then 'customer' end $$;

-- As before; an order may get its customer later, and what a view never had isn't said to be deleted.
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
               when p_entity in ('order', 'customer') then v.joins_orders and t.op = 'upsert'
               else t.op = 'upsert' and f.op = 'upsert' end
    order by v.listener_id, t.id, t.location
  on conflict (company_id, listener_id, entity, entity_id, location_id) do update set
    wanted = r.wanted + 1, op = excluded.op, seq = null, lane = excluded.lane, waits = false, origin = excluded.origin, corrected = false, refusal = null, refused_at = null, retry_at = null,
    parent_id = excluded.parent_id,
    told = case when excluded.told = 1 then r.wanted + 1 else r.told end,
    echo = case when r.seq is null then r.echo when r.wanted = r.told then r.told end,
    dirty_since = case when r.wanted > r.told then r.dirty_since else excluded.dirty_since end
$$;

create function view_customer_changed() returns trigger language plpgsql as $$
declare v record;
begin
  if not exists (select from view where company_id = (select company_id from changed limit 1)) then return null; end if;
  for v in select company_id, changed_at as at, array_agg(id order by id) as ids, array_fill(0::bigint, array[count(*)::integer]) as nowhere, array_fill(null::bigint, array[count(*)::integer]) as nobody,
                  array_agg(case when erased_at is null then 'upsert' else 'delete' end order by id) as ops from changed group by 1, 2 loop
    perform view_mark(v.company_id, 'customer', v.ids, v.nowhere, v.nobody, v.ops, v.at);
  end loop;
  return null;
end $$;
create trigger customer_made after insert on customer referencing new table as changed for each statement execute function view_customer_changed();
create trigger customer_changed after update on customer referencing new table as changed for each statement execute function view_customer_changed();

-- A view that takes an order in takes its customer in, who may be older than the view.
create function view_bring_customers(p_company bigint, p_orders bigint[], p_customers bigint[], p_now timestamptz) returns void language sql as $$
  insert into view_row (company_id, listener_id, entity, entity_id, told, there, lane, dirty_since, origin, echo)
    select distinct p_company, v.listener_id, 'customer', t.customer, case when 'customer' = any (v.entities) then 0 else 1 end, 'customer' <> all (v.entities), view_lane('customer'), p_now,
           nullif(current_setting('app.origin', true), '')::bigint, 0
    from unnest(p_orders, p_customers) as t(order_id, customer)
    join view v on v.company_id = p_company
    where t.customer is not null and (v.joins_orders
      or exists (select from view_row r where r.company_id = p_company and r.listener_id = v.listener_id and r.entity = 'order' and r.entity_id = t.order_id and r.op <> 'unlink'))
    order by 2, 4
  on conflict do nothing
$$;

-- An order is heard of when it is another order than before, not when we merely note that it was asked for again.
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
  end loop;
  return null;
end $$;
drop trigger web_order_changed on web_order;
create trigger web_order_changed after update on web_order referencing old table as was new table as changed for each statement execute function view_order_changed();
