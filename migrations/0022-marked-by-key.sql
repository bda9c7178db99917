-- Measured by npm run bench: a document of a thousand lines cost the square of its lines. No rule changes.
--
-- Two joins of post_movements read, for every line, all the other lines or all the company's levels: the planner can't know how many rows
-- there are in a parameter, and its plan is kept (0009). Here the order of the joins is the order they are written in and each is one look
-- into an index, so that one line costs the same among a thousand as alone, and in a company of ten thousand articles as in a company of ten.

create or replace function ensure_told(p_company bigint, p_articles bigint[], p_listener bigint, p_lane text, p_now timestamptz) returns integer language plpgsql
  set join_collapse_limit = 1 as $$
declare n integer;
begin
  insert into told (company_id, listener_id, kind, entity_id, location_id, wanted, buffer, lane, dirty_since)
    select v.company_id, k.listener_id, 'stock', v.article_id, v.location_id, 1, k.buffer, p_lane, p_now
    from unnest(p_articles) as a(id)
    join link k on k.company_id = p_company and k.article_id = a.id and k.boxed and (p_listener is null or k.listener_id = p_listener)
    join place p on p.company_id = p_company and p.listener_id = k.listener_id
    join level v on v.company_id = p_company and v.article_id = a.id and v.location_id = p.location_id
    where v.known
    order by k.listener_id, v.article_id, v.location_id
    on conflict do nothing;
  get diagnostics n = row_count;
  return n;
end $$;

-- Told rows of every listener that knows these cells, by (listener, article, location) (R8, R9, R23a). Called by post_movements alone.
-- p_moved: [{article, location, on_hand, reserved}], p_beliefs as post_movements is given them. Returns the listeners that have something to hear.
create function mark_told(p_company bigint, p_moved jsonb, p_beliefs jsonb, p_now timestamptz) returns bigint[] language plpgsql
  set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_nestloop = on set enable_hashjoin = off set enable_mergejoin = off set join_collapse_limit = 1 as $$
declare
  v_listeners bigint[];
begin
  -- Locked in one statement and read in the next, which sees what whoever held them before us wrote.
  perform 1
    from (select article, location from jsonb_to_recordset(p_moved) as m(article bigint, location bigint)
          union select article, location from jsonb_to_recordset(p_beliefs) as b(article bigint, location bigint)) c
    join told t on t.company_id = p_company and t.kind = 'stock' and t.entity_id = c.article and t.location_id = c.location
    order by t.listener_id, t.entity_id, t.location_id for update of t;

  with cell as (
    select article, location, sum(coalesce(on_hand, 0)) as on_hand, sum(coalesce(reserved, 0)) as reserved
    from jsonb_to_recordset(p_moved) as m(article bigint, location bigint, on_hand integer, reserved integer) group by article, location
  ), heard as (
    -- what moved, at everybody who knows the cell; what an order ingest says, at the listener it came from
    select t.listener_id as listener, c.article, c.location, c.on_hand, c.reserved, true as moved, false as believed, 0 as seen, false as doubt, null::integer as unrouted, null::integer as provisional
      from cell c join told t on t.company_id = p_company and t.kind = 'stock' and t.entity_id = c.article and t.location_id = c.location
    union all
    select listener, article, location, 0, 0, false, true, coalesce(seen, 0), coalesce(doubt, false), unrouted, provisional
      from jsonb_to_recordset(p_beliefs) as b(listener bigint, article bigint, location bigint, seen integer, doubt boolean, unrouted integer, provisional integer)
  ), news as (
    select listener, article, location, sum(on_hand)::integer as on_hand, sum(reserved)::integer as reserved, bool_or(moved) as moved, bool_or(believed) as believed,
           sum(seen)::integer as seen, bool_or(doubt) as doubt, max(unrouted) as unrouted, max(provisional) as provisional
    from heard group by listener, article, location
  ), hit as (
    select t.listener_id, t.entity_id, t.location_id,
           number_told(s.lowers_itself, n.on_hand, n.reserved) - n.seen < 0 and not (n.believed and (n.doubt or not s.rule_known)) as lowered,
           -- a cell that only heard of an order elsewhere is touched, not dirtied
           (n.moved or n.seen <> 0 or n.doubt or coalesce(n.provisional, t.provisional) <> t.provisional)::int as step,
           n.seen, n.doubt, n.believed::int as touch, coalesce(n.provisional, t.provisional) as provisional,
           not exists (select from turn u where u.company_id = t.company_id and u.listener_id = t.listener_id and u.token = t.held)
             and told_in_sync(case when n.doubt then null else t.anchor_value end, t.anchor_seen, t.seen + n.seen, t.flight, t.looks, t.drift,
                              coalesce(n.unrouted, k.unrouted), stock_target(number_told(s.lowers_itself, v.on_hand, v.reserved), t.buffer)) as knows
    from news n
    join told t on t.company_id = p_company and t.listener_id = n.listener and t.kind = 'stock' and t.entity_id = n.article and t.location_id = n.location
    join listener s on s.company_id = p_company and s.id = n.listener
    join link k on k.company_id = p_company and k.listener_id = n.listener and k.article_id = n.article
    join level v on v.company_id = p_company and v.article_id = n.article and v.location_id = n.location
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
  select array_agg(distinct listener_id) filter (where dirty) into v_listeners from marked;

  update link k set unrouted = b.unrouted
    from (select distinct listener, article, unrouted from jsonb_to_recordset(p_beliefs) as b(listener bigint, article bigint, unrouted integer)) b
    where k.company_id = p_company and k.listener_id = b.listener and k.article_id = b.article and k.unrouted is distinct from b.unrouted;
  return v_listeners;
end $$;

-- As before (0004 says what it promises), but for its third phase, which is mark_told.
create or replace function post_movements(p_company bigint, p_movements jsonb, p_beliefs jsonb, p_now timestamptz, out posted integer, out listeners bigint[]) language plpgsql
  set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
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

  -- 3. told rows of every listener that knows these cells
  if posted > 0 or p_beliefs is not null then
    listeners := mark_told(p_company, coalesce(v_new, '[]'), coalesce(p_beliefs, '[]'), p_now);
  end if;
  posted := coalesce(posted, 0);
end $$;
