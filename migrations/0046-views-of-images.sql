-- Views hear of images: each comes after its product (rule V3). Views that are there don't hear of them until somebody says so; what they would have of them is
-- kept as told, as of everything a view doesn't hear of.
alter table view_row drop constraint view_row_entity_check,
  add constraint view_row_entity_check check (entity in ('product', 'article', 'price', 'stock', 'order', 'customer', 'invoice', 'image'));

create or replace function view_parent(p_entity text) returns text language sql immutable
  as $$ select case p_entity when 'article' then 'product' when 'image' then 'product' when 'price' then 'article' when 'stock' then 'article' when 'order' then 'customer' when 'invoice' then 'order' end $$;

-- What is deleted and taken back comes again. What is gone for good was told to be deleted long ago.
create function view_image_changed() returns trigger language plpgsql as $$
declare v record;
begin
  if not exists (select from view where company_id = (select company_id from changed limit 1)) then return null; end if;
  for v in select company_id, changed_at as at, array_agg(id order by id) as ids, array_fill(0::bigint, array[count(*)::integer]) as nowhere, array_agg(product_id order by id) as products,
                  array_agg(case when removed_at is null then 'upsert' else 'delete' end order by id) as ops from changed group by 1, 2 loop
    perform view_mark(v.company_id, 'image', v.ids, v.nowhere, v.products, v.ops, v.at);
  end loop;
  return null;
end $$;
create trigger image_made after insert on image referencing new table as changed for each statement execute function view_image_changed();
create trigger image_changed after update on image referencing new table as changed for each statement execute function view_image_changed();

create or replace function view_things(p_company bigint, p_products bigint[]) returns table (entity text, entity_id bigint, location_id bigint, parent_id bigint) language sql stable as $$
  select 'product', p.id, 0::bigint, null::bigint from product p where p.company_id = p_company and p.id = any (p_products)
  union all select 'article', a.id, 0, a.product_id from article a where a.company_id = p_company and a.product_id = any (p_products) and a.archived_at is null
  union all select 'price', a.id, 0, a.id from article a where a.company_id = p_company and a.product_id = any (p_products) and a.archived_at is null
  union all select 'stock', l.article_id, l.location_id, l.article_id from article a join level l on l.company_id = a.company_id and l.article_id = a.id and l.version > 0
    where a.company_id = p_company and a.product_id = any (p_products) and a.archived_at is null
  union all select 'image', i.id, 0, i.product_id from image i where i.company_id = p_company and i.product_id = any (p_products) and i.removed_at is null
$$;

-- As in 0031; images leave with their product.
create or replace function view_leave(p_company bigint, p_listener bigint, p_products bigint[], p_now timestamptz) returns integer language plpgsql as $$
declare
  n integer;
  v_entities text[];
begin
  select entities into strict v_entities from view where company_id = p_company and listener_id = p_listener;
  insert into view_row as r (company_id, listener_id, entity, entity_id, location_id, lane)
    select p_company, p_listener, k.entity, k.entity_id, k.location_id, k.lane from (
      select s.entity, s.entity_id, s.location_id, s.lane from view_row s
      where s.company_id = p_company and s.listener_id = p_listener and s.op <> 'unlink' and s.entity in ('product', 'article', 'image', 'price', 'stock')
        and case when s.entity = 'product' then s.entity_id when s.entity in ('article', 'image') then s.parent_id
                 else (select a.product_id from article a where a.company_id = p_company and a.id = s.entity_id) end = any (p_products)
      order by view_rank(s.entity), s.entity_id, s.location_id for update) k
  on conflict (company_id, listener_id, entity, entity_id, location_id) do update set
    op = 'unlink', wanted = r.wanted + 1, told = case when r.entity = any (v_entities) then r.told else r.wanted + 1 end, waits = false, seq = null, lane = view_lane(r.entity), refusal = null, refused_at = null,
    dirty_since = case when r.wanted > r.told then r.dirty_since else p_now end;
  get diagnostics n = row_count;
  return n;
end $$;

-- As in 0023; a parent that waits itself isn't on its way: when a product was rejected its article waited, and the price went before it.
create or replace function view_early(p view_row, c view_row) returns boolean language sql immutable
  as $$ select c.op = 'upsert' and not p.there and not (p.lane = c.lane and p.seq < c.seq and p.wanted > p.told and p.refusal is null and not p.waits) $$;
