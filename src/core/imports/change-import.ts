/** A person asks for a preview, carries it out, or throws it away. Once carried out there is no second (the vendor's guide: for first-time set-up only). */
import type { Tx } from '../../db/open.ts'
import { must } from '../../kit/assert.ts'
import type { By } from '../by.ts'
import { lockListener } from '../listeners/listeners.sql.ts'
import { Refusal } from '../refusal.ts'
import type { Choices, ImportRow } from './import.ts'
import { forgetRead, insertImport, saveChoices, standingImport, updateState } from './imports.sql.ts'

/** Everything the shop has is read, and nothing is changed. Pressed again it is the same preview. Throws {Refusal} import-done. */
export async function startPreview(tx: Tx, listenerId: number, by: By): Promise<ImportRow> {
  const standing = await held(tx, listenerId)
  if (standing === null) await insertImport(tx, listenerId, by.actor, by.now)
  tx.ring(listenerId)
  return must(await standingImport(tx, listenerId), 'the import')
}

/** What was previewed is carried out as it was chosen. Pressed again while that goes on, it is the same. Throws {Refusal} import-done, not-ready. */
export async function startImport(tx: Tx, listenerId: number, choices: Choices, by: By): Promise<ImportRow> {
  const standing = await held(tx, listenerId)
  if (standing === null || standing.state === 'reading' || standing.state === 'judging') throw new Refusal('not-ready', { missing: 'preview' })
  if (standing.state === 'ready') {
    await saveChoices(tx, standing.id, choices, by.actor, by.now)
    await updateState(tx, standing.id, 'importing', by.now)
  }
  tx.ring(listenerId)
  return must(await standingImport(tx, listenerId), 'the import')
}

/** A preview is thrown away, and may be made again. What is being carried out goes on to its end. Throws {Refusal} import-done, run-going-on. */
export async function dropPreview(tx: Tx, listenerId: number, by: By): Promise<void> {
  const standing = await held(tx, listenerId)
  if (standing === null) return
  if (standing.choices !== null) throw new Refusal('run-going-on')
  await forgetRead(tx, standing.id)
  await updateState(tx, standing.id, 'cancelled', by.now)
  tx.show(listenerId)
}

/** The listener's lock comes first, as where a run is started: two presses are one after the other. */
async function held(tx: Tx, listenerId: number): Promise<ImportRow | null> {
  await lockListener(tx, listenerId)
  const standing = await standingImport(tx, listenerId)
  if (standing?.state === 'done') throw new Refusal('import-done', { at: standing.endedAt?.toISOString() ?? '', by: standing.confirmedBy ?? '' })
  return standing
}
