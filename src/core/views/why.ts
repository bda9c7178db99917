/** "Why isn't this article there?": one answer for one article number, the first thing that stands in its way. */
import type { Tx } from '../../db/open.ts'
import { articlesByGtins, articlesByNumbers } from '../articles/articles.sql.ts'
import { gtin14 } from '../articles/barcode.ts'
import { activeResend } from './runs.sql.ts'
import type { Entity, ViewRow } from './view.ts'
import { aheadOf, namedForWhy, type Standing, standings } from './why.sql.ts'

/**
 * unknown-number: no article has it · not-heard: the view hears of no articles · archived · coming: a resend will bring it · not-linked: its product isn't in the view ·
 * rejected: by the reader, in its words · waits: until its parent is acknowledged · queued: to be fetched · sent: fetched, not acknowledged · acknowledged.
 */
export type WhyKind = 'unknown-number' | 'not-heard' | 'archived' | 'coming' | 'not-linked' | 'rejected' | 'waits' | 'queued' | 'sent' | 'acknowledged'
export interface Why {
  kind: WhyKind
  article: { id: number; productId: number; number: string; name: string } | null
  /** What stands in the way: the article itself, its product, its price or its stock at a location. */
  entity: Entity | null
  locationId: number | null
  /** 1 = fetched next. Of what it waits for, where it waits and that is queued. */
  place: number | null
  /** When it was acknowledged, rejected, or changed; null = counts as sent without having been. */
  since: Date | null
  error: string | null
  retryAt: Date | null
}

export interface WhyEach extends Why {
  /** Which picture; null = it is no picture. */
  imageId: number | null
}

/** Counting further says nothing to a person. */
export const MOST_AHEAD = 10_000
const HEARD: Entity[] = ['product', 'article', 'price', 'stock']
/** The article itself first: what it is without, it says. */
const ASKED: Entity[] = ['article', 'price', 'stock', 'product']

/** `number`: an article number, also one it had before, else a barcode. */
export async function whyNotThere(tx: Tx, view: ViewRow, number: string): Promise<Why> {
  const id = await articleNamed(tx, number)
  if (id === null) return NOTHING
  const { article, rows: all, archivedAt, whole } = await asItStands(tx, view, id)
  if (whole !== null) return whole
  const rows = all.filter((row) => HEARD.includes(row.entity))
  const known = { ...NOTHING, article }
  const refused = rows.find((row) => row.refusal !== null)
  if (refused) return { ...known, ...rejected(refused) }
  const undone = ASKED.flatMap((entity) => rows.filter((row) => row.entity === entity && row.pending))[0]
  if (undone) return { ...known, ...(await onItsWay(tx, view, undone, rows)) }
  if (archivedAt !== null) return { ...known, kind: 'archived', since: archivedAt }
  const told = rows.flatMap((row) => row.toldAt ?? []).sort((a, b) => b.getTime() - a.getTime())
  return { ...known, kind: 'acknowledged', since: told[0] ?? null }
}

/** The same of everything the view hears of one article: its product, the article itself, its price, its stock at each location, its pictures; one answer where it is the same for all. */
export async function whyEach(tx: Tx, view: ViewRow, articleId: number): Promise<WhyEach[]> {
  const { article, rows, archivedAt, whole } = await asItStands(tx, view, articleId)
  if (whole !== null) return [{ ...whole, imageId: null }]
  const nothing = { ...NOTHING, article, imageId: null }
  if (archivedAt !== null && rows.every((row) => !row.pending)) return [{ ...nothing, kind: 'archived', since: archivedAt }]
  const each: WhyEach[] = []
  for (const row of rows) {
    const known = { ...nothing, imageId: row.entity === 'image' ? row.entityId : null }
    if (row.refusal !== null) each.push({ ...known, ...rejected(row) })
    else if (row.pending) each.push({ ...known, ...(await onItsWay(tx, view, row, rows)) })
    else if (row.op === 'upsert') each.push({ ...known, ...named(row), kind: 'acknowledged', since: row.toldAt })
  }
  return each.filter(saidOnce)
}

/** Many pictures stand alike; only what the reader rejected is said of each. */
const saidOnce = (why: WhyEach, at: number, all: WhyEach[]): boolean =>
  why.imageId === null || why.kind === 'rejected' || all.findIndex(({ entity, kind }) => entity === 'image' && kind === why.kind) === at

const NOTHING: Why = { kind: 'unknown-number', article: null, entity: null, locationId: null, place: null, since: null, error: null, retryAt: null }

/** Its rows in the view; `whole` = the one answer where they say nothing yet, or where there are none. */
async function asItStands(tx: Tx, view: ViewRow, id: number): Promise<{ article: NonNullable<Why['article']>; archivedAt: Date | null; rows: Standing[]; whole: Why | null }> {
  const { archivedAt, ...article } = await namedForWhy(tx, id)
  const known = { ...NOTHING, article }
  const none = (why: Pick<Why, 'kind'> & Partial<Why>) => ({ article, archivedAt, rows: [], whole: { ...known, ...why } })
  if (!view.entities.some((entity) => HEARD.includes(entity))) return none({ kind: 'not-heard' })
  const all = await standings(tx, view.id, article)
  if (!all.some((row) => row.entity === 'article' && row.op !== 'unlink')) {
    if (archivedAt !== null) return none({ kind: 'archived', since: archivedAt })
    return none({ kind: (await isComing(tx, view, article.productId)) ? 'coming' : 'not-linked' })
  }
  return { article, archivedAt, rows: all.filter((row) => view.entities.includes(row.entity)), whole: null }
}

const rejected = (row: Standing) => ({ ...named(row), kind: 'rejected' as const, since: row.refusedAt, error: row.refusal, retryAt: row.retryAt })
const named = (row: Standing) => ({ entity: row.entity, locationId: row.locationId === 0 ? null : row.locationId })

async function onItsWay(tx: Tx, view: ViewRow, row: Standing, rows: Standing[]): Promise<Pick<Why, 'kind' | 'entity' | 'locationId' | 'place' | 'since'>> {
  const wasServed = (of: Standing) => of.seq <= (view.served[of.lane] ?? 0)
  const placeOf = async (of: Standing) => (await aheadOf(tx, view, of, MOST_AHEAD)) + 1
  if (row.waits) {
    const parent = rows.find((each) => each.entity === (row.entity === 'article' || row.entity === 'image' ? 'product' : 'article'))
    const queued = parent?.pending === true && !parent.waits && !wasServed(parent)
    return { kind: 'waits', ...named(row), place: queued ? await placeOf(parent) : null, since: row.dirtySince }
  }
  if (wasServed(row)) return { kind: 'sent', ...named(row), place: null, since: row.dirtySince }
  return { kind: 'queued', ...named(row), place: await placeOf(row), since: row.dirtySince }
}

async function articleNamed(tx: Tx, number: string): Promise<number | null> {
  const byNumber = (await articlesByNumbers(tx, [number]))[0]
  if (byNumber) return byNumber.articleId
  const gtin = gtin14(number)
  return gtin === null ? null : ((await articlesByGtins(tx, [gtin]))[0]?.articleId ?? null)
}

/** A resend goes on that hasn't come as far as this product. */
async function isComing(tx: Tx, view: ViewRow, productId: number): Promise<boolean> {
  const run = await activeResend(tx, view.id)
  if (run === null || run.state === 'draining' || run.afterProduct >= productId) return false
  return run.products === null || run.products.includes(productId)
}
