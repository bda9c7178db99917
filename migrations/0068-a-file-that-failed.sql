-- As in 0056, and one that failed while it was compared waits too: it has no rows yet, and somebody believes that it went in.
create or replace view attention_bulk with (security_invoker = true) as
  select b.company_id, 'bulk-ready' as cause, null::bigint as listener_id, b.id as item_id, b.id as target_id, null::text as number, coalesce(b.file_name, '#' || b.id) as name, b.kind as code, '{}'::jsonb as facts,
         b.started_at as since, b.started_at + interval '10 minutes' as worth_at
  from bulk_change b where b.state = 'ready'
  union all
  select b.company_id, 'bulk-failed', null, b.id, b.id, null, coalesce(b.file_name, '#' || b.id), b.kind, '{}', b.ended_at, b.ended_at
  from bulk_change b
  where (b.state = 'failed' or b.state = 'done' and exists (select from bulk_row r where r.company_id = b.company_id and r.bulk_id = b.id and r.state = 'failed'))
    and not exists (select from bulk_change n where n.company_id = b.company_id and n.kind = b.kind and n.id > b.id and n.state = 'done')
    and not exists (select from bulk_change u where u.company_id = b.company_id and u.of_id = b.id and u.state = 'done');
