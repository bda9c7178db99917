/** The OpenAPI document, made from the route table and what is said of each route; /docs/api is made from the same. */
import type { FastifyDynamicSwaggerOptions, SwaggerTransformObject } from '@fastify/swagger'
import type { FastifySchema } from 'fastify'
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { aboutOf, groupOf, groups, nounOf } from './contract/about/groups.ts'
import { byStatus, refusalsOf } from './contract/about/refusals.ts'
import { meaningOf } from './contract/fields.ts'
import type { ProblemCode } from './contract/problems.ts'
import type { Route } from './contract/route.ts'
import { type RouteId, routeOf } from './contract/routes.ts'
import { bytes, problem } from './contract/shared.ts'

z.globalRegistry.add(problem, { id: 'Problem' })

/** For @fastify/swagger. */
export const openapi: FastifyDynamicSwaggerOptions = {
  openapi: {
    openapi: '3.1.0',
    info: {
      title: 'Lagerbro',
      version: '1',
      description: 'Stock, articles, orders and connections of one company. Quantities are whole pieces, money is in minor units, null is unknown and never zero.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    tags: groups.map(({ code, title, text }) => ({ name: code, description: `${title}. ${text}` })),
    externalDocs: { url: '/docs/api', description: 'The same, to read' },
    components: {
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'lagerbro_session', description: 'A signed-in person.' },
        key: { type: 'http', scheme: 'bearer', description: 'An API key, with the scopes it was made with.' },
      },
    },
  },
  transform: jsonSchemaTransform,
  transformObject: ((document) => describeFields(jsonSchemaTransformObject(document) as Document)) as SwaggerTransformObject,
}

/** What fastify is told of a route, beside what it validates with. */
export function described(id: RouteId): FastifySchema {
  const route = routeOf(id)
  const { summary, text, deprecated } = aboutOf(id)
  return {
    operationId: id,
    summary,
    ...(text === undefined ? {} : { description: text }),
    ...(deprecated === undefined ? {} : { deprecated: true }),
    tags: [groupOf(id)?.code ?? nounOf(id)],
    security: securityOf(route),
    ...(route.body === bytes ? { consumes: ['image/*'] } : {}),
    response: { ...answersOf(route), ...refusalAnswers(refusalsOf(id)) },
  }
}

const securityOf = ({ auth, scope }: Route): Record<string, string[]>[] => {
  const key = { key: scope === null ? [] : [scope] }
  switch (auth) {
    case 'none':
      return []
    case 'session':
      return [{ session: [] }]
    case 'view':
      return [key]
    case 'session-or-key':
      return [{ session: [] }, key]
  }
}

const answersOf = ({ status, answer, media = 'image/*' }: Route) =>
  answer === bytes ? { [status]: { description: 'The bytes', content: { [media]: { schema: answer } } } } : status === 201 ? { 200: answer, 201: answer } : { [status]: answer }

/** One answer per status, saying which codes it can carry. */
const refusalAnswers = (codes: ProblemCode[]) =>
  Object.fromEntries(byStatus(codes).map(([status, some]) => [status, { description: some.join(', '), content: { 'application/problem+json': { schema: problem } } }]))

type Json = { [key: string]: unknown }
type Document = Json & { paths: Record<string, Record<string, { tags?: string[]; parameters?: (Json & { name: string })[] }>>; components?: { schemas?: Json } }

/** A field without words of its own gets what its name means everywhere. */
function describeFields(document: Document): Document {
  for (const operations of Object.values(document.paths)) {
    for (const operation of Object.values(operations)) {
      for (const parameter of operation.parameters ?? []) parameter.description ??= meaningOf(parameter.name)
      walk(operation)
    }
  }
  walk(document.components?.schemas)
  return document
}

function walk(at: unknown): void {
  if (typeof at !== 'object' || at === null) return
  if (Array.isArray(at)) {
    for (const each of at) walk(each)
    return
  }
  const { properties } = at as Json
  if (typeof properties === 'object' && properties !== null)
    for (const [name, field] of Object.entries(properties as Record<string, Json>)) {
      const meaning = meaningOf(name)
      // Beside a $ref only words may stand.
      if (field.description === undefined && meaning !== undefined) field.description = meaning
    }
  for (const each of Object.values(at)) walk(each)
}
