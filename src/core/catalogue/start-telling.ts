/** A run over a shop's products: all of them, some, or what differs. What waits already goes with it; a person begins it, or the clock. */
import type { Tx } from '../../db/open.ts'
import { must } from '../../kit/assert.ts'
import type { By } from '../by.ts'
import { sizeOfResend, startResend } from '../views/resend.ts'
import { retryRefused } from '../views/rows.sql.ts'
import { activeResend, countThings, type Resend, type ResendMode, resendById } from '../views/runs.sql.ts'
import type { ViewRow } from '../views/view.ts'
import { catalogueViewById, lockView } from '../views/views.sql.ts'
import { catalogueOf, nextDueCatalogue, reckonNextRun } from './catalogues.sql.ts'
import { addToRun, joinRun, markAgain } from './mark.sql.ts'

/** While one goes on, that one is answered. Throws {Refusal} not-found: a product isn't there. */
export async function startTelling(tx: Tx, view: ViewRow, input: { mode: ResendMode; products: number[] | null }, by: By): Promise<{ run: Resend; repeated: boolean }> {
  const { run, repeated } = await startResend(tx, view, input, by)
  tx.ring(view.id)
  if (repeated || input.mode === 'from_now' || input.mode === 'rejected') return { run, repeated }
  const prices = (await putsPricesBack(tx, view, input.mode)) ? await markAgain(tx, view.id, ['price'], run, by.now) : 0
  await addToRun(tx, run.id, prices + (await joinRun(tx, view.id, run)))
  return { run: must(await resendById(tx, view.id, run.id), 'the run'), repeated }
}

/** Where ours always go along, a price that somebody changed there is put back; only the shop knows whether one did. */
const putsPricesBack = async (tx: Tx, view: ViewRow, mode: ResendMode): Promise<boolean> => mode === 'verify' && (await catalogueOf(tx, view.id))?.priceWhenChanged === false

/** What a run would go through, before anybody asks for it. Throws {Refusal} not-found: a product isn't there. */
export async function sizeOfTelling(tx: Tx, view: ViewRow, input: { mode: ResendMode; products: number[] | null }, now: Date): Promise<number> {
  const size = await sizeOfResend(tx, view, input, now)
  return (await putsPricesBack(tx, view, input.mode)) ? Math.max(size, await countThings(tx, { ...view, entities: ['price'] }, input.products)) : size
}

/** What the shop didn't take goes once more, also where changes else wait for a run. */
export async function retryTelling(tx: Tx, view: ViewRow, by: By): Promise<number> {
  await lockView(tx, view.id)
  tx.ring(view.id)
  if ((await catalogueOf(tx, view.id))?.live !== false) return retryRefused(tx, view.id, { rows: null, due: null })
  const going = await activeResend(tx, view.id)
  if (going === null) return (await startResend(tx, view, { mode: 'rejected', products: null }, by)).run.marked
  const items = await retryRefused(tx, view.id, { rows: null, due: null, runId: going.id })
  await addToRun(tx, going.id, items)
  return items
}

/** One that is due by the clock. False = none is. */
export async function startDueRun(tx: Tx, by: By): Promise<boolean> {
  const next = await nextDueCatalogue(tx, by.now)
  if (next === null) return false
  await reckonNextRun(tx, next.listenerId, by.now)
  if (next.due) await startTelling(tx, must(await catalogueViewById(tx, next.listenerId), 'the view'), { mode: 'verify', products: null }, by)
  return true
}
