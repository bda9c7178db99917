/** Synka webshop artikel-ID: every ticked article's saved id is held beside what the shop shows; what would change is seen before it is saved. */
import { fillLinks, linksToSave, notePassed, noteSaved, recountLinks, updateIdsChecked } from '../core/runs/check-ids.sql.ts'
import { type RunRow, updateRunState } from '../core/runs/runs.sql.ts'
import { planForMany } from '../db/for-many.ts'
import type { Tx } from '../db/open.ts'
import { rematch } from './rematch.ts'

/** Links saved in one transaction: whatever is live goes between two of them. */
const SAVED_AT_ONCE = 500

/** The list was read to its end. Nothing to save = done: what is ambiguous or gone is frozen already, and listed. */
export async function endCheck(tx: Tx, run: RunRow, now: Date): Promise<void> {
  await planForMany(tx, null)
  await fillLinks(tx, run.listenerId, run.id)
  // Articles nobody had looked for yet are matched without being asked about, as always.
  await rematch(tx, run.listenerId, null, byOf(run, now), { ids: 'hold' })
  await noteSaved(tx, run.listenerId, run.id, now)
  await updateIdsChecked(tx, run.listenerId, now)
  await updateRunState(tx, run.id, (await recountLinks(tx, run.id)) === 0 ? 'done' : 'ready', now)
}

/** A person saw it and said save: exactly what was shown, unless the shop has changed since. */
export async function saveNext(tx: Tx, run: RunRow, now: Date): Promise<void> {
  const next = await linksToSave(tx, run.listenerId, run.id, SAVED_AT_ONCE)
  const still = next.filter((row) => row.still).map((row) => row.articleId)
  await rematch(tx, run.listenerId, still, byOf(run, now), { ids: 'take' })
  await noteSaved(tx, run.listenerId, run.id, now)
  const articleIds = next.map((row) => row.articleId)
  await notePassed(tx, run.id, articleIds)
  if ((await recountLinks(tx, run.id)) === 0) await updateRunState(tx, run.id, 'done', now)
}

const byOf = (run: RunRow, now: Date) => ({ actor: `listener:${run.listenerId}`, now })
