/** Renames a location, or puts it away. Its history stays; an archived one takes no new documents. */
import type { Tx } from '../../db/open.ts'
import type { By } from '../by.ts'
import { Refusal } from '../refusal.ts'
import { locationById, locationNamed, updateLocation } from './locations.sql.ts'

export async function changeLocation(tx: Tx, id: number, input: { name?: string | undefined; archived?: boolean | undefined }, by: By): Promise<void> {
  const now = await locationById(tx, id)
  if (now === null) throw new Refusal('not-found')
  const name = input.name ?? now.name
  const archivedAt = input.archived === undefined ? now.archivedAt : input.archived ? (now.archivedAt ?? by.now) : null
  if (archivedAt === null && (await locationNamed(tx, name, id)) !== null) throw new Refusal('name-taken', { field: 'name' })
  await updateLocation(tx, id, name, archivedAt)
}

/** The location of a new document: there, and not put away. */
export async function openLocation(tx: Tx, id: number): Promise<{ id: number; name: string }> {
  const location = await locationById(tx, id)
  if (location === null || location.archivedAt !== null) throw new Refusal('unknown-location', { field: 'locationId' })
  return location
}

/** The same for whoever says how much there is: where an ERP is master only it does (docs/decisions/0014). A sale, an order and a reservation are no such saying. */
export async function ownLocation(tx: Tx, id: number, field = 'locationId'): Promise<{ id: number; name: string }> {
  const location = await locationById(tx, id)
  if (location === null || location.archivedAt !== null) throw new Refusal('unknown-location', { field })
  if (location.masterId !== null) throw new Refusal('erp-is-master', { field, location: location.name, master: location.masterName ?? '' })
  return location
}
