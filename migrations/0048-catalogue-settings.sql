-- The rest of what a shopkeeper says of a catalogue: pictures, where it is shown, and when it goes.
alter table catalogue
  -- true = our pictures replace those of ours in the shop; false = they go only where the shop shows none
  add column overwrite_images boolean not null default false,
  -- 'product' = the product's own supplier; 'location' = the name of the store the prices come from, or the company's
  add column vendor_from text not null default 'product' check (vendor_from in ('product', 'location')),
  -- where in the shop products are shown, as the shop calls them; null = everywhere
  add column channels text[],
  -- true = changes go at once; false = with the next run
  add column live boolean not null default true,
  -- a run that sends what differs begins every so many hours, by the company's clock; null = only when somebody says so
  add column every_hours integer default 3 check (every_hours in (1, 3, 6, 12, 24)),
  -- when the next one begins; null = it hasn't been reckoned
  add column next_run_at timestamptz;
alter table catalogue alter column overwrite_images drop default, alter column vendor_from drop default, alter column live drop default;
