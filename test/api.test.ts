/** The API as it is described: every call has its words, its schemas and its scope, and the OpenAPI document is valid. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { REFUSAL_CODES } from '../src/core/refusal.ts'
import { aboutOf, groupOf, groups, nounOf } from '../src/web/contract/about/groups.ts'
import { refusalsOf } from '../src/web/contract/about/refusals.ts'
import { meaningOf } from '../src/web/contract/fields.ts'
import { SCOPES } from '../src/web/contract/people.ts'
import { problems } from '../src/web/contract/problems.ts'
import { remedies, remedyOf } from '../src/web/contract/remedies.ts'
import { routeIds, routeOf } from '../src/web/contract/routes.ts'
import { bytes, LOCALES } from '../src/web/contract/shared.ts'

const root = resolve(import.meta.dirname, '..')
type Json = { [key: string]: unknown }
const jsonOf = (schema: z.ZodType): Json => z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Json

test('every route has words, a group, and an id of two parts', () => {
  const wrong = routeIds.flatMap((id) => {
    const { summary, text } = aboutOf(id)
    return [
      ...(/^[A-Z].{6,70}[^.]$/.test(summary) ? [] : [`${id}: summary "${summary}"`]),
      ...(text === undefined || /^[A-Z`].*\.$/s.test(text) ? [] : [`${id}: text "${text}"`]),
      ...(groupOf(id) === undefined ? [`${id}: its noun "${nounOf(id)}" is in no group of contract/about/groups.ts`] : []),
    ]
  })
  expect(wrong).toEqual([])
  expect(new Set(groups.flatMap((group) => group.nouns)).size).toBe(groups.flatMap((group) => group.nouns).length)
})

test('every route says who may call it, and with which scope', () => {
  const wrong = routeIds.filter((id) => {
    const { auth, scope } = routeOf(id)
    return auth === 'session-or-key' ? scope === null || !SCOPES.includes(scope) : auth === 'session' || auth === 'none' ? scope !== null : false
  })
  expect(wrong).toEqual([])
})

test('every route has a schema of what it takes and of what it answers', () => {
  const wrong = routeIds.flatMap((id) => {
    const { method, path, params, body, answer } = routeOf(id)
    const named = [...path.matchAll(/:(\w+)/g)].map((found) => found[1] ?? '').sort()
    const taken = params instanceof z.ZodObject ? Object.keys(params.shape as Json).sort() : []
    return [
      ...(named.join() === taken.join() ? [] : [`${id}: the address names ${named.join()}, its params are ${taken.join()}`]),
      ...((body !== undefined) === (method === 'POST' || method === 'PUT' || method === 'PATCH') ? [] : [`${id}: ${method} ${body === undefined ? 'without' : 'with'} a body`]),
      ...(jsonOf(answer).type === 'object' || jsonOf(answer).anyOf !== undefined || answer === bytes ? [] : [`${id}: its answer isn't an object`]),
    ]
  })
  expect(wrong).toEqual([])
})

test('every field one can send is explained, by itself or by its name', () => {
  const missing = new Set<string>()
  const walk = (at: unknown, id: string): void => {
    if (typeof at !== 'object' || at === null) return
    const properties = ((at as Json).properties ?? {}) as Record<string, Json>
    for (const [name, field] of Object.entries(properties)) if (field.description === undefined && meaningOf(name) === undefined) missing.add(`${id}: ${name}`)
    for (const each of Object.values(at)) walk(each, id)
  }
  for (const id of routeIds) for (const schema of [routeOf(id).params, routeOf(id).query, routeOf(id).body]) if (schema !== undefined) walk(jsonOf(schema), id)
  expect([...missing], 'say what they mean in src/web/contract/fields.ts').toEqual([])
})

test('V21: every code that the source gives is in the catalogue, and every one of the catalogue is given', () => {
  expect(Object.keys(problems).sort()).toEqual([...REFUSAL_CODES].sort())
  const source = ['src/core', 'src/sync', 'src/web', 'src/kit', 'src/db']
    .flatMap((room) => readdirSync(join(root, room), { recursive: true, encoding: 'utf8' }).map((file) => join(root, room, file)))
    .filter((file) => file.endsWith('.ts') && !/\.test\.ts$|core\/refusal\.ts$|web\/contract\/(problems|remedies)\.ts$|contract\/about\//.test(file))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n')
  const given = (code: string) => new RegExp(`'${code}'`).test(source) || (code.startsWith('remote-') && source.includes('`remote-$' + '{error.kind}`'))
  expect(REFUSAL_CODES.filter((code) => !given(code))).toEqual([])
})

test('V21: every code has a status, words and something to do, in four languages', () => {
  for (const code of REFUSAL_CODES) {
    expect(problems[code].status, code).toBeGreaterThanOrEqual(400)
    for (const locale of LOCALES) expect(problems[code].words[locale].length + remedies[remedyOf[code]][locale].length, `${code} ${locale}`).toBeGreaterThan(20)
  }
  const used = new Set(Object.values(remedyOf))
  expect(Object.keys(remedies).filter((remedy) => !used.has(remedy as never))).toEqual([])
})

test('every call can be answered with a refusal of each kind that its shape brings', () => {
  for (const id of routeIds) {
    const codes = refusalsOf(id)
    const { auth, body, params } = routeOf(id)
    expect(codes, id).toEqual(expect.arrayContaining(['bad-input', 'too-many-requests', 'unavailable', 'our-fault']))
    if (auth !== 'none') expect(codes, id).toEqual(expect.arrayContaining(['not-signed-in', 'not-allowed']))
    if (body !== undefined) expect(codes, id).toContain('bad-json')
    if (params !== undefined) expect(codes, id).toContain('not-found')
  }
})
