-- Customers a connection tells of: the remote's own times, what it said last, and when it had them no more.
alter table customer
  add column source_created_at timestamptz,
  add column source_updated_at timestamptz,
  -- what the source said last, by field: only what it says otherwise afterwards is taken, so that what a person wrote here stands
  add column source_said jsonb,
  add column source_gone_at timestamptz,
  add check (erased_at is null or source_said is null);

-- A customer is heard of when they are another than before, not when their source merely says it again.
create or replace function view_customer_changed() returns trigger language plpgsql as $$
declare
  v record;
  v_same bigint[] := '{}';
begin
  if not exists (select from view where company_id = (select company_id from changed limit 1)) then return null; end if;
  if tg_op = 'UPDATE' then
    select coalesce(array_agg(c.id), '{}') into v_same from changed c join was w on w.company_id = c.company_id and w.id = c.id where w.version = c.version;
  end if;
  for v in select company_id, changed_at as at, array_agg(id order by id) as ids, array_fill(0::bigint, array[count(*)::integer]) as nowhere, array_fill(null::bigint, array[count(*)::integer]) as nobody,
                  array_agg(case when erased_at is null then 'upsert' else 'delete' end order by id) as ops from changed where id <> all (v_same) group by 1, 2 loop
    perform view_mark(v.company_id, 'customer', v.ids, v.nowhere, v.nobody, v.ops, v.at);
  end loop;
  return null;
end $$;
drop trigger customer_changed on customer;
create trigger customer_changed after update on customer referencing old table as was new table as changed for each statement execute function view_customer_changed();

-- What people ask through a remote of what is kept of them. Nothing personal stands here: who it is about is the customer, who may be nobody any more.
create table privacy_request (
  company_id bigint not null references company,
  id bigint generated always as identity,
  listener_id bigint not null,
  -- to see it, to be forgotten; all = the remote wants everybody it told of forgotten
  ask text not null check (ask in ('data', 'erase', 'erase-all')),
  -- the remote's own names of the request and of the customer
  request_ref text,
  customer_ref text,
  -- null = nobody was known by that
  customer_id bigint,
  asked_at timestamptz not null,
  -- how many were forgotten at once
  forgotten integer not null default 0,
  -- null = a person has something to do; done_by null = done by itself
  done_at timestamptz,
  done_by text,
  primary key (company_id, id),
  foreign key (company_id, listener_id) references listener,
  foreign key (company_id, customer_id) references customer
);
create index privacy_request_open on privacy_request (company_id, customer_id) where done_at is null;
call wall('privacy_request', 'select, insert, update');
