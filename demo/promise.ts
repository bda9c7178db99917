/** What a promise is: something done over HTTP, and waited for until it holds. */
import { type Api, until } from './ask.ts'

export interface Ground {
  api: Api
  /** Where the simulator answers. */
  sim: string
  connectionId: number
  /** How long a promise may take to hold. */
  patienceMs: number
  /** How many times longer a promise with a limit of its own may take, on a machine that does much else. 1 when left out. */
  slack?: number
  /** For what only the clock brings about: a test's time hurries meanwhile. */
  soon: Soon
}
export type Soon = <T>(work: PromiseLike<T>) => PromiseLike<T>
export interface Promised<G = Ground> {
  words: string
  /** @throws {Broken} */
  keep(ground: G): Promise<void>
}
export class Broken extends Error {
  override readonly name = 'Broken'
}

/** Waits until `look` finds nothing wrong; what it found last is why the promise is broken. */
export async function holds(ground: Pick<Ground, 'patienceMs'>, look: () => Promise<string | null>): Promise<void> {
  let wrong: string | null = null
  const held = await until(ground.patienceMs, async () => {
    wrong = await look()
    return wrong === null ? true : null
  })
  if (held === null) throw new Broken(wrong ?? 'no answer')
}
