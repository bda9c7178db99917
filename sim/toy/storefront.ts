/** What customers and shopkeepers do in the toy shop. Every change of an order gets a new stamp, a place in the feed and a hook. */

import type { HookDesk } from './hooks.ts'
import { pictureOf } from './pictures.ts'
import { emptyProduct } from './product-texts.ts'
import {
  changeOrder,
  hit,
  itemOf,
  nextRef,
  orderOf,
  pieces,
  type Shop,
  stampOrder,
  type ToyFace,
  type ToyItem,
  type ToyLine,
  type ToyOrder,
  type ToyProduct,
  type WithdrawalKind,
} from './shop.ts'

type OrderLike = string | { ref: string }
export interface Wanted {
  sku: string
  quantity: number
  place?: string
}
export interface NewItem {
  number: string | null
  title?: string
  ref?: string
  parent?: string
  tracked?: boolean
  unwritable?: string
  /** By place; a plain number stands at the first place. Places not named are absent. */
  stock?: number | Record<string, number | null>
}

export interface NewProduct extends Partial<Omit<ToyProduct, 'ref' | 'pictures'>> {
  name: string
  pictures?: { bytes: Buffer; alt?: string; item?: string }[]
  items: (Omit<NewItem, 'parent' | 'title'> & Partial<ToyFace>)[]
}

export type Storefront = ReturnType<typeof storefront>

export function storefront(shop: Shop, desk: HookDesk) {
  const firstPlace = () => shop.places[0]?.ref ?? 'main'

  function changed(order: ToyOrder, what: string, change: (draft: ToyOrder) => void): ToyOrder {
    const cells = new Set(order.lines.map((l) => l.item))
    changeOrder(shop, order, change)
    for (const line of order.lines) cells.add(line.item)
    stampOrder(shop, order)
    hit(shop, `order.${what}`)
    desk.orderChanged(order)
    if (shop.options.stockHooks === 'all') for (const ref of cells) desk.stockChanged(ref)
    return order
  }
  const lineOf = (order: ToyOrder, skuOrLine: string): ToyLine => {
    const line = order.lines.find((l) => l.ref === skuOrLine || l.number === skuOrLine || l.item === skuOrLine)
    if (line === undefined) throw new Error(`order ${order.name} has no line ${skuOrLine}`)
    return line
  }
  const newLine = (wanted: Wanted): ToyLine => {
    const item = itemOf(shop, wanted.sku)
    if (!Number.isInteger(wanted.quantity) || wanted.quantity < 1) throw new Error('a whole number of pieces, 1 or more')
    return { ref: nextRef(shop), item: item.ref, number: item.number, title: item.title, ordered: wanted.quantity, place: wanted.place ?? firstPlace(), price: 10_000 }
  }
  const shipFrom = (draft: ToyOrder, lines: { line: ToyLine; quantity: number }[], from?: string) => {
    for (const place of new Set(lines.map((l) => from ?? l.line.place))) {
      const here = lines.filter((l) => (from ?? l.line.place) === place).map((l) => ({ line: l.line.ref, quantity: l.quantity }))
      draft.shipments.push({ ref: nextRef(shop), at: shop.clock.now().toISOString(), place, lines: here })
    }
  }
  /** Takes `quantity` unshipped pieces (or all) out of a line. */
  const withdraw = (draft: ToyOrder, lines: { line: ToyLine; quantity: number; kind: WithdrawalKind; place?: string }[], byCancel = false) => {
    for (const l of lines) {
      const had = pieces(draft, l.line)
      const most = l.kind === 'restocked' || l.kind === 'lost' ? had.open : had.shipped - had.returned - had.kept
      if (l.quantity > most || l.quantity < 0) throw new Error(`${l.quantity} of ${l.line.number} can't be ${l.kind}: ${most} can`)
    }
    for (const place of new Set(lines.map((l) => l.place ?? l.line.place))) {
      const here = lines.filter((l) => l.quantity > 0 && (l.place ?? l.line.place) === place)
      if (here.length === 0) continue
      const rows = here.map((l) => ({ line: l.line.ref, quantity: l.quantity, kind: l.kind }))
      draft.withdrawals.push({ ref: nextRef(shop), at: shop.clock.now().toISOString(), place, byCancel, lines: rows })
    }
  }

  return {
    addItem(item: NewItem): ToyItem {
      const stock = item.stock === undefined ? {} : typeof item.stock === 'object' ? item.stock : { [firstPlace()]: item.stock }
      const levels = new Map(Object.entries(stock).map(([place, value]) => [place, { value, active: true }] as const))
      const ref = item.ref ?? nextRef(shop)
      const made: ToyItem = {
        at: shop.lastItem++,
        ref,
        parent: item.parent ?? null,
        number: item.number,
        title: item.title ?? item.number ?? '',
        tracked: item.tracked ?? true,
        unwritable: item.unwritable ?? null,
        levels,
      }
      shop.items.set(ref, made)
      desk.itemChanged(ref)
      return made
    },
    /** A person makes a product in the shop's own admin. */
    addProduct(product: NewProduct): ToyProduct {
      const { items, pictures = [], ...face } = product
      const made: ToyProduct = { ...emptyProduct(nextRef(shop), ''), ...face }
      shop.products.set(made.ref, made)
      for (const { values = [], barcode = null, price = null, before = null, ...item } of items) {
        const { ref } = this.addItem({ ...item, parent: made.ref, title: made.name })
        shop.faces.set(ref, { values, barcode, price, before })
      }
      made.pictures = pictures.map(({ bytes, item, alt = '' }) => pictureOf(shop, bytes, alt, item === undefined ? null : itemOf(shop, item).ref))
      return made
    },
    changeItem(sku: string, change: Partial<Pick<ToyItem, 'number' | 'tracked' | 'unwritable' | 'title'>>): void {
      const item = itemOf(shop, sku)
      Object.assign(item, change)
      desk.itemChanged(item.ref)
    },
    removeItem(sku: string): void {
      const { ref } = itemOf(shop, sku)
      shop.items.delete(ref)
      desk.itemChanged(ref)
    },
    /** Takes the item away from a place; its number there is absent afterwards, not zero. */
    unstock: (sku: string, place: string) => itemOf(shop, sku).levels.delete(place),
    /** The shop's raw number; null = the shop keeps none there. */
    value: (sku: string, place = firstPlace()): number | null => itemOf(shop, sku).levels.get(place)?.value ?? null,
    /** A person types another number over the shop's own. */
    handEdit(sku: string, to: number | { by: number }, place = firstPlace()): void {
      const item = itemOf(shop, sku)
      const level = item.levels.get(place)
      item.levels.set(place, { active: true, value: typeof to === 'number' ? to : (level?.value ?? 0) + to.by })
      hit(shop, 'hand-edit')
      if (shop.options.stockHooks !== 'none') desk.stockChanged(item.ref)
    },

    sell(sku: string, quantity: number, options: { place?: string; routed?: boolean; paid?: boolean; country?: string } = {}): ToyOrder {
      return this.sellLines([{ sku, quantity, ...(options.place === undefined ? {} : { place: options.place }) }], options)
    },
    sellLines(wanted: Wanted[], options: { routed?: boolean; paid?: boolean; country?: string } = {}): ToyOrder {
      const at = shop.clock.now().toISOString()
      const routed = options.routed ?? !shop.options.lateRouting
      const order: ToyOrder = {
        ref: nextRef(shop),
        name: `#${1001 + shop.orders.size}`,
        stamp: at,
        placed: at,
        cancelled: null,
        paid: options.paid ?? shop.options.rule !== 'paid',
        routed,
        country: options.country ?? null,
        lines: [],
        shipments: [],
        withdrawals: [],
        versions: [],
      }
      if (!routed) hit(shop, 'order.placed-unrouted')
      return changed(order, 'placed', (draft) => {
        draft.lines = wanted.map(newLine)
      })
    },
    pay: (order: OrderLike) =>
      changed(orderOf(shop, order), 'paid', (draft) => {
        draft.paid = true
      }),
    /** Takes off every unshipped piece. */
    cancel: (order: OrderLike, options: { restock?: boolean } = {}) =>
      changed(orderOf(shop, order), options.restock === false ? 'cancelled-lost' : 'cancelled', (draft) => {
        const kind = options.restock === false ? 'lost' : 'restocked'
        withdraw(
          draft,
          draft.lines.map((line) => ({ line, quantity: pieces(draft, line).open, kind }) as const),
          true,
        )
        draft.cancelled = shop.clock.now().toISOString()
      }),
    /** The cancellation never happened: its pieces are open again and the shop takes them off its number again. */
    uncancel: (order: OrderLike) =>
      changed(orderOf(shop, order), 'uncancelled', (draft) => {
        draft.cancelled = null
        draft.withdrawals = draft.withdrawals.filter((w) => !w.byCancel)
      }),
    /** Without a sku: everything open. */
    ship: (order: OrderLike, sku?: string, quantity?: number, options: { place?: string } = {}) =>
      changed(orderOf(shop, order), 'shipped', (draft) => {
        draft.routed = true
        const lines = (sku === undefined ? draft.lines : [lineOf(draft, sku)])
          .map((line) => ({ line, quantity: quantity ?? pieces(draft, line).open }))
          .filter((l) => l.quantity > 0)
        for (const l of lines) if (l.quantity > pieces(draft, l.line).open) throw new Error(`only ${pieces(draft, l.line).open} of ${l.line.number} left to ship`)
        shipFrom(draft, lines, options.place)
      }),
    /** Somebody outside says so: each line from the place it is routed to. */
    shipLines: (order: OrderLike, lines: { line: ToyLine; quantity: number }[]) =>
      changed(orderOf(shop, order), 'shipped-outside', (draft) => {
        draft.routed = true
        shipFrom(draft, lines)
      }),
    /** It never left after all: the shipment is as if it had never been. */
    unship: (order: OrderLike) =>
      changed(orderOf(shop, order), 'unshipped', (draft) => {
        draft.shipments.pop()
      }),
    /** Shipped pieces come back: put back in stock, or kept out of it. */
    takeBack: (order: OrderLike, sku: string, quantity: number, options: { restock?: boolean; place?: string } = {}) =>
      changed(orderOf(shop, order), options.restock === false ? 'returned-kept' : 'returned', (draft) => {
        const line = lineOf(draft, sku)
        withdraw(draft, [{ line, quantity, kind: options.restock === false ? 'kept' : 'returned', ...(options.place === undefined ? {} : { place: options.place }) }])
      }),
    /** Unshipped pieces are refunded: put back, or lost. */
    refund: (order: OrderLike, sku: string, quantity: number, options: { restock?: boolean } = {}) =>
      changed(orderOf(shop, order), options.restock === false ? 'refunded-lost' : 'refunded', (draft) => {
        withdraw(draft, [{ line: lineOf(draft, sku), quantity, kind: options.restock === false ? 'lost' : 'restocked' }])
      }),
    /** To a new quantity: more is ordered more, less is taken off and put back; an unknown sku becomes a new line. */
    edit: (order: OrderLike, sku: string, quantity: number, options: { place?: string } = {}) =>
      changed(orderOf(shop, order), 'edited', (draft) => {
        const line = draft.lines.find((l) => l.number === sku || l.ref === sku)
        if (line === undefined) return void draft.lines.push(newLine({ sku, quantity, ...options }))
        const had = pieces(draft, line)
        const standing = line.ordered - had.restocked - had.lost
        if (quantity > standing) line.ordered += quantity - standing
        else withdraw(draft, [{ line, quantity: standing - quantity, kind: 'restocked' }])
      }),
    /** The open pieces are to leave from another place; the shop moves its own numbers along. */
    move: (order: OrderLike, place: string) =>
      changed(orderOf(shop, order), 'moved', (draft) => {
        draft.routed = true
        for (const line of draft.lines) line.place = place
      }),
    /** As if it had never been; only a hook says so. */
    deleteOrder: (which: OrderLike): ToyOrder => {
      const order = orderOf(shop, which)
      if (shop.options.deleteRestores)
        changeOrder(shop, order, (draft) => {
          withdraw(
            draft,
            draft.lines.map((line) => ({ line, quantity: pieces(draft, line).open, kind: 'restocked' }) as const),
          )
        })
      shop.orders.delete(order.ref)
      hit(shop, shop.options.deleteRestores ? 'order.deleted-restored' : 'order.deleted-lost')
      desk.orderDeleted(order)
      return order
    },
    /** What the shop knew all along becomes known outside. */
    route: (order: OrderLike) =>
      changed(orderOf(shop, order), 'routed', (draft) => {
        draft.routed = true
      }),
    /** The feed shows this order (or all) as it is now, without waiting for the lag. */
    show(order?: OrderLike): void {
      for (const o of order === undefined ? shop.orders.values() : [orderOf(shop, order)]) for (const version of o.versions) version.visibleAt = Math.min(version.visibleAt, 0)
    },
  }
}
