/** Reads a body somebody wrote, and notes everything that is wrong with it, each at its place. Unknown and read-only properties are passed over. */
import { Refused, type Wrong, wrongs } from './errors.ts'
import type { World } from './world.ts'

export type Body = Record<string, unknown>
type Path = (string | number)[]

export const isBody = (value: unknown): value is Body => typeof value === 'object' && value !== null && !Array.isArray(value)

export interface Reading {
  /** Text of at most so many signs; null = not given. */
  text(path: Path, most: number, needed?: boolean): string | null
  /** With at most two decimals, in whole hundredths. */
  amount(path: Path): number | null
  yes(path: Path): boolean | null
  /** A number, or the address of the thing; it must exist. */
  ref(path: Path, key: string, there: (number: number) => boolean, needed?: boolean): number | null
  at(path: Path): unknown
  wrong(path: Path, code: string | null, message: string, value?: unknown): void
  /** Throws when anything was wrong. */
  done(): void
}

export function reading(world: World, body: unknown): Reading {
  if (!isBody(body)) throw new Refused(400, 'The request body could not be read as JSON.', { errorCode: 'E04300' })
  const found: Wrong[] = []
  const at = (path: Path) => path.reduce<unknown>((value, part) => (isBody(value) || Array.isArray(value) ? (value as Body)[part as string] : undefined), body)
  const wrong = (path: Path, code: string | null, message: string, value?: unknown) => void found.push({ path, code, message, ...(value === undefined ? {} : { value }) })
  const nameOf = (path: Path) => String(path.at(-1))
  /** The value where it is of the type; else the fault is noted. */
  function typed(path: Path, type: 'string' | 'number' | 'boolean', needed: boolean): unknown {
    const value = at(path)
    const called = { string: 'String', number: 'Number', boolean: 'Boolean' }[type]
    if (value === undefined) {
      if (needed) wrong(path, 'E04300', `Required property '${nameOf(path)}' is missing.`)
      return null
    }
    if (value === null) wrong(path, null, `Expected ${called} but got Null.`)
    else if (typeof value !== type) wrong(path, null, `Expected ${called} but got ${Array.isArray(value) ? 'Array' : typeof value}.`, value)
    else return value
    return null
  }
  function ref(path: Path, key: string, there: (number: number) => boolean, needed = false): number | null {
    const value = at(path)
    if (value === undefined) {
      if (needed) wrong(path, 'E04300', `Required property '${nameOf(path)}' is missing.`)
      return null
    }
    const number = isBody(value) ? (value[key] ?? Number(/\/(\d+)$/.exec(String(value.self ?? ''))?.[1] ?? Number.NaN)) : null
    if (typeof number !== 'number' || Number.isNaN(number)) wrong(path, 'E04500', `No identifier on reference '${nameOf(path)}'.`)
    else if (number <= 0 || !Number.isInteger(number)) wrong([...path, key], null, `'${key}' must be a whole number greater than 0.`, number)
    else if (!there(number)) wrong(path, 'E06000', `'${nameOf(path)}' ${number} does not exist.`, number)
    else return number
    return null
  }
  return {
    at,
    wrong,
    text(path, most, needed = false) {
      const value = typed(path, 'string', needed) as string | null
      if (value !== null && value.length > most) wrong(path, null, `'${nameOf(path)}' can have at most ${most} characters.`, value)
      else if (value === '' && needed) wrong(path, 'E04300', `Required property '${nameOf(path)}' is empty.`)
      return value
    },
    amount(path) {
      const value = typed(path, 'number', false) as number | null
      if (value === null) return null
      if (Math.abs(value * 100 - Math.round(value * 100)) > 1e-6) wrong(path, 'E04740', `'${nameOf(path)}' can have at most two decimals.`, value)
      return Math.round(value * 100)
    },
    yes: (path) => typed(path, 'boolean', false) as boolean | null,
    ref,
    done() {
      if (found.length > 0) throw wrongs(world, found)
    },
  }
}
