/** Which rows of a list: filters, order, and where the page begins and ends. */
import { badParams, inPointer } from './errors.ts'
import { filterOf } from './filters.ts'
import { MODELS } from './models.ts'
import type { ClassName, Place } from './shapes.ts'

const KEYS = ['filters', 'limit', 'offset', 'sort', 'descending']

/** Things in the order of their uids come in; the page that was asked for comes out. */
export function select(at: Place, name: ClassName, things: Iterable<unknown>, selection: unknown): unknown[] {
  const asked = selection === undefined || selection === null || selection === true ? {} : selection
  if (typeof asked !== 'object' || Array.isArray(asked)) throw badParams('Expected an object', '')
  const unknown = Object.keys(asked).find((key) => !KEYS.includes(key))
  if (unknown !== undefined) throw badParams(`A selection has no ${unknown}`, inPointer(unknown))
  const { filters, limit, offset, sort, descending } = asked as Record<string, unknown>
  const from = whole(offset, 'offset') ?? 0
  const many = manyOf(at, whole(limit, 'limit'))
  const order = orderOf(at, name, sort)
  const fits = inFilters(() => filterOf(at, name, filters))
  let rows = [...things].filter(fits)
  if (order !== null) rows = rows.toSorted(order)
  if (descending === true) rows.reverse()
  return rows.slice(from, from + many)
}

function whole(value: unknown, name: string): number | null {
  if (value === undefined || value === null) return null
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0) throw badParams('Expected a whole number', `/${name}`)
  return value
}

function manyOf(at: Place, limit: number | null): number {
  const { maxLimit, defaultLimit } = at.world.knobs
  if (limit === null) return defaultLimit === 'unlimited' ? Number.POSITIVE_INFINITY : defaultLimit
  if (maxLimit !== 'error-above-400') return Math.min(limit, maxLimit)
  if (limit > 400) throw badParams('At most 400', '/limit')
  return limit
}

/** Null = as they come, by uid. */
function orderOf(at: Place, name: ClassName, sort: unknown): ((a: unknown, b: unknown) => number) | null {
  if (sort === undefined || sort === null || sort === 'uid') return null
  const property = typeof sort === 'string' && MODELS[name].sorts.includes(sort) ? MODELS[name].properties[sort] : undefined
  if (property === undefined) throw badParams(`Can't sort ${name} by ${String(sort)}`, '/sort')
  const text = (thing: unknown) => {
    const value = property.read(thing, at)
    return typeof value === 'object' && value !== null ? String(Object.values(value)[0] ?? '') : String(value ?? '')
  }
  return (a, b) => (text(a) < text(b) ? -1 : text(a) > text(b) ? 1 : 0)
}

/** A filter's pointer is one into the selection here. */
function inFilters<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    const data = (error as { data?: unknown }).data
    if (Array.isArray(data)) for (const each of data as { pointer: string }[]) each.pointer = `/filters${each.pointer}`
    throw error
  }
}
