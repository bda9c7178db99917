/** SQL of orders. All writing of one listener's orders happens under its lock: unrouted pieces are a sum over all of them. */
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'
import type { Effects } from './effects.ts'
import type { LossState } from './facts.ts'
import type { OrderCustomer, Snapshot } from './order.ts'

/** Taken first by everybody who writes orders of this listener, before any level or told row: one at a time, in every process. */
export const lockOrders = (tx: Tx, listenerId: number) =>
  tx.rows(sql`select pg_advisory_xact_lock(hashtextextended('orders of ' || ${tx.companyId}::text || ':' || ${listenerId}::text, 0))`)

export interface StoredOrder {
  id: number
  listenerId: number
  orderRef: string
  stamp: string
  snapshot: Snapshot
  takenFrom: 'hook' | 'read'
  baselineBefore: Date | null
  effects: Effects
  version: number
  routeAgainAt: Date | null
  routeTries: number
  /** When it was deleted in the shop; null = it is there. */
  goneAt: Date | null
  /** Null = nobody is known, or nobody any more. */
  customerId: number | null
}

export const ordersByRef = (tx: Tx, listenerId: number, refs: string[]) =>
  tx.rows<StoredOrder>(sql`
    select id, listener_id as "listenerId", order_ref as "orderRef", stamp, snapshot, taken_from as "takenFrom", baseline_before as "baselineBefore", effects, version,
           route_again_at as "routeAgainAt", route_tries as "routeTries", gone_at as "goneAt",
           case when customer_erased_at is null then customer_id end as "customerId"
    from web_order where company_id = ${tx.companyId} and listener_id = ${listenerId} and order_ref = any (${refs})`)

export const ordersById = (tx: Tx, ids: number[]) =>
  tx.rows<StoredOrder>(sql`
    select id, listener_id as "listenerId", order_ref as "orderRef", stamp, snapshot, taken_from as "takenFrom", baseline_before as "baselineBefore", effects, version,
           route_again_at as "routeAgainAt", route_tries as "routeTries", gone_at as "goneAt",
           case when customer_erased_at is null then customer_id end as "customerId"
    from web_order where company_id = ${tx.companyId} and id = any (${ids}::bigint[]) order by id`)

/** Numbers are compared to the letter; an old number of a renamed article still names it, and one that a person connected (`alias`) does too. */
export const articlesOfNumbers = (tx: Tx, numbers: string[]) =>
  tx.rows<{ number: string; articleId: number; alias: boolean }>(sql`
    select number, article_id as "articleId", coalesce(since = until, false) as alias from article_number where company_id = ${tx.companyId} and number = any (${numbers})`)

export interface OrderWrite {
  orderRef: string
  name: string
  stamp: string
  snapshot: Snapshot
  customer: OrderCustomer | null
  state: 'open' | 'shipped' | 'cancelled' | 'done' | 'deleted'
  goneAt: Date | null
  placedAt: string
  cancelledAt: string | null
  takenFrom: 'hook' | 'read'
  baselineBefore: Date | null
  effects: Effects
  version: number
  routeAgainAt: Date | null
  routeTries: number
}

/** All orders of one ingest in one statement. A customer once known isn't forgotten because a later source keeps quiet; one that was erased stays so. */
export const upsertOrders = (tx: Tx, listenerId: number, orders: (OrderWrite & { customerId: number | null })[], now: Date) =>
  tx.rows<{ id: number; orderRef: string }>(sql`
    insert into web_order as o (company_id, listener_id, order_ref, name, stamp, snapshot, customer, customer_id, state, placed_at, cancelled_at, taken_from, baseline_before, effects, version, route_again_at, route_tries, gone_at, taken_at)
    select ${tx.companyId}, ${listenerId}, "orderRef", name, stamp, snapshot, nullif(customer, 'null'), "customerId", state, "placedAt", "cancelledAt", "takenFrom", "baselineBefore", effects, version, "routeAgainAt", "routeTries", "goneAt", ${now}
    from jsonb_to_recordset(${JSON.stringify(orders)}) as r("orderRef" text, name text, stamp text, snapshot jsonb, customer jsonb, "customerId" bigint, state text, "placedAt" timestamptz, "cancelledAt" timestamptz, "takenFrom" text,
      "baselineBefore" timestamptz, effects jsonb, version integer, "routeAgainAt" timestamptz, "routeTries" integer, "goneAt" timestamptz)
    on conflict (company_id, listener_id, order_ref) do update set name = excluded.name, stamp = excluded.stamp, snapshot = excluded.snapshot,
      customer = case when o.customer_erased_at is null and coalesce(excluded.customer_id, o.customer_id) is null then coalesce(excluded.customer, o.customer) end,
      customer_id = case when o.customer_erased_at is null then coalesce(excluded.customer_id, o.customer_id) else o.customer_id end,
      state = excluded.state, placed_at = excluded.placed_at, cancelled_at = excluded.cancelled_at, taken_from = excluded.taken_from, effects = excluded.effects, version = excluded.version,
      route_again_at = excluded.route_again_at, route_tries = excluded.route_tries, gone_at = excluded.gone_at, taken_at = excluded.taken_at
    returning id, order_ref as "orderRef"`)

export interface LineWrite {
  orderId: number
  lineRef: string
  articleNumber: string | null
  articleId: number | null
  title: string
  ordered: number
  open: number
  shipped: number
  restocked: number
  lost: number
  returned: number
  unitPriceMinor: number | null
}

export const deleteLinesNotIn = (tx: Tx, lines: { orderId: number; lineRef: string }[], orderIds: number[]) =>
  tx.run(sql`
    delete from web_order_line where company_id = ${tx.companyId} and order_id = any (${orderIds}::bigint[])
      and (order_id, line_ref) not in (select * from unnest(${lines.map((l) => l.orderId)}::bigint[], ${lines.map((l) => l.lineRef)}::text[]))`)

export const upsertLines = (tx: Tx, lines: LineWrite[]) =>
  tx.run(sql`
    insert into web_order_line (company_id, order_id, line_ref, article_number, article_id, title, ordered, open, shipped, restocked, lost, returned, unit_price_minor)
    select ${tx.companyId}, "orderId", "lineRef", "articleNumber", "articleId", title, ordered, open, shipped, restocked, lost, returned, "unitPriceMinor"
    from jsonb_to_recordset(${JSON.stringify(lines)}) as r("orderId" bigint, "lineRef" text, "articleNumber" text, "articleId" bigint, title text, ordered integer, open integer, shipped integer, restocked integer,
      lost integer, returned integer, "unitPriceMinor" bigint)
    on conflict (company_id, order_id, line_ref) do update set article_number = excluded.article_number, article_id = excluded.article_id, title = excluded.title, ordered = excluded.ordered, open = excluded.open,
      shipped = excluded.shipped, restocked = excluded.restocked, lost = excluded.lost, returned = excluded.returned, unit_price_minor = excluded.unit_price_minor`)

/** Open pieces without a place, of all other orders of the listener. Only an order that is to be asked again has any, which keeps this short. */
export const unroutedElsewhere = (tx: Tx, listenerId: number, articleIds: number[], exceptRefs: string[]) =>
  tx.rows<{ what: 'unrouted' | 'provisional'; key: string; n: number }>(sql`
    with waiting as (
      select effects from web_order
      where company_id = ${tx.companyId} and listener_id = ${listenerId} and route_again_at is not null and order_ref <> all (${exceptRefs}))
    select 'unrouted' as what, e.key, sum(e.value::integer) as n from waiting, jsonb_each_text(effects -> 'unrouted') e where e.key::bigint = any (${articleIds}::bigint[]) group by e.key
    union all
    select 'provisional', e.key, sum(e.value::integer) from waiting, jsonb_each_text(effects -> 'provisional') e where split_part(e.key, ':', 1)::bigint = any (${articleIds}::bigint[]) group by e.key`)

/** Orders with a line of this number that nobody could place yet. */
export const ordersWithUnknownNumber = (tx: Tx, number: string) =>
  tx.rows<{ id: number; listenerId: number }>(sql`
    select distinct o.id, o.listener_id as "listenerId" from web_order_line l join web_order o on o.company_id = l.company_id and o.id = l.order_id
    where l.company_id = ${tx.companyId} and l.article_id is null and l.article_number = ${number} order by o.listener_id, o.id`)

/** Orders that still hold or may still move something here: what must be evaluated again when the places change. */
export const openOrderIds = (tx: Tx, listenerId: number) =>
  tx.rows<{ id: number }>(
    sql`select id from web_order where company_id = ${tx.companyId} and listener_id = ${listenerId} and (state = 'open' or route_again_at is not null) order by id`,
  )

/** Nothing is held for these orders any more. */
export const clearHeld = (tx: Tx, orderIds: number[]) =>
  tx.run(sql`
    update web_order set effects = effects || '{"reserved": {}, "unrouted": {}, "provisional": {}, "elsewhere": {}}', version = version + 1, route_again_at = null
    where company_id = ${tx.companyId} and id = any (${orderIds}::bigint[])`)

export const lossesOfOrders = (tx: Tx, orderIds: number[]) =>
  tx.rows<{ id: number; orderId: number; factKey: string; articleId: number; locationId: number; quantity: number; at: Date; state: LossState }>(sql`
    select id, order_id as "orderId", fact_key as "factKey", article_id as "articleId", location_id as "locationId", quantity, at, state
    from web_loss where company_id = ${tx.companyId} and order_id = any (${orderIds}::bigint[]) order by id`)

export interface LossWrite {
  orderId: number
  factKey: string
  articleId: number
  locationId: number
  quantity: number
  at: string
  state: LossState
}
/** What was decided of a loss stays decided, whatever a later snapshot says of its size. */
export const upsertLosses = (tx: Tx, losses: LossWrite[]) =>
  tx.run(sql`
    insert into web_loss (company_id, order_id, fact_key, article_id, location_id, quantity, at, state)
    select ${tx.companyId}, "orderId", "factKey", "articleId", "locationId", quantity, at, state
    from jsonb_to_recordset(${JSON.stringify(losses)}) as r("orderId" bigint, "factKey" text, "articleId" bigint, "locationId" bigint, quantity integer, at timestamptz, state text)
    on conflict (company_id, fact_key) do update set article_id = excluded.article_id, location_id = excluded.location_id, quantity = excluded.quantity, at = excluded.at`)

export const updateLossState = (tx: Tx, ids: number[], state: LossState) =>
  tx.run(sql`update web_loss set state = ${state} where company_id = ${tx.companyId} and id = any (${ids}::bigint[]) and state <> ${state}`)

/** Orders to be asked for their routing now, longest waiting first. */
export const ordersToRoute = (tx: Tx, listenerId: number, now: Date, limit: number) =>
  tx.rows<{ id: number; orderRef: string; routeTries: number }>(sql`
    select id, order_ref as "orderRef", route_tries as "routeTries" from web_order
    where company_id = ${tx.companyId} and listener_id = ${listenerId} and route_again_at <= ${now} order by route_again_at, id limit ${limit}`)

/** Asked once more; an order that got its routing meanwhile stays as it is. */
export const routeLater = (tx: Tx, orders: { id: number; at: Date }[]) =>
  tx.run(sql`
    update web_order o set route_tries = o.route_tries + 1, route_again_at = r.at
    from jsonb_to_recordset(${JSON.stringify(orders)}) as r(id bigint, at timestamptz)
    where o.company_id = ${tx.companyId} and o.id = r.id and o.route_again_at is not null`)

/** Open orders nobody has shown or asked for since `before`, longest first, marked as asked for. That an order was deleted may be told by nobody. */
export const openOrdersUnseen = (tx: Tx, listenerId: number, { before, now, limit }: { before: Date; now: Date; limit: number }) =>
  tx.rows<{ orderRef: string }>(sql`
    update web_order o set asked_at = ${now}
    from (select id from web_order where company_id = ${tx.companyId} and listener_id = ${listenerId} and state = 'open' and greatest(taken_at, asked_at) < ${before}
          order by greatest(taken_at, asked_at), id limit ${limit}) due
    where o.company_id = ${tx.companyId} and o.id = due.id returning o.order_ref as "orderRef"`)

/** The numbers of an order's lines that name no article of ours. */
export const unknownNumbersOf = (tx: Tx, orderId: number) =>
  tx.rows<{ number: string }>(sql`
    select distinct article_number as number from web_order_line where company_id = ${tx.companyId} and order_id = ${orderId} and article_id is null and article_number is not null order by 1`)
