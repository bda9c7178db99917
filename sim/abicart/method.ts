/** What a method is, and the few things most of them do: find by uid, show, list and count. */
import type { Context } from './context.ts'
import { adminPlace, placeOf } from './context.ts'
import { RpcError } from './errors.ts'
import { filterOf } from './filters.ts'
import { find, MODELS } from './models.ts'
import { checkQuery, show } from './query.ts'
import { select } from './selection.ts'
import type { ClassName, Place, Shape } from './shapes.ts'

export type Params = readonly unknown[]
export type Method = (params: Params, context: Context) => unknown
export type Methods = Record<string, Method>

/** A uid as integer or text; throws -32602 for anything else. */
export function uidOf(value: unknown): number {
  if (typeof value === 'number' ? !Number.isInteger(value) : !/^\d+$/.test(String(value))) throw new RpcError(-32602, 'Expected a uid')
  return Number(value)
}

export function found<T>(at: Place, name: ClassName, uid: unknown): T {
  const thing = find(at.world, at.shop, name, uidOf(uid))
  if (thing === undefined) throw new RpcError(at.world.knobs.notFound, at.world.knobs.notFound === 9003 ? undefined : `${name} not found`)
  return thing as T
}

/** What a create or set answers: nothing was asked for = the whole of it. */
export function answer(at: Place, name: ClassName, thing: unknown, query: unknown): unknown {
  return show(at, name, thing, query ?? true)
}

/** Staff only, or anybody who names the shop. */
export type Access = 'staff' | 'anybody'
const placeFor = (access: Access, context: Context, name: ClassName) => (access === 'staff' ? adminPlace(context, name) : placeOf(context))

/** `get`, `list` and `count` of a class; `things` are those the caller may see, by rising uid. */
export function reading(
  name: ClassName,
  access: Access,
  things: (at: Place, context: Context) => Iterable<unknown>,
  sees: (thing: never, context: Context) => boolean = () => true,
): Methods {
  return {
    get: ([uid, query], context) => {
      const at = placeFor(access, context, name)
      checkQuery(name, query ?? true)
      const thing = found(at, name, uid)
      if (!sees(thing as never, context)) throw new RpcError(1006)
      return show(at, name, thing, query ?? true)
    },
    list: ([query, selection], context) => {
      const at = placeFor(access, context, name)
      checkQuery(name, query ?? true)
      return select(at, name, things(at, context), selection).map((thing) => show(at, name, thing, query ?? true))
    },
    count: ([filters], context) => {
      const at = placeFor(access, context, name)
      const fits = filterOf(at, name, filters)
      let n = 0
      for (const thing of things(at, context)) if (fits(thing)) n += 1
      return n
    },
  }
}

/** The JSON Schema of a class, as far as types go. */
export const schema =
  (name: ClassName, more: Record<string, unknown> = {}): Method =>
  (_params, context) => {
    adminPlace(context, name)
    const properties = Object.fromEntries(
      Object.entries(MODELS[name].properties).map(([key, { shape, writable }]) => [key, { ...typeOf(shape), readonly: writable === undefined }]),
    )
    for (const [key, each] of Object.entries(more)) Object.assign(properties[key] ?? {}, each)
    return { type: 'object', properties }
  }

function typeOf(shape: Shape): Record<string, unknown> {
  if (typeof shape === 'string') return { type: shape === 'uid' ? 'integer' : shape === 'time' ? 'string' : shape }
  if ('to' in shape) return { type: 'integer' }
  if ('list' in shape) return { type: 'array', items: typeOf(shape.list) }
  if ('map' in shape) return { type: 'object', additionalProperties: typeOf(shape.map) }
  return { type: 'object', properties: Object.fromEntries(Object.entries(shape.fields).map(([key, each]) => [key, typeOf(each)])) }
}

/** What an object's set would refuse, as a list; empty when nothing. Its form isn't documented. */
export function errorsOf(work: () => void): unknown[] {
  try {
    work()
    return []
  } catch (error) {
    if (error instanceof RpcError && Array.isArray(error.data)) return error.data
    throw error
  }
}
