-- What left from here for an order of a shop's, said by a person or a till. The shop may tell the same shipment later: it is counted once (src/core/orders/shipped-here.ts).
create table order_shipment (
  company_id bigint not null references company,
  id bigint generated always as identity,
  order_id bigint not null,
  -- the caller's own name of it: the same one sent twice is one
  ref text not null,
  body_hash bytea not null,
  location_id bigint not null,
  occurred_at timestamptz not null,
  made_at timestamptz not null,
  actor text not null,
  -- [{"lineRef": "1", "quantity": 2}]
  lines jsonb not null,
  -- taken back before the shop heard of it
  undone_at timestamptz,
  undone_by text,
  primary key (company_id, id),
  unique (company_id, order_id, ref),
  foreign key (company_id, order_id) references web_order,
  foreign key (company_id, location_id) references location
);
call wall('order_shipment', 'select, insert, update');

-- Of its own orders that ship from here since then the shop is told; null = of none.
alter table listener add column statuses_from timestamptz;

drop index told_documents;
create index told_documents on told (company_id, listener_id, dirty_since, entity_id) where kind in ('order', 'order-status', 'invoice-pdf') and wanted > told and refusal is null;
