-- A view may hear of some places only: stock there, and prices that differ there. Its row of a stock elsewhere isn't there, or is one that has left ('unlink'): nothing marks it.

-- null = all, those made later too
alter table view add column locations bigint[];
-- Since when a tombstone has lain unacknowledged too long: nothing is served until all is sent again (rule V8).
alter table view add column resync_since timestamptz;

-- A stock that is new to a view and lies elsewhere is taken down as one that has left (a sale, goods that came in). What a resend takes in is left out by whoever fills.
create function view_left_out() returns trigger language plpgsql as $$
begin
  if not exists (select from view where company_id = (select company_id from made limit 1) and locations is not null) then return null; end if;
  update view_row r set op = 'unlink', told = r.wanted, waits = false, run_id = null
    from made m join view v on v.company_id = m.company_id and v.listener_id = m.listener_id
    where m.entity = 'stock' and m.op <> 'unlink' and m.lane <> 'backfill' and m.location_id <> all (v.locations)
      and r.company_id = m.company_id and r.listener_id = m.listener_id and r.entity = m.entity and r.entity_id = m.entity_id and r.location_id = m.location_id;
  return null;
end $$;
create trigger view_row_made after insert on view_row referencing new table as made for each statement execute function view_left_out();
