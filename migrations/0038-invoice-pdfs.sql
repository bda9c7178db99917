-- The PDF of what an ERP has booked: fetched, kept, shown on our order, and handed to the shop once.

-- A booked document whose PDF is wanted.
create table invoice_pdf (
  company_id bigint not null references company,
  document_id bigint not null,
  wanted_at timestamptz not null,
  tries integer not null default 0,
  -- null = it is there, or isn't asked for again by itself
  next_try_at timestamptz,
  -- what the last try found; null = none was made yet. erased = it named somebody who was forgotten
  found text check (found in ('there', 'missing', 'not-a-pdf', 'too-large', 'erased')),
  sha256 text,
  size_bytes integer,
  fetched_at timestamptz,
  primary key (company_id, document_id),
  foreign key (company_id, document_id) references erp_document,
  constraint invoice_pdf_there check ((found is not distinct from 'there') = (sha256 is not null and size_bytes is not null and fetched_at is not null))
);
create index invoice_pdf_due on invoice_pdf (company_id, next_try_at, document_id) where next_try_at is not null;
call wall('invoice_pdf', 'select, insert, update');

-- Its bytes, exactly as they came. A PDF is compressed already.
create table invoice_file (
  company_id bigint not null references company,
  document_id bigint not null,
  bytes bytea not null,
  primary key (company_id, document_id),
  foreign key (company_id, document_id) references invoice_pdf
);
alter table invoice_file alter column bytes set storage external;
call wall('invoice_file', 'select, insert, update, delete');

-- What a shop's order has been handed: the same content never twice, whatever is linked to what meanwhile.
create table invoice_handed (
  company_id bigint not null references company,
  order_id bigint not null,
  sha256 text not null,
  document_id bigint not null,
  at timestamptz not null,
  primary key (company_id, order_id, sha256),
  foreign key (company_id, order_id) references web_order,
  foreign key (company_id, document_id) references erp_document
);
call wall('invoice_handed', 'select, insert');

-- A person asked for an order's invoices although it is from before the ERP was connected.
create table invoice_asked (
  company_id bigint not null references company,
  order_id bigint not null,
  at timestamptz not null,
  actor text not null,
  primary key (company_id, order_id),
  foreign key (company_id, order_id) references web_order
);
call wall('invoice_asked', 'select, insert');

-- The orders a document may be for, where it names more than one: a person is asked.
create table document_candidate (
  company_id bigint not null references company,
  document_id bigint not null,
  order_id bigint not null,
  primary key (company_id, document_id, order_id),
  foreign key (company_id, document_id) references erp_document,
  foreign key (company_id, order_id) references web_order
);
call wall('document_candidate', 'select, insert, delete');

-- The list of invoices: the newest first, and those without an order.
create index erp_document_booked on erp_document (company_id, booked_at, id) where stage = 'booked';
