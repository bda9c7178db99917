/** What may be set, and how a nested object is taken. */
import { badParams, inPointer, RpcError } from './errors.ts'
import { MODELS } from './models.ts'
import type { ClassName, Place, Shape } from './shapes.ts'

export type Patch = Record<string, unknown>

/** Throws -32602 with a pointer into the patch: an unknown property, a read-only one, a value of another type. */
export function readPatch(name: ClassName, patch: unknown): Patch {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) throw badParams('Expected an object', '')
  for (const [key, value] of Object.entries(patch)) {
    const property = Object.hasOwn(MODELS[name].properties, key) ? MODELS[name].properties[key] : undefined
    if (property === undefined) throw badParams(`${name} has no property ${key}`, inPointer(key))
    if (property.writable === undefined) throw badParams(`${key} can't be set`, inPointer(key))
    checkType(property.shape, value, inPointer(key))
  }
  return patch as Patch
}

function checkType(shape: Shape, value: unknown, pointer: string): void {
  if (value === null) return
  const wrong = (expected: string) => badParams(`Expected ${expected}`, pointer)
  if (typeof shape === 'string') {
    const expected = shape === 'boolean' ? 'boolean' : shape === 'string' || shape === 'time' ? 'string' : 'number'
    if (typeof value !== expected) throw wrong(`a ${expected}`)
  } else if ('to' in shape) {
    if (!/^\d+$/.test(String(value))) throw wrong('a uid')
  } else if ('list' in shape) {
    if (!Array.isArray(value)) throw wrong('an array')
    for (const [n, each] of value.entries()) checkType(shape.list, each, `${pointer}/${n}`)
  } else {
    if (typeof value !== 'object' || Array.isArray(value)) throw wrong('an object')
    for (const [key, each] of Object.entries(value)) {
      const inner = 'map' in shape ? shape.map : Object.hasOwn(shape.fields, key) ? shape.fields[key] : undefined
      if (inner === undefined) throw badParams(`Unknown property ${key}`, pointer + inPointer(key))
      checkType(inner, each, pointer + inPointer(key))
    }
  }
}

/** The object as it is after the patch: what was left out stays, or falls back to `empty`. Merge or replace isn't documented. */
export const nested = <T extends object>(at: Place, old: T, patch: unknown, empty: T): T =>
  at.world.knobs.stockPatchMode === 'merge' ? { ...old, ...(patch as Partial<T>) } : { ...empty, ...(patch as Partial<T>) }

/** A number of pieces as the shop takes it. */
export function checkStock(at: Place, value: unknown, pointer: string): void {
  if (typeof value === 'number' && value < 0 && at.world.knobs.negativeStock === '9001') throw new RpcError(9001, [{ message: "Stock can't be negative", pointer }])
}
