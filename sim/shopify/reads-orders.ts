/** What the fields of orders, fulfilment orders, refunds and fulfilments answer with. */
import { seesFulfilmentOrders } from './access.ts'
import { dateTime, gid } from './ids.ts'
import { currentTotalOf, financialStatus, totalOf } from './payloads.ts'
import { type InOrder, money, named, pages, type Resolvers, stamped, within } from './reading.ts'
import type { PageArgs } from './search.ts'
import { currentQuantity, type Fulfilment, type FulfilmentOrder, type Line, type Order, type Refund, unfulfilled } from './state.ts'

export const orderReads: Resolvers = {
  Order: {
    ...named('Order'),
    ...stamped,
    number: (order: Order) => order.number,
    processedAt: stamped.createdAt,
    cancelledAt: (order: Order) => (order.cancelledAt === null ? null : dateTime(order.cancelledAt)),
    closed: (order: Order) => order.closedAt !== null,
    closedAt: (order: Order) => (order.closedAt === null ? null : dateTime(order.closedAt)),
    confirmed: () => true,
    edited: (order: Order) => order.lines.some((line) => line.addedByEdit || line.withdrawn > 0),
    tags: () => [],
    email: (order: Order, _, reading) => (reading.state.switches.personalData === 'full' ? (order.buyer?.email ?? null) : null),
    phone: (order: Order, _, reading) => (reading.state.switches.personalData === 'full' ? (order.buyer?.phone ?? null) : null),
    customer: (order: Order, _, reading) => (order.buyer === null ? null : (reading.state.customers.get(order.buyer.id) ?? null)),
    currencyCode: (_, __, reading) => reading.shop.currency,
    totalPriceSet: (order: Order, _, reading) => money(reading, totalOf(order)),
    currentTotalPriceSet: (order: Order, _, reading) => money(reading, currentTotalOf(order)),
    fullyPaid: (order: Order) => order.paid,
    unpaid: (order: Order) => !order.paid,
    displayFinancialStatus: (order: Order) => financialStatus(order).toUpperCase(),
    displayFulfillmentStatus: shownFulfilment,
    lineItems: (order: Order, args: PageArgs) => pages(order.lines, args, (line) => line.id),
    fulfillmentOrders: (order: Order, args: PageArgs, reading) =>
      pages(within(order, order.routed && seesFulfilmentOrders(reading.scopes) ? order.fulfilmentOrders : []), args, (each) => each.part.id),
    refunds: (order: Order, args: { first?: number | null }) => within(order, order.refunds.slice(0, args.first ?? undefined)),
    fulfillments: (order: Order, args: { first?: number | null }) => within(order, order.fulfilments.slice(0, args.first ?? undefined)),
  },
  LineItem: {
    id: (line: Line) => gid('LineItem', line.id),
    name: (line: Line) => line.title,
    currentQuantity,
    unfulfilledQuantity: unfulfilled,
    refundableQuantity: currentQuantity,
    requiresShipping: (line: Line) => line.item.requiresShipping,
    variant: (line: Line, _, reading) => reading.state.items.get(line.item.id) ?? null,
    product: (line: Line, _, reading) => (reading.state.items.has(line.item.id) ? line.item.product : null),
    originalUnitPriceSet: (line: Line, _, reading) => money(reading, line.priceMinor),
  },
  FulfillmentOrder: {
    id: ({ part }: InOrder<FulfilmentOrder>) => gid('FulfillmentOrder', part.id),
    status: ({ part }: InOrder<FulfilmentOrder>) => part.status,
    requestStatus: () => 'UNSUBMITTED',
    assignedLocation: ({ part }: InOrder<FulfilmentOrder>) => ({ name: part.place.name, location: part.place }),
    supportedActions: ({ part }: InOrder<FulfilmentOrder>) =>
      (part.status === 'OPEN' ? ['CREATE_FULFILLMENT', 'MOVE', 'HOLD'] : part.status === 'ON_HOLD' ? ['RELEASE_HOLD', 'MOVE'] : []).map((action) => ({ action })),
    lineItems: ({ part }: InOrder<FulfilmentOrder>, args: PageArgs) =>
      pages(
        part.lines.filter((row) => row.total > 0),
        args,
        (row) => row.id,
      ),
    orderId: ({ order }: InOrder<FulfilmentOrder>) => gid('Order', order.id),
    orderName: ({ order }: InOrder<FulfilmentOrder>) => order.name,
    createdAt: ({ part }: InOrder<FulfilmentOrder>) => dateTime(part.createdAt),
    updatedAt: ({ part }: InOrder<FulfilmentOrder>) => dateTime(part.updatedAt),
  },
  FulfillmentOrderLineItem: {
    id: (row: FulfilmentOrder['lines'][number]) => gid('FulfillmentOrderLineItem', row.id),
    totalQuantity: (row: FulfilmentOrder['lines'][number]) => row.total,
    remainingQuantity: (row: FulfilmentOrder['lines'][number]) => row.remaining,
    sku: (row: FulfilmentOrder['lines'][number]) => row.line.sku,
    inventoryItemId: (row: FulfilmentOrder['lines'][number], _, reading) => (reading.state.items.has(row.line.item.id) ? gid('InventoryItem', row.line.item.id) : null),
    productTitle: (row: FulfilmentOrder['lines'][number]) => row.line.title,
    requiresShipping: (row: FulfilmentOrder['lines'][number]) => row.line.item.requiresShipping,
    lineItem: (row: FulfilmentOrder['lines'][number]) => row.line,
    variant: (row: FulfilmentOrder['lines'][number], _, reading) => reading.state.items.get(row.line.item.id) ?? null,
  },
  Refund: {
    id: ({ part }: InOrder<Refund>) => gid('Refund', part.id),
    legacyResourceId: ({ part }: InOrder<Refund>) => part.id,
    createdAt: ({ part }: InOrder<Refund>) => dateTime(part.createdAt),
    processedAt: ({ part }: InOrder<Refund>) => dateTime(part.createdAt),
    updatedAt: ({ part }: InOrder<Refund>) => dateTime(part.createdAt),
    note: ({ part }: InOrder<Refund>) => part.note,
    totalRefundedSet: ({ order, part }: InOrder<Refund>, _, reading) =>
      money(reading, order.paid ? part.lines.reduce((sum, row) => sum + row.quantity * row.line.priceMinor, 0) : 0),
    refundLineItems: ({ part }: InOrder<Refund>, args: PageArgs) => pages(part.lines, args, (row) => row.id),
  },
  RefundLineItem: {
    id: (row: Refund['lines'][number]) => gid('RefundLineItem', row.id),
    lineItem: (row: Refund['lines'][number]) => row.line,
    location: (row: Refund['lines'][number]) => row.place,
    restocked: (row: Refund['lines'][number]) => row.restockType !== 'NO_RESTOCK',
  },
  Fulfillment: {
    id: ({ part }: InOrder<Fulfilment>) => gid('Fulfillment', part.id),
    legacyResourceId: ({ part }: InOrder<Fulfilment>) => part.id,
    name: ({ part }: InOrder<Fulfilment>) => part.name,
    status: ({ part }: InOrder<Fulfilment>) => part.status,
    location: ({ part }: InOrder<Fulfilment>) => part.place,
    trackingInfo: ({ part }: InOrder<Fulfilment>, args: { first?: number | null }) => trackingOf(part).slice(0, args.first ?? undefined),
    totalQuantity: ({ part }: InOrder<Fulfilment>) => part.lines.reduce((sum, row) => sum + row.quantity, 0),
    createdAt: ({ part }: InOrder<Fulfilment>) => dateTime(part.createdAt),
    updatedAt: ({ part }: InOrder<Fulfilment>) => dateTime(part.updatedAt),
    fulfillmentLineItems: ({ part }: InOrder<Fulfilment>, args: PageArgs) => pages(part.lines, args, (row) => row.id),
  },
  FulfillmentLineItem: { id: (row: Fulfilment['lines'][number]) => gid('FulfillmentLineItem', row.id), lineItem: (row: Fulfilment['lines'][number]) => row.line },
}

/** One entry for each number; a company or an address alone is one too. */
function trackingOf({ tracking }: Fulfilment): { company: string | null; number: string | null; url: string | null }[] {
  if (tracking === null) return []
  const rows = Math.max(tracking.numbers.length, tracking.urls.length, tracking.company === null ? 0 : 1)
  return Array.from({ length: rows }, (_, at) => ({ company: tracking.company, number: tracking.numbers[at] ?? null, url: tracking.urls[at] ?? null }))
}

function shownFulfilment(order: Order): string {
  const shipped = order.lines.some((line) => line.fulfilled > 0)
  const open = order.lines.some((line) => unfulfilled(line) > 0)
  if (order.fulfilmentOrders.some((fo) => fo.status === 'ON_HOLD')) return 'ON_HOLD'
  return shipped ? (open ? 'PARTIALLY_FULFILLED' : 'FULFILLED') : 'UNFULFILLED'
}
