/**
 * What left from here for a shop's order, on the word of a person or a till, and what the shop has told of it since: its shipment of the same pieces is the same
 * shipment, and counts once, at our time and from our shelf. Pure.
 */
import type { Snapshot } from './order.ts'

/** One line of one shipment from here. */
export interface ShippedHere {
  shipmentId: number
  lineRef: string
  quantity: number
  locationId: number
  at: string
}
/** Pieces by the shop's own shipment. */
type PerShipment = Record<string, number>
/** Of one line of one shipment from here: what the shop had shipped when it was said, and what it has shipped of it since. */
interface Echo {
  knew: PerShipment
  told: PerShipment
}
/** By shipment and line; stays as it is once written: a shipment that is called back there was ours. */
export type Echoes = Readonly<Record<string, Echo>>

const keyOf = (here: ShippedHere): string => `${here.shipmentId}:${here.lineRef}`

/** What the shop ships after it was said here is, as far as anybody knows, what was said: only more than that has left besides. */
export function echoesOf(order: Snapshot, all: readonly ShippedHere[], before: Echoes): Echoes {
  const echoes: Record<string, Echo> = {}
  for (const here of all) echoes[keyOf(here)] = before[keyOf(here)] ?? { knew: sentOf(order, here.lineRef), told: {} }
  for (const here of all) {
    const { knew, told: already } = echoes[keyOf(here)] as Echo
    const told = { ...already }
    for (const [ref, sent] of Object.entries(sentOf(order, here.lineRef))) {
      const spokenFor = all.reduce((n, other) => n + (other.lineRef === here.lineRef ? (echoes[keyOf(other)]?.told[ref] ?? 0) : 0), 0)
      const same = Math.min(here.quantity - sum(told), sent - Math.max(spokenFor, knew[ref] ?? 0))
      if (same > 0) told[ref] = (told[ref] ?? 0) + same
    }
    echoes[keyOf(here)] = { knew, told }
  }
  return echoes
}

const untold = (here: ShippedHere, echoes: Echoes): number => here.quantity - sum(echoes[keyOf(here)]?.told ?? {})
/** Pieces of the line that left from here and that the shop has never told of. */
export const untoldOf = (all: readonly ShippedHere[], echoes: Echoes, lineRef: string): number =>
  all.reduce((n, here) => n + (here.lineRef === lineRef ? untold(here, echoes) : 0), 0)

/** True once the shop has told of any of it. */
export const isTold = (all: readonly ShippedHere[], echoes: Echoes, shipmentId: number): boolean =>
  all.some((here) => here.shipmentId === shipmentId && sum(echoes[keyOf(here)]?.told ?? {}) > 0)

/** Stands for one of our locations where an order names the shop's places. */
const refOf = (locationId: number): string => `location:${locationId}`
export const withLocations = (places: ReadonlyMap<string, number>, all: readonly ShippedHere[]): ReadonlyMap<string, number> =>
  all.length === 0 ? places : new Map([...places, ...all.map((here) => [refOf(here.locationId), here.locationId] as const)])

/**
 * The order as it is with both: ours as shipments of their own, theirs less what is the same. What left is neither open any more, first where it left from, nor lost afterwards.
 */
export function withShippedHere(order: Snapshot, all: readonly ShippedHere[], echoes: Echoes, places: ReadonlyMap<string, number>): Snapshot {
  if (all.length === 0) return order
  const { ours, same } = bothOf(order, all, echoes)
  const shipments = order.shipments.map((shipment) => ({
    ...shipment,
    lines: shipment.lines.flatMap((line) => {
      const quantity = line.quantity - take(same, `${shipment.shipmentRef} ${line.lineRef}`, line.quantity)
      return quantity === 0 ? [] : [{ ...line, quantity }]
    }),
  }))
  const here = ours.map(({ shipmentId, lineRef, quantity, locationId, at }) => ({
    shipmentRef: `here:${shipmentId}`,
    at,
    placeRef: refOf(locationId),
    lines: [{ lineRef, quantity }],
  }))
  return { ...order, shipments: [...shipments, ...here], ...withoutWhatLeft(order, all, echoes, places) }
}

/** Of ours what still stands, and by shipment and line of theirs how much of it is ours. */
function bothOf(order: Snapshot, all: readonly ShippedHere[], echoes: Echoes): { ours: ShippedHere[]; same: PerShipment } {
  const same: PerShipment = {}
  const ours = all.flatMap((here) => {
    let quantity = here.quantity
    for (const [ref, told] of Object.entries(echoes[keyOf(here)]?.told ?? {})) {
      const key = `${ref} ${here.lineRef}`
      const stands = Math.min(told, (sentOf(order, here.lineRef)[ref] ?? 0) - (same[key] ?? 0))
      same[key] = (same[key] ?? 0) + stands
      quantity -= told - stands
    }
    return quantity === 0 ? [] : [{ ...here, quantity }]
  })
  return { ours, same }
}

function withoutWhatLeft(order: Snapshot, all: readonly ShippedHere[], echoes: Echoes, places: ReadonlyMap<string, number>): Pick<Snapshot, 'routing' | 'withdrawals'> {
  const gone: PerShipment = {}
  for (const line of order.lines) gone[line.lineRef] = Math.max(0, untoldOf(all, echoes, line.lineRef) - openThere(order, line.lineRef))
  const withdrawals = order.withdrawals.map((withdrawal) => ({
    ...withdrawal,
    lines: withdrawal.lines.map((line) => (line.kind === 'lost' ? { ...line, quantity: line.quantity - take(gone, line.lineRef, line.quantity) } : line)),
  }))
  if (order.routing === 'unknown') return { routing: order.routing, withdrawals }
  const routing = order.routing.map((route) => ({ ...route }))
  for (const here of all) {
    let left = untold(here, echoes)
    const isElsewhere = (placeRef: string) => Number(places.get(placeRef) !== here.locationId)
    for (const route of routing.filter((each) => each.lineRef === here.lineRef).sort((a, b) => isElsewhere(a.placeRef) - isElsewhere(b.placeRef))) {
      const taken = Math.min(left, route.quantity)
      route.quantity -= taken
      left -= taken
    }
  }
  return { routing, withdrawals }
}

function openThere(order: Snapshot, lineRef: string): number {
  const ordered = order.lines.find((line) => line.lineRef === lineRef)?.ordered ?? 0
  const off = order.withdrawals.flatMap(({ lines }) => lines).filter((line) => line.lineRef === lineRef && (line.kind === 'restocked' || line.kind === 'lost'))
  return Math.max(0, ordered - sum(sentOf(order, lineRef)) - off.reduce((n, line) => n + line.quantity, 0))
}

function sentOf(order: Snapshot, lineRef: string): PerShipment {
  const sent: PerShipment = {}
  for (const { shipmentRef, lines } of order.shipments) for (const line of lines) if (line.lineRef === lineRef) sent[shipmentRef] = (sent[shipmentRef] ?? 0) + line.quantity
  return sent
}

const sum = (pieces: PerShipment): number => Object.values(pieces).reduce((n, quantity) => n + quantity, 0)

/** As much of it as there is. */
function take(left: PerShipment, key: string, most: number): number {
  const taken = Math.min(most, left[key] ?? 0)
  left[key] = (left[key] ?? 0) - taken
  return taken
}
