/** A person has a bulk change carried out, throws it away, stops it in the middle, or undoes it. */
import type { Tx } from '../../db/open.ts'
import type { By } from '../by.ts'
import { Refusal } from '../refusal.ts'
import { type BulkChangeRow, bulkForUpdate, insertBulk, saveAgain, saveConfirmed, undoOf } from './bulk.sql.ts'
import type { FileLook } from './file/read-as.ts'
import { headingsKey, toRemember } from './file/remembered.ts'
import { dropFile, rememberColumns } from './files.sql.ts'
import { insertUndoRows, keepWaiting } from './rows.sql.ts'
import { settle } from './settle.ts'

/** What was previewed is carried out, in parts, by the worker; what had failed goes on where it was. Pressed again it is the same. Throws {Refusal} not-found, not-ready, run-over, bad-input. */
export async function startBulk(tx: Tx, id: number, by: By): Promise<void> {
  const bulk = await held(tx, id)
  if (bulk.state === 'working' || bulk.state === 'done') return
  if (bulk.state === 'failed' && (await undoOf(tx, id)) === null) return await saveAgain(tx, id)
  if (bulk.state === 'reading') throw new Refusal('not-ready', { missing: 'preview' })
  if (bulk.state !== 'ready') throw new Refusal('run-over')
  if (bulk.readAs !== null) await remember(tx, bulk.readAs, bulk.locationId, by)
  await saveConfirmed(tx, id, by.actor, by.now)
  await dropFile(tx, id)
}

/** Before it was started it is thrown away; in the middle it stops, what is done stays, and can be undone. Pressed again it is the same. Throws {Refusal} not-found, run-over. */
export async function cancelBulk(tx: Tx, id: number, by: By): Promise<void> {
  const bulk = await held(tx, id)
  if (bulk.state === 'cancelled') return
  if (bulk.state === 'done' || bulk.state === 'failed') throw new Refusal('run-over')
  await keepWaiting(tx, id)
  await settle(tx, id, 'cancelled', by.now)
  await dropFile(tx, id)
}

/** What it did is looked at, article by article: what can be put back, and what can't and why. Pressed again it is the same preview. Throws {Refusal} not-found, not-ready, run-over. */
export async function undoBulk(tx: Tx, id: number, by: By): Promise<{ id: number; repeated: boolean }> {
  const bulk = await held(tx, id)
  const standing = await undoOf(tx, id)
  if (standing !== null) return { id: standing.id, repeated: true }
  if (bulk.state === 'reading' || bulk.state === 'ready' || bulk.state === 'working') throw new Refusal('not-ready', { missing: 'done' })
  // An undo is a choice for good: whoever wants the change after all makes it again.
  if (bulk.kind === 'undo') throw new Refusal('run-over')
  const undo = await insertBulk(tx, { kind: 'undo', ofId: id, fileName: null, readAs: null, change: null, locationId: bulk.locationId, rows: null }, by)
  if ((await insertUndoRows(tx, undo.id, id)) === 0) throw new Refusal('run-over')
  return { id: undo.id, repeated: false }
}

/** The next file with these headings is read so from the beginning. */
async function remember(tx: Tx, { headings, columns }: FileLook, locationId: number | null, by: By): Promise<void> {
  if (columns.includes('stock') && locationId === null) throw new Refusal('bad-input', { field: 'locationId', reason: 'missing' })
  await rememberColumns(tx, headingsKey(headings), toRemember(headings, columns), by.now)
}

async function held(tx: Tx, id: number): Promise<BulkChangeRow> {
  const bulk = await bulkForUpdate(tx, id)
  if (bulk === null) throw new Refusal('not-found')
  return bulk
}
