/** SQL of how far feeds have been read that are taken in together with something else. */
import type { Tx } from '../db/open.ts'
import { sql } from '../db/sql.ts'

export interface FeedCursor {
  cursor: string | null
  /** When the walk that goes on began; null = none does. */
  beganAt: Date | null
  endedAt: Date | null
  /** What only a walk found, in the one that goes on or else in the last. */
  found: number
}
export const feedCursor = async (tx: Tx, listenerId: number, feed: string): Promise<FeedCursor> =>
  (await tx.maybe<FeedCursor>(
    sql`select cursor, began_at as "beganAt", ended_at as "endedAt", found from feed_cursor where company_id = ${tx.companyId} and listener_id = ${listenerId} and feed = ${feed}`,
  )) ?? { cursor: null, beganAt: null, endedAt: null, found: 0 }

export const saveFeedCursor = (tx: Tx, listenerId: number, feed: string, at: Omit<FeedCursor, 'found'> & { found?: number }) =>
  tx.run(sql`
    insert into feed_cursor (company_id, listener_id, feed, cursor, began_at, ended_at, found) values (${tx.companyId}, ${listenerId}, ${feed}, ${at.cursor}, ${at.beganAt}, ${at.endedAt}, ${at.found ?? 0})
    on conflict (company_id, listener_id, feed) do update set cursor = excluded.cursor, began_at = excluded.began_at, ended_at = excluded.ended_at, found = excluded.found`)
