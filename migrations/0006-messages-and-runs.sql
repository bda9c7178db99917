-- What came in, what was called, and long jobs. Everything raw has a retention (docs/operate.md) and is purged by it.

-- Every raw hook (verified, stored before it is answered) and every event of a feed page, until applied (R25, S8).
create table inbox (
  company_id bigint not null references company,
  id bigint generated always as identity,
  listener_id bigint not null,
  source text not null check (source in ('hook', 'feed')),
  delivery_key text not null,
  topic text not null,
  -- hooks: the headers that translating needs; never Authorization
  headers jsonb not null default '{}',
  -- hooks: the raw body; feed: the RemoteEvent as JSON
  body bytea not null,
  received_at timestamptz not null,
  -- waiting -> done | listed (can't be applied: a person sees it; R26)
  state text not null default 'waiting' check (state in ('waiting', 'done', 'listed')),
  tries integer not null default 0,
  next_try_at timestamptz,
  problem jsonb,
  done_at timestamptz,
  primary key (company_id, id),
  unique (company_id, listener_id, delivery_key),
  foreign key (company_id, listener_id) references listener
);
create index inbox_waiting on inbox (company_id, listener_id, id) where state = 'waiting';
create index inbox_listed on inbox (company_id, listener_id) where state = 'listed';
call wall('inbox', 'select, insert, update, delete');

-- "Look here": keys to pull of a feed, asked by hooks and by hand. One row per key, however often it is asked.
create table look_request (
  company_id bigint not null references company,
  listener_id bigint not null,
  feed text not null,
  key text not null,
  asked_at timestamptz not null,
  due_at timestamptz not null,
  tries integer not null default 0,
  primary key (company_id, listener_id, feed, key),
  foreign key (company_id, listener_id) references listener
);
call wall('look_request', 'select, insert, update, delete');

-- Journal of calls to the remote and of refused hooks: redacted before it is written.
create table call (
  company_id bigint not null references company,
  id bigint generated always as identity,
  listener_id bigint not null,
  direction text not null check (direction in ('out', 'in')),
  label text not null,
  at timestamptz not null,
  duration_ms integer not null,
  status integer,
  problem text,
  request jsonb,
  response jsonb,
  primary key (company_id, id),
  foreign key (company_id, listener_id) references listener
);
create index call_time on call (company_id, listener_id, id desc);
call wall('call', 'select, insert, delete');

create table hook_counter (
  company_id bigint not null references company,
  listener_id bigint not null,
  day date not null,
  verified integer not null default 0,
  forged integer not null default 0,
  doubled integer not null default 0,
  primary key (company_id, listener_id, day)
);
call wall('hook_counter', 'select, insert, update');

create table run (
  company_id bigint not null references company,
  id bigint generated always as identity,
  listener_id bigint not null,
  kind text not null check (kind in ('match', 'first-sync', 'sync-all', 'take-over')),
  -- looking: reads the shop for the dry run · ready: the preview waits for a person · sending · done · cancelled · failed
  state text not null check (state in ('looking', 'ready', 'sending', 'done', 'cancelled', 'failed')),
  total integer not null default 0,
  done integer not null default 0,
  failed integer not null default 0,
  same integer not null default 0,
  cursor text,
  why jsonb,
  started_by text not null,
  started_at timestamptz not null,
  confirmed_at timestamptz,
  ended_at timestamptz,
  primary key (company_id, id),
  foreign key (company_id, listener_id) references listener
);
create unique index run_active on run (company_id, listener_id, kind) where state in ('looking', 'ready', 'sending');
call wall('run', 'select, insert, update');

-- One row per cell: what stood before, what was to be. The undo needs the first number.
create table run_item (
  company_id bigint not null references company,
  run_id bigint not null,
  article_id bigint not null,
  location_id bigint not null,
  was integer,
  target integer,
  -- same · send · sent · refused · skipped
  state text not null check (state in ('same', 'send', 'sent', 'refused', 'skipped')),
  code text,
  wanted bigint,
  primary key (company_id, run_id, article_id, location_id),
  foreign key (company_id, run_id) references run
);
call wall('run_item', 'select, insert, update, delete');

-- Theirs is not ours: recorded with both numbers (R20).
create table difference (
  company_id bigint not null references company,
  id bigint generated always as identity,
  listener_id bigint not null,
  article_id bigint not null,
  location_id bigint not null,
  theirs integer not null,
  ours integer not null,
  believed integer,
  seen_at timestamptz not null,
  -- open -> settled: master won, or it vanished
  state text not null check (state in ('open', 'settled')),
  settled_at timestamptz,
  primary key (company_id, id),
  foreign key (company_id, listener_id) references listener
);
create index difference_open on difference (company_id, listener_id) where state = 'open';
call wall('difference', 'select, insert, update');
