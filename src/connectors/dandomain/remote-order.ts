/**
 * An order as the shop shows it, translated. It holds no shipments and no history: sent is all of it shipped, cancelled is all of it put back, a line that was
 * taken off is simply gone from the next sight, and what comes back stands in credit notes beside it. Pure.
 */
import { parseMinor } from '../../kit/money.ts'
import type { RemoteOrder, RemoteOrderLine } from '../contract.ts'
import type { Line, Order, Product } from './answers.ts'
import { countryOf } from './country.ts'
import { creditedBy, isBooked } from './credit-notes.ts'
import { timeOf } from './order-walk.ts'
import { placeOf, productRef, variantRef } from './refs.ts'
import type { DandomainSettings } from './settings.ts'
import { instantOf, readTime } from './times.ts'

/** The products that were bought, by id. */
export type Bought = ReadonlyMap<string, Product>

const NOT_RECEIVED = '0'
const PARTLY_SENT = '7'
const DRAFTS = ['99', '100']

const isPlaced = ({ Status: status }: Order): boolean => status !== null && status !== NOT_RECEIVED && !DRAFTS.includes(status)
/** What has left the house has left it, also when the order is cancelled afterwards. Of one that was sent in part nobody says which part. */
const isSent = ({ Status: status, DateSent: sent }: Order, settings: DandomainSettings): boolean =>
  settings.sentStatuses.includes(status ?? '') || (readTime(sent) !== null && status !== PARTLY_SENT)
const isCancelled = ({ Status: status }: Order, settings: DandomainSettings): boolean => settings.cancelledStatuses.includes(status ?? '')
/** Nothing of it waits any more. */
export const isDone = (order: Order, settings: DandomainSettings): boolean => !isPlaced(order) || isSent(order, settings) || isCancelled(order, settings)

/** Null = nobody has placed it. `credits` = the credit notes that were seen for it. */
export function remoteOrder(order: Order, credits: readonly Order[], bought: Bought, settings: DandomainSettings): RemoteOrder | null {
  if (!isPlaced(order) || creditedBy(order) !== null) return null
  const stamp = [order, ...credits].map(timeOf).reduce((most, at) => (at > most ? at : most), '')
  const placedAt = instantOf(readTime(order.DateDelivered) ?? stamp)
  const lines = order.OrderLines.map((line) => lineOf(line, order, bought, settings))
  const sent = isSent(order, settings)
  const cancelled = isCancelled(order, settings)
  const placeRefOf = new Map(order.OrderLines.map((line) => [line.Id, line.StockLocationId === null ? null : placeOf(line.StockLocationId)]))
  const { withdrawals, left } = creditsOf(order, credits, lines, sent, settings)
  const standing = lines.flatMap((line) => {
    const quantity = left.get(line.lineRef) ?? 0
    return quantity > 0 ? [{ lineRef: line.lineRef, quantity }] : []
  })
  const at = instantOf(stamp)
  const sentAt = readTime(order.DateSent)
  const shipped = sent ? lines.filter((line) => line.ordered > 0).map((line) => ({ lineRef: line.lineRef, quantity: line.ordered })) : []
  return {
    orderRef: order.Id,
    name: order.Id,
    stamp: at,
    placedAt,
    cancelledAt: cancelled ? at : null,
    paid: true,
    currency: order.Currency?.Iso ?? 'DKK',
    country: countryOf(order.Customer?.ShippingCountry) ?? countryOf(order.Customer?.Country),
    vatNumber: order.Customer?.Cvr ?? null,
    complete: true,
    doubtful: false,
    lines,
    shipments: byPlace(shipped, placeRefOf).map(({ placeRef, lines: each }) => ({
      shipmentRef: `${order.Id}#sent${placeRef === null ? '' : `@${placeRef}`}`,
      at: sentAt === null ? at : instantOf(sentAt),
      ...(sentAt === null ? { timeUnsaid: true as const } : {}),
      placeRef,
      lines: each,
    })),
    withdrawals: [
      ...withdrawals.flatMap((each) =>
        byPlace(each.lines, placeRefOf).map(({ placeRef, lines: some }) => ({ ...each, withdrawalRef: refAt(each.withdrawalRef, placeRef), placeRef, lines: some })),
      ),
      ...(cancelled && !sent
        ? byPlace(
            standing.map((each) => ({ ...each, kind: 'restocked' as const })),
            placeRefOf,
          ).map(({ placeRef, lines: some }) => ({ withdrawalRef: refAt(`${order.Id}#cancelled`, placeRef), at, placeRef, lines: some }))
        : []),
    ],
    routing: sent || cancelled ? [] : routingOf(standing, placeRefOf),
    customer: customerOf(order),
  }
}

const refAt = (ref: string, placeRef: string | null): string => (placeRef === null ? ref : `${ref}@${placeRef}`)

function byPlace<T extends { lineRef: string }>(lines: readonly T[], placeRefOf: ReadonlyMap<string, string | null>): { placeRef: string | null; lines: T[] }[] {
  const all = new Map<string | null, T[]>()
  for (const line of lines) {
    const placeRef = placeRefOf.get(line.lineRef) ?? null
    all.set(placeRef, [...(all.get(placeRef) ?? []), line])
  }
  return [...all].map(([placeRef, some]) => ({ placeRef, lines: some }))
}

/** Known only where every piece that waits says its place: a shop without stock locations says none. */
function routingOf(standing: { lineRef: string; quantity: number }[], placeRefOf: ReadonlyMap<string, string | null>): RemoteOrder['routing'] {
  const routed = standing.flatMap((each) => {
    const placeRef = placeRefOf.get(each.lineRef) ?? null
    return placeRef === null ? [] : [{ ...each, placeRef }]
  })
  return routed.length === standing.length ? routed : 'unknown'
}

type CreditKind = 'restocked' | 'lost' | 'returned' | 'kept'
interface Credited {
  withdrawals: { withdrawalRef: string; at: string; lines: { lineRef: string; quantity: number; kind: CreditKind }[] }[]
  /** Pieces of each line that no credit note has taken. */
  left: Map<string, number>
}

/** A credit note's lines are found again in the order by what they are; more than was ordered can't come back. */
function creditsOf(order: Order, credits: readonly Order[], lines: readonly RemoteOrderLine[], sent: boolean, settings: DandomainSettings): Credited {
  const left = new Map(lines.map((line) => [line.lineRef, line.ordered]))
  const kind: CreditKind = settings.creditNotes === 'goods' ? (sent ? 'returned' : 'restocked') : sent ? 'kept' : 'lost'
  const withdrawals = credits.filter(isBooked).map((note) => ({
    withdrawalRef: `${order.Id}#credit${note.Id}`,
    at: instantOf(readTime(note.DateDelivered) ?? timeOf(note)),
    lines: note.OrderLines.flatMap((credited) => {
      let wanted = Math.abs(wholeIn(credited.Amount) ?? 0)
      return order.OrderLines.filter((line) => isSame(line, credited)).flatMap((line) => {
        const quantity = Math.min(wanted, left.get(line.Id) ?? 0)
        wanted -= quantity
        left.set(line.Id, (left.get(line.Id) ?? 0) - quantity)
        return quantity > 0 ? [{ lineRef: line.Id, quantity, kind }] : []
      })
    }),
  }))
  return { withdrawals: withdrawals.filter((each) => each.lines.length > 0), left }
}
const isSame = (a: Line, b: Line): boolean => a.ProductId === b.ProductId && a.VariantId === b.VariantId && a.ItemNumber === b.ItemNumber

function customerOf({ Customer: customer }: Order): RemoteOrder['customer'] {
  if (customer === null) return null
  const name = [customer.Firstname, customer.Lastname].filter(Boolean).join(' ') || customer.Company
  const phone = customer.Phone ?? customer.Mobile
  return name === null && customer.Email === null && phone === null ? null : { name: name || null, email: customer.Email, phone }
}

function lineOf(line: Line, order: Order, bought: Bought, settings: DandomainSettings): RemoteOrderLine {
  const quantity = wholeIn(line.Amount)
  const { articleNumber, itemRef, numbers } = boughtOf(line, bought, settings)
  const isUnclear = quantity === null || quantity < 0
  const unclear = { ...(isUnclear ? { quantity: String(line.Amount ?? '').slice(0, 30) } : {}), ...(numbers.length > 1 ? { articleNumbers: numbers } : {}) }
  return {
    lineRef: line.Id,
    articleNumber,
    itemRef,
    title: [line.ProductTitle, line.VariantTitle].filter(Boolean).join(', '),
    ordered: isUnclear ? 0 : quantity,
    unitPriceMinor: line.Price === null ? null : parseMinor((line.Price * (1 + rateOf(line, order))).toFixed(2)),
    ...(Object.keys(unclear).length === 0 ? {} : { unclear }),
  }
}
/** Whole pieces, or null. */
function wholeIn(amount: string | null): number | null {
  const said = amount === null ? Number.NaN : Number(amount)
  return Number.isInteger(said) && Math.abs(said) <= 1_000_000 ? said : null
}
/** Prices of lines are without VAT. The rate stands in percent or as a part of one; where none is said the price stands as it is. */
function rateOf(line: Line, order: Order): number {
  const said = line.VatRate || order.Vat || 0
  return said >= 1 ? said / 100 : Math.max(0, said)
}

/**
 * Which article was bought is said twice: by the line's number and by the ids of product and variant. Both are read; the number of the product itself says
 * nothing against a variant, for whose number a line carries isn't documented.
 */
function boughtOf(line: Line, bought: Bought, { sameNumber }: DandomainSettings): { articleNumber: string | null; itemRef: string | null; numbers: string[] } {
  const { ProductId: productId, VariantId: variantId, ItemNumber: byNumber } = line
  const product = productId === null ? undefined : bought.get(productId)
  const itemRef = productId === null || sameNumber === 'same' ? null : variantId === null ? productRef(productId) : variantRef(productId, variantId)
  const own = product?.ItemNumber ?? null
  const byId = variantId === null ? own : (product?.Variants.find((each) => each.Id === variantId)?.ItemNumber ?? null)
  if (byNumber === null || (variantId !== null && byId !== null && byNumber === own)) return { articleNumber: byId, itemRef, numbers: [] }
  // A product that was given another number since was sold under the one it had.
  if (variantId === null || byId === null || byId === byNumber) return { articleNumber: byNumber, itemRef, numbers: [] }
  return { articleNumber: byNumber, itemRef, numbers: [byNumber, byId] }
}

/** Products that must be known to read these orders: those with a variant bought, and those whose line carries no number. */
export const boughtProducts = (orders: readonly Order[]): string[] => [
  ...new Set(
    orders.flatMap((order) => order.OrderLines.flatMap((line) => (line.ProductId !== null && (line.VariantId !== null || line.ItemNumber === null) ? [line.ProductId] : []))),
  ),
]
