/** `?filter=`: predicates such as `name$like:mug`, joined by `$and:` and `$or:`, in parentheses; what is asked about must be a field that can be. */
import { Refused } from './errors.ts'

/** Reads a field of a row; undefined = it isn't there. */
export type Fields<T> = Record<string, (row: T) => string | number | boolean | undefined>
type Test<T> = (row: T) => boolean

/** What is compared with; null is `$null:`. `pattern` is the same as a regular expression, with `*` for anything. */
type Value = { plain: string; pattern: string } | null

const OPERATORS = ['eq', 'ne', 'gte', 'gt', 'lte', 'lt', 'like', 'in', 'nin'] as const
type Operator = (typeof OPERATORS)[number]
const MOST_IN = 200

/** Throws 400, or 500 where the remote does. */
export function filterOf<T>(text: string, fields: Fields<T>, { textIn, breaks }: { textIn: boolean; breaks: readonly string[] }): Test<T> {
  let at = 0
  const bad = () => new Refused(400, 'Could not parse query string filter.', { errors: [`The filter could not be read at ${at + 1}.`] })

  function alternatives(depth: number): Test<T> {
    const all = [conjunction(depth)]
    while (take('$or:')) all.push(conjunction(depth))
    return (row) => all.some((test) => test(row))
  }
  function conjunction(depth: number): Test<T> {
    const all = [term(depth)]
    while (take('$and:')) all.push(term(depth))
    return (row) => all.every((test) => test(row))
  }
  function term(depth: number): Test<T> {
    if (!take('(')) return predicate(depth)
    const inner = alternatives(depth + 1)
    if (!take(')')) throw bad()
    return inner
  }
  function predicate(depth: number): Test<T> {
    const found = /^([\w.]+)\$(\w+):/.exec(text.slice(at))
    const operator = OPERATORS.find((each) => each === found?.[2])
    if (found === null || operator === undefined) throw bad()
    const name = found[1] ?? ''
    const field = fields[name]
    if (breaks.some((each) => `${name}$${operator}`.startsWith(each))) throw new Refused(500, 'An unhandled error occurred.')
    if (field === undefined)
      throw new Refused(400, 'Could not parse query string filter.', {
        errors: [`Property '${name}' is not filterable.`],
        allowedFilteringFields: Object.keys(fields),
      })
    at += found[0].length
    return testOf(field, operator, values(operator, depth), textIn)
  }
  function values(operator: Operator, depth: number): Value[] {
    if (operator !== 'in' && operator !== 'nin') return [value(depth, false)]
    if (!take('[')) throw bad()
    const all = [value(depth, true)]
    while (take(',')) all.push(value(depth, true))
    if (!take(']')) throw bad()
    if (all.length > MOST_IN) throw new Refused(400, 'Could not parse query string filter.', { errors: [`At most ${MOST_IN} values can be given.`] })
    return all
  }
  /** To the next `$and:`, `$or:` or closing parenthesis that isn't escaped. */
  function value(depth: number, inList: boolean): Value {
    if (take('$null:')) return null
    let plain = ''
    let pattern = ''
    const add = (sign: string) => {
      plain += sign
      pattern += sign.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
    }
    for (; at < text.length; at += 1) {
      const sign = text.charAt(at)
      if (sign === '$') {
        const next = text.charAt(at + 1)
        if ('$()*,'.includes(next) && next !== '') {
          add(next)
          at += 1
          continue
        }
        if (/^\$(and|or):/.test(text.slice(at))) break
      }
      if (sign === ')' && depth > 0) break
      if (inList && (sign === ',' || sign === ']')) break
      if (sign === '*') {
        plain += '*'
        pattern += '.*'
      } else add(sign)
    }
    return { plain, pattern }
  }
  function take(what: string): boolean {
    if (!text.startsWith(what, at)) return false
    at += what.length
    return true
  }
  const whole = alternatives(0)
  if (at < text.length) throw bad()
  return whole
}

/** Text is compared without regard to case. */
function testOf<T>(field: Fields<T>[string], operator: Operator, given: Value[], textIn: boolean): Test<T> {
  const [first = null] = given
  const same = (row: T, wanted: Value) => {
    const is = field(row)
    if (wanted === null || is === undefined) return wanted === null && is === undefined
    return typeof is === 'number' ? is === Number(wanted.plain) : String(is).toLowerCase() === wanted.plain.toLowerCase()
  }
  const compared = (row: T): number | null => {
    const is = field(row)
    if (is === undefined || first === null) return null
    return typeof is === 'number' ? is - Number(first.plain) : String(is).localeCompare(first.plain)
  }
  const holds = (judge: (order: number) => boolean) => (row: T) => {
    const order = compared(row)
    return order !== null && judge(order)
  }
  switch (operator) {
    case 'eq':
      return (row) => same(row, first)
    case 'ne':
      return (row) => !same(row, first)
    case 'gt':
      return holds((order) => order > 0)
    case 'gte':
      return holds((order) => order >= 0)
    case 'lt':
      return holds((order) => order < 0)
    case 'lte':
      return holds((order) => order <= 0)
    case 'like': {
      const pattern = first === null ? null : new RegExp(first.pattern.includes('.*') ? `^${first.pattern}$` : first.pattern, 'is')
      return (row) => pattern?.test(String(field(row) ?? '')) ?? false
    }
    case 'in':
      return (row) => (typeof field(row) !== 'string' || textIn) && given.some((each) => same(row, each))
    case 'nin':
      return (row) => !given.some((each) => same(row, each))
  }
}
