/**
 * Writing stock: what the rows show now, read in one request, and only the rows that are as they were expected written in the next. Abicart can't
 * compare by itself, so between the two lies the one gap that is left (S7): one request. Numbers are absolute; the stock object goes back whole,
 * since whether a patch fills in or replaces isn't documented.
 */
import { type Batch, type Change, type Outcome, type Priority, RemoteError } from '../contract.ts'
import { type Article, article, type Stock, type Variant, variant } from './answers.ts'
import { hasVariants, readThings, wholePieces } from './articles.ts'
import { type Call, type Client, type Reply, readReply } from './client.ts'
import { asked, type Ref, readRef } from './refs.ts'

type StockRow = Extract<Change, { kind: 'stock' }>
type StockingRow = Extract<Change, { kind: 'stocking' }>

/** What one row stands at, told alike of both kinds. */
interface Thing {
  ref: Ref
  articleNumber: string | null
  /** The article's; a variant's own number is `raw`. */
  stock: Stock | null
  raw: number | null
  articleUid: string | null
  hasVariants: boolean
}
/** `value` null = only that it is counted matters. */
interface Write {
  call: Call
  kind: Ref['kind']
  value: number | null
}
/** Writes of one row depend on nothing and on no order. */
type Step = { kind: 'over'; outcome: Outcome } | { kind: 'write'; writes: Write[] }

export async function push(client: Client, batch: Batch, priority: Priority): Promise<Outcome[]> {
  const refs = batch.rows.map((row) => readRef(row.itemRef))
  const seen = await readThings(
    client,
    refs.flatMap((ref) => ref ?? []),
    priority,
  )
  const steps = batch.rows.map((row, n) => stepOf(row, thingOf(refs[n] ?? null, seen)))
  const outcomes = await write(
    client,
    steps.flatMap((step) => (step.kind === 'write' ? step.writes : [])),
    priority,
  )
  return steps.map((step) => (step.kind === 'over' ? step.outcome : worstOf(step.writes.map(() => outcomes.shift() ?? { kind: 'unknown' }))))
}

const worstOf = (outcomes: Outcome[]): Outcome => outcomes.find(({ kind }) => kind === 'unknown') ?? outcomes.find(({ kind }) => kind !== 'done') ?? { kind: 'done' }

function thingOf(ref: Ref | null, { articles, variants }: { articles: Map<string, Article>; variants: Map<string, Variant> }): Thing | null {
  if (ref?.kind === 'article') {
    const found = articles.get(ref.uid)
    return found === undefined
      ? null
      : { ref, articleNumber: found.articleNumber, stock: found.stock ?? null, raw: found.stock?.stock ?? null, articleUid: found.uid, hasVariants: hasVariants(found) }
  }
  const found = ref === null ? undefined : variants.get(ref.uid)
  return ref === null || found === undefined
    ? null
    : { ref, articleNumber: found.articleNumber, stock: found.article?.stock ?? null, raw: found.stock ?? null, articleUid: found.article?.uid ?? null, hasVariants: false }
}

const refused = (code: Extract<Outcome, { kind: 'refused' }>['code'], said = ''): Step => ({ kind: 'over', outcome: { kind: 'refused', code, said } })

function stepOf(row: Change, thing: Thing | null): Step {
  if (thing === null) return refused('item-gone')
  if (thing.hasVariants) return refused('has-choices')
  switch (row.kind) {
    case 'stock':
      return stockStep(row, thing)
    case 'stocking':
      return stockingStep(row, thing)
    default:
      throw new RemoteError('refused', 'not-carried', 'Abicart takes no differences', { executed: 'no' })
  }
}

function stockStep(row: StockRow, thing: Thing): Step {
  if (thing.articleNumber !== row.articleNumber) return refused('link-moved', thing.articleNumber ?? '')
  if (thing.stock?.useStock === false) return refused('not-tracked')
  const shows = wholePieces(thing.raw, thing.stock?.useStock ?? null)
  if (shows === null) return refused('not-stocked')
  if (row.expected !== null && shows !== row.expected) return { kind: 'over', outcome: { kind: 'stale', shows } }
  return { kind: 'write', writes: [numberWrite(thing, row.value)] }
}

/** Starts the count, which is its article's for a variant, and gives a number where there is none; one that stands is left as it is. */
function stockingStep(row: StockingRow, thing: Thing): Step {
  const mustTrack = row.tracked === true && thing.stock?.useStock !== true && thing.articleUid !== null
  const mustStock = row.active === true && thing.raw === null
  const isArticle = thing.ref.kind === 'article'
  const writes: Write[] = [
    ...(mustTrack
      ? [{ call: articleSet(thing.articleUid ?? '', { ...thing.stock, ...(isArticle && mustStock ? { stock: 0 } : {}), useStock: true }), kind: 'article' as const, value: null }]
      : []),
    ...(mustStock && !(mustTrack && isArticle) ? [numberWrite(thing, 0)] : []),
  ]
  return { kind: 'write', writes }
}

const numberWrite = ({ ref, stock }: Thing, value: number): Write => ({
  call:
    ref.kind === 'article'
      ? articleSet(ref.uid, { ...stock, stock: value })
      : { method: 'ArticleVariant.set', params: [asked(ref.uid), { stock: value }, ['uid', 'articleNumber', 'stock']] },
  kind: ref.kind,
  value,
})
const articleSet = (uid: string, stock: object): Call => ({ method: 'Article.set', params: [asked(uid), { stock }, ['uid', 'articleNumber', 'stock']] })

async function write(client: Client, writes: Write[], priority: Priority): Promise<Outcome[]> {
  const replies = await client.askAll(
    writes.map((each) => each.call),
    priority,
  )
  const first = replies[0]
  // Nothing of it went through, and not for a reason of a row's own: the failure is the whole's.
  if (first?.kind === 'error' && replies.every((reply) => reply.kind === 'error' && isOfTheShop(reply.error))) throw first.error
  return writes.map((each, n) => outcomeOf(each, replies[n] as Reply))
}

const isOfTheShop = (error: RemoteError): boolean => error.kind === 'busy' || error.kind === 'denied'

/** Done only when the answer shows what was sent: else nobody knows, and a look finds out. */
function outcomeOf({ call, kind, value }: Write, reply: Reply): Outcome {
  if (reply.kind === 'error') return failureOf(reply.error)
  try {
    const stands = kind === 'article' ? readReply(article, call, reply).stock : { stock: readReply(variant, call, reply).stock, useStock: true }
    const isAsSent = value === null ? stands?.useStock === true : stands?.stock === value && stands.useStock !== false
    return { kind: isAsSent ? 'done' : 'unknown' }
  } catch (error) {
    if (error instanceof RemoteError) return { kind: 'unknown' }
    throw error
  }
}

function failureOf(error: RemoteError): Outcome {
  if (error.executed === 'unknown') return { kind: 'unknown' }
  if (error.code === 'object-gone') return { kind: 'refused', code: 'item-gone', said: error.facts.said ?? '' }
  if (error.kind === 'refused') return { kind: 'refused', code: 'value-refused', said: error.facts.said ?? '' }
  return { kind: 'not-sent' }
}
