-- An ERP as master of a location's numbers (R38-R40, docs/decisions/0014).

-- Null = the back office. Whoever becomes master is one since then: what was shipped before is inside its number.
alter table location add column master_id bigint, add column master_since timestamptz,
  add constraint location_master foreign key (company_id, master_id) references listener,
  add constraint location_master_whole check ((master_id is null) = (master_since is null));

-- The master's number as it was last taken over: on hand there is this and what happened here that it doesn't contain.
create table master_number (
  company_id bigint not null references company,
  article_id bigint not null,
  location_id bigint not null,
  value integer not null,
  -- rises with each movement it made; names them
  version integer not null default 1,
  read_at timestamptz not null,
  primary key (company_id, article_id, location_id),
  foreign key (company_id, article_id) references article,
  foreign key (company_id, location_id) references location
);
call wall('master_number', 'select, insert, update, delete');

-- Pieces of an order that the master's number contains: they have no effect of ours.
create table order_counted (
  company_id bigint not null references company,
  order_id bigint not null,
  article_id bigint not null,
  location_id bigint not null,
  quantity integer not null check (quantity > 0),
  primary key (company_id, order_id, article_id, location_id),
  foreign key (company_id, order_id) references web_order
);
call wall('order_counted', 'select, insert, update, delete');

-- The ERP's orders, drafts and invoices as it last showed them.
create table erp_document (
  company_id bigint not null references company,
  id bigint generated always as identity,
  listener_id bigint not null,
  document_ref text not null,
  stage text not null check (stage in ('order', 'draft', 'booked', 'gone')),
  credit boolean not null,
  invoice_number text,
  -- texts that may name the shop's order: [{from, text}]
  names jsonb not null default '[]',
  -- null = no order of ours, or nobody could say which
  order_id bigint,
  linked_by text check (linked_by in ('made', 'turned', 'reference', 'heading', 'text', 'number', 'person')),
  currency text not null,
  net_minor bigint,
  gross_minor bigint,
  booked_at timestamptz,
  stamp text not null,
  lines jsonb,
  seen_at timestamptz not null,
  primary key (company_id, id),
  unique (company_id, listener_id, document_ref),
  foreign key (company_id, listener_id) references listener,
  foreign key (company_id, order_id) references web_order
);
create index erp_document_order on erp_document (company_id, order_id) where order_id is not null;
create index erp_document_open on erp_document (company_id, listener_id, seen_at) where order_id is null and stage <> 'gone';
create index erp_document_invoice on erp_document (company_id, listener_id, invoice_number) where invoice_number is not null;
create index web_order_name on web_order (company_id, name);
call wall('erp_document', 'select, insert, update');

-- How far a feed has been read that is taken in together with something else.
create table feed_cursor (
  company_id bigint not null references company,
  listener_id bigint not null,
  feed text not null,
  cursor text,
  -- of a walk over everything: when it began; null = none goes on
  began_at timestamptz,
  ended_at timestamptz,
  primary key (company_id, listener_id, feed),
  foreign key (company_id, listener_id) references listener
);
call wall('feed_cursor', 'select, insert, update');
