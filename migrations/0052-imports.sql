-- First-time set-up: everything a shop has is read and judged, seen by a person, and then carried out, once.
create table shop_import (
  company_id bigint not null references company,
  id bigint generated always as identity,
  listener_id bigint not null,
  -- reading: page by page · judging: each product against ours · ready: a person looks · importing: read anew and carried out · stocking: numbers are taken over
  state text not null check (state in ('reading', 'judging', 'ready', 'importing', 'stocking', 'done', 'cancelled')),
  -- the shop's, of the walk that goes on; null = from the beginning
  cursor text,
  -- when the latest page was read
  page_at timestamptz,
  -- its last page was read
  walk_over boolean not null default false,
  -- products read in this walk
  walked integer not null default 0,
  -- the product judged last
  judged bigint not null default 0,
  -- what was chosen; null = nobody has yet
  makes boolean,
  images boolean,
  prices boolean,
  stock boolean,
  boxes boolean,
  -- the take-over of the shop's numbers
  run_id bigint,
  started_by text not null,
  started_at timestamptz not null,
  confirmed_by text,
  confirmed_at timestamptz,
  ended_at timestamptz,
  primary key (company_id, id),
  foreign key (company_id, listener_id) references listener,
  foreign key (company_id, run_id) references run
);
-- One that was carried out stands for ever: there is no second.
create unique index shop_import_standing on shop_import (company_id, listener_id) where state <> 'cancelled';
call wall('shop_import', 'select, insert, update');

create table shop_import_product (
  company_id bigint not null references company,
  import_id bigint not null,
  -- in the order they were read
  n bigint generated always as identity,
  product_ref text not null,
  title text not null,
  -- names of what its variants differ in
  options text[] not null,
  images integer not null,
  -- why it can't be made, whatever we have
  fault text,
  -- the whole product as it was read anew; only until it is carried out
  body jsonb,
  -- waiting -> images: the product is ours, its pictures aren't yet -> done
  state text not null default 'waiting' check (state in ('waiting', 'images', 'done')),
  -- ours
  product_id bigint,
  -- pictures fetched or given up, and how often the next was tried in vain
  fetched integer not null default 0,
  tries integer not null default 0,
  -- codes of what was left out of it
  notes text[] not null default '{}',
  primary key (company_id, import_id, n),
  unique (company_id, import_id, product_ref),
  foreign key (company_id, import_id) references shop_import,
  foreign key (company_id, product_id) references product
);
create index shop_import_product_read on shop_import_product (company_id, import_id, n) where body is not null;
call wall('shop_import_product', 'select, insert, update, delete');

create table shop_import_item (
  company_id bigint not null references company,
  import_id bigint not null,
  item_ref text not null,
  product_n bigint not null,
  -- its place among the product's variants
  position integer not null,
  -- to the letter; null = none
  number text,
  gtin14 text,
  option_values text[] not null,
  price_minor bigint,
  -- pieces at mapped places; null = the shop says nothing
  pieces integer,
  -- what is wrong with it whatever we have
  fault text,
  notes text[] not null default '{}',
  -- null = not judged yet
  verdict text check (verdict in ('link', 'make', 'left-out')),
  -- why it is left out; of one that isn't judged: what happened to it since it was
  code text,
  -- ours: what it is linked with, or became
  article_id bigint,
  -- what became of it; null = not carried out
  became text check (became in ('linked', 'made', 'left-out')),
  primary key (company_id, import_id, item_ref),
  foreign key (company_id, import_id, product_n) references shop_import_product (company_id, import_id, n) on delete cascade,
  foreign key (company_id, article_id) references article
);
create index shop_import_item_place on shop_import_item (company_id, import_id, product_n, position);
create index shop_import_item_number on shop_import_item (company_id, import_id, number) where number is not null;
create index shop_import_item_gtin on shop_import_item (company_id, import_id, gtin14) where gtin14 is not null;
call wall('shop_import_item', 'select, insert, update, delete');
