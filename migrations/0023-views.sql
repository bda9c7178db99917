-- Sync views: a connection with the arrow reversed. What one outside system knows, what it has been served and what it has acknowledged (R30-R34).
-- A view is a listener of kind 'view'. Its told rows are here: they share versions, lanes and refusals with `told`, and need none of its belief.

create table view (
  company_id bigint not null references company,
  listener_id bigint not null,
  -- what it hears of: 'product' 'article' 'price' 'stock' 'order' 'customer'
  entities text[] not null,
  -- new products and orders join by themselves; null = nobody has said yet
  joins_products boolean,
  joins_orders boolean not null,
  -- the reader knows articles by their number: a child needn't wait for its parent
  by_number boolean not null default false,
  -- the reader's own measured rate, items a minute; null = nothing acknowledged yet
  rate_per_min double precision,
  polled_at timestamptz,
  -- when a page with something in it was last served: what isn't acknowledged long after is served again (R33)
  served_at timestamptz,
  acked_at timestamptz,
  -- hashed addresses that polled lately, {hash: instant}: two readers on one view are told about on its page
  readers jsonb not null default '{}',
  primary key (company_id, listener_id),
  foreign key (company_id, listener_id) references listener
);
call wall('view', 'select, insert, update');

-- Commit order is seq order within a company: the head is locked when a transaction commits, after everything else it locks (R30).
create table view_clock (
  company_id bigint primary key references company,
  head bigint not null default 0
);
call wall('view_clock', 'select, insert, update');

-- One row per (view, entity, id[, location]); however many changes, one row; it never expires. Unacknowledged while wanted > told.
create table view_row (
  company_id bigint not null references company,
  listener_id bigint not null,
  entity text not null check (entity in ('product', 'article', 'price', 'stock', 'order', 'customer')),
  entity_id bigint not null,
  location_id bigint not null default 0,
  -- an article's product; a price's or a stock's article
  parent_id bigint,
  op text not null default 'upsert' check (op in ('upsert', 'delete', 'unlink')),
  wanted bigint not null default 1,
  told bigint not null default 0,
  lane text not null,
  -- null only inside the transaction that changed it
  seq bigint,
  -- the reader has said that it holds it (or the view doesn't hear of it)
  there boolean not null default false,
  -- its parent isn't there: neither served nor acknowledged until then
  waits boolean not null default false,
  dirty_since timestamptz,
  told_at timestamptz,
  -- the view that made the latest change, or null
  origin bigint,
  -- what it made of it differs from what it sent
  corrected boolean not null default false,
  -- the reader's own id and version of it
  external_id text,
  external_version text,
  matched_by text,
  -- rejected by the reader: listed, and out of everybody's way until it changes or somebody retries
  refusal text,
  refused_at timestamptz,
  retry_at timestamptz,
  -- the resend that marked it, and the version it gave
  run_id bigint,
  run_version bigint,
  primary key (company_id, listener_id, entity, entity_id, location_id),
  foreign key (company_id, listener_id) references listener
);
create index view_row_served on view_row (company_id, listener_id, lane, seq) where wanted > told and refusal is null and not waits;
create index view_row_waits on view_row (company_id, listener_id, entity, parent_id) where waits;
create index view_row_parent on view_row (company_id, listener_id, parent_id, entity);
create index view_row_unstamped on view_row (company_id) where seq is null;
create index view_row_entity on view_row (company_id, entity, entity_id);
create index view_row_refused on view_row (company_id, listener_id) where refusal is not null;
create index view_row_run on view_row (company_id, listener_id, run_id) where run_id is not null;
create unique index view_row_external on view_row (company_id, listener_id, entity, external_id) where external_id is not null;
alter table view_row set (fillfactor = 70);
call wall('view_row', 'select, insert, update');

create function view_lane(p_entity text) returns text language sql immutable
  as $$ select case p_entity when 'stock' then 'stock' when 'order' then 'order' when 'customer' then 'order' when 'price' then 'price' else 'product' end $$;
create function view_parent(p_entity text) returns text language sql immutable
  as $$ select case p_entity when 'article' then 'product' when 'price' then 'article' when 'stock' then 'article' end $$;
-- Parents first, within what one transaction changed.
create function view_rank(p_entity text) returns integer language sql immutable
  as $$ select case p_entity when 'customer' then 0 when 'order' then 1 when 'product' then 2 when 'article' then 3 when 'price' then 4 else 5 end $$;

-- Whether a child would come before its parent: the parent isn't there, and isn't on its way before it in the same lane. A tombstone never is.
create function view_early(p view_row, c view_row) returns boolean language sql immutable
  as $$ select c.op = 'upsert' and not p.there and not (p.lane = c.lane and p.seq < c.seq and p.wanted > p.told and p.refusal is null) $$;

-- At commit: every row this transaction changed gets its place behind all that were committed before it, and it is settled who must wait for
-- whom: a child whose parent isn't there, unless the parent stands before it in the same lane. One commit after the other comes
-- through here, so of a parent and a child that were changed at once the later sees both.
create function view_stamp() returns trigger language plpgsql as $$
declare
  v_head bigint;
  v_listeners bigint[];
  v_entities text[];
  v_ids bigint[];
  v_locations bigint[];
begin
  if not exists (select from view_row r where r.company_id = new.company_id and r.listener_id = new.listener_id and r.entity = new.entity
                   and r.entity_id = new.entity_id and r.location_id = new.location_id and r.seq is null) then
    return null;
  end if;
  select head into strict v_head from view_clock where company_id = new.company_id for update;
  with todo as (
    select r.listener_id, r.entity, r.entity_id, r.location_id, row_number() over (order by view_rank(r.entity), r.entity_id, r.location_id, r.listener_id) as n
    from view_row r where r.company_id = new.company_id and r.seq is null
  ), stamped as (
    update view_row r set seq = v_head + t.n from todo t
    where r.company_id = new.company_id and r.listener_id = t.listener_id and r.entity = t.entity and r.entity_id = t.entity_id and r.location_id = t.location_id
    returning r.listener_id, r.entity, r.entity_id, r.location_id)
  select array_agg(listener_id), array_agg(entity), array_agg(entity_id), array_agg(location_id) into v_listeners, v_entities, v_ids, v_locations from stamped;
  update view_clock set head = v_head + cardinality(v_ids) where company_id = new.company_id;

  update view_row c set waits = true
    from unnest(v_listeners, v_entities, v_ids, v_locations) as t(listener, entity, id, location), view_row p, view v
    where c.company_id = new.company_id and c.listener_id = t.listener and c.entity = t.entity and c.entity_id = t.id and c.location_id = t.location and c.wanted > c.told and not c.waits
      and v.company_id = c.company_id and v.listener_id = c.listener_id and not v.by_number
      and p.company_id = c.company_id and p.listener_id = c.listener_id and p.entity = view_parent(c.entity) and p.entity_id = c.parent_id and p.location_id = 0
      and view_early(p, c);
  -- A parent that isn't there now comes later than its children stand. One that somebody else is changing settles it when that commits.
  update view_row c set waits = true
    from (
      select k.listener_id, k.entity, k.entity_id, k.location_id
      from unnest(v_listeners, v_entities, v_ids) as t(listener, entity, id)
      join view v on v.company_id = new.company_id and v.listener_id = t.listener and not v.by_number
      join view_row p on p.company_id = new.company_id and p.listener_id = t.listener and p.entity = t.entity and p.entity_id = t.id and p.location_id = 0
      join view_row k on k.company_id = new.company_id and k.listener_id = t.listener and k.parent_id = t.id and view_parent(k.entity) = t.entity
      where t.entity in ('product', 'article') and not p.there and k.wanted > k.told and not k.waits and view_early(p, k)
      for update of k skip locked) w
    where c.company_id = new.company_id and c.listener_id = w.listener_id and c.entity = w.entity and c.entity_id = w.entity_id and c.location_id = w.location_id;

  -- whoever waits for this view is woken (db/bell.ts): "a page to show", no work for a worker
  perform pg_notify('lagerbro_ring', 'db ' || string_agg(new.company_id || ':' || l || ':s', ',')) from (select distinct unnest(v_listeners) as l) x;
  return null;
end $$;
create constraint trigger view_row_stamp after insert or update on view_row deferrable initially deferred
  for each row when (new.seq is null) execute function view_stamp();

-- Marks things of one kind for every view that has them, and makes the row where a view takes in what is new: an article of a product it has,
-- a price or a level of an article it has, any product or order where it lets them join. What a view doesn't hear of is kept as told, so that
-- it can be sent when the view is widened. A row that lay rejected comes back with its change.
create function view_mark(p_company bigint, p_entity text, p_ids bigint[], p_locations bigint[], p_parents bigint[], p_ops text[], p_now timestamptz) returns void language sql as $$
  insert into view_row as r (company_id, listener_id, entity, entity_id, location_id, parent_id, op, told, there, lane, dirty_since, origin)
    select p_company, v.listener_id, p_entity, t.id, t.location, t.parent, t.op, case when p_entity = any (v.entities) then 0 else 1 end, p_entity <> all (v.entities), view_lane(p_entity), p_now,
           nullif(current_setting('app.origin', true), '')::bigint
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
    dirty_since = case when r.wanted > r.told then r.dirty_since else excluded.dirty_since end
$$;

create function view_product_changed() returns trigger language plpgsql as $$
declare v record;
begin
  if not exists (select from view where company_id = (select company_id from changed limit 1)) then return null; end if;
  for v in select company_id, coalesce(changed_at, created_at) as at, array_agg(id order by id) as ids from changed group by 1, 2 loop
    perform view_mark(v.company_id, 'product', v.ids, array_fill(0::bigint, array[cardinality(v.ids)]), array_fill(null::bigint, array[cardinality(v.ids)]),
      array_fill('upsert'::text, array[cardinality(v.ids)]), v.at);
  end loop;
  return null;
end $$;
alter table product add column changed_at timestamptz;
create trigger product_made after insert on product referencing new table as changed for each statement execute function view_product_changed();
create trigger product_changed after update on product referencing new table as changed for each statement execute function view_product_changed();

-- An article's barcodes and its prices at places touch the article (core/articles), which is how they are heard of here: nothing else differs then.
create function view_article_changed() returns trigger language plpgsql as $$
declare v record;
begin
  if not exists (select from view where company_id = (select company_id from changed limit 1)) then return null; end if;
  if tg_op = 'INSERT' then
    for v in select company_id, changed_at as at, array_agg(id order by id) as ids, array_agg(product_id order by id) as products, array_fill(0::bigint, array[count(*)::integer]) as nowhere,
                    array_fill('upsert'::text, array[count(*)::integer]) as ops from changed group by 1, 2 loop
      perform view_mark(v.company_id, 'article', v.ids, v.nowhere, v.products, v.ops, v.at);
      perform view_mark(v.company_id, 'price', v.ids, v.nowhere, v.ids, v.ops, v.at);
    end loop;
    return null;
  end if;
  for v in
    select c.company_id, c.changed_at as at, what.entity, array_agg(c.id order by c.id) as ids, array_agg(case what.entity when 'article' then c.product_id else c.id end order by c.id) as parents,
           array_agg(case when c.archived_at is null then 'upsert' else 'delete' end order by c.id) as ops, array_fill(0::bigint, array[count(*)::integer]) as nowhere
    from changed c join was o on o.company_id = c.company_id and o.id = c.id
    cross join lateral (select
      (c.number, c.name, c.option_values, c.vat_class, c.stock_tracked, c.product_id, c.archived_at) is distinct from (o.number, o.name, o.option_values, o.vat_class, o.stock_tracked, o.product_id, o.archived_at) as article,
      c.price_minor is distinct from o.price_minor as price, c.archived_at is distinct from o.archived_at as archived) d
    cross join lateral (values ('article', d.article or not d.price), ('price', d.price or d.archived or not d.article)) as what(entity, changed)
    where what.changed
    group by 1, 2, 3 order by 3
  loop
    perform view_mark(v.company_id, v.entity, v.ids, v.nowhere, v.parents, v.ops, v.at);
  end loop;
  for v in
    select c.company_id, c.changed_at as at, array_agg(l.article_id order by l.article_id, l.location_id) as ids, array_agg(l.location_id order by l.article_id, l.location_id) as locations,
           array_agg(case when c.archived_at is null then 'upsert' else 'delete' end order by l.article_id, l.location_id) as ops
    from changed c join was o on o.company_id = c.company_id and o.id = c.id join level l on l.company_id = c.company_id and l.article_id = c.id and l.version > 0
    where c.archived_at is distinct from o.archived_at group by 1, 2
  loop
    perform view_mark(v.company_id, 'stock', v.ids, v.locations, v.ids, v.ops, v.at);
  end loop;
  return null;
end $$;
create trigger article_made after insert on article referencing new table as changed for each statement execute function view_article_changed();
create trigger article_changed after update on article referencing old table as was new table as changed for each statement execute function view_article_changed();

-- Version 0 = locked by somebody, never moved.
create function view_level_changed() returns trigger language plpgsql as $$
declare v record;
begin
  if not exists (select from view where company_id = (select company_id from changed limit 1)) then return null; end if;
  for v in
    select l.company_id, l.changed_at as at, array_agg(l.article_id order by l.article_id, l.location_id) as ids, array_agg(l.location_id order by l.article_id, l.location_id) as locations,
           array_agg(case when a.archived_at is null then 'upsert' else 'delete' end order by l.article_id, l.location_id) as ops
    from changed l join article a on a.company_id = l.company_id and a.id = l.article_id where l.version > 0 group by 1, 2
  loop
    perform view_mark(v.company_id, 'stock', v.ids, v.locations, v.ids, v.ops, v.at);
  end loop;
  return null;
end $$;
create trigger level_made after insert on level referencing new table as changed for each statement execute function view_level_changed();
create trigger level_changed after update on level referencing new table as changed for each statement execute function view_level_changed();

create function view_order_changed() returns trigger language plpgsql as $$
declare v record;
begin
  if not exists (select from view where company_id = (select company_id from changed limit 1)) then return null; end if;
  for v in select company_id, taken_at as at, array_agg(id order by id) as ids, array_fill(0::bigint, array[count(*)::integer]) as nowhere, array_fill(null::bigint, array[count(*)::integer]) as nobody,
                  array_fill('upsert'::text, array[count(*)::integer]) as ops from changed group by 1, 2 loop
    perform view_mark(v.company_id, 'order', v.ids, v.nowhere, v.nobody, v.ops, v.at);
  end loop;
  return null;
end $$;
create trigger web_order_made after insert on web_order referencing new table as changed for each statement execute function view_order_changed();
create trigger web_order_changed after update on web_order referencing new table as changed for each statement execute function view_order_changed();

-- A product and all that is its own, as rows of a view.
create function view_things(p_company bigint, p_products bigint[]) returns table (entity text, entity_id bigint, location_id bigint, parent_id bigint) language sql stable as $$
  select 'product', p.id, 0::bigint, null::bigint from product p where p.company_id = p_company and p.id = any (p_products)
  union all select 'article', a.id, 0, a.product_id from article a where a.company_id = p_company and a.product_id = any (p_products) and a.archived_at is null
  union all select 'price', a.id, 0, a.id from article a where a.company_id = p_company and a.product_id = any (p_products) and a.archived_at is null
  union all select 'stock', l.article_id, l.location_id, l.article_id from article a join level l on l.company_id = a.company_id and l.article_id = a.id and l.version > 0
    where a.company_id = p_company and a.product_id = any (p_products) and a.archived_at is null
$$;

-- Fills one view with products and all that is theirs, in the slow lane. p_mode: 'resend' = everything · 'verify' = what was never acknowledged or lies
-- rejected · 'from_now' = known from here on, nothing is sent. What somebody is changing right now is skipped: it goes out by itself (S12).
-- A row that waits in a live lane stays there (R31). Returns how many rows were marked.
create function view_fill(p_company bigint, p_listener bigint, p_products bigint[], p_mode text, p_run bigint, p_now timestamptz) returns integer language plpgsql as $$
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
  with mine as (
    select r.entity, r.entity_id, r.location_id from view_row r join view_things(p_company, p_products) f using (entity, entity_id, location_id)
    where r.company_id = p_company and r.listener_id = p_listener and r.seq is not null and (p_run is null or r.run_id is distinct from p_run)
      and (r.op = 'unlink' or p_mode = 'resend' or (p_mode = 'verify' and (not r.there or r.refusal is not null)))
    for update of r skip locked)
  update view_row r set wanted = r.wanted + 1, op = 'upsert', seq = null, waits = false, lane = case when r.wanted > r.told and r.refusal is null then r.lane else 'backfill' end,
      told = case when p_mode = 'from_now' or r.entity <> all (v_entities) then r.wanted + 1 else r.told end, there = r.there or p_mode = 'from_now' or r.entity <> all (v_entities),
      refusal = null, refused_at = null, retry_at = null, run_id = p_run, run_version = r.wanted + 1,
      dirty_since = case when r.wanted > r.told then r.dirty_since else p_now end
    from mine m where r.company_id = p_company and r.listener_id = p_listener and r.entity = m.entity and r.entity_id = m.entity_id and r.location_id = m.location_id;
  get diagnostics v_marked = row_count;
  return v_made + v_marked;
end $$;

-- Products leave the view: the reader is told so and decides itself whether to hide or delete.
create function view_leave(p_company bigint, p_listener bigint, p_products bigint[], p_now timestamptz) returns integer language plpgsql as $$
declare
  n integer;
  v_entities text[];
begin
  select entities into strict v_entities from view where company_id = p_company and listener_id = p_listener;
  with mine as (
    select r.entity, r.entity_id, r.location_id from view_row r
    where r.company_id = p_company and r.listener_id = p_listener and r.op <> 'unlink' and r.entity in ('product', 'article', 'price', 'stock')
      and case r.entity when 'product' then r.entity_id when 'article' then r.parent_id else (select a.product_id from article a where a.company_id = p_company and a.id = r.entity_id) end = any (p_products)
    order by view_rank(r.entity), r.entity_id, r.location_id for update)
  update view_row r set op = 'unlink', wanted = r.wanted + 1, told = case when r.entity = any (v_entities) then r.told else r.wanted + 1 end, waits = false, seq = null, lane = view_lane(r.entity), refusal = null, refused_at = null,
      dirty_since = case when r.wanted > r.told then r.dirty_since else p_now end
    from mine m where r.company_id = p_company and r.listener_id = p_listener and r.entity = m.entity and r.entity_id = m.entity_id and r.location_id = m.location_id;
  get diagnostics n = row_count;
  return n;
end $$;

-- "Send all products again": products are marked part by part, as fast as the reader reads, so that one that is away fills nothing.
create table view_run (
  company_id bigint not null references company,
  id bigint generated always as identity,
  listener_id bigint not null,
  mode text not null check (mode in ('resend', 'verify', 'from_now')),
  -- null = all
  products bigint[],
  -- filling: products are still being marked · draining: all are, the reader hasn't acknowledged all · paused: nothing more is marked
  state text not null check (state in ('filling', 'draining', 'paused', 'done', 'cancelled')),
  -- rows there were to send when it began, and how many have been marked
  expected integer not null,
  marked integer not null default 0,
  after_product bigint not null default 0,
  started_by text not null,
  started_at timestamptz not null,
  ended_at timestamptz,
  primary key (company_id, id),
  foreign key (company_id, listener_id) references view
);
-- While one is going on, that one is answered (S5).
create unique index view_run_active on view_run (company_id, listener_id) where state in ('filling', 'draining', 'paused');
call wall('view_run', 'select, insert, update');

-- A key made for one view serves that view alone.
alter table api_key add column view_id bigint;
alter table api_key add foreign key (company_id, view_id) references view;
