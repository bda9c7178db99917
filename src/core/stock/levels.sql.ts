/** SQL of levels and their movements. Read only, but for the rows a verb locks before it decides; post_movements() alone changes numbers. */
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'

export interface Cell {
  articleId: number
  locationId: number
}
export interface LevelNow extends Cell {
  onHand: number
  reserved: number
  /** Counted, received or taken over at least once; until then the numbers say what went, not what is there (L7). */
  known: boolean
}

/**
 * A verb that decides by a number takes its cells first and holds them to the end, in the order post_movements takes them too,
 * so that no two documents deadlock. A cell nobody ever moved gets its row here with version 0; a refusal takes it away again.
 */
export async function lockLevels(tx: Tx, locationId: number, articleIds: number[], now: Date): Promise<Map<number, LevelNow>> {
  await tx.run(sql`
    insert into level (company_id, article_id, location_id, changed_at)
    select ${tx.companyId}, id, ${locationId}, ${now} from unnest(${articleIds}::bigint[]) as id order by id on conflict do nothing`)
  const rows = await tx.rows<LevelNow>(sql`
    select article_id as "articleId", location_id as "locationId", on_hand as "onHand", reserved, known from level
    where company_id = ${tx.companyId} and location_id = ${locationId} and article_id = any (${articleIds}::bigint[]) order by article_id for update`)
  return new Map(rows.map((row) => [row.articleId, row]))
}

/** Of levels whose counts were taken back: one that was stated no more often than that was never really known (L7). Only what is known changes, no number does. */
export const forgetUnstated = (tx: Tx, locationId: number, articleIds: number[]) =>
  tx.run(sql`
    update level v set known = false
    where v.company_id = ${tx.companyId} and v.location_id = ${locationId} and v.article_id = any (${articleIds}::bigint[]) and v.known and (
      select coalesce(sum(states_level(m.kind, m.source)), 0) <= 0 from movement m
      where m.company_id = v.company_id and m.article_id = v.article_id and m.location_id = v.location_id)`)

export async function levelsAt(tx: Tx, locationId: number, articleIds: number[]): Promise<Map<number, LevelNow>> {
  const rows = await tx.rows<LevelNow>(sql`
    select article_id as "articleId", location_id as "locationId", on_hand as "onHand", reserved, known from level
    where company_id = ${tx.companyId} and location_id = ${locationId} and article_id = any (${articleIds}::bigint[]) and known`)
  return new Map(rows.map((row) => [row.articleId, row]))
}

/** What the book said at a moment: everything that had happened by then, whenever it was booked (L9). */
export const bookAt = async (tx: Tx, cell: Cell, at: Date): Promise<number> =>
  (
    await tx.one<{ book: number }>(sql`
      select coalesce(sum(on_hand_delta), 0)::bigint as book from movement
      where company_id = ${tx.companyId} and article_id = ${cell.articleId} and location_id = ${cell.locationId} and occurred_at <= ${at}`)
  ).book

export interface LevelShown {
  articleId: number
  articleNumber: string
  articleName: string
  locationId: number
  locationName: string
  onHand: number | null
  reserved: number | null
  available: number | null
  version: number | null
  changedAt: Date | null
}
export interface LevelsAsked {
  articleId: number | null
  locationId: number | null
  /** Only articles with a level that changed after it, at the location where one is named. */
  changedAfter: Date | null
  afterArticleId: number
  limit: number
}
/** Whole articles at a time, each at every living location and wherever else it has stock. A cell nobody ever counted is there with nulls (L7). */
export const levelPage = (tx: Tx, asked: LevelsAsked) =>
  tx.rows<LevelShown>(sql`
    select a.id as "articleId", a.number as "articleNumber", a.name as "articleName", l.id as "locationId", l.name as "locationName",
           v.on_hand as "onHand", v.reserved, v.on_hand - v.reserved as available, v.version, v.changed_at as "changedAt"
    from (select id, number, name from article where company_id = ${tx.companyId} and id > ${asked.afterArticleId} and stock_tracked and archived_at is null
            and (${asked.articleId}::bigint is null or id = ${asked.articleId})
            and (${asked.changedAfter}::timestamptz is null or id in (
              select article_id from level where company_id = ${tx.companyId} and changed_at > ${asked.changedAfter} and (${asked.locationId}::bigint is null or location_id = ${asked.locationId}))) order by id limit ${asked.limit}) a
    cross join (select id, name, archived_at from location where company_id = ${tx.companyId} and (${asked.locationId}::bigint is null or id = ${asked.locationId})) l
    left join level v on v.company_id = ${tx.companyId} and v.article_id = a.id and v.location_id = l.id and v.known
    where l.archived_at is null or v.on_hand <> 0 or v.reserved <> 0
    order by a.id, l.id`)

export interface MovementListed extends Cell {
  id: number
  articleNumber: string
  kind: string
  onHand: number
  reserved: number
  occurredAt: Date
  postedAt: Date
  source: Record<string, string | number>
  actor: string
}
export interface MovementsAsked {
  articleId: number | null
  locationId: number | null
  kind: string | null
  postedAfter: Date | null
  beforeId: number | null
  limit: number
}
/** Newest booking first. */
export const movementPage = (tx: Tx, asked: MovementsAsked) =>
  tx.rows<MovementListed>(sql`
    select m.id, m.kind, m.article_id as "articleId", a.number as "articleNumber", m.location_id as "locationId", m.on_hand_delta as "onHand", m.reserved_delta as reserved,
           m.occurred_at as "occurredAt", m.posted_at as "postedAt", m.source, m.actor
    from movement m join article a on a.company_id = m.company_id and a.id = m.article_id
    where m.company_id = ${tx.companyId} and (${asked.articleId}::bigint is null or m.article_id = ${asked.articleId}) and (${asked.locationId}::bigint is null or m.location_id = ${asked.locationId})
      and (${asked.kind}::text is null or m.kind = ${asked.kind}) and (${asked.postedAfter}::timestamptz is null or m.posted_at > ${asked.postedAfter})
      and (${asked.beforeId}::bigint is null or m.id < ${asked.beforeId})
    order by m.id desc limit ${asked.limit}`)

export interface LedgerFault extends Cell {
  onHand: number
  onHandSum: number
  reserved: number
  reservedSum: number
}
/** L1: every cell whose level isn't the sum of its movements, also where one of the two is missing. */
export const ledgerFaults = (tx: Tx) =>
  tx.rows<LedgerFault>(sql`
    select article_id as "articleId", location_id as "locationId", coalesce(v.on_hand, 0) as "onHand", coalesce(m.on_hand, 0) as "onHandSum", coalesce(v.reserved, 0) as reserved, coalesce(m.reserved, 0) as "reservedSum"
    from (select article_id, location_id, on_hand, reserved, version from level where company_id = ${tx.companyId}) v
    full join (select article_id, location_id, sum(on_hand_delta) as on_hand, sum(reserved_delta) as reserved from movement where company_id = ${tx.companyId} group by article_id, location_id) m
      using (article_id, location_id)
    where coalesce(v.on_hand, 0) <> coalesce(m.on_hand, 0) or coalesce(v.reserved, 0) <> coalesce(m.reserved, 0) or (coalesce(v.version, 0) > 0) <> (m.article_id is not null)
    order by article_id, location_id`)
export const countCells = async (tx: Tx): Promise<number> => (await tx.one<{ n: number }>(sql`select count(*) as n from level where company_id = ${tx.companyId}`)).n
