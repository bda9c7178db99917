-- Differences say why: who found it, the reason once it is known, and what settled it. And a run may be about some articles only.

alter table difference
  -- compare: the walk over every number · look: a look on its way to tell
  add column found_by text not null default 'look' check (found_by in ('compare', 'look')),
  -- null: not known yet, it is being looked into
  add column reason text check (reason in ('unseen-order', 'edited-in-shop', 'failed-push', 'number-twice', 'passed')),
  -- the row's seen when it was found: an order taken in since moves it (R9)
  add column seen bigint,
  -- a look that stood still saw it too, with every order of the feed taken in (R20)
  add column looked boolean not null default false,
  -- what the ledger would have to move for the shop's number to be right
  add column gap integer,
  -- who pressed "send ours", and what ended it
  add column asked_by text,
  add column settled_by text,
  add column settled_how text check (settled_how in ('sent', 'order', 'passed', 'taken-over', 'corrected', 'not-told')),
  add column order_id bigint;
update difference set reason = 'edited-in-shop', settled_how = 'sent', settled_by = 'system', looked = true where state = 'settled';

-- One open difference per cell, however often it is seen.
drop index difference_open;
create unique index difference_open on difference (company_id, listener_id, article_id, location_id) where state = 'open';
create index difference_found on difference (company_id, listener_id, seen_at);
create index difference_settled on difference (company_id, listener_id, settled_at) where state = 'settled';

alter table run drop constraint run_kind_check;
alter table run add constraint run_kind_check check (kind in ('match', 'first-sync', 'sync-all', 'take-over', 'compare'));
-- null = all of the connection
alter table run add column articles bigint[];
-- what our own ledger said when the preview was made; null = unknown
alter table run_item add column ours integer;
