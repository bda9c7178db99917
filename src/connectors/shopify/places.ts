/** The shop's locations, and what is remembered of them between two checks. */
import { z } from 'zod'
import { parseJson } from '../../kit/json.ts'
import type { Health, Priority, Tools } from '../contract.ts'
import type { Client } from './client.ts'
import { PLACES } from './documents.ts'
import { gid, isGid } from './ids.ts'
import { all } from './paging.ts'

export type Place = Health['places'][number]
const keptShape = z.array(z.object({ ref: z.string(), name: z.string(), active: z.boolean(), unusable: z.string().nullable() }))

/** A fulfilment service keeps its own count there; writing into it inflates what it has. */
export async function askPlaces(client: Client, priority: Priority): Promise<Place[]> {
  const nodes = await all(async (after) => (await client.ask(PLACES, { after }, priority)).locations)
  return nodes.map((node) => ({ ref: node.id, name: node.name, active: node.isActive, unusable: node.isFulfillmentService ? 'fulfilment-service' : null }))
}

export const keepPlaces = (tools: Tools, places: Place[]): Promise<void> => tools.keep.set('places', JSON.stringify(places))

export async function keptPlaces(tools: Tools): Promise<Place[]> {
  const text = await tools.keep.get('places')
  return text === null ? [] : (keptShape.safeParse(parseJson(text)).data ?? [])
}

/** Its number, its address in either form of the admin, or its gid: what stands last in the address bar is what counts. */
export function placeRef(text: string): string | null {
  const typed = text.trim()
  const number = /^\d+$/.exec(typed)?.[0] ?? /(?:^|\/)settings\/locations\/(\d+)(?:[/?#]|$)/i.exec(typed)?.[1]
  return number === undefined ? (isGid('Location', typed) ? typed : null) : gid('Location', number)
}

/** Where everything ships from, when there is just one place it can. */
export function onlyPlaceOf(places: Place[]): string | null {
  const [first, ...others] = places.filter((place) => place.active && place.unusable === null)
  return others.length === 0 ? (first?.ref ?? null) : null
}
