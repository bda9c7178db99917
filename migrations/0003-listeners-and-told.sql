-- Who must hear of changes, what they have shown us, and what each has been told.

create table listener (
  company_id bigint not null references company,
  id bigint generated always as identity,
  kind text not null check (kind in ('connection', 'view')),
  -- the connector's code: shopify, toy ...
  code text not null,
  name text not null,
  -- setup: not activated yet · active · paused: a person or a denied answer stopped it · gone: disconnected
  state text not null default 'setup' check (state in ('setup', 'active', 'paused', 'gone')),
  -- why paused: {code, facts, at}
  state_why jsonb,
  settings bytea not null,
  -- what the connector keeps for itself (tokens, what the doctor learned): sealed {name: value}
  keep bytea,
  hook_address text,
  -- the connector's manners under these settings, copied here so that SQL can ask them (R3, R6)
  compares boolean not null default false,
  rule_known boolean not null default false,
  lowers_itself text not null default 'unknown' check (lowers_itself in ('placed', 'paid', 'shipped', 'never', 'unknown')),
  restores boolean,
  key_ms bigint not null default 0,
  adjusts boolean not null default false,
  feed_lag_ms integer not null default 0,
  max_flight_ms integer not null default 120000,
  -- true after a restore until tills have resent (R36)
  resend_pending boolean not null default false,
  epoch integer not null default 1,
  -- several places (Multipla distributionsställen); false = exactly one place
  many_places boolean not null default false,
  -- what to do with pieces cancelled before shipping and not put back
  lost_policy text not null default 'write-off' check (lost_policy in ('write-off', 'put-back', 'ask')),
  -- where pieces count until the remote's routing is known
  default_location_id bigint,
  -- shipped before this is baseline
  counts_from timestamptz,
  -- when a person first confirmed a dry run: until then the shop is read and never written
  first_synced_at timestamptz,
  orders_cursor text,
  polled_at timestamptz,
  poll_every_ms integer not null default 60000,
  -- waits for a busy or strange remote; nothing is sent before
  quiet_until timestamptz,
  -- what check() and subscribe() answered last, for the guide and the page
  health jsonb,
  health_at timestamptz,
  subscribed jsonb,
  subscribed_at timestamptz,
  created_at timestamptz not null,
  primary key (company_id, id)
);
call wall('listener', 'select, insert, update');

-- Our location <-> the remote's place.
create table place (
  company_id bigint not null references company,
  listener_id bigint not null,
  location_id bigint not null,
  place_ref text not null,
  name text not null,
  primary key (company_id, listener_id, location_id),
  unique (company_id, listener_id, place_ref),
  foreign key (company_id, listener_id) references listener,
  foreign key (company_id, location_id) references location
);
call wall('place', 'select, insert, update, delete');

-- What one listener has shown us of each of its articles. Number as the remote has it, to the letter.
create table listing (
  company_id bigint not null references company,
  listener_id bigint not null,
  item_ref text not null,
  parent_ref text,
  number text,
  title text,
  tracked boolean,
  unwritable text,
  seen_at timestamptz not null,
  gone_at timestamptz,
  primary key (company_id, listener_id, item_ref),
  foreign key (company_id, listener_id) references listener
);
create index listing_number on listing (company_id, listener_id, number) where gone_at is null;
call wall('listing', 'select, insert, update');

create table listing_level (
  company_id bigint not null references company,
  listener_id bigint not null,
  item_ref text not null,
  place_ref text not null,
  value integer,
  active boolean not null,
  seen_at timestamptz not null,
  primary key (company_id, listener_id, item_ref, place_ref)
);
call wall('listing_level', 'select, insert, update, delete');

-- Article <-> its id at one listener. A row exists once the Webshop box was ticked; unticking keeps it, greyed.
create table link (
  company_id bigint not null references company,
  listener_id bigint not null,
  article_id bigint not null,
  -- the Webshop box
  boxed boolean not null default true,
  state text not null default 'looking' check (state in ('looking', 'matched', 'missing', 'ambiguous')),
  item_ref text,
  -- the number it was matched by
  number text,
  matched_at timestamptz,
  -- safety buffer (R4): pieces never told
  buffer integer not null default 0 check (buffer >= 0),
  -- open pieces of this listener's orders whose place isn't known yet (R6)
  unrouted integer not null default 0,
  primary key (company_id, listener_id, article_id),
  foreign key (company_id, listener_id) references listener,
  foreign key (company_id, article_id) references article
);
create index link_item on link (company_id, listener_id, item_ref);
create index link_article on link (company_id, article_id);
call wall('link', 'select, insert, update');

-- One row per (listener, kind, entity, location): what that listener knows. Dirty while wanted > told.
-- The fields of kind 'stock' are those of docs/sync.md 4.2; location_id is 0 for kinds without one.
create table told (
  company_id bigint not null references company,
  listener_id bigint not null,
  kind text not null check (kind in ('product', 'article', 'price', 'image', 'stock', 'stocking', 'order', 'order-status', 'customer', 'invoice-pdf', 'unlink')),
  entity_id bigint not null,
  location_id bigint not null default 0,
  wanted bigint not null default 0,
  told bigint not null default 0,
  -- belief: the shop shows anchor_value + (seen - anchor_seen); anchor_value null = we don't know
  anchor_value integer,
  anchor_seen bigint,
  seen bigint not null default 0,
  doubt bigint not null default 0,
  -- rises on every ingest that names this article, at any location of this listener (R17b)
  touch bigint not null default 0,
  -- pieces provisionally counted here of orders not routed yet (R23)
  provisional integer not null default 0,
  buffer integer not null default 0,
  -- {batch, value, seen, doubt, version, cut?, carry?}: a send whose outcome isn't known
  flight jsonb,
  -- [{at, notBefore?}]: every request to look is new (R22, R24)
  looks jsonb not null default '[]',
  -- {amount, firstSeenAt}
  drift jsonb,
  low bigint not null default 0,
  cut bigint not null default 0,
  hold_until timestamptz,
  hold_why text,
  lane text not null default 'live' check (lane in ('live', 'backfill')),
  tries integer not null default 0,
  refusal text,
  refusal_said text,
  -- the token of the turn that works on the row; meaningless once the turn's token has risen
  held bigint,
  -- when it became dirty, for latency; when it was last told
  dirty_since timestamptz,
  told_at timestamptz,
  told_value integer,
  primary key (company_id, listener_id, kind, entity_id, location_id),
  foreign key (company_id, listener_id) references listener
);
-- In the order they are claimed.
create index told_dirty on told (company_id, listener_id, lane, dirty_since, entity_id, location_id) where kind = 'stock' and wanted > told and refusal is null and flight is null;
create index told_entity on told (company_id, kind, entity_id, location_id);
create index told_refused on told (company_id, listener_id) where refusal is not null;
alter table told set (fillfactor = 70);
call wall('told', 'select, insert, update');

-- A stored send: the same key always travels with the same rows (R12, R15). Deleted once every row's outcome is confirmed.
create table push_batch (
  company_id bigint not null references company,
  listener_id bigint not null,
  id bigint generated always as identity,
  key text not null,
  -- the exact rows: Change[]; cells[n] = [article, location] of row n
  rows jsonb not null,
  cells jsonb not null,
  lane text not null,
  token bigint not null,
  sent_at timestamptz not null,
  settled_at timestamptz,
  primary key (company_id, id),
  unique (company_id, listener_id, key),
  foreign key (company_id, listener_id) references listener
);
create index push_batch_open on push_batch (company_id, listener_id) where settled_at is null;
call wall('push_batch', 'select, insert, update, delete');
