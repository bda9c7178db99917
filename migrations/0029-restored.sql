-- A database put back from a backup is older than the world around it: shops show numbers it never heard of, sends may still be on their way, readers
-- hold versions it hasn't given yet. It begins a new epoch (R35-R37). Whether it is older is seen against a witness kept outside of it.

-- One row. `beat` rises for as long as anybody works on this database: lower than what was seen before = the database is an older copy.
create table installation (
  whole boolean primary key default true check (whole),
  id uuid not null,
  epoch integer not null default 1,
  beat bigint not null default 0,
  beat_at timestamptz,
  -- put back from a backup, and no new epoch begun yet: what happened after this moment may be missing
  restored_to timestamptz
);
insert into installation (id) values (gen_random_uuid());
grant select, update on installation to lagerbro_app;

-- The latest restore of a company. Until it ends, numbers in the shops are only lowered (R36; `listener.resend_pending` says the same to the rules).
create table restore (
  company_id bigint primary key references company,
  epoch integer not null,
  -- what happened after this is missing unless it was handed in again
  data_until timestamptz not null,
  restored_at timestamptz not null,
  ended_at timestamptz,
  ended_by text
);
call wall('restore', 'select, insert, update');

-- The outside systems that handed in stock or orders in the weeks before: each says when it has handed in again what it has from after `data_until`.
create table restore_key (
  company_id bigint not null references company,
  api_key_id bigint not null,
  resent_at timestamptz,
  primary key (company_id, api_key_id),
  foreign key (company_id, api_key_id) references api_key
);
call wall('restore_key', 'select, insert, update, delete');
