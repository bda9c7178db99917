/** The one door to the ledger: posts movements and marks every listener that must know, in the caller's transaction. */
import type { Tx } from '../../db/open.ts'
import { callPostMovements } from './stock.sql.ts'

export const MOVEMENT_KINDS = [
  'sale',
  'sale-return',
  'receipt',
  'receipt-correction',
  'count',
  'count-undone',
  'transfer-out',
  'transfer-in',
  'web-reserve',
  'web-release',
  'web-ship',
  'web-return',
  'waste',
  'internal-use',
  'web-loss',
  'master-set',
  'import',
  'reserve',
  'release',
] as const
export type MovementKind = (typeof MOVEMENT_KINDS)[number]

export interface Movement {
  /** Unique in the company: posting it again is a no-op (L3). */
  key: string
  articleId: number
  locationId: number
  kind: MovementKind
  /** Whole pieces, signed. */
  onHand?: number
  reserved?: number
  /** When it happened, which may be long before now. */
  at: Date
  /** What it came from: {type: 'sale', ref: 'K1-1042', line: '1'}. */
  source: Record<string, string | number>
  actor: string
  unitCostMinor?: number
  /** Set on the difference a count line posts, so that the next line compensates it and its own doesn't. */
  countLineId?: number
}

/** What an order ingest changes in our belief about the listener it came from: one per cell of the article there (R9). */
export interface Belief {
  listenerId: number
  articleId: number
  locationId: number
  /** What the shop took from its own number since the last snapshot; negative when it sold. */
  seen: number
  doubt: boolean
  /** Open pieces of the article at this listener with no place yet; absolute, the same on every cell of the article. */
  unrouted: number
  /** How many of those are counted at this cell until then; absolute. */
  provisional: number
}

/** Articles handed to the database at once: some 20 ms, which is what another company's sale may have to wait for. */
const ARTICLES_AT_ONCE = 30

/**
 * How many movements were new. Listeners with something to hear are rung after the commit. Thousands go in parts, by article and never
 * parting one: the order of locks is the same for everybody.
 */
export async function postMovements(tx: Tx, movements: Movement[], now: Date, beliefs: Belief[] = []): Promise<number> {
  const articles = [...new Set([...movements, ...beliefs].map((each) => each.articleId))].sort((a, b) => a - b)
  if (articles.length <= ARTICLES_AT_ONCE) return await postPart(tx, movements, now, beliefs)
  let posted = 0
  for (let n = 0; n < articles.length; n += ARTICLES_AT_ONCE) {
    await tx.giveWay()
    const part = new Set(articles.slice(n, n + ARTICLES_AT_ONCE))
    const of = <T extends { articleId: number }>(all: T[]) => all.filter((each) => part.has(each.articleId))
    posted += await postPart(tx, of(movements), now, of(beliefs))
  }
  return posted
}

async function postPart(tx: Tx, movements: Movement[], now: Date, beliefs: Belief[]): Promise<number> {
  const { posted, listeners } = await callPostMovements(
    tx,
    JSON.stringify(
      movements.map((m) => ({
        key: m.key,
        article: m.articleId,
        location: m.locationId,
        kind: m.kind,
        on_hand: m.onHand ?? 0,
        reserved: m.reserved ?? 0,
        at: m.at,
        source: m.source,
        actor: m.actor,
        cost: m.unitCostMinor ?? null,
        count_line: m.countLineId ?? null,
      })),
    ),
    beliefs.length === 0
      ? null
      : JSON.stringify(
          beliefs.map((b) => ({
            listener: b.listenerId,
            article: b.articleId,
            location: b.locationId,
            seen: b.seen,
            doubt: b.doubt,
            unrouted: b.unrouted,
            provisional: b.provisional,
          })),
        ),
    now,
  )
  for (const id of listeners ?? []) tx.ring(Number(id))
  return posted
}
