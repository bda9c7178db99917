/** A body any route accepts, made from its schema, with ids taken from whoever is asked for: so that a new route is tested without a line written for it. */
import { z } from 'zod'
import { lineForms, type Noun } from '../../src/web/contract/shared.ts'
import { GIF } from '../pictures.ts'

/** One id of each kind of thing. */
export type Ids = Record<Noun | 'company', number>

type Json = { [key: string]: Json } & {
  type?: string
  properties?: Record<string, Json>
  required?: string[]
  items?: Json
  pointsAt?: string
  examples?: unknown[]
  enum?: unknown[]
  const?: unknown
  anyOf?: Json[]
  format?: string
  minimum?: number
  exclusiveMinimum?: number
  pattern?: string
  default?: unknown
}

/** The smallest body that is valid, plus every optional field that points at something; numbers named exactly once are left to articleId. */
export function sample(schema: z.ZodType, ids: Ids): unknown {
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as unknown as Json
  const lines = linesIn(schema)
  return fill(json, ids, lines)
}

/** The forms of the lines of a batch, by the field that holds them. */
function linesIn(schema: z.ZodType): Record<string, z.ZodType> {
  if (!(schema instanceof z.ZodObject)) return {}
  const found: Record<string, z.ZodType> = {}
  for (const [name, field] of Object.entries(schema.shape)) {
    const form = field instanceof z.ZodArray ? lineForms.get(field.element as z.ZodType) : undefined
    if (form !== undefined) found[name] = form
  }
  return found
}

function fill(json: Json, ids: Ids, lines: Record<string, z.ZodType>): unknown {
  if (json.pointsAt !== undefined) return ids[json.pointsAt as Noun]
  if (json.examples !== undefined) return json.examples[0]
  if (json.const !== undefined) return json.const
  if (json.enum !== undefined) return json.enum[0]
  if (json.anyOf !== undefined) return fill(json.anyOf[0] as Json, ids, lines)
  switch (json.type) {
    case 'object': {
      const body: Record<string, unknown> = {}
      for (const [name, field] of Object.entries(json.properties ?? {})) {
        const form = lines[name]
        if (form !== undefined) body[name] = [sample(form, ids)]
        else if (json.required?.includes(name) || points(field)) body[name] = fill(field, ids, {})
      }
      return body
    }
    case 'array':
      return [fill(json.items as Json, ids, {})]
    case 'integer':
    case 'number':
      return Math.max(1, json.minimum ?? 1)
    case 'boolean':
      return true
    case 'string':
      if (json.format === 'binary') return GIF
      return json.format === 'date-time' ? '2026-11-02T07:00:00.000Z' : json.format === 'date' ? '2026-11-02' : 'x'
    default:
      return null
  }
}

const points = (json: Json): boolean =>
  json.pointsAt !== undefined || (json.anyOf ?? []).some(points) || (json.items !== undefined && points(json.items)) || Object.values(json.properties ?? {}).some(points)
