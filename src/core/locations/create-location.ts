/** A new place that holds stock. */
import type { Tx } from '../../db/open.ts'
import type { By } from '../by.ts'
import { Refusal } from '../refusal.ts'
import { insertLocation } from './locations.sql.ts'

export async function createLocation(tx: Tx, input: { name: string }, by: By): Promise<{ id: number }> {
  const made = await insertLocation(tx, input.name, by.now)
  if (made === null) throw new Refusal('name-taken', { field: 'name' })
  return made
}
