/** What the API says of itself: a valid OpenAPI document made from the schemas that validate, and problems that say whether to ask again. */
import { Validator } from '@seriousme/openapi-schema-validator'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { groups } from '../../src/web/contract/about/groups.ts'
import { routeIds, routeOf } from '../../src/web/contract/routes.ts'
import { type Owner, openWeb, type Web } from './web.ts'

let web: Web
let me: Owner
beforeAll(async () => {
  web = await openWeb()
  me = await web.owner()
})
afterAll(() => web.close())

interface Operation {
  operationId: string
  summary?: string
  tags?: string[]
  parameters?: { name: string; description?: string }[]
  responses: Record<string, { description: string; content?: Record<string, unknown> }>
}
interface Document {
  tags: { name: string }[]
  paths: Record<string, Record<string, Operation>>
  components: { schemas: { Problem: { properties: object } } }
}

test('V23: the OpenAPI document is valid OpenAPI 3.1', async () => {
  const document = (await web.app.inject({ url: '/v1/openapi.json' })).json() as Record<string, unknown>
  const validator = new Validator()
  expect(await validator.validate(document)).toEqual({ valid: true })
  expect(validator.version).toBe('3.1')
})

test('V23: every call is in it with words, a group, and every status it can be answered with', async () => {
  const document = (await web.app.inject({ url: '/v1/openapi.json' })).json() as Document
  expect(document.tags.map((tag) => tag.name)).toEqual(groups.map((group) => group.code))
  for (const id of routeIds) {
    const { method, path } = routeOf(id)
    const operation = document.paths[path.replaceAll(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()]
    expect(operation, id).toMatchObject({ operationId: id, summary: expect.any(String), tags: [expect.any(String)] })
    expect(Object.keys(operation?.responses ?? {}), id).toEqual(expect.arrayContaining(['400', '429', '500', '503']))
    for (const { name, description } of operation?.parameters ?? []) expect(description, `${id} ${name}`).toEqual(expect.any(String))
  }
  expect(document.paths['/v1/articles']?.post?.responses['409']).toMatchObject({
    description: expect.stringContaining('number-taken'),
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  })
  expect(Object.keys(document.components.schemas.Problem.properties)).toEqual(['type', 'title', 'status', 'code', 'retryable', 'detail', 'field', 'facts'])
})

test('V21: a problem says its code, the field, the reason, whether to ask again, and where it is explained', async () => {
  expect((await me.call('articles.list', { query: { number: 'a', barcode: 'b' } })).body).toMatchObject({
    code: 'bad-input',
    status: 400,
    field: 'number',
    facts: { reason: 'choose-one' },
    retryable: false,
    type: '/docs/errors#bad-input',
  })
})
