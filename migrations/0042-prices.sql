-- Prices (docs/prices.md): offers with dates beside the regular prices, and every change kept.

create table offer (
  company_id bigint not null references company,
  id bigint generated always as identity,
  article_id bigint not null,
  -- null = everywhere
  location_id bigint,
  price_minor bigint not null check (price_minor >= 0),
  campaign text,
  valid_from timestamptz not null,
  -- it holds up to then and not at it; null = until somebody ends it
  valid_to timestamptz,
  -- whoever listens has been told that it began, that it ended
  begun boolean not null,
  ended boolean not null default false,
  made_by text not null,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (company_id, id),
  foreign key (company_id, article_id) references article,
  foreign key (company_id, location_id) references location,
  check (valid_to >= valid_from)
);
create index offer_article on offer (company_id, article_id);
create index offer_to_begin on offer (company_id, valid_from) where not begun;
create index offer_to_end on offer (company_id, valid_to) where not ended and valid_to is not null;
create index offer_living on offer (company_id, id) where not ended;
-- One that hasn't begun may be taken away: it never held.
call wall('offer', 'select, insert, update, delete');

-- Only ever added to: what a price was at any moment can be said for ever.
create table price_change (
  company_id bigint not null references company,
  id bigint generated always as identity,
  article_id bigint not null,
  location_id bigint,
  kind text not null check (kind in ('regular', 'offer-made', 'offer-changed', 'offer-began', 'offer-ended', 'offer-dropped')),
  -- of a regular price: what it was and became, null = none (at a location: none of its own) · of an offer: its own price
  old_minor bigint,
  new_minor bigint,
  -- of an offer, as it stood then; one that was dropped is there no more
  offer_id bigint,
  valid_from timestamptz,
  valid_to timestamptz,
  at timestamptz not null,
  actor text not null,
  primary key (company_id, id),
  foreign key (company_id, article_id) references article,
  foreign key (company_id, location_id) references location
);
create index price_change_article on price_change (company_id, article_id, id);
create index price_change_regular on price_change (company_id, article_id, at) where kind = 'regular';
call wall('price_change', 'select, insert');

-- Prices that stand already have held since their article was last touched, at least.
do $$
declare v record;
begin
  for v in select id from company loop
    perform set_config('app.company', v.id::text, true);
    insert into price_change (company_id, article_id, kind, new_minor, at, actor)
      select company_id, id, 'regular', price_minor, changed_at, 'system' from article where company_id = v.id and price_minor is not null order by id;
    insert into price_change (company_id, article_id, location_id, kind, new_minor, at, actor)
      select p.company_id, p.article_id, p.location_id, 'regular', p.price_minor, a.changed_at, 'system'
      from price_at_location p join article a on a.company_id = p.company_id and a.id = p.article_id where p.company_id = v.id order by 2, 3;
  end loop;
  perform set_config('app.company', '', true);
end $$;

-- Views hear of an article's price when an offer begins, ends or is changed while it holds.
create function view_offer_changed() returns trigger language plpgsql as $$
declare v record;
begin
  if not exists (select from view where company_id = (select company_id from changed limit 1)) then return null; end if;
  for v in
    select o.company_id, o.at, array_agg(o.id order by o.id) as ids, array_fill(0::bigint, array[count(*)::integer]) as nowhere, array_fill('upsert'::text, array[count(*)::integer]) as ops
    from (select distinct c.company_id, c.changed_at as at, a.id from changed c join article a on a.company_id = c.company_id and a.id = c.article_id where c.begun and a.archived_at is null) o
    group by 1, 2
  loop
    perform view_mark(v.company_id, 'price', v.ids, v.nowhere, v.ids, v.ops, v.at);
  end loop;
  return null;
end $$;
create trigger offer_made after insert on offer referencing new table as changed for each statement execute function view_offer_changed();
create trigger offer_changed after update on offer referencing new table as changed for each statement execute function view_offer_changed();
