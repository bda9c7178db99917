-- What is sold, and where it is kept.

create table location (
  company_id bigint not null references company,
  id bigint generated always as identity,
  name text not null,
  created_at timestamptz not null,
  archived_at timestamptz,
  primary key (company_id, id)
);
create unique index location_name on location (company_id, lower(name)) where archived_at is null;
call wall('location', 'select, insert, update');

-- Dated rates per class; a class is a word ('standard', 'food'), never a number in code. Rates in basis points.
create table vat_rate (
  company_id bigint not null references company,
  class text not null,
  valid_from date not null,
  rate_bp integer not null check (rate_bp between 0 and 10000),
  primary key (company_id, class, valid_from)
);
call wall('vat_rate', 'select, insert');

create table product (
  company_id bigint not null references company,
  id bigint generated always as identity,
  name text not null,
  -- [{name: 'Storlek', values: ['S', 'M']}], at most three
  options jsonb not null default '[]',
  created_at timestamptz not null,
  primary key (company_id, id)
);
call wall('product', 'select, insert, update');

create table article (
  company_id bigint not null references company,
  id bigint generated always as identity,
  product_id bigint not null,
  number text not null check (number <> '' and length(number) <= 100),
  name text not null,
  -- {Storlek: 'M'}
  option_values jsonb not null default '{}',
  price_minor bigint,
  vat_class text not null default 'standard',
  stock_tracked boolean not null default true,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  archived_at timestamptz,
  primary key (company_id, id),
  foreign key (company_id, product_id) references product
);
create unique index article_by_number on article (company_id, number);
create index article_product on article (company_id, product_id);
-- The list page and search: prefix of number, words of name.
create index article_by_name on article (company_id, lower(name) text_pattern_ops);
call wall('article', 'select, insert, update');

-- Every number an article ever had. A number is never silently re-used: a rename keeps the old one reserved here.
create table article_number (
  company_id bigint not null references company,
  number text not null,
  article_id bigint not null,
  since timestamptz not null,
  until timestamptz,
  primary key (company_id, number),
  foreign key (company_id, article_id) references article
);
create index article_number_article on article_number (company_id, article_id);
call wall('article_number', 'select, insert, update');

-- Text as given (leading zeros kept) and padded to 14 for comparing; `pack` = pieces behind one scan.
create table barcode (
  company_id bigint not null references company,
  gtin14 text not null,
  code text not null,
  article_id bigint not null,
  pack integer not null default 1 check (pack > 0),
  primary key (company_id, gtin14),
  foreign key (company_id, article_id) references article
);
create index barcode_article on barcode (company_id, article_id);
call wall('barcode', 'select, insert, delete');

create table price_at_location (
  company_id bigint not null references company,
  article_id bigint not null,
  location_id bigint not null,
  price_minor bigint not null,
  primary key (company_id, article_id, location_id),
  foreign key (company_id, article_id) references article,
  foreign key (company_id, location_id) references location
);
call wall('price_at_location', 'select, insert, update, delete');
