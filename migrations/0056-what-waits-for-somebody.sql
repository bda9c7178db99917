-- All that waits for a person, one row per thing, each under its cause: what the list, the overview and the letters say is read here and nowhere else
-- (src/core/notices/causes.ts has the causes). A row is gone when its cause is: nothing is kept, so nothing can be left behind.
-- item_id = what it is within its cause and listener · target_id = whose page tells more · code, facts = the finer reason ·
-- since: null = nobody wrote it down · worth_at = from when it is worth saying: short troubles pass by themselves, and whoever made a preview is looking at it.

-- When the server last took a letter, a test too; null = none since it was set.
alter table mail add column taken_at timestamptz;
update mail m set taken_at = (select max(t.sent_at) from letter t where t.company_id = m.company_id);
-- A morning's letter on its way speaks of other lines than are known from now on: the next one says what waits.
delete from letter where kind = 'digest' and sent_at is null;

-- Links to webshops, ERPs and readers, and what stands still on one.
create view attention_link with (security_invoker = true) as
  select l.company_id, case when l.state_why ->> 'code' <> 'person' then 'link-stopped' else 'link-paused' end as cause, l.id as listener_id, l.id as item_id, l.id as target_id,
         null::text as number, l.name, nullif(l.state_why ->> 'code', 'person') as code, coalesce(l.state_why -> 'facts', '{}') as facts,
         coalesce((l.state_why ->> 'at')::timestamptz, l.created_at) as since, l.created_at as worth_at
  from listener l where l.kind = 'connection' and l.state = 'paused'
  union all
  select l.company_id, 'link-failing', l.id, l.id, l.id, null, l.name, l.trouble ->> 'code', coalesce(l.trouble -> 'facts', '{}'), (l.trouble ->> 'since')::timestamptz,
         (l.trouble ->> 'since')::timestamptz + interval '5 minutes'
  from listener l where l.kind = 'connection' and l.state = 'active' and l.trouble is not null
  union all
  select l.company_id, 'right-missing', l.id, r.n, l.id, null, r.value ->> 'scope', 'scope-missing', jsonb_build_object('scope', r.value ->> 'scope'), l.health_at, l.health_at
  from listener l cross join lateral jsonb_array_elements(l.health -> 'rights') with ordinality as r(value, n)
  where l.kind = 'connection' and l.state = 'active' and (r.value ->> 'needed')::boolean and not (r.value ->> 'granted')::boolean
  union all
  select l.company_id, 'hooks-foreign', l.id, t.n, l.id, null, t.value ->> 'topic', null, '{}', l.subscribed_at, l.subscribed_at
  from listener l cross join lateral jsonb_array_elements(l.subscribed -> 'topics') with ordinality as t(value, n)
  where l.kind = 'connection' and l.state = 'active' and t.value ->> 'state' = 'foreign'
  union all
  select l.company_id, 'setup-unfinished', l.id, l.id, l.id, null, l.name, null, '{}', l.created_at, l.created_at from listener l where l.kind = 'connection' and l.state = 'setup'
  union all
  -- Nothing is written to a shop before a person has seen what changes.
  select l.company_id, 'first-sync', l.id, l.id, l.id, null, l.name, null, '{}', l.created_at, l.created_at
  from listener l
  where l.kind = 'connection' and l.state = 'active' and l.first_synced_at is null
    and exists (select from link k where k.company_id = l.company_id and k.listener_id = l.id and k.boxed)
    and not exists (select from run r where r.company_id = l.company_id and r.listener_id = l.id and r.state in ('looking', 'ready', 'sending', 'paused', 'stopping'))
    and not exists (select from catalogue c where c.company_id = l.company_id and c.listener_id = l.id and not c.stock)
  union all
  select r.company_id, case r.state when 'ready' then 'run-ready' when 'paused' then 'run-paused' else 'run-failed' end, r.listener_id, r.id, r.id, null, r.kind,
         r.why ->> 'code', coalesce(r.why -> 'facts', '{}'), coalesce(r.ended_at, r.started_at), coalesce(r.ended_at, r.started_at) + case r.state when 'ready' then interval '10 minutes' else interval '0' end
  from run r join listener l on l.company_id = r.company_id and l.id = r.listener_id
  where l.state in ('active', 'paused') and (r.state in ('ready', 'paused')
    or r.state = 'failed' and not exists (select from run n where n.company_id = r.company_id and n.listener_id = r.listener_id and n.kind = r.kind and n.id > r.id))
  union all
  select i.company_id, 'import-ready', i.listener_id, i.id, i.listener_id, null, l.name, null, '{}', i.started_at, i.started_at + interval '10 minutes'
  from shop_import i join listener l on l.company_id = i.company_id and l.id = i.listener_id where i.state = 'ready' and l.state in ('active', 'paused')
  union all
  select r.company_id, 'telling-paused', r.listener_id, r.id, r.listener_id, null, l.name, null, '{}', r.started_at, r.started_at
  from view_run r join listener l on l.company_id = r.company_id and l.id = r.listener_id where r.state = 'paused' and l.state in ('active', 'paused');
grant select on attention_link to lagerbro_app;

-- Articles a webshop can't be told of as they are: whatever article_state says that doesn't go on by itself. What a first sync waits for is said once, of the link.
create view attention_article with (security_invoker = true) as
  select k.company_id,
         case when s.state in ('link-moved', 'ambiguous', 'missing', 'not-tracked', 'not-stocked', 'bundle', 'fulfilment-service', 'has-choices', 'item-gone', 'place-gone', 'value-refused',
                               'too-hot', 'no-stock-yet') then s.state else 'remote-strange' end as cause,
         k.listener_id, k.article_id as item_id, k.article_id as target_id, a.number, a.name, null::text as code, '{}'::jsonb as facts,
         (select min(t.dirty_since) from told t where t.company_id = k.company_id and t.listener_id = k.listener_id and t.kind = 'stock' and t.entity_id = k.article_id and t.refusal is not null) as since,
         l.created_at as worth_at
  from (
    -- Few of many: only those are asked how they stand.
    select company_id, listener_id, article_id from link where boxed and state not in ('matched', 'looking')
    union
    select company_id, listener_id, entity_id from told where kind = 'stock' and refusal is not null
    union
    select k.company_id, k.listener_id, k.article_id from link k
    where k.boxed and k.state = 'matched' and not exists (
      select from told t join place p on p.company_id = t.company_id and p.listener_id = t.listener_id and p.location_id = t.location_id
      where t.company_id = k.company_id and t.listener_id = k.listener_id and t.kind = 'stock' and t.entity_id = k.article_id)) k
  join listener l on l.company_id = k.company_id and l.id = k.listener_id and l.kind = 'connection' and l.state in ('active', 'paused')
  join article a on a.company_id = k.company_id and a.id = k.article_id
  cross join lateral (select f.state from article_state f where f.company_id = k.company_id and f.listener_id = k.listener_id and f.article_id = k.article_id offset 0) s
  where s.state not in ('in-sync', 'waiting', 'checking', 'looking', 'stocking', 'left-out', 'not-boxed', 'not-synced-yet')
  union all
  select d.company_id, 'difference', d.listener_id, d.id, d.article_id, a.number, a.name, d.reason, jsonb_build_object('theirs', d.theirs, 'ours', d.ours), d.seen_at, d.seen_at
  from difference d join article a on a.company_id = d.company_id and a.id = d.article_id where d.state = 'open'
  union all
  select a.company_id, 'negative', null, a.id, a.id, a.number, a.name, null, '{}', null, a.created_at
  from article a
  where a.archived_at is null and exists (select from level v where v.company_id = a.company_id and v.article_id = a.id and v.known and v.on_hand - v.reserved < 0)
  union all
  -- Those ticked at a shop are among its own.
  select a.company_id, 'uncounted', null, a.id, a.id, a.number, a.name, null, '{}', a.created_at, a.created_at
  from article a
  where a.archived_at is null and a.stock_tracked and not exists (select from level v where v.company_id = a.company_id and v.article_id = a.id and v.known)
    and not exists (select from link k join listener l on l.company_id = k.company_id and l.id = k.listener_id and l.state in ('active', 'paused')
                    where k.company_id = a.company_id and k.article_id = a.id and k.boxed and k.state = 'matched')
  union all
  select r.company_id, 'product-refused', r.listener_id, p.id, (select min(f.id) from article f where f.company_id = p.company_id and f.product_id = p.id and f.archived_at is null), null, p.name,
         min(r.refusal), '{}', min(r.refused_at), min(r.refused_at)
  from view_row r
  join listener l on l.company_id = r.company_id and l.id = r.listener_id and l.kind = 'connection' and l.state in ('active', 'paused')
  join product p on p.company_id = r.company_id and p.id = view_product(r)
  where r.refusal is not null group by r.company_id, r.listener_id, p.company_id, p.id, p.name;
grant select on attention_article to lagerbro_app;

-- Orders, invoices, and messages about them.
create view attention_order with (security_invoker = true) as
  select o.company_id, 'order-unknown' as cause, null::bigint as listener_id, o.id as item_id, o.id as target_id, null::text as number, o.name, null::text as code, '{}'::jsonb as facts,
         o.placed_at as since, o.placed_at as worth_at
  from web_order o
  where exists (select from web_order_line w where w.company_id = o.company_id and w.order_id = o.id and w.article_id is null
                  and not exists (select from web_order_choice c where c.company_id = w.company_id and c.order_id = w.order_id and c.line_ref = w.line_ref))
  union all
  select o.company_id, 'order-loss', null, o.id, o.id, null, o.name, null, '{}', min(s.at), min(s.at)
  from web_loss s join web_order o on o.company_id = s.company_id and o.id = s.order_id where s.state = 'asked' and s.quantity > 0 group by o.company_id, o.id, o.name
  union all
  select o.company_id, 'order-elsewhere', null, o.id, o.id, null, o.name, null, '{}', o.placed_at, o.placed_at
  from web_order o where o.state = 'open' and o.effects -> 'elsewhere' <> '{}'
  union all
  select o.company_id, 'order-unrouted', null, o.id, o.id, null, o.name, null, '{}', o.placed_at, o.placed_at
  from web_order o where o.route_again_at is not null and coalesce(o.effects -> 'unrouted', '{}') <> '{}'
  union all
  -- What is booked or deleted there is no fault.
  select t.company_id, 'order-refused', t.listener_id, o.id, o.id, null, o.name, min(t.refusal), jsonb_build_object('said', coalesce(min(t.refusal_said), '')), min(t.dirty_since), min(o.placed_at)
  from told t join web_order o on o.company_id = t.company_id and o.id = t.entity_id
  where t.kind in ('order', 'order-status') and t.refusal is not null and t.refusal not in ('booked-already', 'document-gone') and t.wanted > t.told
    and exists (select from listener l where l.company_id = t.company_id and l.id = t.listener_id and l.state <> 'gone')
  group by t.company_id, t.listener_id, o.id, o.name
  union all
  select t.company_id, 'invoice-refused', t.listener_id, d.id, d.id, null, coalesce(d.invoice_number, d.document_ref), t.refusal, jsonb_build_object('said', coalesce(t.refusal_said, '')),
         t.dirty_since, d.seen_at
  from told t join erp_document d on d.company_id = t.company_id and d.id = t.entity_id
  where t.kind = 'invoice-pdf' and t.refusal is not null and t.wanted > t.told and exists (select from listener l where l.company_id = t.company_id and l.id = t.listener_id and l.state <> 'gone')
  union all
  select d.company_id, 'invoice-no-pdf', d.listener_id, d.id, d.id, null, coalesce(d.invoice_number, d.document_ref), p.found, '{}', p.wanted_at, p.wanted_at
  from invoice_pdf p join erp_document d on d.company_id = p.company_id and d.id = p.document_id
  where p.next_try_at is null and p.found in ('missing', 'not-a-pdf', 'too-large') and exists (select from listener l where l.company_id = d.company_id and l.id = d.listener_id and l.state <> 'gone')
  union all
  select d.company_id, 'invoice-asks', d.listener_id, d.id, d.id, null, coalesce(d.invoice_number, d.document_ref), null, '{}', d.booked_at, d.booked_at
  from erp_document d
  where d.stage = 'booked' and d.order_id is null and d.linked_by is null and exists (select from document_candidate c where c.company_id = d.company_id and c.document_id = d.id)
  union all
  select i.company_id, 'message', i.listener_id, i.id, i.id, null, i.topic, i.problem ->> 'code', coalesce(i.problem -> 'facts', '{}'), i.received_at, i.received_at
  from inbox i join listener l on l.company_id = i.company_id and l.id = i.listener_id and l.state <> 'gone' where i.state = 'listed'
  union all
  select r.company_id, 'privacy-request', r.listener_id, r.id, r.customer_id, null, r.ask, null, '{}', r.asked_at, r.asked_at from privacy_request r where r.done_at is null;
grant select on attention_order to lagerbro_app;

-- Readers of sync views, and the company's own house.
create view attention_reader with (security_invoker = true) as
  select r.company_id, 'view-rejected' as cause, r.listener_id, r.seq as item_id, coalesce(a.id, r.entity_id) as target_id, a.number, coalesce(a.name, p.name, o.name, r.entity) as name,
         r.refusal as code, jsonb_build_object('entity', r.entity) as facts, r.refused_at as since, r.refused_at as worth_at
  from view_row r
  join listener l on l.company_id = r.company_id and l.id = r.listener_id and l.kind = 'view' and l.state = 'active'
  left join article a on a.company_id = r.company_id and a.id = r.entity_id and r.entity in ('article', 'price', 'stock')
  left join product p on p.company_id = r.company_id and p.id = r.entity_id and r.entity = 'product'
  left join web_order o on o.company_id = r.company_id and o.id = r.entity_id and r.entity = 'order'
  where r.refusal is not null
  union all
  -- Something waits and nobody asks for it; or it is asked for, and not acknowledged for a day.
  select v.company_id, case when q.silent then 'view-silent' else 'view-late' end, v.listener_id, v.listener_id, v.listener_id, null, l.name, null, '{}', w.since,
         case when q.silent then greatest(v.polled_at, w.since) + interval '1 hour' else w.since + interval '1 day' end
  from view v
  join listener l on l.company_id = v.company_id and l.id = v.listener_id and l.kind = 'view' and l.state = 'active'
  cross join lateral (
    select min(r.dirty_since) as since, max(r.dirty_since) as latest from view_row r
    where r.company_id = v.company_id and r.listener_id = v.listener_id and r.wanted > r.told and r.refusal is null and not r.waits) w
  cross join lateral (select v.polled_at is null or v.polled_at < w.latest as silent) q
  where w.since is not null and v.resync_since is null
  union all
  select v.company_id, 'view-resync', v.listener_id, v.listener_id, v.listener_id, null, l.name, null, '{}', v.resync_since, v.resync_since
  from view v join listener l on l.company_id = v.company_id and l.id = v.listener_id and l.kind = 'view' and l.state = 'active' where v.resync_since is not null
  union all
  select w.company_id, 'webhook-failing', w.listener_id, w.listener_id, w.listener_id, null, l.name, w.state, jsonb_build_object('status', coalesce(w.last_status::text, '')), w.failing_since,
         case when w.state = 'paused' then w.failing_since else w.failing_since + interval '1 hour' end
  from view_webhook w join listener l on l.company_id = w.company_id and l.id = w.listener_id and l.state = 'active' where w.failing_since is not null
  union all
  select r.company_id, 'restored', null, r.epoch, r.epoch, null, '', null, '{}', r.restored_at, r.restored_at from restore r where r.ended_at is null
  union all
  -- The mail server that took none of the latest letters; or the one nobody has tried.
  select m.company_id, case when f.problem is null then 'mail-untried' else 'mail-unsent' end, null, 1, 1, null, m.host, 'mail-' || f.problem, '{}', coalesce(f.made_at, m.changed_at), m.changed_at
  from mail m left join lateral (
    select t.problem, t.made_at from letter t
    where t.company_id = m.company_id and t.problem is not null and t.sent_at is null and t.made_at > coalesce(m.taken_at, '-infinity') order by t.made_at limit 1) f on true
  where m.taken_at is null or f.problem is not null;
grant select on attention_reader to lagerbro_app;

-- Bulk changes: one that a person has to look at, and one of which not all went in, until it is undone or its rows are kept no more.
create view attention_bulk with (security_invoker = true) as
  select b.company_id, 'bulk-ready' as cause, null::bigint as listener_id, b.id as item_id, b.id as target_id, null::text as number, coalesce(b.file_name, '#' || b.id) as name, b.kind as code, '{}'::jsonb as facts,
         b.started_at as since, b.started_at + interval '10 minutes' as worth_at
  from bulk_change b where b.state = 'ready'
  union all
  select b.company_id, 'bulk-failed', null, b.id, b.id, null, coalesce(b.file_name, '#' || b.id), b.kind, '{}', b.ended_at, b.ended_at
  from bulk_change b
  where b.state in ('done', 'failed') and exists (select from bulk_row r where r.company_id = b.company_id and r.bulk_id = b.id and (r.state = 'failed' or b.state = 'failed'))
    and not exists (select from bulk_change n where n.company_id = b.company_id and n.kind = b.kind and n.id > b.id and n.state = 'done')
    and not exists (select from bulk_change u where u.company_id = b.company_id and u.of_id = b.id and u.state = 'done');
grant select on attention_bulk to lagerbro_app;

create view attention with (security_invoker = true) as
  select * from attention_link union all select * from attention_article union all select * from attention_order union all select * from attention_reader union all select * from attention_bulk;
grant select on attention to lagerbro_app;
