-- Remotes that call one known address with a code in what they send (/webhooks.php).

-- The code is shown once and kept as a hash. A new one ends the old one a day later.
create table hook_code (
  company_id bigint not null references company,
  listener_id bigint not null,
  hash bytea not null,
  made_at timestamptz not null,
  ends_at timestamptz,
  primary key (company_id, listener_id, hash),
  foreign key (company_id, listener_id) references listener
);
call wall('hook_code', 'select, insert, update, delete');

-- Every call that was taken or ignored, and what came of it.
create table called (
  company_id bigint not null references company,
  id bigint generated always as identity,
  listener_id bigint not null,
  at timestamptz not null,
  feed text not null,
  key text not null,
  -- other ways to read the same text
  also text[] not null default '{}',
  -- waiting -> same | changed | linked | unlinked | not-there | no-number | unknown-article; ignored at once
  result text not null,
  said text,
  before integer,
  after integer,
  done_at timestamptz,
  primary key (company_id, id),
  foreign key (company_id, listener_id) references listener
);
create index called_waiting on called (company_id, listener_id, feed, key) where result in ('waiting', 'not-there');
create index called_latest on called (company_id, listener_id, id desc);
call wall('called', 'select, insert, update, delete');
