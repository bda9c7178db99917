-- What is measured of a connection: never needed to be right, only to be seen. Written behind the work's back, never inside it.

-- How often in ten minutes: 'told' = a change here was answered by the shop, by how long it took (size n = 2^(n/8) ms); 'hook' = a verified hook was applied.
create table tally (
  company_id bigint not null references company,
  listener_id bigint not null,
  what text not null check (what in ('told', 'hook')),
  slot timestamptz not null,
  size smallint not null,
  n integer not null,
  primary key (company_id, listener_id, what, slot, size),
  foreign key (company_id, listener_id) references listener
);
call wall('tally', 'select, insert, update, delete');

-- The last seen of each: the remote's pace {left, most, perSecond, at}, the API version its hooks say, the last order that was read {name, at}.
create table pulse (
  company_id bigint not null references company,
  listener_id bigint not null,
  pace jsonb,
  hook_version text,
  last_order jsonb,
  primary key (company_id, listener_id),
  foreign key (company_id, listener_id) references listener
);
call wall('pulse', 'select, insert, update');
