-- What came of each product that a shop was told of, and whether the connection tells the shop numbers at all.
alter table catalogue
  -- false = no number and no stocking is written there; what waits goes when it is on again
  add column stock boolean not null default true;
alter table catalogue alter column stock drop default;

create table product_told (
  company_id bigint not null references company,
  id bigint generated always as identity,
  listener_id bigint not null,
  product_id bigint not null,
  -- the run it went with; null = it went by itself. A run says one thing of a product: the latest
  run_id bigint,
  outcome text not null check (outcome in ('made', 'changed', 'nothing', 'refused')),
  -- why it was refused
  code text,
  -- what could not be done beside
  remarks text[] not null,
  -- what of it was to be written: 'details' 'description' 'price' 'images'
  parts text[] not null,
  at timestamptz not null,
  primary key (company_id, id),
  foreign key (company_id, listener_id) references view,
  foreign key (company_id, product_id) references product
);
create unique index product_told_run on product_told (company_id, listener_id, run_id, product_id) where run_id is not null;
create index product_told_product on product_told (company_id, listener_id, product_id, id);
create index product_told_at on product_told (company_id, at);
call wall('product_told', 'select, insert, update, delete');

-- Catalogues that stand hear of pictures from now on; what they have of them is sent by the next run.
update view v set entities = v.entities || '{image}' from catalogue c
  where c.company_id = v.company_id and c.listener_id = v.listener_id and c.products and not 'image' = any (v.entities);

-- Which product a row of a view is of: itself, an article, a price, a stock or a picture.
create function view_product(r view_row) returns bigint language sql stable
  as $$ select case when r.entity = 'product' then r.entity_id when r.entity in ('article', 'image') then r.parent_id
                    else (select a.product_id from article a where a.company_id = r.company_id and a.id = r.entity_id) end $$;

-- As in 0036; what the view doesn't hear of is made ready and not counted: nobody waits for it.
create or replace function view_fill(p_company bigint, p_listener bigint, p_products bigint[], p_mode text, p_run bigint, p_now timestamptz,
  p_entities text[], p_ids bigint[], p_locations bigint[]) returns integer language plpgsql as $$
declare
  v_entities text[];
  v_made integer;
  v_marked integer := 0;
begin
  select entities into strict v_entities from view where company_id = p_company and listener_id = p_listener;
  with made as (
    insert into view_row (company_id, listener_id, entity, entity_id, location_id, parent_id, told, there, lane, dirty_since, run_id, run_version)
      select p_company, p_listener, f.entity, f.entity_id, f.location_id, f.parent_id, case when p_mode = 'from_now' or f.entity <> all (v_entities) then 1 else 0 end,
             p_mode = 'from_now' or f.entity <> all (v_entities), 'backfill',
             p_now, p_run, 1
      from view_things(p_company, p_products) f order by view_rank(f.entity), f.entity_id, f.location_id
      on conflict do nothing returning entity)
  select count(*) filter (where entity = any (v_entities)) into strict v_made from made;
  with marked as (
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
      dirty_since = case when r.wanted > r.told then r.dirty_since else p_now end
    returning r.entity)
  select count(*) filter (where entity = any (v_entities)) into strict v_marked from marked;
  return v_made + v_marked;
end $$;
