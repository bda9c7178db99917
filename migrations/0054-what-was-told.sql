-- "Why is it 5?" tells also what each shop was told of it. A told row knows only the latest; here is every send of a number with what the shop
-- answered, and every Webshop box ticked or unticked. Nothing stands on it: it is kept for some months (docs/operate.md).
create table told_event (
  company_id bigint not null references company,
  id bigint generated always as identity,
  listener_id bigint not null,
  article_id bigint not null,
  -- null = wherever it is kept: a box
  location_id bigint,
  -- sent: the shop said yes · stale: it showed another number than we believed and did nothing · refused: it said no · unanswered: nobody knows, it is
  -- asked again or looked at · ticked, unticked: the box
  what text not null check (what in ('sent', 'stale', 'refused', 'unanswered', 'ticked', 'unticked')),
  -- what it was to show; null for a box
  value integer,
  -- what we believed it showed; null = whatever it shows
  expected integer,
  -- it was moved by so many instead of set
  delta integer,
  -- what the shop showed when it said that ours was stale; null = it didn't say
  shows integer,
  -- why it said no, and its own words
  code text,
  said text,
  sent_at timestamptz,
  at timestamptz not null,
  actor text not null,
  primary key (company_id, id)
);
create index told_event_article on told_event (company_id, article_id, at);
call wall('told_event', 'select, insert, delete');
