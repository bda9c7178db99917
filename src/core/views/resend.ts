/** "Send all products again": links all or chosen products and queues them. Pressed again it is the same run; what is live overtakes it. */
import type { Tx } from '../../db/open.ts'
import { must } from '../../kit/assert.ts'
import type { By } from '../by.ts'
import { Refusal } from '../refusal.ts'
import { countAsHeld, countDiffering, differing } from './held.ts'
import { retryRefused } from './rows.sql.ts'
import {
  activeResend,
  countMissing,
  countRejected,
  countThings,
  fillView,
  insertResend,
  leaveView,
  leftOf,
  livingProducts,
  nextProducts,
  type Resend,
  type ResendMode,
  type ResendState,
  resendById,
  updateResend,
  waitingInBackfill,
} from './runs.sql.ts'
import type { ViewRow } from './view.ts'
import { decideJoins, endResyncRequired, lockView } from './views.sql.ts'

/** Products marked in one step, and how many rows ready to be served are enough for now. */
const PRODUCTS_A_STEP = 200
const READY = 2_000

/** `products` null = all, and from then on new ones join by themselves unless somebody said otherwise. Mode rejected: what lies rejected, whatever it is. Throws {Refusal} not-found. */
export async function startResend(tx: Tx, view: ViewRow, input: { mode: ResendMode; products: number[] | null }, by: By): Promise<{ run: Resend; repeated: boolean }> {
  const products = input.products === null ? null : await ourProducts(tx, input.products)
  await lockView(tx, view.id)
  const standing = await activeResend(tx, view.id)
  const all = input.mode === 'resend' && products === null
  if (view.resyncSince !== null && all) {
    await endResyncRequired(tx, view.id)
    // What goes on of some products would keep all from being sent, and can't be read to its end.
    if (standing !== null && (standing.products !== null || standing.mode === 'rejected')) await updateResend(tx, standing.id, { ...standing, state: 'cancelled', endedAt: by.now })
    else if (standing !== null) return { run: standing, repeated: true }
  } else if (standing !== null) return { run: standing, repeated: true }
  if (input.mode !== 'rejected') await decideJoins(tx, view.id, products === null)
  tx.show(view.id)
  const { id } = await insertResend(tx, view.id, { mode: input.mode, products, expected: await sizeOf(tx, view, input.mode, products, by.now) }, by.actor, by.now)
  if (input.mode === 'rejected') {
    const marked = await retryRefused(tx, view.id, { runId: id, rows: null, due: null })
    await updateResend(tx, id, { state: 'draining', marked, afterProduct: 0, endedAt: null })
  }
  return { run: must(await resendById(tx, view.id, id), 'the run'), repeated: false }
}

/** Marks the next products where the reader will soon have read what was marked. True = something was marked. The view must be locked. */
export async function fillMore(tx: Tx, view: ViewRow, by: By): Promise<boolean> {
  const run = await activeResend(tx, view.id)
  if (run === null || run.state === 'paused') return false
  if (run.state === 'draining') {
    if ((await leftOf(tx, view.id, run.id)).left > 0) return false
    tx.show(view.id)
    await updateResend(tx, run.id, { ...run, state: 'done', endedAt: by.now })
    return false
  }
  if (run.mode !== 'from_now' && (await waitingInBackfill(tx, view.id, READY)) >= READY) return false
  const products = await nextProducts(tx, run.afterProduct, run.products, PRODUCTS_A_STEP)
  const marked = products.length === 0 ? 0 : await fillPart(tx, view, products, run, by)
  const over = products.length < PRODUCTS_A_STEP
  const done = over && (run.mode === 'from_now' || run.marked + marked === 0)
  await updateResend(tx, run.id, {
    state: done ? 'done' : over ? 'draining' : 'filling',
    marked: run.marked + marked,
    afterProduct: products.at(-1) ?? run.afterProduct,
    endedAt: done ? by.now : null,
  })
  return marked > 0
}

async function fillPart(tx: Tx, view: ViewRow, products: number[], run: { id: number; mode: ResendMode }, by: By): Promise<number> {
  const differs = run.mode === 'verify' ? await differing(tx, view, products, by.now) : []
  const marked = await fillView(tx, view.id, products, { mode: run.mode, runId: run.id, differs }, by.now)
  if (run.mode === 'from_now') await countAsHeld(tx, view, products, by.now)
  return marked
}

/** Pause, go on, cancel. What was marked is still sent; cancelled, nothing more is. Pressed twice it is the same. */
export async function changeResend(tx: Tx, view: ViewRow, runId: number, verb: 'pause' | 'resume' | 'cancel', by: By): Promise<Resend> {
  await lockView(tx, view.id)
  const run = await resendById(tx, view.id, runId)
  if (run === null) throw new Refusal('not-found')
  const to: ResendState = verb === 'pause' ? 'paused' : verb === 'cancel' ? 'cancelled' : run.mode === 'rejected' ? 'draining' : 'filling'
  if (run.state === to || (verb === 'resume' && run.state === 'draining')) return run
  if (run.endedAt !== null) throw new Refusal('run-over')
  tx.show(view.id)
  await updateResend(tx, runId, { ...run, state: to, endedAt: to === 'cancelled' ? by.now : null })
  return must(await resendById(tx, view.id, runId), 'the run')
}

/** Items a resend would send now, before anybody asks for it. Throws {Refusal} not-found. */
export async function sizeOfResend(tx: Tx, view: ViewRow, input: { mode: ResendMode; products: number[] | null }, now: Date): Promise<number> {
  const products = input.products === null ? null : await ourProducts(tx, input.products)
  return sizeOf(tx, view, input.mode, products, now)
}

async function sizeOf(tx: Tx, view: ViewRow, mode: ResendMode, products: number[] | null, now: Date): Promise<number> {
  if (mode === 'rejected') return countRejected(tx, view.id)
  return mode === 'verify' ? (await countMissing(tx, view, products)) + (await countDiffering(tx, view, products, now)) : countThings(tx, view, products)
}

/** Products join the view without a resend: all that is theirs and isn't with the reader is queued. Throws {Refusal} not-found. */
export async function linkProducts(tx: Tx, view: ViewRow, products: number[], by: By): Promise<number> {
  const joining = await ourProducts(tx, products)
  await lockView(tx, view.id)
  return fillView(tx, view.id, joining, { mode: 'verify', runId: null, differs: [] }, by.now)
}

/** Products leave the view; the reader is told `unlink` of each thing and decides itself whether to hide or delete. Throws {Refusal} not-found. */
export async function unlinkProducts(tx: Tx, view: ViewRow, products: number[], by: By): Promise<number> {
  const leaving = await ourProducts(tx, products)
  await lockView(tx, view.id)
  return leaveView(tx, view.id, leaving, by.now)
}

/** Throws {Refusal} not-found. */
export async function ourProducts(tx: Tx, products: number[]): Promise<number[]> {
  const living = await livingProducts(tx, products)
  if (living.length < new Set(products).size) throw new Refusal('not-found', { field: 'products' })
  return living
}
