/** What buyers and shop staff do, by article number, place name and order name. Every verb takes one object, so it is the same over HTTP (POST /_sim/shop/<verb>). */
import { type CustomerVerbs, customerVerbs } from './customer-verbs.ts'
import type { Customers } from './customers.ts'
import { gid } from './ids.ts'
import { type ItemInput, type PlaceInput, quantityOf, type Stock, sellable } from './levels.ts'
import type { Orders } from './orders.ts'
import { type ProductVerbs, productVerbs } from './product-verbs.ts'
import type { Products } from './products.ts'
import { currentQuantity, type Item, type Level, type Line, newId, type Order, onHand, type Place, type State, unfulfilled } from './state.ts'

export interface LineInput {
  sku: string
  quantity: number
  /** Place name it ships from; left out = the shop decides. */
  at?: string
}
export interface PlaceOrderInput {
  lines: LineInput[]
  paid?: boolean
  /** Sell even what isn't there. */
  oversell?: boolean
  /** As an app's orderCreate without inventory behaviour: stock isn't touched. */
  bypassStock?: boolean
  sourceName?: string
  buyer?: { firstName: string; lastName: string; email: string; phone: string } | null
  /** When it was placed, ISO; for orders older than the story. */
  at?: string
}
export interface OrderView {
  id: string
  gid: string
  name: string
  createdAt: string
  updatedAt: string
  cancelledAt: string | null
  paid: boolean
  routed: boolean
  lines: { id: string; sku: string | null; quantity: number; currentQuantity: number; unfulfilled: number; fulfilled: number }[]
  fulfilmentOrders: { place: string; status: string; lines: { sku: string | null; remaining: number }[] }[]
  refunds: number
  shipments: { place: string; notified: boolean; lines: { sku: string | null; quantity: number }[] }[]
}
export interface LevelView {
  available: number
  committed: number
  onHand: number
  incoming: number
  active: boolean
}
export interface ItemView {
  sku: string | null
  inventoryItemId: string
  variantId: string
  productId: string
}

type Which = { order: string }
type Some = Which & { lines?: LineInput[] }

export interface Storefront extends CustomerVerbs, ProductVerbs {
  addPlace(input: PlaceInput): { id: string; gid: string; name: string }
  /** All places; the ids a merchant would copy from the browser's address. */
  places(): { id: string; gid: string; name: string }[]
  addItems(items: ItemInput[]): ItemView[]
  placeOrder(input: PlaceOrderInput): OrderView
  pay(input: Which): OrderView
  /** Sets quantities; 0 takes a line off, a new number adds one. */
  edit(input: Which & { lines: LineInput[]; restock?: boolean }): OrderView
  fulfil(input: Some): OrderView
  cancel(input: Which & { restock: boolean; reason?: NonNullable<Order['cancelReason']> }): OrderView
  /** Unshipped goods first, unless only shipped ones are meant. */
  refund(input: Some & { restock: boolean; at?: string; shipped?: boolean }): OrderView
  /** Shipped goods come back and are put on the shelf. */
  returnGoods(input: Some & { at?: string }): OrderView
  move(input: Some & { to: string }): OrderView
  /** Answers the order as it was. */
  deleteOrder(input: Which): OrderView
  hold(input: Which): OrderView
  releaseHold(input: Which): OrderView
  /** Routing now, not after the delay. */
  route(input: Which): OrderView
  order(input: Which): OrderView
  handEdit(input: { sku: string; at: string; available?: number; onHand?: number; delta?: number }): LevelView
  changeSku(input: { sku: string; to: string | null }): ItemView
  deleteItem(input: { sku: string }): ItemView
  setTracked(input: { sku: string; tracked: boolean }): ItemView
  setBundle(input: { sku: string; bundle: boolean }): ItemView
  stockAt(input: { sku: string; at: string; active: boolean }): LevelView
  setPlace(input: { name: string; active?: boolean; fulfilsOnline?: boolean; fulfilmentService?: string | null }): { id: string; gid: string; name: string }
  /** Ids of the (first) item with this number. */
  handle(input: { sku: string }): ItemView
  /** What buyers can buy over all places. */
  sellable(input: { sku: string }): number
  level(input: { sku: string; at: string }): LevelView | null
}

export const viewOfLevel = (level: Level): LevelView => ({
  available: level.available,
  committed: level.committed,
  onHand: onHand(level),
  incoming: level.incoming,
  active: level.active,
})
export const viewOfOrder = (order: Order): OrderView => ({
  id: order.id,
  gid: gid('Order', order.id),
  name: order.name,
  createdAt: new Date(order.createdAt).toISOString(),
  updatedAt: new Date(order.updatedAt).toISOString(),
  cancelledAt: order.cancelledAt === null ? null : new Date(order.cancelledAt).toISOString(),
  paid: order.paid,
  routed: order.routed,
  lines: order.lines.map((line) => ({
    id: line.id,
    sku: line.sku,
    quantity: line.quantity,
    currentQuantity: currentQuantity(line),
    unfulfilled: unfulfilled(line),
    fulfilled: line.fulfilled,
  })),
  fulfilmentOrders: order.fulfilmentOrders.map((fo) => ({
    place: fo.place.name,
    status: fo.status,
    lines: fo.lines.map((row) => ({ sku: row.line.sku, remaining: row.remaining })),
  })),
  refunds: order.refunds.length,
  shipments: order.fulfilments.map(({ place, notified, lines }) => ({ place: place.name, notified, lines: lines.map((row) => ({ sku: row.line.sku, quantity: row.quantity })) })),
})

const stillShipped = (line: Line): number => line.fulfilled - line.givenBack

export function storefront(state: State, stock: Stock, goods: Products, orders: Orders, people: Customers, newEvent: () => string): Storefront {
  const item = (sku: string): Item => {
    for (const found of state.bySku.get(sku) ?? []) return found
    throw new Error(`no item with sku ${sku}`)
  }
  const place = (name: string): Place => {
    for (const found of state.places.values()) if (found.name === name || found.id === name) return found
    throw new Error(`no place called ${name}`)
  }
  const order = (which: string): Order => {
    for (const found of state.orders.values()) if ([found.name, found.name.slice(1), found.id, gid('Order', found.id)].includes(which)) return found
    throw new Error(`no order ${which}`)
  }
  const line = (held: Order, sku: string): Line => {
    const found = held.lines.find((each) => each.sku === sku || each.item.sku === sku)
    if (found === undefined) throw new Error(`${held.name} has no line ${sku}`)
    return found
  }
  const taken = (held: Order, lines: LineInput[] | undefined, open: (line: Line) => number) =>
    lines === undefined
      ? held.lines.map((each) => ({ line: each, quantity: open(each) })).filter((each) => each.quantity > 0)
      : lines.map((each) => ({ line: line(held, each.sku), quantity: each.quantity }))
  const viewOfItem = (held: Item): ItemView => ({ sku: held.sku, inventoryItemId: held.id, variantId: held.variantId, productId: held.product.id })
  const viewOfPlace = (held: Place) => ({ id: held.id, gid: gid('Location', held.id), name: held.name })
  /** A verb on one order, answering the order as it is afterwards. */
  const on =
    <I extends Which>(work: (held: Order, input: I) => void) =>
    (input: I): OrderView => {
      const held = order(input.order)
      work(held, input)
      return viewOfOrder(held)
    }

  return {
    addPlace: (input) => viewOfPlace(stock.addPlace(input)),
    places: () => [...state.places.values()].map(viewOfPlace),
    addItems: (items) => items.map((input) => viewOfItem(goods.addItem(input))),
    placeOrder: (input) => {
      const wanted = input.lines.map((each) => ({ item: item(each.sku), quantity: each.quantity, ...(each.at === undefined ? {} : { place: place(each.at) }) }))
      const person = input.buyer === undefined ? { firstName: 'Alva', lastName: 'Lind', email: 'alva.lind@example.com', phone: '+46701740605' } : input.buyer
      const buyer = person === null ? null : { id: people.idOf(person.email) ?? newId(state), ...person }
      const placed = orders.place(wanted, {
        paid: input.paid ?? true,
        oversell: input.oversell ?? false,
        bypass: input.bypassStock ?? false,
        sourceName: input.sourceName ?? 'web',
        buyer,
        ...(input.at === undefined ? {} : { at: Date.parse(input.at) }),
      })
      if (buyer !== null) people.buys(buyer)
      return viewOfOrder(placed)
    },
    pay: on((held) => orders.pay(held)),
    edit: on((held, input) =>
      orders.edit(
        held,
        input.lines.map((each) => ({ line: held.lines.find((row) => row.sku === each.sku) ?? null, item: item(each.sku), quantity: each.quantity })),
        input.restock ?? true,
      ),
    ),
    fulfil: on((held, input) => void orders.fulfil(held, taken(held, input.lines, unfulfilled))),
    cancel: on((held, input) => orders.cancel(held, input.restock, input.reason ?? 'CUSTOMER')),
    refund: on((held, input) => {
      const rows = taken(held, input.lines, input.shipped ? stillShipped : currentQuantity)
      void orders.refund(
        held,
        rows.map((row) => ({ ...row, restock: input.restock, shipped: input.shipped ?? false })),
        input.at === undefined ? null : place(input.at),
      )
    }),
    returnGoods: on((held, input) => {
      const rows = taken(held, input.lines, stillShipped).map((row) => ({ ...row, restock: true, shipped: true }))
      void orders.refund(held, rows, input.at === undefined ? null : place(input.at))
    }),
    move: on((held, input) => orders.moveTo(held, place(input.to), input.lines === undefined ? held.lines : input.lines.map((each) => line(held, each.sku)))),
    deleteOrder: on((held) => orders.remove(held)),
    hold: on((held) => orders.hold(held, true)),
    releaseHold: on((held) => orders.hold(held, false)),
    route: on((held) => orders.route(held)),
    order: on(() => {}),
    ...customerVerbs(state, people),
    ...productVerbs(state, goods, newEvent),
    handEdit: (input) => {
      const level = stock.levelAt(item(input.sku), place(input.at))
      const target =
        input.onHand !== undefined ? input.onHand - onHand(level) : input.available !== undefined ? input.available - (quantityOf(level, 'available') ?? 0) : (input.delta ?? 0)
      stock.move(level, { available: target }, newEvent())
      return viewOfLevel(level)
    },
    changeSku: (input) => {
      const held = item(input.sku)
      goods.change(held, { sku: input.to })
      goods.told('products/update', held.product, newEvent())
      return viewOfItem(held)
    },
    deleteItem: (input) => {
      const held = item(input.sku)
      if (held.product.variants.length === 1) goods.remove(held.product, newEvent())
      else {
        goods.removeVariant(held)
        goods.told('products/update', held.product, newEvent())
      }
      return viewOfItem(held)
    },
    setTracked: (input) => {
      const held = item(input.sku)
      goods.change(held, { tracked: input.tracked })
      goods.told('products/update', held.product, newEvent())
      return viewOfItem(held)
    },
    setBundle: (input) => {
      const held = item(input.sku)
      held.bundle = input.bundle
      return viewOfItem(held)
    },
    stockAt: (input) => {
      const level = stock.levelAt(item(input.sku), place(input.at))
      stock.setActive(level, input.active, newEvent())
      return viewOfLevel(level)
    },
    setPlace: (input) => {
      const held = place(input.name)
      if (input.active !== undefined) held.active = input.active
      if (input.fulfilsOnline !== undefined) held.fulfilsOnline = input.fulfilsOnline
      if (input.fulfilmentService !== undefined) held.fulfilmentService = input.fulfilmentService
      return viewOfPlace(held)
    },
    handle: (input) => viewOfItem(item(input.sku)),
    sellable: (input) => sellable(item(input.sku)),
    level: (input) => {
      const level = item(input.sku).levels.get(place(input.at).id)
      return level === undefined ? null : viewOfLevel(level)
    },
  }
}
