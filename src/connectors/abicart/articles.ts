/** Articles and variants as listings: all of them page by page, or these very ones. One stock each, so one place. */
import { z } from 'zod'
import { parseJson } from '../../kit/json.ts'
import type { Page, Priority, RemoteEvent, RemoteListing, Tools } from '../contract.ts'
import { type Article, article, inWords, type Stock, type Variant, variant } from './answers.ts'
import { type Client, readReply } from './client.ts'
import type { Doctor } from './doctor.ts'
import { listOf, pageOf, START, spotShape } from './paging.ts'
import { PLACE, type Ref, readRef, refOf } from './refs.ts'

export const ARTICLE_QUERY = { uid: true, articleNumber: true, name: true, stock: true, variants: true }
/** The article that a variant belongs to says whether its stock is counted at all. */
export const VARIANT_QUERY = { uid: true, articleNumber: true, stock: true, article: { uid: true, name: true, stock: true } }

export const hasVariants = ({ variants }: Article): boolean => (variants ?? []).length > 0
const trackedBy = (stock: Stock | null | undefined): boolean | null => stock?.useStock ?? null
/** Half a piece can't be sold. A number nobody counts says nothing. */
export const wholePieces = (value: number | null | undefined, tracked: boolean | null): number | null => (tracked === false || typeof value !== 'number' ? null : Math.floor(value))

export function listingOfArticle(each: Article, seenAt: string): RemoteListing {
  const tracked = trackedBy(each.stock)
  return {
    itemRef: refOf('article', each.uid),
    parentRef: null,
    articleNumber: each.articleNumber,
    title: inWords(each.name),
    tracked,
    unwritable: hasVariants(each) ? 'has-choices' : null,
    levels: [{ placeRef: PLACE, value: wholePieces(each.stock?.stock, tracked), active: typeof each.stock?.stock === 'number' }],
    seenAt,
  }
}

export function listingOfVariant(each: Variant, seenAt: string): RemoteListing {
  const tracked = trackedBy(each.article?.stock)
  return {
    itemRef: refOf('variant', each.uid),
    parentRef: each.article ? refOf('article', each.article.uid) : null,
    articleNumber: each.articleNumber,
    title: inWords(each.article?.name),
    tracked,
    unwritable: null,
    levels: [{ placeRef: PLACE, value: wholePieces(each.stock, tracked), active: typeof each.stock === 'number' }],
    seenAt,
  }
}

const cursorShape = z.object({
  v: z.literal(1),
  of: z.enum(['article', 'variant']),
  spot: spotShape,
  /** Where the articles ended: a finished walk goes on behind it. */ articles: spotShape,
})

/** All articles, then all variants. A walk that is over goes on with what was added since. */
export async function pullListings(client: Client, doctor: Doctor, tools: Tools, cursor: string | null, priority: Priority): Promise<Page> {
  const at = cursor === null ? { v: 1 as const, of: 'article' as const, spot: START, articles: START } : cursorShape.parse(parseJson(cursor))
  // Stamped before asking: what happens while the answer travels is newer than it is.
  const seenAt = tools.clock.now().toISOString()
  const { listings, spot, more } = await doctor.trying(async (facts) => {
    if (at.of === 'article') {
      const page = await pageOf(client, facts, { name: 'Article', query: ARTICLE_QUERY, shape: article }, at.spot, priority)
      return { listings: page.rows.map((row) => listingOfArticle(row, seenAt)), spot: page.spot, more: page.more }
    }
    const page = await pageOf(client, facts, { name: 'ArticleVariant', query: VARIANT_QUERY, shape: variant }, at.spot, priority)
    return { listings: page.rows.map((row) => listingOfVariant(row, seenAt)), spot: page.spot, more: page.more }
  })
  const articles = at.of === 'article' ? spot : at.articles
  const next = at.of === 'article' && !more ? { v: 1, of: 'variant', spot: START, articles } : { ...at, spot, articles }
  const isOver = at.of === 'variant' && !more
  return {
    events: listings.map((listing): RemoteEvent => ({ kind: 'listing-seen', listing })),
    cursor: JSON.stringify(isOver ? { ...next, of: 'article', spot: articles } : next),
    more: !isOver,
  }
}

/** In the order asked for. What isn't there, or never was one of ours, is said to be gone. */
export async function pullListingsByRef(client: Client, tools: Tools, refs: string[], priority: Priority): Promise<Page> {
  const seenAt = tools.clock.now().toISOString()
  const { articles, variants } = await readThings(
    client,
    refs.flatMap((ref) => readRef(ref) ?? []),
    priority,
  )
  const events = refs.map((itemRef): RemoteEvent => {
    const ref = readRef(itemRef)
    const found = ref === null ? undefined : ref.kind === 'article' ? articles.get(ref.uid) : variants.get(ref.uid)
    if (ref === null || found === undefined) return { kind: 'listing-gone', itemRef }
    return { kind: 'listing-seen', listing: ref.kind === 'article' ? listingOfArticle(found as Article, seenAt) : listingOfVariant(found as Variant, seenAt) }
  })
  return { events, cursor: '', more: false }
}

/** Both kinds in one request. At most a page of each. */
export async function readThings(client: Client, refs: Ref[], priority: Priority): Promise<{ articles: Map<string, Article>; variants: Map<string, Variant> }> {
  const uids = (kind: Ref['kind']) => [...new Set(refs.filter((ref) => ref.kind === kind).map((ref) => ref.uid))]
  const [ofArticles, ofVariants] = [uids('article'), uids('variant')]
  const calls = [
    ...(ofArticles.length > 0 ? [listOf('Article', ARTICLE_QUERY, ofArticles)] : []),
    ...(ofVariants.length > 0 ? [listOf('ArticleVariant', VARIANT_QUERY, ofVariants)] : []),
  ]
  const replies = await client.askAll(calls, priority)
  const rowsOf = <T extends { uid: string }>(name: string, shape: z.ZodType<T>): Map<string, T> => {
    const n = calls.findIndex((call) => call.method === name)
    const [call, reply] = [calls[n], replies[n]]
    return new Map(call === undefined || reply === undefined ? [] : readReply(z.array(shape), call, reply).map((row) => [row.uid, row]))
  }
  return { articles: rowsOf('Article.list', article), variants: rowsOf('ArticleVariant.list', variant) }
}
