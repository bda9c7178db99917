/** A customer handed in through a view, by its external id, as it stands now (rules 15, 17, 18). */
import type { Tx } from '../../db/open.ts'
import type { By } from '../by.ts'
import { changeCustomer, written } from '../customers/change-customer.ts'
import { type CustomerRow, filled, type Personal, samePerson } from '../customers/customer.ts'
import { customerById, customerByRef } from '../customers/customers.sql.ts'
import { makeCustomer } from '../customers/make-customer.ts'
import { Refusal } from '../refusal.ts'
import { holdHandedIn, linkPushed, originIs } from './pushed.sql.ts'
import { externalIdsTaken } from './rows.sql.ts'
import { settlePushed } from './settle-pushed.ts'
import type { ViewRow } from './view.ts'

export interface CustomerTaken {
  id: number
  version: number
  changed: boolean
  corrected: boolean
}

/** `ifMatch` = the version the sender changes; null = whatever stands. Throws {Refusal} version-changed, customer-erased. */
export async function pushCustomer(tx: Tx, view: ViewRow, externalId: string, input: Personal, ifMatch: number | null, by: By): Promise<CustomerTaken> {
  await originIs(tx, view.id)
  const before = await customerNamed(tx, view, externalId)
  if (ifMatch !== null && before?.version !== ifMatch) throw new Refusal('version-changed', { version: before?.version ?? 0 })
  const after = before === null ? await makeCustomer(tx, input, { id: view.id, ref: externalId }, by) : await changeCustomer(tx, before, input, by)
  const corrected = !samePerson(after, input)
  await linkPushed(tx, view.id, 'customer', after.id, externalId, corrected, by.now)
  await settlePushed(tx, view.id, { entity: 'customer', id: after.id }, corrected, by)
  return { id: after.id, version: after.version, changed: after.version !== before?.version, corrected }
}

/** The customer an order handed in names; what nobody knew of them is filled in. Null = they were erased. The view's orders must be locked. */
export async function customerOfPushed(tx: Tx, view: ViewRow, { externalId, ...said }: Personal & { externalId: string }, by: By): Promise<number | null> {
  const standing = await customerNamed(tx, view, externalId)
  if (standing === null) return (await pushCustomer(tx, view, externalId, said, null, by)).id
  if (standing.erasedAt !== null) return null
  const next = filled(standing, said)
  if (!samePerson(standing, next)) await written(tx, { ...standing, ...next }, by)
  return standing.id
}

/** What the reader calls so: it linked it, or handed it in. */
async function customerNamed(tx: Tx, view: ViewRow, externalId: string): Promise<CustomerRow | null> {
  await holdHandedIn(tx, view.id, 'customer', externalId)
  const [linked] = await externalIdsTaken(tx, view.id, [{ entity: 'customer', externalId }])
  return linked === undefined ? await customerByRef(tx, view.id, externalId) : await customerById(tx, linked.entityId)
}
