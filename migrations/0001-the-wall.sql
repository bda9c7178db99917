-- Companies are kept apart here. Every table of a company gets forced row-level security through wall(), and the app role
-- may do only what the table needs. The migrating role owns everything and is no superuser; the app role owns nothing.

create function app_company() returns bigint language sql stable
  as $$ select nullif(current_setting('app.company', true), '')::bigint $$;

-- wall(table, rights): rows of one company only, for the owner too. The sub-select is evaluated once per statement.
create procedure wall(p_table regclass, p_rights text) language plpgsql as $$
begin
  execute format('alter table %s enable row level security', p_table);
  execute format('alter table %s force row level security', p_table);
  execute format('create policy company_wall on %s using (company_id = (select app_company())) with check (company_id = (select app_company()))', p_table);
  execute format('grant %s on %s to lagerbro_app', p_rights, p_table);
end $$;

create table company (
  id bigint generated always as identity primary key,
  name text not null,
  country text not null check (country in ('SE', 'NO', 'DK', 'FI')),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  time_zone text not null,
  created_at timestamptz not null
);
create table person (
  id bigint generated always as identity primary key,
  email text not null unique check (email = lower(email)),
  name text not null,
  password_hash text not null,
  locale text not null check (locale in ('sv', 'nb', 'da', 'en')),
  wrong_count integer not null default 0,
  locked_until timestamptz,
  created_at timestamptz not null
);
create table membership (
  company_id bigint not null references company,
  person_id bigint not null references person,
  role text not null check (role in ('owner')),
  created_at timestamptz not null,
  primary key (company_id, person_id)
);
create index membership_person on membership (person_id);
create table session (
  token_hash bytea primary key,
  person_id bigint not null references person,
  company_id bigint references company,
  created_at timestamptz not null,
  rotated_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null
);
create index session_person on session (person_id);
-- Which company a key or a hook address belongs to, before any company is known.
create table key_lookup (
  key_hash bytea primary key,
  company_id bigint not null references company,
  api_key_id bigint not null
);
create table hook_address (
  address text primary key,
  company_id bigint not null references company,
  listener_id bigint not null
);
-- One turn per connection at a time, whatever the number of processes (R10). The token rises for ever.
create table turn (
  company_id bigint not null references company,
  listener_id bigint not null,
  token bigint not null default 0,
  holder text,
  expires_at timestamptz,
  primary key (company_id, listener_id)
);
grant select, insert, update on company, person, membership to lagerbro_app;
grant select, insert, update, delete on session, key_lookup, hook_address, turn to lagerbro_app;

create table api_key (
  company_id bigint not null references company,
  id bigint generated always as identity,
  name text not null,
  prefix text not null,
  scopes text[] not null,
  created_at timestamptz not null,
  created_by text not null,
  last_used_at timestamptz,
  revoked_at timestamptz,
  primary key (company_id, id)
);
call wall('api_key', 'select, insert, update');

-- The first answer to each Idempotency-Key, so that a repeat gets it again and another body gets 409.
create table idempotency (
  company_id bigint not null references company,
  caller text not null,
  key text not null,
  body_hash bytea not null,
  status integer not null,
  answer jsonb not null,
  created_at timestamptz not null,
  primary key (company_id, caller, key)
);
call wall('idempotency', 'select, insert, delete');
