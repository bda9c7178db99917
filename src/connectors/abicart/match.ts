/** Finds articles by their number in both kinds. Abicart's own comparison is a suggestion only: the exact text decides here (S10). */
import { z } from 'zod'
import { type Match, RemoteError } from '../contract.ts'
import { article as articleShape, type Variant, variant as variantShape } from './answers.ts'
import { hasVariants } from './articles.ts'
import { type Call, type Client, type Reply, readReply } from './client.ts'
import { type Doctor, type Facts, PAGE } from './doctor.ts'
import { pageOf, type Spot, START } from './paging.ts'
import { refOf } from './refs.ts'

/** Two questions a number, and twenty a request. */
const NUMBERS_PER_REQUEST = 10
/** Reading the list takes one question a hundred variants; after so many the connection does something else before it goes on. */
const PAGES_AT_ONCE = 40
const READ_ANEW_MS = 60_000

const byNumber = (name: string, query: unknown, number: string): Call => ({
  method: name,
  params: [query, { filters: { '/articleNumber': { equals: number } }, sort: 'uid', limit: PAGE }],
})
const articleQuery = { uid: true, articleNumber: true, variants: true }
const variantQuery = { uid: true, articleNumber: true }

export type Matcher = (articleNumbers: string[]) => Promise<Match[]>
/** An article with choices keeps no stock of its own: it is what a number means only where nothing that does bears it. */
interface Found {
  ref: string
  ownStock: boolean
}
type ByNumber = Map<string, Found[]>

export function openMatcher(client: Client, doctor: Doctor, now: () => Date): Matcher {
  const listed = variantList(client, now)
  return async (articleNumbers) => {
    const wanted = [...new Set(articleNumbers.filter((number) => number !== ''))]
    const found = await doctor.trying(async (facts) => {
      const all: ByNumber = new Map()
      for (let n = 0; n < wanted.length; n += NUMBERS_PER_REQUEST) await look(client, facts, wanted.slice(n, n + NUMBERS_PER_REQUEST), all)
      if (!facts.variantNumberFilter && wanted.length > 0) for (const [number, refs] of await listed(facts)) if (wanted.includes(number)) add(all, number, refs)
      return all
    })
    return articleNumbers.map((articleNumber) => ({ articleNumber, itemRefs: settled(found.get(articleNumber) ?? []) }))
  }
}

async function look(client: Client, facts: Facts, numbers: string[], all: ByNumber): Promise<void> {
  const asks = numbers.flatMap((number) => [
    { number, call: byNumber('Article.list', articleQuery, number) },
    ...(facts.variantNumberFilter ? [{ number, call: byNumber('ArticleVariant.list', variantQuery, number) }] : []),
  ])
  const replies = await client.askAll(
    asks.map((each) => each.call),
    'live',
  )
  for (const [n, { number, call }] of asks.entries()) {
    const reply = replies[n] as Reply
    const found =
      call.method === 'Article.list'
        ? readReply(z.array(articleShape), call, reply).map((each) => ({ ...each, ref: refOf('article', each.uid), ownStock: !hasVariants(each) }))
        : readReply(z.array(variantShape), call, reply).map((each) => ({ ...each, ref: refOf('variant', each.uid), ownStock: true }))
    add(
      all,
      number,
      found.filter((each) => each.articleNumber === number),
    )
  }
}

const add = (all: ByNumber, number: string, found: Found[]): void => void all.set(number, [...(all.get(number) ?? []), ...found])

function settled(found: Found[]): string[] {
  const own = found.filter((each) => each.ownStock)
  return [...new Set((own.length > 0 ? own : found).map((each) => each.ref))]
}

/** Where the shop can't be asked for a variant's number: the list of them all, read a part at a time and held for a while. */
function variantList(client: Client, now: () => Date): (facts: Facts) => Promise<ByNumber> {
  let held: { refs: ByNumber; spot: Spot; whole: boolean; since: number } | null = null
  return async (facts) => {
    if (held === null || (held.whole && now().getTime() - held.since > READ_ANEW_MS)) held = { refs: new Map(), spot: START, whole: false, since: now().getTime() }
    for (let pages = 0; !held.whole; pages += 1) {
      if (pages >= PAGES_AT_ONCE) throw new RemoteError('busy', 'reads-variants', 'the list of variants is being read', { executed: 'no', retryAfterMs: 100 })
      const page: Awaited<ReturnType<typeof pageOf<Variant>>> = await pageOf(client, facts, { name: 'ArticleVariant', query: variantQuery, shape: variantShape }, held.spot, 'live')
      for (const each of page.rows) if (each.articleNumber !== null) add(held.refs, each.articleNumber, [{ ref: refOf('variant', each.uid), ownStock: true }])
      held = { ...held, spot: page.spot, whole: !page.more, since: now().getTime() }
    }
    return held.refs
  }
}
