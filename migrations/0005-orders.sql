-- Orders of listeners: the latest snapshot of each, and what has been posted because of it.

create table web_order (
  company_id bigint not null references company,
  id bigint generated always as identity,
  listener_id bigint not null,
  order_ref text not null,
  name text not null,
  stamp text not null,
  -- RemoteOrder without the customer, as it was taken in
  snapshot jsonb not null,
  -- name, e-mail, phone as the remote gave them; any may be missing; purged by its own retention
  customer jsonb,
  state text not null check (state in ('open', 'shipped', 'cancelled', 'done')),
  placed_at timestamptz not null,
  cancelled_at timestamptz,
  -- 'hook' payloads are re-read on an equal stamp, reads are not
  taken_from text not null check (taken_from in ('hook', 'read')),
  -- shipped before counts_from: facts of that time are baseline and never post
  baseline_before timestamptz,
  -- what stands posted: {facts: {key: {...}}, reserved: {"article:location": n}, remote: {"article:location": n}, unrouted: {article: n}, provisional: {"article:location": n}}
  effects jsonb not null default '{}',
  version integer not null default 1,
  -- when to ask for its routing again, with how many tries behind it
  route_again_at timestamptz,
  route_tries integer not null default 0,
  taken_at timestamptz not null,
  primary key (company_id, id),
  unique (company_id, listener_id, order_ref),
  foreign key (company_id, listener_id) references listener
);
create index web_order_placed on web_order (company_id, placed_at desc, id desc);
create index web_order_route on web_order (company_id, listener_id, route_again_at) where route_again_at is not null;
call wall('web_order', 'select, insert, update');

create table web_order_line (
  company_id bigint not null references company,
  order_id bigint not null,
  line_ref text not null,
  article_number text,
  -- null = a number we don't know: kept, shown, listed; posts when the article appears
  article_id bigint,
  title text not null,
  ordered integer not null,
  open integer not null,
  shipped integer not null,
  restocked integer not null,
  lost integer not null,
  returned integer not null,
  unit_price_minor bigint,
  primary key (company_id, order_id, line_ref),
  foreign key (company_id, order_id) references web_order
);
create index web_order_line_unknown on web_order_line (company_id, article_number) where article_id is null;
create index web_order_line_article on web_order_line (company_id, article_id);
call wall('web_order_line', 'select, insert, update, delete');

-- Pieces cancelled before shipping and not put back, with the button "put back".
create table web_loss (
  company_id bigint not null references company,
  id bigint generated always as identity,
  order_id bigint not null,
  fact_key text not null,
  article_id bigint not null,
  location_id bigint not null,
  quantity integer not null,
  at timestamptz not null,
  state text not null check (state in ('written-off', 'put-back', 'asked')),
  primary key (company_id, id),
  unique (company_id, fact_key),
  foreign key (company_id, order_id) references web_order
);
call wall('web_loss', 'select, insert, update');
