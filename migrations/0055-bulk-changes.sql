-- Bulk changes: a file of articles or an edit of many is read, shown before anything is changed, carried out in parts, and can be undone.
create table bulk_change (
  company_id bigint not null references company,
  id bigint generated always as identity,
  kind text not null check (kind in ('import', 'edit', 'undo')),
  -- reading: its rows are held beside what is here · ready: a person looks · working: it is carried out
  state text not null check (state in ('reading', 'ready', 'working', 'done', 'cancelled', 'failed')),
  -- what an undo undoes
  of_id bigint,
  file_name text,
  -- how the file is read: encoding, separator, decimal mark, columns; null = there is no file
  read_as jsonb,
  -- an edit: what it does to each article
  change jsonb,
  -- where a column of stock counts; null = nowhere
  location_id bigint,
  -- rows there are; null = they haven't been counted
  rows integer,
  -- the row read or judged last
  cursor integer not null default 0,
  -- why it failed
  code text,
  started_by text not null,
  started_at timestamptz not null,
  confirmed_by text,
  confirmed_at timestamptz,
  ended_at timestamptz,
  primary key (company_id, id),
  foreign key (company_id, of_id) references bulk_change,
  foreign key (company_id, location_id) references location
);
-- What the worker asks for every second.
create index bulk_change_waiting on bulk_change (company_id, id) where state in ('reading', 'working');
create index bulk_change_undo on bulk_change (company_id, of_id) where of_id is not null;
call wall('bulk_change', 'select, insert, update');

-- The file itself, until it is carried out or thrown away.
create table bulk_file (
  company_id bigint not null references company,
  bulk_id bigint not null,
  bytes bytea not null,
  primary key (company_id, bulk_id),
  foreign key (company_id, bulk_id) references bulk_change
);
call wall('bulk_file', 'select, insert, delete');

create table bulk_row (
  company_id bigint not null references company,
  bulk_id bigint not null,
  -- its number as in the file, where the heading is row 1; of an edit and an undo its place in the order
  n integer not null,
  article_id bigint,
  number text,
  name text,
  -- which rows of a file are variants of one product
  product_key text,
  -- null = not judged yet
  verdict text check (verdict in ('make', 'change', 'same', 'fault')),
  -- what the file says of the article
  wanted jsonb not null default '{}',
  -- only what changes: as it stood when it was judged, and as it becomes
  before jsonb not null default '{}',
  after jsonb not null default '{}',
  flags text[] not null default '{}',
  -- [{column, field, code, value, row}]
  faults jsonb not null default '[]',
  -- what is said of a row that goes in all the same
  notes text[] not null default '{}',
  -- the row as it stands in the file
  cells jsonb,
  -- kept: it is left as it is
  state text not null default 'waiting' check (state in ('waiting', 'done', 'failed', 'kept')),
  -- why it failed, or why it is kept
  code text,
  primary key (company_id, bulk_id, n),
  foreign key (company_id, bulk_id) references bulk_change,
  foreign key (company_id, article_id) references article
);
create index bulk_row_waiting on bulk_row (company_id, bulk_id, n) where state = 'waiting' and verdict in ('make', 'change');
create index bulk_row_verdict on bulk_row (company_id, bulk_id, verdict, n);
create index bulk_row_product on bulk_row (company_id, bulk_id, product_key) where product_key is not null;
create index bulk_row_article on bulk_row (company_id, article_id) where article_id is not null;
call wall('bulk_row', 'select, insert, update, delete');

-- How a company last had files with these headings read.
create table bulk_columns (
  company_id bigint not null references company,
  -- the headings, sorted
  headings text not null,
  read_as jsonb not null,
  used_at timestamptz not null,
  primary key (company_id, headings)
);
call wall('bulk_columns', 'select, insert, update');
