/** What a view hears of can be widened and narrowed; dropped, its keys stop working at once and nothing of it is sent any more. */
import type { Tx } from '../../db/open.ts'
import { must } from '../../kit/assert.ts'
import type { By } from '../by.ts'
import { revokeKey } from '../people/api-key.ts'
import { apiKeys } from '../people/people.sql.ts'
import { mustBePlaces } from './make-view.ts'
import { joinPlaces, leavePlaces, markPlacedPrices } from './places.sql.ts'
import { markEntities, silenceEntities } from './rows.sql.ts'
import type { Entity, ViewRow } from './view.ts'
import { lockView, renameView, updateView, updateViewGone, viewOfListener } from './views.sql.ts'

export interface ViewChange {
  name?: string | undefined
  entities?: Entity[] | undefined
  locations?: number[] | null | undefined
  joinsProducts?: boolean | undefined
  joinsOrders?: boolean | undefined
  byNumber?: boolean | undefined
  /** Of what it hears of from now on, what it acknowledged before stays as it is. */
  heldStay?: boolean | undefined
}

/** Throws {Refusal} not-found: a place isn't there. */
export async function changeView(tx: Tx, view: ViewRow, input: ViewChange, by: By): Promise<ViewRow> {
  const locations = input.locations === undefined ? view.locations : input.locations
  await mustBePlaces(tx, locations)
  await lockView(tx, view.id)
  const next = {
    entities: input.entities ?? view.entities,
    locations: locations === null ? null : [...new Set(locations)].sort((a, b) => a - b),
    joinsProducts: input.joinsProducts ?? view.joinsProducts,
    joinsOrders: input.joinsOrders ?? view.joinsOrders,
    byNumber: input.byNumber ?? view.byNumber,
  }
  await updateView(tx, view.id, next)
  tx.show(view.id)
  if (input.name !== undefined) await renameView(tx, view.id, input.name)
  const added = next.entities.filter((entity) => !view.entities.includes(entity))
  const dropped = view.entities.filter((entity) => !next.entities.includes(entity))
  // What it already has of these goes out now; what it hears of no more is left as the reader has it.
  if (added.length > 0) await markEntities(tx, view.id, added, input.heldStay ?? false, by.now)
  if (dropped.length > 0) await silenceEntities(tx, view.id, dropped)
  if (String(next.locations) !== String(view.locations)) await movePlaces(tx, view.id, next.locations, by)
  return must(await viewOfListener(tx, view.id), 'the view')
}

/** Stock elsewhere leaves with `unlink`, stock that joins is queued as it is; prices that differ at a place are said anew (rule V9). */
async function movePlaces(tx: Tx, viewId: number, locations: number[] | null, by: By): Promise<void> {
  if (locations !== null) await leavePlaces(tx, viewId, locations, by.now)
  await joinPlaces(tx, viewId, locations, by.now)
  await markPlacedPrices(tx, viewId, by.now)
}

export async function dropView(tx: Tx, view: ViewRow, by: By): Promise<void> {
  tx.show(view.id)
  await lockView(tx, view.id)
  for (const key of await apiKeys(tx)) if (key.viewId === view.id && key.revokedAt === null) await revokeKey(tx, key.id, by)
  await updateViewGone(tx, view.id)
}
