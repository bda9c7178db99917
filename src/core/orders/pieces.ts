/** Every piece of an order: in which bucket it is and where it counts. Facts, reservation and the remote's own effect are sums over these. Pure. */
import type { Snapshot } from './order.ts'

/** One of our locations · a place of theirs that is none of ours · nobody has said, so it counts at `locationId` until then. */
export type Spot = { kind: 'here'; locationId: number } | { kind: 'elsewhere'; placeRef: string } | { kind: 'unsaid'; locationId: number }

export interface Piece {
  lineRef: string
  articleId: number
  bucket: 'open' | 'shipped' | 'restocked' | 'lost' | 'returned' | 'kept'
  quantity: number
  spot: Spot
  /** The remote's id of the shipment or withdrawal, and when it happened; null for open pieces. */
  event: { ref: string; at: string } | null
}

export interface Ground {
  /** Known articles by line; a line that isn't here has a number we don't know and counts nowhere. */
  articles: ReadonlyMap<string, number>
  /** Our location by the remote's place. */
  places: ReadonlyMap<string, number>
  defaultLocationId: number
  /** The place a line was last known to ship from; where pieces withdrawn without a place went missing. */
  homes: Readonly<Record<string, string>>
}

export function piecesOf(order: Snapshot, ground: Ground): Piece[] {
  const pieces: Piece[] = []
  const gone = new Map<string, number>()
  const spotOf = (placeRef: string | null, lineRef: string): Spot => {
    const ref = placeRef ?? ground.homes[lineRef] ?? null
    if (ref === null) return { kind: 'unsaid', locationId: ground.defaultLocationId }
    const locationId = ground.places.get(ref)
    return locationId === undefined ? { kind: 'elsewhere', placeRef: ref } : { kind: 'here', locationId }
  }
  const put = (lineRef: string, bucket: Piece['bucket'], quantity: number, spot: Spot, event: Piece['event']) => {
    const articleId = ground.articles.get(lineRef)
    if (articleId !== undefined && quantity > 0) pieces.push({ lineRef, articleId, bucket, quantity, spot, event })
  }
  for (const shipment of order.shipments)
    for (const line of shipment.lines) {
      gone.set(line.lineRef, (gone.get(line.lineRef) ?? 0) + line.quantity)
      put(line.lineRef, 'shipped', line.quantity, spotOf(shipment.placeRef, line.lineRef), { ref: shipment.shipmentRef, at: shipment.at })
    }
  for (const withdrawal of order.withdrawals)
    for (const line of withdrawal.lines) {
      if (line.kind === 'restocked' || line.kind === 'lost') gone.set(line.lineRef, (gone.get(line.lineRef) ?? 0) + line.quantity)
      put(line.lineRef, line.kind, line.quantity, spotOf(withdrawal.placeRef, line.lineRef), { ref: withdrawal.withdrawalRef, at: withdrawal.at })
    }
  for (const line of order.lines) {
    let open = Math.max(0, line.ordered - (gone.get(line.lineRef) ?? 0))
    for (const route of order.routing === 'unknown' ? [] : order.routing) {
      if (route.lineRef !== line.lineRef) continue
      const quantity = Math.min(open, route.quantity)
      put(line.lineRef, 'open', quantity, spotOf(route.placeRef, line.lineRef), null)
      open -= quantity
    }
    // A source that doesn't say (a hook) about a line that was routed before: it is believed where it was, and asked again.
    put(line.lineRef, 'open', open, order.routing === 'unknown' ? spotOf(null, line.lineRef) : { kind: 'unsaid', locationId: ground.defaultLocationId }, null)
  }
  return pieces
}

/** The place each line was last known to ship from. */
export function homesOf(order: Snapshot, before: Readonly<Record<string, string>>): Record<string, string> {
  const homes = { ...before }
  for (const shipment of order.shipments) if (shipment.placeRef !== null) for (const line of shipment.lines) homes[line.lineRef] = shipment.placeRef
  if (order.routing !== 'unknown') for (const route of order.routing) homes[route.lineRef] = route.placeRef
  return homes
}

/** How many pieces of each line are in each bucket, articles known or not: what the order's page shows. */
export function bucketsOf(order: Snapshot, lineRef: string): { open: number; shipped: number; restocked: number; lost: number; returned: number } {
  const sum = { open: 0, shipped: 0, restocked: 0, lost: 0, returned: 0 }
  for (const shipment of order.shipments) for (const line of shipment.lines) if (line.lineRef === lineRef) sum.shipped += line.quantity
  for (const withdrawal of order.withdrawals) for (const line of withdrawal.lines) if (line.lineRef === lineRef && line.kind !== 'kept') sum[line.kind] += line.quantity
  const ordered = order.lines.find((line) => line.lineRef === lineRef)?.ordered ?? 0
  sum.open = Math.max(0, ordered - sum.shipped - sum.restocked - sum.lost)
  return sum
}

export const cellKey = (articleId: number, locationId: number): string => `${articleId}:${locationId}`
export function cellOf(key: string): { articleId: number; locationId: number } {
  const [article = '', location = ''] = key.split(':')
  return { articleId: Number(article), locationId: Number(location) }
}
