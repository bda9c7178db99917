/** The query language: what of a thing to show, and which of the things it refers to are shown whole. */
import { badParams, inPointer } from './errors.ts'
import { find, MODELS } from './models.ts'
import type { ClassName, Place, Shape } from './shapes.ts'

type Query = true | Record<string, unknown>

/** A thing of this class as the query asks; throws -32602 with a pointer into the query. */
export function show(at: Place, name: ClassName, thing: unknown, query: unknown = true): Record<string, unknown> {
  const model = MODELS[name]
  const asked = normal(query, '')
  const shown: Record<string, unknown> = {}
  for (const property of asked === true ? Object.keys(model.properties) : Object.keys(asked)) {
    const known = Object.hasOwn(model.properties, property) ? model.properties[property] : undefined
    if (known === undefined) throw badParams(`${name} has no property ${property}`, inPointer(property))
    const value = shownValue(at, known.shape, known.read(thing, at), asked === true ? true : asked[property], inPointer(property))
    if (value !== undefined) shown[property] = value
  }
  return shown
}

/** A malformed query is refused whatever there is to show. */
export function checkQuery(name: ClassName, query: unknown): void {
  checkIn({ fields: Object.fromEntries(Object.entries(MODELS[name].properties).map(([key, { shape }]) => [key, shape])) }, query, '', name)
}

function checkIn(shape: Shape, query: unknown, pointer: string, name: string): void {
  const asked = normal(query, pointer)
  if (asked === true) return
  if (typeof shape === 'string') throw badParams(`Can't descend into a ${shape === 'uid' ? 'integer' : shape}`, `${pointer}${inPointer(Object.keys(asked)[0] ?? '')}`)
  if ('to' in shape) {
    for (const [key, sub] of Object.entries(asked)) checkKey(MODELS[shape.to].properties[key]?.shape, key, sub, pointer, shape.to)
  } else if ('list' in shape) checkIn(shape.list, query, pointer, name)
  else if ('map' in shape) for (const [key, sub] of Object.entries(asked)) checkIn(shape.map, sub, `${pointer}${inPointer(key)}`, name)
  else for (const [key, sub] of Object.entries(asked)) checkKey(Object.hasOwn(shape.fields, key) ? shape.fields[key] : undefined, key, sub, pointer, name)
}
function checkKey(shape: Shape | undefined, key: string, sub: unknown, pointer: string, name: string): void {
  const here = `${pointer}${inPointer(key)}`
  if (shape === undefined) throw badParams(`${name} has no property ${key}`, here)
  checkIn(shape, sub, here, name)
}

function shownValue(at: Place, shape: Shape, value: unknown, query: unknown, pointer: string): unknown {
  if (value === undefined || value === null) return value
  if (typeof shape === 'string') return shape === 'uid' ? uidText(at, value) : value
  if ('to' in shape) return query === true ? uidText(at, value) : expanded(at, shape.to, value, query)
  if ('list' in shape) return (value as unknown[]).map((each) => shownValue(at, shape.list, each, query, pointer)).filter((each) => each !== undefined)
  const asked = normal(query, pointer)
  const shown: Record<string, unknown> = {}
  for (const [key, each] of Object.entries(value as Record<string, unknown>)) {
    if (asked !== true && !Object.hasOwn(asked, key)) continue
    shown[key] = shownValue(at, 'map' in shape ? shape.map : (shape.fields[key] ?? 'string'), each, asked === true ? true : asked[key], `${pointer}${inPointer(key)}`)
  }
  return shown
}

/** A reference asked by an object, a list or a name is shown as the thing it refers to; `{}` is the whole of it. */
function expanded(at: Place, name: ClassName, uid: unknown, query: unknown): unknown {
  const thing = find(at.world, at.shop, name, Number(uid))
  return thing === undefined ? null : show(at, name, thing, query)
}

const uidText = (at: Place, value: unknown): unknown => (at.world.knobs.uidType === 'string' && typeof value === 'number' ? String(value) : value)

/** `"name"` is short for `{ name: true }`, a list for an object of trues, `{}` for everything. */
function normal(query: unknown, pointer: string): Query {
  if (query === true) return true
  if (typeof query === 'string') return { [query]: true }
  if (Array.isArray(query)) {
    const bad = query.findIndex((each) => typeof each !== 'string')
    if (bad >= 0) throw badParams('Expected a property name', `${pointer}/${bad}`)
    return Object.fromEntries(query.map((each) => [each, true]))
  }
  if (typeof query !== 'object' || query === null) throw badParams('Expected true, a name, a list of names or an object', pointer)
  return Object.keys(query).length === 0 ? true : (query as Query)
}
