/** Whether what a reader acknowledged is what things say now: "send only what is missing" goes by that, not by what is believed to have changed (V11). */
import type { Tx } from '../../db/open.ts'
import { contentsOf, keyOf, type Thing } from './contents.ts'
import { heldOf, noteHeld } from './held.sql.ts'
import { nextProducts } from './runs.sql.ts'
import type { ViewRow } from './view.ts'

const PRODUCTS_A_PART = 500

/** What of these products differs from what the reader acknowledged. What is on its way to it already isn't counted. */
export async function differing(tx: Tx, view: ViewRow, products: number[], now: Date): Promise<Thing[]> {
  const held = await heldOf(tx, view, products)
  const contents = await contentsOf(tx, view, held, now)
  return held.filter((thing) => contents.get(keyOf(thing))?.hash !== thing.ackedHash)
}

/** `products` null = all. */
export async function countDiffering(tx: Tx, view: ViewRow, products: number[] | null, now: Date): Promise<number> {
  let count = 0
  for (let after = 0; ; ) {
    const part = await nextProducts(tx, after, products, PRODUCTS_A_PART)
    if (part.length > 0) count += (await differing(tx, view, part, now)).length
    if (part.length < PRODUCTS_A_PART) return count
    after = part.at(-1) as number
  }
}

/** The reader is said to have these products as they are now, without having been sent them. */
export async function countAsHeld(tx: Tx, view: ViewRow, products: number[], now: Date): Promise<void> {
  const held = await heldOf(tx, view, products)
  const contents = await contentsOf(tx, view, held, now)
  await noteHeld(
    tx,
    view.id,
    held.map((thing) => ({ ...thing, hash: contents.get(keyOf(thing))?.hash ?? '' })),
  )
}
