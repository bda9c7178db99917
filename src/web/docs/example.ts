/** An example of what a schema takes or answers, made from the schema: what is shown is what is valid, and a test holds it. */
import { z } from 'zod'
import { exampleOf } from '../contract/fields.ts'
import { lineForms } from '../contract/shared.ts'

export interface Json {
  type?: string
  properties?: Record<string, Json>
  required?: string[]
  items?: Json
  anyOf?: Json[]
  oneOf?: Json[]
  enum?: unknown[]
  const?: unknown
  examples?: unknown[]
  default?: unknown
  format?: string
  pattern?: string
  description?: string
  pointsAt?: string
  minimum?: number
  exclusiveMinimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  minItems?: number
  maxItems?: number
  additionalProperties?: Json | boolean
}
/** As it goes over the wire, in both directions. The line of a batch is shown as what each must be. */
export const jsonOf = (schema: z.ZodType): Json =>
  withOneType(
    z.toJSONSchema(schema, {
      io: 'input',
      unrepresentable: 'any',
      override({ zodSchema, jsonSchema }) {
        const form = lineForms.get(zodSchema as unknown as z.ZodType)
        if (form !== undefined) Object.assign(jsonSchema, { ...jsonOf(form), description: jsonSchema.description })
      },
    }) as Json,
  )

/** "type": ["string", "null"] said the longer way, as it is said elsewhere. */
function withOneType(json: unknown): Json {
  if (typeof json !== 'object' || json === null) return json as Json
  if (Array.isArray(json)) return json.map(withOneType) as Json
  const each = Object.fromEntries(Object.entries(json).map(([name, value]) => [name, withOneType(value)])) as Json & { type?: string | string[] }
  const { type, ...rest } = each
  return Array.isArray(type) ? { anyOf: type.map((one) => (one === 'null' ? { type: one } : { ...rest, type: one })) } : each
}

/** `least` = what must be sent, `whole` = everything that can be answered. */
export type HowMuch = 'least' | 'whole'

/** Of several ways to name an article or to choose, the one that is shown. */
const SHOWN_OF_SEVERAL = new Set(['articleNumber'])

export function exampleFor(json: Json, name: string, much: HowMuch): unknown {
  if (json.examples !== undefined) return json.examples[0]
  const kept = exampleOf(name)
  if (kept !== undefined && (much === 'least' || !isCompound(json)) && fits(json, kept)) return kept
  if (json.const !== undefined) return json.const
  if (json.enum !== undefined) return json.enum[0]
  const branches = json.anyOf ?? json.oneOf
  if (branches !== undefined) return exampleFor(branches.find((branch) => branch.type !== 'null') ?? {}, name, much)
  switch (json.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(json.properties ?? {})
          .filter(([each]) => much === 'whole' || json.required?.includes(each) || SHOWN_OF_SEVERAL.has(each))
          .map(([each, field]) => [each, exampleFor(field, each, much)]),
      )
    case 'array':
      return json.items === undefined ? [] : [exampleFor(json.items, name, much)]
    case 'integer':
    case 'number':
      return Math.max(1, json.minimum ?? 1)
    case 'boolean':
      return true
    case 'string':
      return json.format === 'date-time' ? '2026-11-02T07:00:00Z' : json.format === 'date' ? '2026-11-02' : 'text'
    default:
      return null
  }
}

const isCompound = (json: Json): boolean => json.type === 'object' || json.type === 'array' || (json.anyOf ?? json.oneOf ?? []).some(isCompound)

/** Whether a kept example is of the right kind here; the same name may be text in an address and a number in a body. */
function fits(json: Json, value: unknown): boolean {
  const branches = json.anyOf ?? json.oneOf
  if (branches !== undefined) return branches.some((branch) => fits(branch, value))
  if (json.enum !== undefined) return json.enum.includes(value)
  if (json.const !== undefined) return json.const === value
  switch (json.type) {
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value) && (json.required ?? []).every((name) => name in value)
    case 'array':
      return Array.isArray(value) && value.every((each) => json.items !== undefined && fits(json.items, each))
    case 'integer':
      return Number.isInteger(value) && (value as number) <= (json.maximum ?? Number.MAX_SAFE_INTEGER)
    case 'null':
      return value === null
    case undefined:
      return false
    case 'string':
      return typeof value === 'string' && (json.pattern === undefined || new RegExp(json.pattern, 'u').test(value))
    default:
      return typeof value === json.type
  }
}
