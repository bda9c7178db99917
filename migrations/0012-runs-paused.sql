-- A run can be paused and wound down, says how fast it goes, and keeps per cell what is unusual about it and when it was told.

alter table run drop constraint run_state_check;
-- looking: reads the shop for the dry run · ready: the preview waits for a person · sending · paused: by a person; what is marked is still told ·
-- stopping: cancelled, but what was marked is still told · done · cancelled · failed
alter table run add constraint run_state_check check (state in ('looking', 'ready', 'sending', 'paused', 'stopping', 'done', 'cancelled', 'failed'));
drop index run_active;
create unique index run_active on run (company_id, listener_id, kind) where state in ('looking', 'ready', 'sending', 'paused');
-- Since when it has been going without a pause: its pace counts from here.
alter table run add column going_since timestamptz;

-- unknown: the shop shows no number · negative: theirs or ours is below zero · to-zero · over-half: changes by more than half of what stands there
alter table run_item add column flag text check (flag in ('unknown', 'negative', 'to-zero', 'over-half'));
alter table run_item add column settled_at timestamptz;
-- Marked and not told yet: at most what is marked at once.
create index run_item_marked on run_item (company_id, run_id) where state = 'send' and wanted is not null;
