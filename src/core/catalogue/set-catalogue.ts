/** Says whether and how a shop is told of our products. Nothing is sent by it: what is there to begin with goes when a person says so (start-telling). */
import type { Tx } from '../../db/open.ts'
import { must } from '../../kit/assert.ts'
import type { By } from '../by.ts'
import { locationById } from '../locations/locations.sql.ts'
import { Refusal } from '../refusal.ts'
import { changeView } from '../views/change-view.ts'
import type { Entity, ViewRow } from '../views/view.ts'
import { catalogueViewById, insertView, startClock } from '../views/views.sql.ts'
import type { Catalogue } from './catalogue.ts'
import { catalogueOf, markPrices, saveCatalogue } from './catalogues.sql.ts'

const ENTITIES: Entity[] = ['product', 'article', 'price']

/** Throws {Refusal} not-found: the location isn't there. */
export async function setCatalogue(tx: Tx, listenerId: number, input: Catalogue, by: By): Promise<void> {
  await mustBeHere(tx, input.priceLocationId)
  const view = await viewOfShop(tx, listenerId)
  const before = await catalogueOf(tx, listenerId)
  await saveCatalogue(tx, listenerId, input, by.now)
  const entities = input.products ? ENTITIES : []
  if (String(entities) !== String(view.entities)) await changeView(tx, view, { entities, joinsProducts: input.products }, by)
  // Other prices than before go out; a price somebody changed there meanwhile isn't ours to keep any more.
  if (before !== null && input.products && before.priceLocationId !== input.priceLocationId) await markPrices(tx, listenerId, by.now)
  tx.ring(listenerId)
}

/** Throws {Refusal} not-found. */
export async function mustBeHere(tx: Tx, priceLocationId: number | null): Promise<void> {
  if (priceLocationId !== null && (await locationById(tx, priceLocationId)) === null) throw new Refusal('not-found', { field: 'priceLocationId' })
}

async function viewOfShop(tx: Tx, listenerId: number): Promise<ViewRow> {
  const standing = await catalogueViewById(tx, listenerId)
  if (standing !== null) return standing
  await startClock(tx)
  await insertView(tx, listenerId, { entities: [], locations: null, joinsProducts: false, joinsOrders: false, byNumber: true })
  return must(await catalogueViewById(tx, listenerId), 'the view')
}
