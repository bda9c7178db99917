/** Takes counts back that a bulk change made: what was sold and received since stays. A number nobody else has ever stated is unknown again. */
import type { Tx } from '../../db/open.ts'
import type { By } from '../by.ts'
import { ownLocation } from '../locations/change-location.ts'
import { forgetUnstated, lockLevels } from './levels.sql.ts'
import { postMovements } from './post-movements.ts'

export interface UndoneCount {
  articleId: number
  /** What the count had added; below 0 what it had taken away. */
  pieces: number
}

/** `ref` names the undoing: what it has taken back once, it doesn't take back again (L3). */
export async function undoCounts(tx: Tx, input: { ref: string; locationId: number; lines: UndoneCount[] }, by: By): Promise<void> {
  const location = await ownLocation(tx, input.locationId)
  const articleIds = input.lines.map((line) => line.articleId)
  await lockLevels(tx, location.id, articleIds, by.now)
  const movements = input.lines.map(({ articleId, pieces }) => ({
    key: `count-undone:${input.ref}:${articleId}`,
    articleId,
    locationId: location.id,
    kind: 'count-undone' as const,
    onHand: -pieces,
    at: by.now,
    source: { type: 'count-undone', ref: input.ref },
    actor: by.actor,
  }))
  await postMovements(tx, movements, by.now)
  await forgetUnstated(tx, location.id, articleIds)
}
