-- A view's webhook: "there are changes to read", to an address of the reader's. Address and secret are sealed in the listener's settings; here is how it goes.
-- Nothing a reader needs depends on it: whoever never hears a message reads the same changes.
create table view_webhook (
  company_id bigint not null references company,
  listener_id bigint not null,
  -- paused: the other side is gone (410), or nothing has arrived for a week; kept until somebody sets it again or a test arrives
  state text not null default 'active' check (state in ('active', 'paused')),
  -- up to here it is announced, and when that message was made
  announced bigint not null default 0,
  announced_at timestamptz,
  -- the message under way; a repeat carries the same id
  message_id text,
  message_head bigint,
  message_at timestamptz,
  -- failures in a row
  failures integer not null default 0,
  failing_since timestamptz,
  next_try_at timestamptz,
  -- null = no answer came at all; last_error says why
  last_status integer,
  last_error text,
  -- one sender at a time over all processes; the token rises with every claim, so that a late one records nothing
  token bigint not null default 0,
  held_until timestamptz,
  primary key (company_id, listener_id),
  foreign key (company_id, listener_id) references view
);
call wall('view_webhook', 'select, insert, update, delete');
