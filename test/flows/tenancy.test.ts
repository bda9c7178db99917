/** T1, for every route there is: made from the route table, so a new route is in by itself. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import type { Connector } from '../../src/connectors/contract.ts'
import { toy } from '../../src/connectors/toy/toy.ts'
import { SCOPES } from '../../src/web/contract/people.ts'
import { type RouteId, routeIds, routeOf } from '../../src/web/contract/routes.ts'
import type { Noun } from '../../src/web/contract/shared.ts'
import { everything } from './everything.ts'
import { type Ids, sample } from './samples.ts'
import { type Ask, type Owner, openWeb, type Someone, type Web } from './web.ts'

let web: Web
let theirs: Ids
let mine: Ids
let me: Owner
let others: Owner
let key: Someone
/** By the key of a view of mine: what nobody else may call. */
let reader: Someone
beforeAll(async () => {
  web = await openWeb({ connectors: { toy: toy as Connector<unknown>, shopify: toy as Connector<unknown> } })
  others = await web.owner('Deras')
  me = await web.owner('Min')
  theirs = await everything(web, others, MARK)
  mine = await everything(web, me, 'MITT')
  key = await me.key()
  reader = web.withKey((await me.does('views.make-key', { params: { viewId: mine.view }, body: { scopes: [...SCOPES] } })).key)
})
afterAll(() => web.close())

/** In every name of theirs. */
const MARK = 'ENBART-DERAS'
/** Said of the place before the location is looked at. */
const PLACES = new Set(['place-unknown', 'place-missing'])

/** Routes that need nobody, or change who one is; the sign-in tests hold them. */
const guarded = routeIds.filter((id) => routeOf(id).auth !== 'none' && id !== 'session.close')
const pointed = (schema: z.ZodType | undefined) =>
  schema === undefined ? false : JSON.stringify(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })).includes('pointsAt')

function asked(id: RouteId, ids: Ids): Ask {
  const { params, query, body } = routeOf(id)
  const shape = (schema: z.ZodType | undefined) => (schema instanceof z.ZodObject ? Object.entries(schema.shape as Record<string, z.ZodType>) : [])
  const pointsAt = (schema: z.ZodType) => JSON.stringify(z.toJSONSchema(schema, { io: 'input' })).match(/"pointsAt":"(\w+)"/)?.[1] as Noun | undefined
  return {
    params: Object.fromEntries(shape(params).map(([name, schema]) => [name, pointsAt(schema) === undefined ? '7350053850019' : ids[pointsAt(schema) as Noun]])),
    query: Object.fromEntries(shape(query).flatMap(([name, schema]) => (pointsAt(schema) === undefined ? [] : [[name, ids[pointsAt(schema) as Noun]]]))),
    ...(body === undefined ? {} : { body: sample(body, ids) }),
  }
}

/** Everything in the database, but for when keys and sessions were last used. */
async function snapshot(): Promise<string> {
  const tables = await web.data.owner.rows<{ name: string }>({
    text: `select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace and relname not in ('session', 'migration') order by relname`,
    values: [],
  })
  const parts: string[] = []
  for (const { name } of tables) {
    const { all } = await web.data.owner.one<{ all: string }>({
      text: `select coalesce(jsonb_agg(to_jsonb(t) - 'last_used_at' order by to_jsonb(t)::text), '[]')::text as all from ${name} t`,
      values: [],
    })
    parts.push(`${name} ${all}`)
  }
  return parts.join('\n')
}

/** Of a list; of a file, what comes after its heading. */
const rowsIn = (body: unknown): unknown[] =>
  typeof body === 'string'
    ? body
        .split('\r\n')
        .slice(1)
        .filter((line) => line !== '')
    : (body as { items: unknown[] }).items

for (const who of ['session', 'key'] as const) {
  test(`T1: every route called with another company's ids by ${who}: 404 and nothing changed`, { timeout: 120_000 }, async () => {
    const before = await snapshot()
    const wrong: string[] = []
    let called = 0
    for (const id of guarded) {
      const route = routeOf(id)
      if (!pointed(route.params) && !pointed(route.body) && !pointed(route.query) && Object.keys(linesOf(id)).length === 0) continue
      const caller = route.auth === 'view' ? reader : who === 'session' ? me : key
      const { status, body } = await caller.call(id, asked(id, theirs))
      called++
      const text = JSON.stringify(body)
      if (text.includes(MARK) && !text.includes('/docs/errors#')) wrong.push(`${id}: shows ${text}`)
      if (who === 'key' && route.auth === 'session') {
        if (status !== 403) wrong.push(`${id}: ${status}`)
      } else if (Object.keys(linesOf(id)).length > 0 && status === 200) {
        const lines = (body as { lines: { outcome: string; problem?: { status: number } }[] }).lines
        if (lines.some((line) => line.outcome !== 'refused' || line.problem?.status !== 404)) wrong.push(`${id}: ${text}`)
      } else if (!pointed(route.params) && !pointed(route.body)) {
        if (status !== 200 || rowsIn(body).length > 0) wrong.push(`${id}: ${status} ${text}`)
      } else if (status !== 404) wrong.push(`${id}: ${status} ${text}`)
    }
    expect(wrong).toEqual([])
    expect(called).toBeGreaterThan(30)
    expect(await snapshot()).toBe(before)
  })
}

test("T1: our own address with another company's ids in the body: 404 and nothing changed", async () => {
  // Settings are looked at before ids are: this connection has been checked, so its places can be mapped.
  await web.data.owner.run({
    text: `update listener set health = '{"account":{"ref":"1","name":"x","address":"x","currency":null},"places":[],"rights":[],"version":{"asked":"1","answered":null,"deprecated":null},"learned":{}}' where id = $1`,
    values: [mine.connection],
  })
  const before = await snapshot()
  const wrong: string[] = []
  for (const id of guarded.filter((each) => pointed(routeOf(each).params) && pointed(routeOf(each).body))) {
    const { status, body } = await (routeOf(id).auth === 'view' ? reader : me).call(id, { params: asked(id, mine).params ?? {}, body: asked(id, theirs).body })
    if (status !== 404 && !PLACES.has((body as { code?: string }).code ?? '')) wrong.push(`${id}: ${status} ${JSON.stringify(body)}`)
  }
  expect(wrong).toEqual([])
  expect(await snapshot()).toBe(before)
})

test('T1: lists show only what is mine', async () => {
  for (const id of guarded) {
    const route = routeOf(id)
    if (route.method !== 'GET' || route.params !== undefined) continue
    for (const caller of route.auth === 'session' ? [me] : [me, key]) {
      const { status, body } = await caller.call(id)
      expect(status, id).toBe(200)
      expect(JSON.stringify(body), id).not.toContain(MARK)
    }
  }
})

test('T1: the samples are right: with our own ids no route says that something is not there', { timeout: 120_000 }, async () => {
  const wrong: string[] = []
  // What is sampled is used up by the routes that end things, so those come last, a part before its whole.
  const rank = (id: (typeof guarded)[number]) => (routeOf(id).method === 'DELETE' ? 1000 - routeOf(id).path.length : 0)
  const order = guarded.toSorted((a, b) => rank(a) - rank(b))
  for (const id of order.filter((each) => each !== 'session.company' && each !== 'company.make')) {
    const { status, body } = await (routeOf(id).auth === 'view' ? reader : me).call(id, asked(id, mine))
    if (status >= 500 || [400, 401, 403, 404].includes(status)) wrong.push(`${id}: ${status} ${JSON.stringify(body)}`)
  }
  expect(wrong.filter((each) => !each.includes('remote-') && !each.startsWith('articles.add-barcode'))).toEqual([])
})

function linesOf(id: RouteId): Record<string, unknown> {
  const { body } = routeOf(id)
  const json = body === undefined ? '' : JSON.stringify(z.toJSONSchema(body, { io: 'input', unrepresentable: 'any' }))
  return /as in POST/.test(json) ? { lines: true } : {}
}
