-- How far each lane of a view was last served, so that its page can tell what waits in the queue from what the reader has fetched and not acknowledged.
alter table view add column served jsonb not null default '{}';
