-- What a person decided about an order line whose number names nothing here, and how an order changed after it was placed.

-- Only for lines that can't be told by their number: one without any, or one that is nothing we keep.
create table web_order_choice (
  company_id bigint not null references company,
  order_id bigint not null,
  line_ref text not null,
  -- null = nothing we keep in stock (gift wrapping, a tip): it counts nowhere and waits for nobody
  article_id bigint,
  chosen_at timestamptz not null,
  actor text not null,
  primary key (company_id, order_id, line_ref),
  foreign key (company_id, order_id) references web_order,
  foreign key (company_id, article_id) references article
);
call wall('web_order_choice', 'select, insert, update, delete');

-- One row per snapshot that said something else than the one before: what its page lists as later edits.
create table web_order_edit (
  company_id bigint not null references company,
  order_id bigint not null,
  version integer not null,
  -- when the shop says it was changed, or when we read it
  at timestamptz not null,
  -- {lines: [{lineRef, title, what, was, now}], moved: [{lineRef, title, to: [place]}], cancelled}
  edit jsonb not null,
  primary key (company_id, order_id, version),
  foreign key (company_id, order_id) references web_order
);
call wall('web_order_edit', 'select, insert');

-- "What did this order do to the stock?"
create index movement_of_order on movement (company_id, (source ->> 'listener'), (source ->> 'ref')) where source ->> 'type' = 'web-order';
