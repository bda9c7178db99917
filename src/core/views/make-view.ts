/** Makes a sync view. It knows nothing yet: what it is to hear of is linked by a resend, or joins by itself. */
import type { Tx } from '../../db/open.ts'
import { must } from '../../kit/assert.ts'
import type { SecretBox } from '../../kit/secret-box.ts'
import type { By } from '../by.ts'
import { sealFields, viewOwner } from '../listeners/sealed.ts'
import { locations } from '../locations/locations.sql.ts'
import { Refusal } from '../refusal.ts'
import type { Entity, ViewRow } from './view.ts'
import { insertView, insertViewListener, startClock, viewById } from './views.sql.ts'

export interface NewView {
  name: string
  entities: Entity[]
  /** Null = all. */
  locations: number[] | null
  joinsProducts: boolean | null
  joinsOrders: boolean
  byNumber: boolean
}

/** Throws {Refusal} not-found: a place isn't there. */
export async function makeView(tx: Tx, input: NewView, box: SecretBox, by: By): Promise<ViewRow> {
  await mustBePlaces(tx, input.locations)
  await startClock(tx)
  const { id } = await insertViewListener(tx, input.name, sealFields(box, tx.companyId, 'settings', viewOwner(tx.companyId), {}), by.now)
  await insertView(tx, id, input)
  return must(await viewById(tx, id), 'the view')
}

/** Throws {Refusal} not-found. */
export async function mustBePlaces(tx: Tx, wanted: number[] | null): Promise<void> {
  if (wanted === null) return
  const known = new Set((await locations(tx)).map((location) => location.id))
  if (wanted.some((id) => !known.has(id))) throw new Refusal('not-found', { field: 'locations' })
}
