-- The ledger (L1-L9). Movements are written by post_movements() alone; a level is their sum.

create table movement (
  company_id bigint not null references company,
  id bigint generated always as identity,
  -- one source event posts at most once (L3)
  key text not null,
  article_id bigint not null,
  location_id bigint not null,
  kind text not null check (kind in ('sale', 'sale-return', 'receipt', 'receipt-correction', 'count', 'transfer-out', 'transfer-in', 'web-reserve', 'web-release', 'web-ship', 'web-return', 'waste', 'internal-use', 'web-loss', 'master-set', 'import', 'reserve', 'release')),
  on_hand_delta integer not null default 0,
  reserved_delta integer not null default 0,
  occurred_at timestamptz not null,
  posted_at timestamptz not null,
  -- {type: 'sale', ref: 'K1-1042', line: '1', ...}
  source jsonb not null default '{}',
  -- 'person:12' 'key:3' 'listener:4' 'system'
  actor text not null,
  unit_cost_minor bigint,
  primary key (company_id, id),
  unique (company_id, key),
  foreign key (company_id, article_id) references article,
  foreign key (company_id, location_id) references location
);
create index movement_cell on movement (company_id, article_id, location_id, occurred_at);
call wall('movement', 'select, insert');

-- L2: never changed, never deleted, whoever asks.
create function movement_is_final() returns trigger language plpgsql as $$
begin raise exception 'a movement is never changed or deleted' using errcode = 'LB002'; end $$;
create trigger movement_final before update or delete on movement for each row execute function movement_is_final();
create trigger movement_final_all before truncate on movement execute function movement_is_final();

-- known = goods were counted, received or taken over here at least once. Until then the number is unknown and not 0 (L7): a sale or a
-- reservation alone says what went, not what is there. version 0 = locked by somebody, never moved.
create table level (
  company_id bigint not null references company,
  article_id bigint not null,
  location_id bigint not null,
  on_hand integer not null default 0,
  reserved integer not null default 0,
  incoming integer not null default 0,
  in_transit integer not null default 0,
  known boolean not null default false,
  version bigint not null default 0,
  changed_at timestamptz not null,
  primary key (company_id, article_id, location_id),
  foreign key (company_id, article_id) references article,
  foreign key (company_id, location_id) references location
);
alter table level set (fillfactor = 70);
call wall('level', 'select, insert, update');

-- A posted count line; later facts with an earlier time find it here (L9, R41).
create table count_line (
  company_id bigint not null references company,
  id bigint generated always as identity,
  key text not null,
  article_id bigint not null,
  location_id bigint not null,
  counted_at timestamptz not null,
  counted integer not null check (counted >= 0),
  book integer not null,
  posted_at timestamptz not null,
  actor text not null,
  primary key (company_id, id),
  unique (company_id, key),
  foreign key (company_id, article_id) references article,
  foreign key (company_id, location_id) references location
);
create index count_line_cell on count_line (company_id, article_id, location_id, counted_at, id);
call wall('count_line', 'select, insert');

-- Documents: what a person or a caller handed in, whole. `ref` is the caller's own number, unique per type.
create table document (
  company_id bigint not null references company,
  id bigint generated always as identity,
  type text not null check (type in ('sale', 'goods-receipt', 'count', 'correction')),
  ref text not null,
  location_id bigint not null,
  occurred_at timestamptz not null,
  posted_at timestamptz not null,
  actor text not null,
  body_hash bytea not null,
  lines jsonb not null,
  primary key (company_id, id),
  unique (company_id, type, ref),
  foreign key (company_id, location_id) references location
);
create index document_time on document (company_id, type, occurred_at desc);
call wall('document', 'select, insert');

create table reservation (
  company_id bigint not null references company,
  id bigint generated always as identity,
  key text not null,
  article_id bigint not null,
  location_id bigint not null,
  quantity integer not null check (quantity > 0),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  -- held -> released (by the caller) | expired | sold
  state text not null default 'held' check (state in ('held', 'released', 'expired', 'sold')),
  actor text not null,
  primary key (company_id, id),
  unique (company_id, key),
  foreign key (company_id, article_id) references article,
  foreign key (company_id, location_id) references location
);
create index reservation_due on reservation (company_id, expires_at) where state = 'held';
call wall('reservation', 'select, insert, update');

-- What a listener is told of an available number (R4): buffer taken off, never below zero. Null (unknown) stays null.
create function stock_target(p_available integer, p_buffer integer) returns integer language sql immutable
  as $$ select greatest(0, p_available - p_buffer) $$;

-- What of a level a listener's number means: what can be sold, or (a remote that lowers its number when it ships) what is on the shelf.
create function number_told(p_lowers_itself text, p_on_hand integer, p_reserved integer) returns integer language sql immutable
  as $$ select p_on_hand - case when p_lowers_itself = 'shipped' then 0 else p_reserved end $$;

-- R7. Everything it needs is handed in, so that one place says what "in sync" means.
create function told_in_sync(p_anchor_value integer, p_anchor_seen bigint, p_seen bigint, p_flight jsonb, p_looks jsonb, p_drift jsonb, p_unrouted integer, p_target integer)
  returns boolean language sql immutable
  as $$ select p_anchor_value is not null and p_flight is null and p_looks = '[]'::jsonb and p_drift is null and p_unrouted = 0
          and greatest(0, p_anchor_value + p_seen - p_anchor_seen) = p_target $$;

-- Makes the told rows that should exist: boxed article x mapped place x known level. New rows are dirty and know nothing.
-- Unrouted pieces are on the link; a new row starts without provisional pieces, the next ingest states them.
create function ensure_told(p_company bigint, p_articles bigint[], p_listener bigint, p_lane text, p_now timestamptz) returns integer language plpgsql as $$
declare n integer;
begin
  insert into told (company_id, listener_id, kind, entity_id, location_id, wanted, buffer, lane, dirty_since)
    select v.company_id, k.listener_id, 'stock', v.article_id, v.location_id, 1, k.buffer, p_lane, p_now
    from unnest(p_articles) as a(id)
    join level v on v.company_id = p_company and v.article_id = a.id
    join link k on k.company_id = v.company_id and k.article_id = v.article_id and k.boxed
    join place p on p.company_id = v.company_id and p.listener_id = k.listener_id and p.location_id = v.location_id
    where v.known and (p_listener is null or k.listener_id = p_listener)
    order by k.listener_id, v.article_id, v.location_id
    on conflict do nothing;
  get diagnostics n = row_count;
  return n;
end $$;

-- post_movements: the one writer of stock. In fixed lock order: movements by key, levels by (article, location), told rows by
-- (listener, article, location), so that two documents never deadlock and concurrent movements always add up (L3, L5).
--
-- p_movements: [{key, article, location, kind, on_hand, reserved, at, source, actor, cost?, count_line?}]
--   count_line: this movement is the difference of that count line (it is compensated from the next line on).
-- p_beliefs (only an order ingest has them, R9): [{listener, article, location, seen, doubt, unrouted, provisional}]
--   one for every cell of the article at that listener; seen = what the shop took from its own number since the last
--   snapshot (a difference); doubt = the ingest is doubtful; unrouted and provisional are absolute.
-- Returns how many movements were new, and the listeners that have something to hear.
create function post_movements(p_company bigint, p_movements jsonb, p_beliefs jsonb, p_now timestamptz, out posted integer, out listeners bigint[]) language plpgsql as $$
declare
  v_new jsonb;
  v_more jsonb;
  v_first bigint[];
begin
  -- 1. movements, by key
  with wanted as (
    select * from jsonb_to_recordset(p_movements) as m(key text, article bigint, location bigint, kind text, on_hand integer, reserved integer, at timestamptz, source jsonb, actor text, cost bigint, count_line bigint)
  ), inserted as (
    insert into movement (company_id, key, article_id, location_id, kind, on_hand_delta, reserved_delta, occurred_at, posted_at, source, actor, unit_cost_minor)
    select p_company, key, article, location, kind, coalesce(on_hand, 0), coalesce(reserved, 0), at, p_now, coalesce(source, '{}'), actor, cost from wanted order by key
    on conflict (company_id, key) do nothing
    returning key, article_id, location_id, on_hand_delta, reserved_delta, occurred_at)
  select count(*), jsonb_agg(jsonb_build_object('key', i.key, 'article', i.article_id, 'location', i.location_id, 'on_hand', i.on_hand_delta, 'reserved', i.reserved_delta, 'at', i.occurred_at, 'count_line', w.count_line, 'states', w.kind in ('receipt', 'count', 'import', 'master-set', 'transfer-in')))
    into posted, v_new from inserted i join wanted w using (key);

  if posted > 0 then
    -- 2. levels, by (article, location); from here on the cells are ours until the end
    with cell as (
      select article, location, sum(on_hand) as on_hand, sum(reserved) as reserved, bool_or(states) as states
      from jsonb_to_recordset(v_new) as m(article bigint, location bigint, on_hand integer, reserved integer, states boolean)
      group by article, location order by article, location
    ), touched as (
      insert into level as v (company_id, article_id, location_id, on_hand, reserved, known, version, changed_at)
      select p_company, article, location, on_hand, reserved, states, 1, p_now from cell
      on conflict (company_id, article_id, location_id) do update
        set on_hand = v.on_hand + excluded.on_hand, reserved = v.reserved + excluded.reserved, known = v.known or excluded.known, version = v.version + 1, changed_at = p_now
      returning v.article_id, v.location_id)
    select array_agg(distinct article_id) filter (where states) into v_first from touched t join cell c on c.article = t.article_id and c.location = t.location_id;

    -- 2b. L9: a fact older than a posted count line is already inside what was counted: its opposite goes in at the next line.
    -- Seen after the level lock, so a count and a late fact can't miss each other.
    with late as (
      select m.key, m.article, m.location, m.on_hand, n.id as line_id, n.counted_at
      from jsonb_to_recordset(v_new) as m(key text, article bigint, location bigint, on_hand integer, at timestamptz, count_line bigint)
      cross join lateral (
        select c.id, c.counted_at from count_line c
        where c.company_id = p_company and c.article_id = m.article and c.location_id = m.location
          and c.counted_at >= m.at and (m.count_line is null or (c.counted_at, c.id) > (m.at, m.count_line))
        order by c.counted_at, c.id limit 1) n
      where m.on_hand <> 0
    ), inserted as (
      insert into movement (company_id, key, article_id, location_id, kind, on_hand_delta, occurred_at, posted_at, source, actor)
      select p_company, 'count-line:' || line_id || ':' || key, article, location, 'count', -on_hand, counted_at, p_now, jsonb_build_object('type', 'late-fact', 'ref', key, 'line', line_id), 'system' from late order by key
      on conflict (company_id, key) do nothing
      returning article_id, location_id, on_hand_delta)
    select jsonb_agg(jsonb_build_object('article', article_id, 'location', location_id, 'on_hand', on_hand_delta)) into v_more from inserted;
    if v_more is not null then
      update level v set on_hand = v.on_hand + c.on_hand
        from (select article, location, sum(on_hand) as on_hand from jsonb_to_recordset(v_more) as m(article bigint, location bigint, on_hand integer) group by article, location) c
        where v.company_id = p_company and v.article_id = c.article and v.location_id = c.location;
      v_new := v_new || v_more;
    end if;
    if v_first is not null then
      perform ensure_told(p_company, v_first, null, 'live', p_now);
    end if;
  end if;

  -- 3. told rows of every listener that knows these cells, by (listener, article, location) (R8, R9, R23a).
  -- Locked in one statement and read in the next, which sees what whoever held them before us wrote.
  if posted > 0 or p_beliefs is not null then
    perform 1 from told t
      where t.company_id = p_company and t.kind = 'stock' and (t.entity_id, t.location_id) in (
              select article, location from jsonb_to_recordset(coalesce(v_new, '[]')) as m(article bigint, location bigint)
              union select article, location from jsonb_to_recordset(coalesce(p_beliefs, '[]')) as b(article bigint, location bigint))
      order by t.listener_id, t.entity_id, t.location_id for update;

    with cell as (
      select article, location, sum(coalesce(on_hand, 0))::integer as on_hand, sum(coalesce(reserved, 0))::integer as reserved
      from jsonb_to_recordset(coalesce(v_new, '[]')) as m(article bigint, location bigint, on_hand integer, reserved integer) group by article, location
    ), belief as (
      select * from jsonb_to_recordset(coalesce(p_beliefs, '[]')) as b(listener bigint, article bigint, location bigint, seen integer, doubt boolean, unrouted integer, provisional integer)
    ), hit as (
      select t.listener_id, t.entity_id, t.location_id,
             number_told(s.lowers_itself, coalesce(c.on_hand, 0), coalesce(c.reserved, 0)) - coalesce(b.seen, 0) < 0 and not (b.listener is not null and (b.doubt or not s.rule_known)) as lowered,
             -- a cell that only heard of an order elsewhere is touched, not dirtied
             (c.article is not null or coalesce(b.seen, 0) <> 0 or coalesce(b.doubt, false) or coalesce(b.provisional, t.provisional) <> t.provisional)::int as step,
             coalesce(b.seen, 0) as seen, coalesce(b.doubt, false) as doubt, (b.listener is not null)::int as touch, coalesce(b.provisional, t.provisional) as provisional,
             not exists (select from turn u where u.company_id = t.company_id and u.listener_id = t.listener_id and u.token = t.held)
               and told_in_sync(case when b.doubt then null else t.anchor_value end, t.anchor_seen, t.seen + coalesce(b.seen, 0), t.flight, t.looks, t.drift,
                                coalesce(b.unrouted, k.unrouted), stock_target(number_told(s.lowers_itself, v.on_hand, v.reserved), t.buffer)) as knows
      from told t
      join listener s on s.company_id = t.company_id and s.id = t.listener_id
      join link k on k.company_id = t.company_id and k.listener_id = t.listener_id and k.article_id = t.entity_id
      join level v on v.company_id = t.company_id and v.article_id = t.entity_id and v.location_id = t.location_id
      left join cell c on c.article = t.entity_id and c.location = t.location_id
      left join belief b on b.listener = t.listener_id and b.article = t.entity_id and b.location = t.location_id
      where t.company_id = p_company and t.kind = 'stock' and (c.article is not null or b.listener is not null)
        and (t.entity_id, t.location_id) in (select article, location from cell union select article, location from belief)
    ), marked as (
      update told t set
        wanted = t.wanted + h.step,
        told = case when h.step = 1 and h.knows then t.wanted + 1 else t.told end,
        low = case when h.step = 1 and h.lowered then t.wanted + 1 else t.low end,
        seen = t.seen + h.seen,
        touch = t.touch + h.touch,
        doubt = t.doubt + h.doubt::int,
        anchor_value = case when h.doubt then null else t.anchor_value end,
        anchor_seen = case when h.doubt then null else t.anchor_seen end,
        provisional = h.provisional,
        lane = case when h.step = 1 then 'live' else t.lane end,
        dirty_since = case when h.step = 1 and not h.knows and t.wanted <= t.told then p_now else t.dirty_since end
      from hit h
      where t.company_id = p_company and t.listener_id = h.listener_id and t.kind = 'stock' and t.entity_id = h.entity_id and t.location_id = h.location_id
      returning t.listener_id, t.wanted > t.told as dirty)
    select array_agg(distinct listener_id) filter (where dirty) into listeners from marked;

    if p_beliefs is not null then
      update link k set unrouted = b.unrouted
        from (select distinct listener, article, unrouted from jsonb_to_recordset(p_beliefs) as b(listener bigint, article bigint, unrouted integer)) b
        where k.company_id = p_company and k.listener_id = b.listener and k.article_id = b.article and k.unrouted is distinct from b.unrouted;
    end if;
  end if;
  posted := coalesce(posted, 0);
end $$;
