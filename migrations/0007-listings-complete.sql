-- When everything the shop has was last read to its end, and how far a walk in progress has come: only a whole list can say "missing".
alter table listener
  add column listings_at timestamptz,
  add column listings_cursor text,
  -- when the whole walk now in progress began; null = none
  add column listings_from timestamptz;
