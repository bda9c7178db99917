/** A list, page by page, so that none is left out: behind the last uid where the shop takes that, else by counting; and over whatever it caps a page at. */
import { z } from 'zod'
import type { Priority } from '../contract.ts'
import type { Call, Client } from './client.ts'
import { type Facts, PAGE } from './doctor.ts'
import { asked, compareUids } from './refs.ts'

export type ClassName = 'Article' | 'ArticleVariant' | 'Order' | 'EventListener'
/** Where a walk stands. `after` = the last uid seen; `offset` = how many rows were. */
export const spotShape = z.object({ after: z.string().nullable(), offset: z.number() })
export type Spot = z.infer<typeof spotShape>
export const START: Spot = { after: null, offset: 0 }

/** No shop was seen to cap a page at fewer; a shorter page is the last one, and a longer one may have been cut. */
const SURELY_WHOLE = 40

interface List<T> {
  name: ClassName
  query: unknown
  shape: z.ZodType<T>
  filters?: Record<string, unknown>
}

export async function pageOf<T extends { uid: string }>(
  client: Client,
  facts: Facts,
  list: List<T>,
  spot: Spot,
  priority: Priority,
): Promise<{ rows: T[]; spot: Spot; more: boolean }> {
  const { after } = spot
  // Whether a bound is itself in the range isn't documented: the last one may come once more.
  const filters = { ...list.filters, ...(facts.uidKeyset && after !== null ? { '/uid': { min: asked(after) } } : {}) }
  const selection = { filters, sort: 'uid', limit: PAGE, ...(facts.uidKeyset || spot.offset === 0 ? {} : { offset: spot.offset }) }
  const call: Call = { method: `${list.name}.list`, params: [list.query, selection] }
  const received = await client.ask(z.array(list.shape), call, priority)
  const rows = [...new Map(received.map((row) => [row.uid, row])).values()].filter((row) => !facts.uidKeyset || after === null || compareUids(row.uid, after) > 0)
  const last = rows.reduce<string | null>((most, row) => (most === null || compareUids(row.uid, most) > 0 ? row.uid : most), after)
  const more = rows.length > 0 && received.length >= Math.min(SURELY_WHOLE, facts.pageCap ?? SURELY_WHOLE)
  return { rows, spot: { after: last, offset: spot.offset + received.length }, more }
}

/** These very ones, at most a page of them. Those that aren't there are left out. */
export const listOf = (name: ClassName, query: unknown, uids: string[]): Call => ({
  method: `${name}.list`,
  params: [query, { filters: { '/uid': { in: uids.map(asked) } }, sort: 'uid', limit: PAGE }],
})
