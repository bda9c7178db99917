-- What becomes of the rows of a bulk change, counted once when it stands: a list of fifty of them reads fifty lines, and not every row of each.
alter table bulk_change add column tallies jsonb;
