/** Says whether and how a shop is told of our products. Nothing is sent by it but what another setting changes; what is there to begin with goes when a person says so (start-telling). */
import type { Tx } from '../../db/open.ts'
import { must } from '../../kit/assert.ts'
import type { By } from '../by.ts'
import { locationById } from '../locations/locations.sql.ts'
import { Refusal } from '../refusal.ts'
import { changeView } from '../views/change-view.ts'
import { forgetHeld } from '../views/rows.sql.ts'
import type { Entity, ViewRow } from '../views/view.ts'
import { catalogueViewById, insertView, startClock } from '../views/views.sql.ts'
import { type Catalogue, USUAL } from './catalogue.ts'
import { catalogueOf, reckonNextRun, saveCatalogue } from './catalogues.sql.ts'
import { markAgain } from './mark.sql.ts'

const ENTITIES: Entity[] = ['product', 'article', 'price', 'image']

/** Throws {Refusal} not-found: the location isn't there. */
export async function setCatalogue(tx: Tx, listenerId: number, input: Catalogue, by: By): Promise<void> {
  await mustBeHere(tx, input.priceLocationId)
  const view = await viewOfShop(tx, listenerId)
  const before = await catalogueOf(tx, listenerId)
  await saveCatalogue(tx, listenerId, input, by.now)
  await reckonNextRun(tx, listenerId, by.now)
  const entities = input.products ? ENTITIES : []
  if (String(entities) !== String(view.entities)) await changeView(tx, view, { entities, joinsProducts: input.products, heldStay: true }, by)
  const changed = whatGoesAgain(before ?? { ...USUAL, descriptions: input.descriptions }, input)
  if (changed.length > 0 && input.products) await markAgain(tx, listenerId, changed, null, by.now)
  else if (changed.length > 0) await forgetHeld(tx, view.id, changed)
  tx.ring(listenerId)
}

/** What stands otherwise in the shop by another setting. A price somebody changed there isn't ours to keep any more when others than before are to go. */
function whatGoesAgain(before: Catalogue, after: Catalogue): Entity[] {
  const otherStore = before.priceLocationId !== after.priceLocationId
  const details =
    before.vendorFrom !== after.vendorFrom ||
    (otherStore && after.vendorFrom === 'location') ||
    String(before.channels) !== String(after.channels) ||
    (after.descriptions && !before.descriptions)
  return [
    ...(details ? (['product'] as const) : []),
    ...(otherStore || (before.priceWhenChanged && !after.priceWhenChanged) ? (['price'] as const) : []),
    ...(after.overwriteImages && !before.overwriteImages ? (['image'] as const) : []),
  ]
}

/** Throws {Refusal} not-found. */
export async function mustBeHere(tx: Tx, priceLocationId: number | null): Promise<void> {
  if (priceLocationId !== null && (await locationById(tx, priceLocationId)) === null) throw new Refusal('not-found', { field: 'priceLocationId' })
}

/** The view a shop reads by; it hears of nothing until somebody says so. */
export async function viewOfShop(tx: Tx, listenerId: number): Promise<ViewRow> {
  const standing = await catalogueViewById(tx, listenerId)
  if (standing !== null) return standing
  await startClock(tx)
  await insertView(tx, listenerId, { entities: [], locations: null, joinsProducts: false, joinsOrders: false, byNumber: true })
  return must(await catalogueViewById(tx, listenerId), 'the view')
}
