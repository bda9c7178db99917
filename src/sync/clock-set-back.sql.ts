/** SQL for when the clock was ahead and is right again: what it wrote ends far in the future, and nobody should wait for that. */
import type { Tx } from '../db/open.ts'
import { sql } from '../db/sql.ts'

/** Everything of this connection that waits longer than any wait of ours is: it waits no longer. An unknown send may still land until `lands`. */
export const endFarWaits = (tx: Tx, listenerId: number, at: { now: Date; longest: Date; lands: Date }) =>
  tx.run(sql`
    with cells as (
      update told set hold_until = null, hold_why = null,
        looks = coalesce((select jsonb_agg(case when (x ->> 'notBefore')::timestamptz > ${at.longest} then x || jsonb_build_object('notBefore', ${at.lands.toISOString()}::text) else x end)
          from jsonb_array_elements(looks) x), '[]')
      where company_id = ${tx.companyId} and listener_id = ${listenerId} and kind in ('stock', 'order', 'order-status', 'invoice-pdf') and wanted > told
        and (hold_until > ${at.longest} or exists (select from jsonb_array_elements(looks) x where (x ->> 'notBefore')::timestamptz > ${at.longest}))),
    keys as (update look_request set due_at = ${at.now} where company_id = ${tx.companyId} and listener_id = ${listenerId} and due_at > ${at.longest}),
    messages as (update inbox set next_try_at = null where company_id = ${tx.companyId} and listener_id = ${listenerId} and state = 'waiting' and next_try_at > ${at.longest}),
    orders as (update web_order set route_again_at = ${at.now} where company_id = ${tx.companyId} and listener_id = ${listenerId} and route_again_at > ${at.longest}),
    -- A sight "from later" would hide every real one until then, and a walk begun "later" would end with everything gone.
    sights as (update listing set seen_at = ${at.now} where company_id = ${tx.companyId} and listener_id = ${listenerId} and seen_at > ${at.now}),
    levels as (update listing_level set seen_at = ${at.now} where company_id = ${tx.companyId} and listener_id = ${listenerId} and seen_at > ${at.now})
    update listener set polled_at = least(polled_at, ${at.now}), listings_at = case when listings_at <= ${at.now} then listings_at end,
      listings_cursor = case when listings_from > ${at.now} or listings_at > ${at.now} then null else listings_cursor end, listings_from = least(listings_from, ${at.now})
    where company_id = ${tx.companyId} and id = ${listenerId} and (polled_at > ${at.now} or listings_at > ${at.now} or listings_from > ${at.now})`)
