/** What a connection is master of, and how its documents are read: what its number contains, and which texts name an order. */
import { locationMasteredBy } from '../core/locations/locations.sql.ts'
import type { Master } from '../core/master/take-documents.ts'
import type { Tx } from '../db/open.ts'
import type { Line } from './line.ts'

export interface MasterOf {
  master: Omit<Master, 'locationId'>
  /** Null = the back office keeps the numbers itself: documents are read, and none of the numbers. */
  locationId: number | null
  /** Documents from before are none of ours. */
  since: Date
}
export async function masterOf(tx: Tx, { listenerId, listener, connector, settings }: Line, now: Date): Promise<MasterOf> {
  const location = await locationMasteredBy(tx, listenerId)
  const master = { listenerId, counts: connector.counts?.(settings) ?? 'never', fields: connector.namedIn?.(settings) ?? (['reference'] as const) }
  return { master, locationId: location?.id ?? null, since: location?.masterSince ?? listener.countsFrom ?? now }
}

const NAMED = 'named/'
/** The key that asks for what is booked for an order of this name; it is answered by whatever there is. */
export const namedKey = (name: string): string => NAMED + name
export const isNamedKey = (key: string): boolean => key.startsWith(NAMED)
