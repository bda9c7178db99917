/** SQL of told rows of kind stock. Rows are locked in one statement and read in the next: the version is never newer than the value (R11). */
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'
import type { Cell, CellNow, Flight, LookRequest } from './row.ts'

interface Raw {
  entity_id: number
  location_id: number
  wanted: number
  told: number
  anchor_value: number | null
  anchor_seen: number | null
  seen: number
  doubt: number
  touch: number
  provisional: number
  buffer: number
  flight: Flight | null
  looks: LookRequest[]
  drift: { amount: number; firstSeenAt: string } | null
  low: number
  cut: number
  hold_until: Date | null
  hold_why: string | null
  lane: 'live' | 'backfill'
  tries: number
  refusal: string | null
  refusal_said: string | null
  held: number | null
  dirty_since: Date | null
  told_at: Date | null
  told_value: number | null
  available: number
  unrouted: number
  item_ref: string
  place_ref: string
  number: string
  takes: boolean
}

const toCell = (r: Raw): CellNow => ({
  articleId: r.entity_id,
  locationId: r.location_id,
  wanted: r.wanted,
  told: r.told,
  anchor: r.anchor_value === null || r.anchor_seen === null ? null : { value: r.anchor_value, seen: r.anchor_seen },
  seen: r.seen,
  doubt: r.doubt,
  touch: r.touch,
  provisional: r.provisional,
  buffer: r.buffer,
  flight: r.flight,
  looks: r.looks,
  drift: r.drift,
  low: r.low,
  cut: r.cut,
  holdUntil: r.hold_until,
  holdWhy: r.hold_why,
  lane: r.lane,
  tries: r.tries,
  refusal: r.refusal,
  refusalSaid: r.refusal_said,
  held: r.held,
  dirtySince: r.dirty_since,
  toldAt: r.told_at,
  toldValue: r.told_value,
  available: r.available,
  unrouted: r.unrouted,
  itemRef: r.item_ref,
  placeRef: r.place_ref,
  articleNumber: r.number,
  takes: r.takes,
})

/**
 * Locks the next dirty cells of a lane that nobody works on, oldest first, and says which. A cell on hold is left alone until its time,
 * unless it owes the shop a cut (R23a). Boxed and matched links only. SKIP LOCKED: a posting that is marking a row comes first.
 * What else must hold is asked row by row, as scalar questions: joined, the planner would gather and sort ten thousand rows for 250.
 */
export const lockNextDirty = (tx: Tx, listenerId: number, token: number, lane: 'live' | 'backfill', now: Date, certainRules: boolean, most: number) =>
  tx.rows<{ entity_id: number; location_id: number }>(sql`
    select t.entity_id, t.location_id
    from told t
    where t.company_id = ${tx.companyId} and t.listener_id = ${listenerId} and t.kind = 'stock' and t.lane = ${lane}
      and t.wanted > t.told and t.refusal is null and t.flight is null and t.held is distinct from ${token}
      and (t.hold_until is null or t.hold_until <= ${now}
        or (t.low > greatest(t.told, t.cut) and t.drift is null and not listener_is_master(t.company_id, t.listener_id, t.location_id)
          and not (${certainRules} and t.anchor_value is not null
            and (select k.unrouted = 0 from link k where k.company_id = t.company_id and k.listener_id = t.listener_id and k.article_id = t.entity_id))
          and not exists (select from jsonb_array_elements(t.looks) x where (x ->> 'notBefore')::timestamptz > ${now})))
      and (select k.boxed and k.state = 'matched' from link k where k.company_id = t.company_id and k.listener_id = t.listener_id and k.article_id = t.entity_id)
      and (select true from place p where p.company_id = t.company_id and p.listener_id = t.listener_id and p.location_id = t.location_id)
      and (coalesce((select v.known from level v where v.company_id = t.company_id and v.article_id = t.entity_id and v.location_id = t.location_id), false)
        or listener_is_master(t.company_id, t.listener_id, t.location_id))
    order by t.dirty_since, t.entity_id, t.location_id
    limit ${most}
    for update of t skip locked`)

/** Locks these rows in the fixed order (listener, article, location). */
export const lockCells = (tx: Tx, listenerId: number, cells: Cell[]) =>
  tx.rows(sql`
    select 1 from unnest(${cells.map((c) => c.articleId)}::bigint[], ${cells.map((c) => c.locationId)}::bigint[]) as c(article, location)
    join told t on t.company_id = ${tx.companyId} and t.listener_id = ${listenerId} and t.kind = 'stock' and t.entity_id = c.article and t.location_id = c.location
    order by t.entity_id, t.location_id for update of t`)

/** The rows as they are now, with the facts decisions need. Call after lockCells or lockNextDirty, in the same transaction. A cell whose box, match or place went away is left out. */
export const readCells = async (tx: Tx, listenerId: number, cells: Cell[]): Promise<CellNow[]> => {
  const rows = await tx.rows<Raw>(sql`
    select t.*, number_told(s.lowers_itself, coalesce(v.on_hand, 0), coalesce(v.reserved, 0)) as available, k.unrouted, k.item_ref, p.place_ref, a.number,
           listener_is_master(t.company_id, t.listener_id, t.location_id) as takes
    from unnest(${cells.map((c) => c.articleId)}::bigint[], ${cells.map((c) => c.locationId)}::bigint[]) with ordinality as c(article, location, n)
    join told t on t.company_id = ${tx.companyId} and t.listener_id = ${listenerId} and t.kind = 'stock' and t.entity_id = c.article and t.location_id = c.location
    join link k on k.company_id = t.company_id and k.listener_id = t.listener_id and k.article_id = t.entity_id and k.boxed and k.state = 'matched'
    join place p on p.company_id = t.company_id and p.listener_id = t.listener_id and p.location_id = t.location_id
    left join level v on v.company_id = t.company_id and v.article_id = t.entity_id and v.location_id = t.location_id
    join article a on a.company_id = t.company_id and a.id = t.entity_id
    join listener s on s.company_id = t.company_id and s.id = t.listener_id
    order by c.n`)
  return rows.map(toCell)
}

/** Writes back what a turn moves. The rows must be locked by this transaction and read in it. */
export const saveCells = (tx: Tx, listenerId: number, rows: CellNow[]) =>
  tx.run(sql`
    update told t set wanted = r.wanted, told = r.told, anchor_value = r.anchor_value, anchor_seen = r.anchor_seen, flight = nullif(r.flight, 'null'), looks = r.looks, drift = nullif(r.drift, 'null'),
      cut = r.cut, hold_until = r.hold_until, hold_why = r.hold_why, tries = r.tries, refusal = r.refusal, refusal_said = r.refusal_said, held = r.held, dirty_since = r.dirty_since,
      told_at = r.told_at, told_value = r.told_value
    from jsonb_to_recordset(${JSON.stringify(rows.map(toRecord))}) as r(entity_id bigint, location_id bigint, wanted bigint, told bigint, anchor_value integer, anchor_seen bigint, flight jsonb, looks jsonb, drift jsonb,
      cut bigint, hold_until timestamptz, hold_why text, tries integer, refusal text, refusal_said text, held bigint, dirty_since timestamptz, told_at timestamptz, told_value integer)
    where t.company_id = ${tx.companyId} and t.listener_id = ${listenerId} and t.kind = 'stock' and t.entity_id = r.entity_id and t.location_id = r.location_id`)

const toRecord = (c: CellNow) => ({
  entity_id: c.articleId,
  location_id: c.locationId,
  wanted: c.wanted,
  told: c.told,
  anchor_value: c.anchor?.value ?? null,
  anchor_seen: c.anchor?.seen ?? null,
  flight: c.flight,
  looks: c.looks,
  drift: c.drift,
  cut: c.cut,
  hold_until: c.holdUntil,
  hold_why: c.holdWhy,
  tries: c.tries,
  refusal: c.refusal,
  refusal_said: c.refusalSaid,
  held: c.held,
  dirty_since: c.dirtySince,
  told_at: c.toldAt,
  told_value: c.toldValue,
})

/** When the next cell on hold may be worked on, or null. */
export const nextHoldEnd = async (tx: Tx, listenerId: number, now: Date): Promise<Date | null> =>
  (
    await tx.one<{ at: Date | null }>(sql`
    select min(t.hold_until) as at from told t
    join link k on k.company_id = t.company_id and k.listener_id = t.listener_id and k.article_id = t.entity_id and k.boxed and k.state = 'matched'
    join place p on p.company_id = t.company_id and p.listener_id = t.listener_id and p.location_id = t.location_id
    where t.company_id = ${tx.companyId} and t.listener_id = ${listenerId} and t.kind = 'stock' and t.wanted > t.told and t.refusal is null and t.hold_until > ${now}`)
  ).at

/** Cells of a location that the shop hasn't been told as they are, or whose send nobody has answered. What it refused is no send. */
export const cellsOnTheirWay = (tx: Tx, listenerId: number, locationId: number) =>
  tx.one<{ n: number }>(sql`
    select count(*) as n from told t
    join link k on k.company_id = t.company_id and k.listener_id = t.listener_id and k.article_id = t.entity_id
    where t.company_id = ${tx.companyId} and t.listener_id = ${listenerId} and t.kind = 'stock' and t.location_id = ${locationId}
      and (t.flight is not null or (t.wanted > t.told and t.refusal is null and k.boxed and k.state = 'matched'))`)

/** The Webshop box: a link for each article, ticked. Those that never were matched wait for the matcher. The articles it wasn't ticked of before. */
export const tickLinks = (tx: Tx, listenerId: number, articleIds: number[]) =>
  tx.rows<{ id: number }>(sql`
    insert into link as k (company_id, listener_id, article_id, boxed)
    select ${tx.companyId}, ${listenerId}, a.id, true from article a where a.company_id = ${tx.companyId} and a.id = any (${articleIds}::bigint[]) and a.stock_tracked order by a.id
    on conflict (company_id, listener_id, article_id) do update set boxed = true, undone_by = null where not k.boxed
    returning article_id as id`)

/** What an undo had them told by is forgotten before their box is ticked again: the pieces a person keeps from the shop count. */
export const forgetUndo = (tx: Tx, listenerId: number, articleIds: number[]) =>
  tx.run(sql`
    update told t set buffer = k.buffer from link k
    where k.company_id = ${tx.companyId} and k.listener_id = ${listenerId} and k.article_id = any (${articleIds}::bigint[]) and not k.boxed and k.undone_by is not null
      and t.company_id = k.company_id and t.listener_id = k.listener_id and t.kind = 'stock' and t.entity_id = k.article_id and t.buffer <> k.buffer`)

export const untickLinks = (tx: Tx, listenerId: number, articleIds: number[]) =>
  tx.rows<{ id: number }>(
    sql`update link set boxed = false where company_id = ${tx.companyId} and listener_id = ${listenerId} and article_id = any (${articleIds}::bigint[]) and boxed returning article_id as id`,
  )

/** Makes the told rows that should exist (boxed article x mapped place x known level). */
export const ensureTold = async (tx: Tx, listenerId: number, articleIds: number[], lane: 'live' | 'backfill', now: Date): Promise<number> =>
  (await tx.one<{ n: number }>(sql`select ensure_told(${tx.companyId}, ${articleIds}::bigint[], ${listenerId}, ${lane}, ${now}) as n`)).n

/**
 * One new request to look per row (R24); the row becomes dirty. A row that is dirty in live stays in live (S12).
 * `cells` null = every row of the listener. With `forget` the belief goes too (relink, restore).
 */
export const requestLooks = (
  tx: Tx,
  listenerId: number,
  cells: { articleIds: number[]; locationIds: number[] | null } | null,
  ask: { why: LookRequest['why']; lane: 'live' | 'backfill'; forget: boolean },
  now: Date,
) =>
  tx.run(sql`
    update told t set wanted = t.wanted + 1, looks = t.looks || jsonb_build_array(jsonb_build_object('id', gen_random_uuid()::text, 'why', ${ask.why}::text)),
      lane = case when t.wanted > t.told and t.lane = 'live' then 'live' else ${ask.lane} end,
      dirty_since = case when t.wanted > t.told and t.dirty_since is not null then t.dirty_since else ${now} end,
      anchor_value = case when ${ask.forget} then null else t.anchor_value end, anchor_seen = case when ${ask.forget} then null else t.anchor_seen end, drift = case when ${ask.forget} then null else t.drift end
    where t.company_id = ${tx.companyId} and t.listener_id = ${listenerId} and t.kind = 'stock' and (t.entity_id, t.location_id) in (
      select u.entity_id, u.location_id from told u
      where u.company_id = ${tx.companyId} and u.listener_id = ${listenerId} and u.kind = 'stock'
        and (${cells === null} or (u.entity_id = any (${cells?.articleIds ?? []}::bigint[]) and (${cells?.locationIds == null} or u.location_id = any (${cells?.locationIds ?? []}::bigint[]))))
      order by u.entity_id, u.location_id for update)`)

/** Cells of which somebody said a number that is neither what we believe nor what is on its way there. */
export const cellsAtOdds = (tx: Tx, listenerId: number, said: { itemRef: string; placeRef: string; value: number }[]) =>
  tx.rows<Cell>(sql`
    select distinct t.entity_id as "articleId", t.location_id as "locationId"
    from unnest(${said.map((s) => s.itemRef)}::text[], ${said.map((s) => s.placeRef)}::text[], ${said.map((s) => s.value)}::int[]) as s(item, place, value)
    join link k on k.company_id = ${tx.companyId} and k.listener_id = ${listenerId} and k.item_ref = s.item and k.boxed and k.state = 'matched'
    join place p on p.company_id = k.company_id and p.listener_id = k.listener_id and p.place_ref = s.place
    join told t on t.company_id = k.company_id and t.listener_id = k.listener_id and t.kind = 'stock' and t.entity_id = k.article_id and t.location_id = p.location_id
    where not coalesce(case when t.flight is not null then (t.flight ->> 'value')::int = s.value else t.anchor_value + t.seen - t.anchor_seen = s.value end, false)
    order by 1, 2`)

export const storeBuffer = (tx: Tx, listenerId: number, articleIds: number[], buffer: number, now: Date) =>
  tx.run(sql`
    with kept as (update link set buffer = ${buffer} where company_id = ${tx.companyId} and listener_id = ${listenerId} and article_id = any (${articleIds}::bigint[]) returning article_id, undone_by)
    update told set buffer = ${buffer}, wanted = wanted + 1, lane = case when wanted > told and lane = 'live' then 'live' else 'backfill' end, dirty_since = coalesce(case when wanted > told then dirty_since end, ${now})
    where company_id = ${tx.companyId} and listener_id = ${listenerId} and kind = 'stock' and entity_id in (select article_id from kept where undone_by is null)`)

/** Refused rows, to be retried by a person. Null = all of the listener. */
export const refusedCells = async (tx: Tx, listenerId: number, articleIds: number[] | null, code: string | null): Promise<Cell[]> =>
  (
    await tx.rows<{ entity_id: number; location_id: number }>(sql`
    select entity_id, location_id from told where company_id = ${tx.companyId} and listener_id = ${listenerId} and kind = 'stock' and refusal is not null and (${code}::text is null or refusal = ${code})
      and (${articleIds === null} or entity_id = any (${articleIds ?? []}::bigint[])) order by entity_id, location_id for update`)
  ).map((r) => ({ articleId: r.entity_id, locationId: r.location_id }))

export const clearRefusals = (tx: Tx, listenerId: number, cells: Cell[], now: Date, lane: 'live' | 'backfill' = 'live') =>
  tx.run(sql`
    update told set refusal = null, refusal_said = null, tries = 0, hold_until = null, hold_why = null, wanted = wanted + 1, dirty_since = ${now}, lane = ${lane},
      looks = looks || jsonb_build_array(jsonb_build_object('id', gen_random_uuid()::text, 'why', 'asked'))
    where company_id = ${tx.companyId} and listener_id = ${listenerId} and kind = 'stock'
      and (entity_id, location_id) in (select * from unnest(${cells.map((c) => c.articleId)}::bigint[], ${cells.map((c) => c.locationId)}::bigint[]))`)
