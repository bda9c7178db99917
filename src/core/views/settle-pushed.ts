/** What was handed in stands: the reader isn't told its own, unless what became of it is something else (rule 15). */
import type { Tx } from '../../db/open.ts'
import type { By } from '../by.ts'
import { keepQuiet, markCorrected } from './pushed.sql.ts'
import type { Entity } from './view.ts'

export async function settlePushed(tx: Tx, viewId: number, what: { entity: Entity; id: number }, corrected: boolean, by: By): Promise<void> {
  if (corrected) await markCorrected(tx, viewId, what.entity, what.id, by.now)
  else await keepQuiet(tx, viewId, what.entity, what.id, 0)
}
