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
