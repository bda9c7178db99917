/** Our own bugs, said loudly. A broken assertion is never the user's fault and never the remote's. */

export function assert(condition: unknown, what: string): asserts condition {
  if (!condition) throw new AssertionFailed(what)
}

/** The value, which must be there. */
export function must<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined) throw new AssertionFailed(`${what} is missing`)
  return value
}

/** Ends a switch over a closed union. */
export function unreachable(value: never): never {
  throw new AssertionFailed(`unreachable: ${JSON.stringify(value)}`)
}

export class AssertionFailed extends Error {
  override readonly name = 'AssertionFailed'
}
