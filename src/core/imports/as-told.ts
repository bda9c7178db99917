/** What comes from a shop is there already: it counts as told, and only what becomes of it afterwards goes back (rule 15). */
import type { Tx } from '../../db/open.ts'
import type { By } from '../by.ts'
import { viewOfShop } from '../catalogue/set-catalogue.ts'
import { Refusal } from '../refusal.ts'
import { contentsOf, keyOf } from '../views/contents.ts'
import { noteHeld, noteServed } from '../views/held.sql.ts'
import { keepQuiet, linkPushed, originIs } from '../views/pushed.sql.ts'
import { externalIdsTaken } from '../views/rows.sql.ts'
import type { Entity, ViewRow } from '../views/view.ts'
import { rowsOf } from './as-told.sql.ts'

/** From here on to its end this transaction's changes are the shop's. */
export async function beginAsTold(tx: Tx, listenerId: number): Promise<ViewRow> {
  const view = await viewOfShop(tx, listenerId)
  await originIs(tx, view.id)
  return view
}

/** What the shop calls it. Throws {Refusal} external-id-taken: something else of ours is called so there. */
export async function linkAsTold(tx: Tx, view: ViewRow, entity: Entity, id: number, externalId: string, by: By): Promise<void> {
  const taken = await externalIdsTaken(tx, view.id, [{ entity, externalId }])
  if (taken.some((row) => row.entityId !== id)) throw new Refusal('external-id-taken', { externalId })
  await linkPushed(tx, view.id, entity, id, externalId, false, by.now)
}

/** All that this transaction made of a product is as the shop has it. */
export async function settleAsTold(tx: Tx, view: ViewRow, productId: number, by: By): Promise<void> {
  const rows = await rowsOf(tx, view.id, productId)
  for (const row of rows) await keepQuiet(tx, view.id, row.entity, row.entityId, row.locationId)
  const contents = await contentsOf(tx, view, rows, by.now)
  const held = rows.flatMap((row) => {
    const said = contents.get(keyOf(row))
    return said === undefined ? [] : [{ ...row, hash: said.hash }]
  })
  await noteServed(tx, view.id, held)
  await noteHeld(tx, view.id, held)
}
