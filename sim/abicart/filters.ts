/** Filters of a list or a count: JSON Pointers to properties, each with conditions that its type allows; all of them must hold. */
import { badParams, inPointer } from './errors.ts'
import { MODELS } from './models.ts'
import type { ClassName, Place, Shape } from './shapes.ts'
import type { Article } from './world.ts'

type Test = (thing: unknown) => boolean
type Condition = (value: unknown) => boolean

/** Throws -32602 with a pointer into the filter object. */
export function filterOf(at: Place, name: ClassName, filters: unknown): Test {
  if (filters === undefined || filters === null) return () => true
  if (typeof filters !== 'object' || Array.isArray(filters)) throw badParams('Expected an object', '')
  const tests = Object.entries(filters).map(([pointer, condition]) => testOf(at, name, pointer, condition))
  return (thing) => tests.every((test) => test(thing))
}

function testOf(at: Place, name: ClassName, pointer: string, condition: unknown): Test {
  const here = inPointer(pointer)
  if (pointer === 'search' && name === 'Article') return searchTest(condition, here)
  const [first = '', ...rest] = pointer.startsWith('/') ? pointer.slice(1).split('/').map(unescaped) : []
  const property = Object.hasOwn(MODELS[name].properties, first) ? MODELS[name].properties[first] : undefined
  const shape = property === undefined ? undefined : inside(property.shape, rest)
  if (property === undefined || shape === undefined || !filterable(at, name, pointer)) throw badParams(`Can't filter ${name} on ${pointer}`, here)
  const holds = conditionOf(at, shape, condition, here)
  return (thing) => {
    let value = property.read(thing, at)
    for (const key of rest) value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined
    return holds(value)
  }
}

/** "Most but not all properties are filterable": which is known of few. */
function filterable(at: Place, name: ClassName, pointer: string): boolean {
  const { changedFilterable, variantArticleNumberFilterable } = at.world.knobs
  if (name === 'Order' && pointer === '/changed') return changedFilterable
  if (name === 'ArticleVariant' && pointer === '/articleNumber') return variantArticleNumberFilterable
  return !['/variants', '/costs', '/choices'].some((closed) => pointer === closed || pointer.startsWith(`${closed}/`))
}

function inside(shape: Shape, keys: string[]): Shape | undefined {
  let at: Shape | undefined = shape
  for (const key of keys) {
    if (at === undefined || typeof at === 'string') return undefined
    at = 'map' in at ? at.map : 'fields' in at && Object.hasOwn(at.fields, key) ? at.fields[key] : undefined
  }
  return at
}

function conditionOf(at: Place, shape: Shape, condition: unknown, pointer: string): Condition {
  if (typeof condition !== 'object' || condition === null || Array.isArray(condition)) return oneOf(at, shape, 'equals', condition, pointer)
  const all = Object.entries(condition).map(([op, wanted]) => oneOf(at, shape, op, wanted, pointer + inPointer(op)))
  return (value) => all.every((each) => each(value))
}

function oneOf(at: Place, shape: Shape, op: string, wanted: unknown, pointer: string): Condition {
  if (!allowed(shape).includes(op)) throw badParams(`Can't use ${op} here`, pointer)
  const read = (value: unknown) => comparable(at, shape, value, pointer)
  const list = () => {
    if (!Array.isArray(wanted)) throw badParams('Expected an array', pointer)
    return new Set(wanted.map((each, n) => comparable(at, shape, each, `${pointer}/${n}`)))
  }
  switch (op) {
    case 'equals': {
      if (wanted === null) return (value) => value === null || value === undefined
      if (isList(shape)) {
        const all = list()
        return (value) => Array.isArray(value) && value.length === all.size && value.every((each) => all.has(each))
      }
      const one = read(wanted)
      return (value) => value !== undefined && value !== null && own(at, shape, value) === one
    }
    case 'in':
    case 'containsAny': {
      const some = list()
      return op === 'in' ? (value) => some.has(own(at, shape, value)) : (value) => Array.isArray(value) && value.some((each) => some.has(each))
    }
    case 'contains': {
      const one = read(wanted)
      return (value) => Array.isArray(value) && value.includes(one)
    }
    case 'startsWith': {
      const start = read(wanted) as string
      return (value) => typeof value === 'string' && (own(at, shape, value) as string).startsWith(start)
    }
    default: {
      const bound = read(wanted) as number
      const exclusive = at.world.knobs.rangeEnds === 'exclusive'
      return (value) => {
        if (value === undefined || value === null) return false
        const mine = own(at, shape, value) as number
        return exclusive ? (op === 'min' ? mine > bound : mine < bound) : op === 'min' ? mine >= bound : mine <= bound
      }
    }
  }
}

const isList = (shape: Shape): shape is { list: Shape } => typeof shape === 'object' && 'list' in shape

function allowed(shape: Shape): string[] {
  if (isList(shape)) return ['equals', 'contains', 'containsAny']
  if (shape === 'string') return ['equals', 'in', 'startsWith']
  if (shape === 'boolean') return ['equals']
  if (typeof shape === 'object' && !('to' in shape)) return []
  return ['equals', 'in', 'min', 'max']
}

/** A condition's value as it is compared, or -32602 when it isn't of the property's type. */
function comparable(at: Place, shape: Shape, value: unknown, pointer: string): unknown {
  const of = isList(shape) ? shape.list : shape
  const wrong = (expected: string) => badParams(`Expected ${expected}`, pointer)
  if (of === 'string') {
    if (typeof value !== 'string') throw wrong('a string')
    return own(at, of, value)
  }
  if (of === 'boolean') {
    if (typeof value !== 'boolean') throw wrong('a boolean')
    return value
  }
  if (of === 'time') {
    const ms = typeof value === 'string' ? Date.parse(value) : Number.NaN
    if (Number.isNaN(ms)) throw wrong('a date')
    return ms
  }
  const isUid = of === 'uid' || typeof of === 'object'
  if (isUid && at.world.knobs.uidType === 'string' && typeof value === 'string' && /^\d+$/.test(value)) return Number(value)
  if (typeof value !== 'number') throw wrong('a number')
  return value
}

/** A property's own value as it is compared. */
function own(at: Place, shape: Shape, value: unknown): unknown {
  if (shape === 'time') return Date.parse(String(value))
  if (shape === 'string' && typeof value === 'string' && at.world.knobs.textMatching === 'loose') return value.trim().toLowerCase()
  return value
}

function searchTest(condition: unknown, pointer: string): Test {
  const term = typeof condition === 'object' && condition !== null ? (condition as { term?: unknown }).term : undefined
  if (typeof term !== 'string') throw badParams('Expected a term', pointer)
  return (thing) => foundBy(thing as Article, term)
}
/** By whole or, with a star, begun words of name and number, whatever their case. */
export function foundBy(article: Article, term: string): boolean {
  const text = [article.articleNumber ?? '', ...Object.values(article.name)].join(' ').toLowerCase()
  const wanted = term.toLowerCase().replace(/\*$/, '')
  return term.endsWith('*') ? text.split(/\s+/).some((word) => word.startsWith(wanted)) : text.includes(wanted)
}

const unescaped = (key: string): string => key.replaceAll('~1', '/').replaceAll('~0', '~')
