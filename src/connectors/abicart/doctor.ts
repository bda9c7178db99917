/**
 * What Abicart's documentation leaves open, asked of the shop itself: only by reading, kept with the connection, shown on its page, and asked
 * again when an answer contradicts it.
 */
import { z } from 'zod'
import { type Priority, RemoteError, type Tools } from '../contract.ts'
import type { Call, Client, Reply } from './client.ts'

const facts = z.object({
  /** Orders can be asked for by when they changed. */
  changedFilter: z.boolean(),
  /** Variants can be asked for by their number. */
  variantNumberFilter: z.boolean(),
  /** A list can be taken up behind a uid. */
  uidKeyset: z.boolean(),
  /** Fewer rows than asked for came although there were more: the shop's own cap. Null = none was met. */
  pageCap: z.number().nullable(),
  uidForm: z.enum(['integer', 'text']).nullable(),
  /** Event names as EventListener.getSchema lists them; null = it doesn't tell. */
  events: z.array(z.string()).nullable(),
  articles: z.number().nullable(),
  variants: z.number().nullable(),
})
export type Facts = z.infer<typeof facts>

/** Taken for true until the shop says otherwise. */
const HOPED: Facts = { changedFilter: true, variantNumberFilter: true, uidKeyset: true, pageCap: null, uidForm: null, events: null, articles: null, variants: null }
const KEPT_AS = 'doctor'
/** Asked of the cap; every known integration asks for about so many. */
export const PAGE = 100

export interface Doctor {
  known(): Promise<Facts>
  ask(): Promise<Facts>
  /** With what is known; when Abicart refuses the parameters, once more with what it says then. */
  trying<T>(work: (facts: Facts) => Promise<T>): Promise<T>
}

export function openDoctor(client: Client, tools: Tools): Doctor {
  let latest: Facts | null = null
  async function known(): Promise<Facts> {
    latest ??= readKept(await tools.keep.get(KEPT_AS))
    return latest ?? HOPED
  }
  async function ask(): Promise<Facts> {
    latest = await probe(client, 'live')
    await tools.keep.set(KEPT_AS, JSON.stringify(latest))
    return latest
  }
  return {
    known,
    ask,
    async trying(work) {
      const before = await known()
      try {
        return await work(before)
      } catch (error) {
        if (!(error instanceof RemoteError) || error.code !== 'params-refused') throw error
        const now = await ask()
        const changed = (['changedFilter', 'variantNumberFilter', 'uidKeyset'] as const).some((name) => now[name] !== before[name])
        if (!changed) throw error
        return work(now)
      }
    },
  }
}

function readKept(text: string | null): Facts | null {
  try {
    return text === null ? null : (facts.safeParse(JSON.parse(text)).data ?? null)
  } catch {
    return null
  }
}

/** Nothing sold, written or named in any shop carries this. */
const NO_NUMBER = 'lagerbro-asks-what-can-be-asked'
const PROBES = {
  changed: { method: 'Order.list', params: [['uid'], { filters: { '/changed': { min: '2100-01-01T00:00:00Z' } }, sort: 'uid', limit: 1 }] },
  number: { method: 'ArticleVariant.list', params: [['uid'], { filters: { '/articleNumber': { equals: NO_NUMBER } }, sort: 'uid', limit: 1 }] },
  keyset: { method: 'Article.list', params: [['uid'], { filters: { '/uid': { min: 1 } }, sort: 'uid', limit: 1 }] },
  page: { method: 'Article.list', params: [['uid'], { sort: 'uid', limit: PAGE }] },
  articles: { method: 'Article.count', params: [{}] },
  variants: { method: 'ArticleVariant.count', params: [{}] },
  schema: { method: 'EventListener.getSchema', params: [] },
} satisfies Record<string, Call>
const NAMES = Object.keys(PROBES) as (keyof typeof PROBES)[]

async function probe(client: Client, priority: Priority): Promise<Facts> {
  const replies = await client.askAll(
    NAMES.map((name) => PROBES[name]),
    priority,
  )
  const of = (name: keyof typeof PROBES): Reply => replies[NAMES.indexOf(name)] as Reply
  // Only a refusal of what was asked says no; a shop that is busy or closed says nothing about it.
  const takes = (name: keyof typeof PROBES): boolean => {
    const answer = of(name)
    if (answer.kind === 'result') return true
    if (answer.error.kind !== 'refused') throw answer.error
    return false
  }
  const count = (name: 'articles' | 'variants'): number | null => {
    const answer = of(name)
    return answer.kind === 'result' && typeof answer.value === 'number' ? answer.value : null
  }
  const page = of('page')
  const rows = page.kind === 'result' && Array.isArray(page.value) ? (page.value as { uid?: unknown }[]) : []
  const [articles, variants] = [count('articles'), count('variants')]
  return {
    changedFilter: takes('changed'),
    variantNumberFilter: takes('number'),
    uidKeyset: takes('keyset'),
    pageCap: articles !== null && rows.length > 0 && rows.length < Math.min(PAGE, articles) ? rows.length : null,
    uidForm: rows[0] === undefined ? null : typeof rows[0].uid === 'number' ? 'integer' : 'text',
    events: eventsIn(of('schema')),
    articles,
    variants,
  }
}

/** Wherever the schema lists the names. */
function eventsIn(schema: Reply): string[] | null {
  if (schema.kind === 'error') return null
  const found = z.object({ properties: z.object({ eventName: z.object({ enum: z.array(z.string()) }) }) }).safeParse(schema.value)
  return found.success ? found.data.properties.eventName.enum : null
}
