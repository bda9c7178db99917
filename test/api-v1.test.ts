/** /v1 only grows (docs/api.md): what docs/api.v1.txt promises is there. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import type { Route } from '../src/web/contract/route.ts'
import { routeIds, routeOf } from '../src/web/contract/routes.ts'
import { apiOf, broken, read, written } from './api-list.ts'

const now = apiOf(routeIds.map(routeOf))

test('everything promised of /v1 is there', () => {
  const promised = read(readFileSync(join(import.meta.dirname, '../docs/api.v1.txt'), 'utf8'))
  expect(promised.size).toBeGreaterThan(100)
  expect(broken(promised, now), 'this breaks whoever uses it; what was never released is taken out of docs/api.v1.txt with npm run api-list').toEqual([])
})

test('what is written down is read back', () => {
  expect(written(read(written(now)))).toBe(written(now))
})

const route = (more: Partial<Route> = {}): Route => ({
  ...{ method: 'POST', path: '/v1/x', auth: 'session-or-key', scope: 'stock:write', status: 200 },
  body: z.object({ name: z.string(), kind: z.enum(['a', 'b']).optional() }),
  answer: z.object({ id: z.number(), state: z.enum(['open']) }),
  ...more,
})
const before = apiOf([route()])
test.each([
  ['a call goes', [], ['POST /v1/x is gone']],
  ['another scope', [route({ scope: 'orders:write' })], ['POST /v1/x asked for session-or-key stock:write, and asks for session-or-key orders:write']],
  ['a field goes', [route({ body: z.object({ name: z.string() }) })], ['POST /v1/x takes kind no more']],
  ['a value goes', [route({ body: z.object({ name: z.string(), kind: z.enum(['a']).optional() }) })], ['POST /v1/x takes kind: b no more']],
  ['an optional field is required', [route({ body: z.object({ name: z.string(), kind: z.enum(['a', 'b']) }) })], ['POST /v1/x takes kind, and now requires it']],
  ['a new field is required', [route({ body: z.object({ name: z.string(), kind: z.enum(['a', 'b']).optional(), ref: z.string() }) })], ['POST /v1/x now requires ref']],
  ['an answer loses a field', [route({ answer: z.object({ id: z.number() }) })], ['POST /v1/x answered state:string, and answers none']],
  ['an answer changes its kind', [route({ answer: z.object({ id: z.string(), state: z.enum(['open']) }) })], ['POST /v1/x answered id:number, and answers string']],
] as [string, Route[], string[]][])('breaks: %s', (_, routes, said) => {
  expect(broken(before, apiOf(routes))).toEqual(said)
})

test('growing breaks nobody', () => {
  const grown = route({
    body: z.object({ name: z.string(), kind: z.enum(['a', 'b', 'c']).optional(), note: z.object({ text: z.string() }).optional() }),
    answer: z.object({ id: z.number(), state: z.enum(['open', 'closed']), more: z.string() }),
  })
  expect(broken(before, apiOf([grown, route({ path: '/v1/y' })]))).toEqual([])
})
