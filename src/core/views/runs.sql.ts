/** SQL of resends: which products are marked next, and how far the reader has come with them. */
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'
import type { Thing } from './contents.ts'
import { leaveOut } from './places.sql.ts'
import type { ViewRow } from './view.ts'

export type ResendMode = 'resend' | 'verify' | 'from_now' | 'rejected'
export type ResendState = 'filling' | 'draining' | 'paused' | 'done' | 'cancelled'
export interface Resend {
  id: number
  viewId: number
  mode: ResendMode
  state: ResendState
  /** Rows to send when it began, counted then. */
  expected: number
  marked: number
  afterProduct: number
  products: number[] | null
  startedBy: string
  startedAt: Date
  endedAt: Date | null
}

const resends = (tx: Tx, viewId: number, ask: { id: number | null; active: boolean }) =>
  tx.rows<Resend>(sql`
    select id, listener_id as "viewId", mode, state, expected, marked, after_product as "afterProduct", to_jsonb(products) as products, started_by as "startedBy", started_at as "startedAt", ended_at as "endedAt"
    from view_run where company_id = ${tx.companyId} and listener_id = ${viewId} and (${ask.id}::bigint is null or id = ${ask.id})
      and (not ${ask.active} or state in ('filling', 'draining', 'paused')) order by id desc limit 1`)

export const resendById = async (tx: Tx, viewId: number, id: number): Promise<Resend | null> => (await resends(tx, viewId, { id, active: false }))[0] ?? null
export const activeResend = async (tx: Tx, viewId: number): Promise<Resend | null> => (await resends(tx, viewId, { id: null, active: true }))[0] ?? null
export const latestResend = async (tx: Tx, viewId: number): Promise<Resend | null> => (await resends(tx, viewId, { id: null, active: false }))[0] ?? null

export const insertResend = (tx: Tx, viewId: number, r: { mode: ResendMode; products: number[] | null; expected: number }, actor: string, now: Date) =>
  tx.one<{ id: number }>(sql`
    insert into view_run (company_id, listener_id, mode, products, state, expected, started_by, started_at)
    values (${tx.companyId}, ${viewId}, ${r.mode}, ${r.products}::bigint[], 'filling', ${r.expected}, ${actor}, ${now}) returning id`)

export const updateResend = (tx: Tx, id: number, r: { state: ResendState; marked: number; afterProduct: number; endedAt: Date | null }) =>
  tx.run(sql`
    update view_run set state = ${r.state}, marked = ${r.marked}, after_product = ${r.afterProduct}, ended_at = ${r.endedAt}
    where company_id = ${tx.companyId} and id = ${id}`)

/** Of what the view hears of, the rows of all products, or of these: what a resend of everything comes to. */
export const countThings = async (tx: Tx, view: Pick<ViewRow, 'entities' | 'locations'>, products: number[] | null): Promise<number> =>
  (
    await tx.one<{ n: number }>(sql`
      with p as (select id from product where company_id = ${tx.companyId} and (${products}::bigint[] is null or id = any (${products}::bigint[]))),
           a as (select x.id from article x join p on p.id = x.product_id where x.company_id = ${tx.companyId} and x.archived_at is null)
      select case when 'product' = any (${view.entities}::text[]) then (select count(*) from p) else 0 end
           + (select count(*) from a cross join (values ('article'), ('price')) as e(entity) where e.entity = any (${view.entities}::text[]))
           + (select count(*) from image i join p on p.id = i.product_id where 'image' = any (${view.entities}::text[]) and i.company_id = ${tx.companyId} and i.removed_at is null)
           + (select count(*) from level l join a on a.id = l.article_id where 'stock' = any (${view.entities}::text[]) and l.company_id = ${tx.companyId} and l.version > 0
              and (${view.locations}::bigint[] is null or l.location_id = any (${view.locations}))) as n`)
  ).n

/** Of those, what the reader never acknowledged or has rejected: what a resend of the missing comes to. */
export const countMissing = async (tx: Tx, view: Pick<ViewRow, 'id' | 'entities' | 'locations'>, products: number[] | null): Promise<number> =>
  (
    await tx.one<{ n: number }>(sql`
      select count(*)::int as n
      from view_things(${tx.companyId}, (select coalesce(array_agg(id), '{}') from product where company_id = ${tx.companyId} and (${products}::bigint[] is null or id = any (${products}::bigint[])))) f
      left join view_row r on r.company_id = ${tx.companyId} and r.listener_id = ${view.id} and r.entity = f.entity and r.entity_id = f.entity_id and r.location_id = f.location_id
      where f.entity = any (${view.entities}::text[]) and (r.entity is null or r.op = 'unlink' or not r.there or r.refusal is not null)
        and (f.entity <> 'stock' or ${view.locations}::bigint[] is null or f.location_id = any (${view.locations}))`)
  ).n

export const countRejected = async (tx: Tx, viewId: number): Promise<number> =>
  (await tx.one<{ n: number }>(sql`select count(*)::int as n from view_row where company_id = ${tx.companyId} and listener_id = ${viewId} and refusal is not null`)).n

export const livingProducts = async (tx: Tx, ids: number[]): Promise<number[]> =>
  (await tx.rows<{ id: number }>(sql`select id from product where company_id = ${tx.companyId} and id = any (${ids}::bigint[]) order by id`)).map((row) => row.id)

export const nextProducts = async (tx: Tx, after: number, only: number[] | null, most: number): Promise<number[]> =>
  (
    await tx.rows<{ id: number }>(sql`
      select id from product where company_id = ${tx.companyId} and id > ${after} and (${only}::bigint[] is null or id = any (${only}::bigint[])) order by id limit ${most}`)
  ).map((row) => row.id)

/** `differs`: what a `verify` sends although it was acknowledged. */
export const fillView = async (tx: Tx, viewId: number, products: number[], how: { mode: ResendMode; runId: number | null; differs: Thing[] }, now: Date): Promise<number> => {
  const { n } = await tx.one<{ n: number }>(sql`
    select view_fill(${tx.companyId}, ${viewId}, ${products}::bigint[], ${how.mode}, ${how.runId}, ${now},
      ${how.differs.map((t) => t.entity)}::text[], ${how.differs.map((t) => t.entityId)}::bigint[], ${how.differs.map((t) => t.locationId)}::bigint[]) as n`)
  return n - (await leaveOut(tx, viewId, products))
}

export const leaveView = async (tx: Tx, viewId: number, products: number[], now: Date): Promise<number> =>
  (await tx.one<{ n: number }>(sql`select view_leave(${tx.companyId}, ${viewId}, ${products}::bigint[], ${now}) as n`)).n

/** Of what a resend marked: what the reader hasn't acknowledged, and what it rejected. A row that went out through a live lane counts as done. */
export const leftOf = (tx: Tx, viewId: number, runId: number) =>
  tx.one<{ left: number; rejected: number }>(sql`
    select count(*) filter (where told < run_version and refusal is null and op <> 'unlink')::int as left, count(*) filter (where told < run_version and refusal is not null)::int as rejected
    from view_row where company_id = ${tx.companyId} and listener_id = ${viewId} and run_id = ${runId}`)

/** Rows of the slow lane that can be served, counted up to `most`. */
export const waitingInBackfill = async (tx: Tx, viewId: number, most: number): Promise<number> =>
  (
    await tx.one<{ n: number }>(sql`
      select count(*)::int as n from (select from view_row where company_id = ${tx.companyId} and listener_id = ${viewId} and lane = 'backfill' and wanted > told and refusal is null and not waits limit ${most}) x`)
  ).n
