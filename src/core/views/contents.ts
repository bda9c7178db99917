/** What things say now, whatever they are, and a hash of it that a reader may keep and state again. */
import type { Tx } from '../../db/open.ts'
import { fingerprint } from '../../kit/id.ts'
import { articleContents, type Content, customerContents, imageContents, invoiceContents, orderContents, productContents, stockContents } from './contents.sql.ts'
import { priceContents } from './price-contents.ts'
import { ENTITIES, type Entity, type ViewRow } from './view.ts'

/** What a view's row is about; `locationId` 0 = no place. */
export interface Thing {
  entity: Entity
  entityId: number
  locationId: number
}
export interface Said {
  data: Record<string, unknown>
  hash: string
}

export const keyOf = (thing: Thing): string => `${thing.entity} ${thing.entityId} ${thing.locationId}`

/** By the thing's key; what isn't there says nothing. `now`: a price is what it is at a moment. */
export async function contentsOf(tx: Tx, view: Pick<ViewRow, 'id' | 'locations'>, things: Thing[], now: Date): Promise<Map<string, Said>> {
  const said = new Map<string, Said>()
  for (const entity of ENTITIES) {
    const mine = things.filter((thing) => thing.entity === entity)
    if (mine.length === 0) continue
    for (const { id, location, data } of await ofEntity(tx, view, entity, mine, now)) said.set(keyOf({ entity, entityId: id, locationId: location }), { data, hash: hashOf(data) })
  }
  return said
}

/** Opaque to the reader. The fields of a thing stand in one order always. */
const hashOf = (data: Record<string, unknown>): string => fingerprint(JSON.stringify(data)).toString('base64url').slice(0, 22)

function ofEntity(tx: Tx, view: Pick<ViewRow, 'id' | 'locations'>, entity: Entity, things: Thing[], now: Date): Promise<Content[]> {
  const ids = things.map((thing) => thing.entityId)
  switch (entity) {
    case 'product':
      return productContents(tx, ids)
    case 'article':
      return articleContents(tx, ids)
    case 'price':
      return priceContents(tx, ids, view.locations, now)
    case 'stock':
      return stockContents(
        tx,
        ids,
        things.map((thing) => thing.locationId),
      )
    case 'order':
      return orderContents(tx, ids)
    case 'customer':
      return customerContents(tx, ids)
    case 'invoice':
      return invoiceContents(tx, ids, view.id)
    case 'image':
      return imageContents(tx, ids, view.id)
  }
}
