-- E-mail to those who look after the shop: a link that breaks, that it works again, and each morning what waits.

create table mail (
  company_id bigint primary key references company,
  host text not null,
  port integer not null check (port between 1 and 65535),
  -- tls = from the first byte · starttls = begun in the clear, never gone on with in it · none = in the clear, and never a password
  security text not null check (security in ('tls', 'starttls', 'none')),
  -- null = nobody signs in
  user_name text,
  -- sealed
  password bytea,
  sender text not null,
  recipients text[] not null,
  locale text not null check (locale in ('sv', 'nb', 'da', 'en')),
  -- each morning, when something waits
  digest boolean not null,
  -- the day of the last one, where the company is
  digest_on date,
  changed_at timestamptz not null,
  check ((user_name is null) = (password is null)),
  check (security <> 'none' or user_name is null)
);
call wall('mail', 'select, insert, update, delete');

-- A link that was said to be broken, until it was said to work again.
create table told_break (
  company_id bigint not null references company,
  listener_id bigint not null,
  since timestamptz not null,
  primary key (company_id, listener_id),
  foreign key (company_id, listener_id) references listener
);
call wall('told_break', 'select, insert, delete');

-- Letters on their way. What one says is written when it is sent, of what is kept here.
create table letter (
  company_id bigint not null references company,
  id bigint generated always as identity,
  kind text not null check (kind in ('broken', 'recovered', 'digest')),
  facts jsonb not null,
  made_at timestamptz not null,
  tries integer not null default 0,
  next_try_at timestamptz,
  sent_at timestamptz,
  -- why the last try failed
  problem text,
  primary key (company_id, id)
);
create index letter_due on letter (company_id, next_try_at) where next_try_at is not null;
call wall('letter', 'select, insert, update, delete');
