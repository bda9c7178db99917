/** An order handed in through a view: by its external id, as it stands now, posted as a difference like every other order (rule 17, R1-R3). */
import type { Tx } from '../../db/open.ts'
import { must } from '../../kit/assert.ts'
import type { By } from '../by.ts'
import type { Personal } from '../customers/customer.ts'
import { ensurePlace, orderSource } from '../listeners/listeners.sql.ts'
import { openLocation } from '../locations/change-location.ts'
import type { Order, OrderCustomer } from '../orders/order.ts'
import { lockOrders, ordersByRef, unknownNumbersOf } from '../orders/orders.sql.ts'
import { saveOrder } from '../orders/save-order.ts'
import { Refusal } from '../refusal.ts'
import { customerOfPushed } from './push-customer.ts'
import { bringCustomer, keepQuiet, linkPushed, originIs } from './pushed.sql.ts'
import { externalIdsTaken } from './rows.sql.ts'
import type { ViewRow } from './view.ts'

type Pieces = { line: string; quantity: number }[]
export interface PushedOrder {
  name?: string | undefined
  placedAt: Date
  updatedAt?: Date | undefined
  cancelledAt: Date | null
  paid: boolean
  currency: string
  locationId: number
  lines: { line: string; articleNumber: string; title?: string | undefined; quantity: number; unitPriceMinor: number | null }[]
  shipments: { ref: string; at: Date; lines: Pieces }[]
  withdrawals: { ref: string; at: Date; lines: Pieces; kind: 'restocked' | 'lost' | 'returned' | 'kept' }[]
  customer: (Personal & { externalId?: string | undefined }) | null
}
export interface OrderTaken {
  id: number
  version: number
  changed: boolean
  unknownNumbers: string[]
}

/** `ifMatch` = the version the sender changes; null = whatever stands. Throws {Refusal} unknown-location, line-twice, version-changed. */
export async function pushOrder(tx: Tx, view: ViewRow, externalId: string, input: PushedOrder, ifMatch: number | null, by: By): Promise<OrderTaken> {
  const location = await openLocation(tx, input.locationId)
  await originIs(tx, view.id)
  await lockOrders(tx, view.id)
  const order = orderOf(externalId, { ...input, customer: await customerOf(tx, view, input, by) }, by)
  await ensurePlace(tx, view.id, { locationId: location.id, placeRef: String(location.id), name: location.name })
  const before = (await ordersByRef(tx, view.id, [externalId]))[0] ?? null
  if (ifMatch !== null && before?.version !== ifMatch) throw new Refusal('version-changed', { version: before?.version ?? 0 })
  const saved = await saveOrder(tx, must(await orderSource(tx, view.id), 'the view as a source'), order, 'read', by)
  const after = must((await ordersByRef(tx, view.id, [externalId]))[0], 'the order just saved')
  const unknownNumbers = (await unknownNumbersOf(tx, after.id)).map((row) => row.number)
  const corrected = unknownNumbers.length > 0
  const [holder] = await externalIdsTaken(tx, view.id, [{ entity: 'order', externalId }])
  if (holder !== undefined && holder.entityId !== after.id) throw new Refusal('external-id-taken', { field: 'externalId' })
  await linkPushed(tx, view.id, 'order', after.id, externalId, corrected, by.now)
  if (!corrected) await keepQuiet(tx, view.id, 'order', after.id, 0)
  if (after.customerId !== null) await bringCustomer(tx, after.id, after.customerId, by.now)
  return { id: after.id, version: after.version, changed: saved === 'saved' && after.version !== before?.version, unknownNumbers }
}

/** An erased customer is nobody, and nothing personal is taken in of them. */
async function customerOf(tx: Tx, view: ViewRow, { customer }: PushedOrder, by: By): Promise<OrderCustomer | null> {
  if (customer?.externalId === undefined) return customer
  const { externalId, ...said } = customer
  const customerId = await customerOfPushed(tx, view, { ...said, externalId }, by)
  return customerId === null ? null : { ...said, customerId }
}

function orderOf(externalId: string, input: Omit<PushedOrder, 'customer'> & { customer: OrderCustomer | null }, by: By): Order {
  mustNameLines(input)
  const placeRef = String(input.locationId)
  const pieces = (lines: Pieces) => lines.map((line) => ({ lineRef: line.line, quantity: line.quantity }))
  const withdrawals = input.withdrawals.map((w) => ({ withdrawalRef: w.ref, at: w.at.toISOString(), placeRef, lines: pieces(w.lines).map((line) => ({ ...line, kind: w.kind })) }))
  const left = openOf(input)
  // Cancelled, and nothing said of the goods: what never left the shelf is there.
  if (input.cancelledAt !== null && left.length > 0)
    withdrawals.push({ withdrawalRef: 'cancelled', at: input.cancelledAt.toISOString(), placeRef, lines: left.map((line) => ({ ...line, kind: 'restocked' as const })) })
  return {
    orderRef: externalId,
    name: input.name ?? externalId,
    stamp: (input.updatedAt ?? by.now).toISOString(),
    placedAt: input.placedAt.toISOString(),
    cancelledAt: input.cancelledAt?.toISOString() ?? null,
    paid: input.paid,
    currency: input.currency,
    complete: true,
    doubtful: false,
    lines: input.lines.map((line) => ({
      lineRef: line.line,
      articleNumber: line.articleNumber,
      itemRef: null,
      title: line.title ?? line.articleNumber,
      ordered: line.quantity,
      unitPriceMinor: line.unitPriceMinor,
    })),
    shipments: input.shipments.map((s) => ({ shipmentRef: s.ref, at: s.at.toISOString(), placeRef, lines: pieces(s.lines) })),
    withdrawals,
    routing: input.cancelledAt === null ? left.map((line) => ({ ...line, placeRef })) : [],
    customer: input.customer,
  }
}

function mustNameLines(input: Pick<PushedOrder, 'lines' | 'shipments' | 'withdrawals'>): void {
  const lines = new Set(input.lines.map((line) => line.line))
  const named = [...input.shipments, ...input.withdrawals].flatMap((event) => event.lines)
  if (lines.size < input.lines.length || named.some((line) => !lines.has(line.line))) throw new Refusal('line-twice', { field: 'lines' })
}

/** Pieces neither shipped nor withdrawn before shipping. */
function openOf(input: Pick<PushedOrder, 'lines' | 'shipments' | 'withdrawals'>): { lineRef: string; quantity: number }[] {
  const taken = new Map<string, number>()
  const unshipped = input.withdrawals.filter((w) => w.kind === 'restocked' || w.kind === 'lost')
  for (const line of [...input.shipments, ...unshipped].flatMap((event) => event.lines)) taken.set(line.line, (taken.get(line.line) ?? 0) + line.quantity)
  return input.lines.map((line) => ({ lineRef: line.line, quantity: line.quantity - (taken.get(line.line) ?? 0) })).filter((line) => line.quantity > 0)
}
