/** A reader states what it really holds; what differs is queued (V11). Nothing is acknowledged by it. */
import type { Tx } from '../../db/open.ts'
import type { By } from '../by.ts'
import { contentsOf, keyOf } from './contents.ts'
import { type Found, findNamed, type Named, queueAgain } from './held.sql.ts'
import { numberOf, type ViewRow } from './view.ts'
import { lockView } from './views.sql.ts'

/** Exactly one of hash, quantity and version is given; `quantity` null = the reader has no number. */
export interface Stated extends Named {
  hash?: string | undefined
  quantity?: number | null | undefined
  version?: number | undefined
}
/** same · differs: queued · unknown: no such thing · not-linked: it isn't in the view, or has left it. */
export type Compared = 'same' | 'differs' | 'unknown' | 'not-linked'

/** In the order asked. */
export async function compareHeld(tx: Tx, view: ViewRow, stated: Stated[], by: By): Promise<Compared[]> {
  await lockView(tx, view.id)
  const found = new Map((await findNamed(tx, view.id, stated)).map((each) => [each.n, each]))
  const contents = await contentsOf(tx, view, [...found.values()], by.now)
  const verdicts = stated.map((each, n): Compared => {
    const thing = found.get(n + 1)
    if (thing === undefined) return 'unknown'
    const now = contents.get(keyOf(thing))
    if (thing.op === null) return now === undefined ? 'unknown' : 'not-linked'
    if (thing.op === 'unlink' || !view.entities.includes(thing.entity)) return 'not-linked'
    if (thing.op === 'delete') return 'differs'
    return isSame(view, each, thing, now) ? 'same' : 'differs'
  })
  const differing = new Map(verdicts.flatMap((verdict, n) => (verdict === 'differs' ? [found.get(n + 1) as Found] : [])).map((thing) => [keyOf(thing), thing]))
  if (differing.size > 0) {
    await queueAgain(tx, view.id, [...differing.values()], by.now)
    tx.show(view.id)
  }
  return verdicts
}

function isSame(view: ViewRow, each: Stated, thing: Found, now: { data: Record<string, unknown>; hash: string } | undefined): boolean {
  if (each.hash !== undefined) return now?.hash === each.hash
  if (each.version !== undefined) return numberOf(view.epoch, each.version) === thing.wanted
  return now !== undefined && now.data.onHand === each.quantity
}
