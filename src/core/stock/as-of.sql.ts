/** SQL of a level at any past moment, and of what made it (L12): what was booked by then, whenever it had happened. What was booked stays as it was, and so does the answer. */
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'
import type { Cell } from './levels.sql.ts'

export interface Pieces {
  onHand: number
  reserved: number
}
export interface KindSum extends Pieces {
  kind: string
  events: number
}
export interface Account {
  /** Booked by `from`; without one there was nothing yet. */
  start: Pieces & { known: boolean }
  /** Booked since, by kind; one that came to nothing is there too. */
  sums: KindSum[]
  end: Pieces & { known: boolean }
  /** Had happened by `until`, and was booked after it. */
  later: Pieces & { events: number }
}

interface PartSum extends Pieces {
  events: number
  stated: number
}
interface KindRow {
  kind: string
  before: PartSum | null
  within: PartSum | null
  later: PartSum | null
}

/** `from` null = since the first movement. Both moments belong to what went before them. */
export async function accountOf(tx: Tx, cell: Cell, from: Date | null, until: Date): Promise<Account> {
  const rows = await tx.rows<KindRow>(sql`
    with told as (
      select kind, on_hand_delta as on_hand, reserved_delta as reserved, states_level(kind, source) as stated,
             case when posted_at > ${until} then 'later' when ${from}::timestamptz is not null and posted_at <= ${from} then 'before' else 'within' end as part
      from movement where company_id = ${tx.companyId} and article_id = ${cell.articleId} and location_id = ${cell.locationId} and (posted_at <= ${until} or occurred_at <= ${until})
    ), sums as (
      select kind, part, jsonb_build_object('onHand', sum(on_hand), 'reserved', sum(reserved), 'events', count(*), 'stated', sum(stated)) as sum from told group by kind, part)
    select kind, (array_agg(sum) filter (where part = 'before'))[1] as before, (array_agg(sum) filter (where part = 'within'))[1] as within, (array_agg(sum) filter (where part = 'later'))[1] as later
    from sums group by kind order by kind`)
  const stated = (parts: (PartSum | null)[]) => parts.reduce((sum, each) => sum + (each?.stated ?? 0), 0) > 0
  const start = total(rows.flatMap((row) => row.before ?? []))
  const sums = rows.flatMap(({ kind, within }) => (within === null ? [] : [{ kind, onHand: within.onHand, reserved: within.reserved, events: within.events }]))
  const end = total([start, ...sums])
  const later = rows.flatMap((row) => row.later ?? [])
  return {
    start: { ...start, known: stated(rows.map((row) => row.before)) },
    sums,
    end: { ...end, known: stated(rows.flatMap((row) => [row.before, row.within])) },
    later: { ...total(later), events: later.reduce((sum, each) => sum + each.events, 0) },
  }
}

const total = (parts: Pieces[]): Pieces => ({
  onHand: parts.reduce((sum, each) => sum + each.onHand, 0),
  reserved: parts.reduce((sum, each) => sum + each.reserved, 0),
})
