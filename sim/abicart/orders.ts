/** What happens to orders, whoever does it: a cart is filled and placed, paid, edited, sent, discarded and brought back. */
import { RpcError } from './errors.ts'
import type { Events } from './events.ts'
import type { Place } from './shapes.ts'
import { cellOf, quantityOf, settle, standsAt, variantsOf } from './shelf.ts'
import { type Article, type Item, newUid, type Order, stampOf, type Variant } from './world.ts'

export interface Orders {
  cart(at: Place, customer?: Record<string, unknown>, currency?: string, language?: string): Order
  /** `choices`: choice uid -> option uid, and quantity. Throws 2001 when there isn't so much, unless `oversell`. */
  add(at: Place, order: Order, article: Article, choices: Record<string, unknown>, oversell?: boolean): Item
  place(at: Place, order: Order, paid: boolean): void
  pay(at: Place, order: Order): void
  send(at: Place, order: Order): void
  /** 0 takes the item off. */
  setQuantity(at: Place, order: Order, item: Item, quantity: number): void
  edited(at: Place, order: Order): void
  discard(at: Place, order: Order): void
  undiscard(at: Place, order: Order): void
}

const CUSTOMER = {
  info: { type: 'individual', email: 'alva.lind@example.com' },
  address: { firstName: 'Alva', lastName: 'Lind', address: 'Storgatan 1', postcode: '111 22', town: 'Stockholm', country: 'SE' },
}

export function orders(events: Events): Orders {
  const bump = (at: Place, order: Order) => {
    order.changed = stampOf(at.world)
  }
  const settled = (...[at, order, why]: Parameters<typeof settle>) => {
    const moved = settle(at, order, why)
    if (at.world.knobs.saleBumpsArticle) for (const article of moved) events.articleChanged(at, article)
  }
  function edited(at: Place, order: Order): void {
    settled(at, order, 'edited')
    if (order.ordered === null || at.world.knobs.changedBumpsOnItemEdit) bump(at, order)
  }
  return {
    cart: (at, customer = CUSTOMER, currency = at.shop.currency, language = at.shop.languages[0] ?? 'sv') => {
      const order: Order = {
        uid: newUid(at.world),
        orderNumber: null,
        ordered: null,
        changed: stampOf(at.world),
        currency,
        language,
        customer,
        items: [],
        note: '',
        tags: [],
        externalOrderNumber: null,
        discarded: false,
        paymentStatus: 'unpaid',
        deliveryStatus: 'unsent',
        taken: {},
      }
      at.shop.orders.set(order.uid, order)
      return order
    },
    add: (at, order, article, choices, oversell = false) => {
      const quantity = Number(choices.quantity ?? 1)
      const variant = chosen(at, article, choices)
      const item: Item = {
        uid: newUid(at.world),
        order: order.uid,
        article: article.uid,
        articleNumber: (at.world.knobs.itemArticleNumber === 'variant' && variant !== null ? variant.articleNumber : article.articleNumber) ?? null,
        articleName: { ...article.name },
        variant: variant?.uid ?? null,
        choices: { ...Object.fromEntries(Object.entries(choices).map(([key, value]) => [key, key === 'quantity' ? Number(value) : String(value)])), quantity },
        priceWithVat: article.price[order.currency] ?? 0,
      }
      const stands = standsAt(at, cellOf(item))
      const waiting = order.items.map((uid) => at.shop.items.get(uid)).filter((each) => each !== undefined && cellOf(each) === cellOf(item))
      const sum = order.ordered === null ? waiting.reduce((total, each) => total + (each === undefined ? 0 : quantityOf(each)), quantity) : quantity
      if (!article.isBuyable || (stands !== null && sum > stands && !oversell)) throw new RpcError(2001, soldOut(article, order.language))
      at.shop.items.set(item.uid, item)
      order.items.push(item.uid)
      edited(at, order)
      return item
    },
    place: (at, order, paid) => {
      if (order.ordered !== null) throw new Error(`order ${order.uid} is placed already`)
      order.ordered = stampOf(at.world)
      order.orderNumber = String(++at.shop.lastOrderNumber)
      order.paymentStatus = paid ? 'paid' : 'unpaid'
      bump(at, order)
      settled(at, order, 'placed')
      const name = at.world.knobs.orderCreatedEventName
      if (name !== 'none') events.emit(at, name, order.uid)
      if (paid) events.emit(at, 'Order/paid', order.uid)
    },
    pay: (at, order) => {
      order.paymentStatus = 'paid'
      bump(at, order)
      settled(at, order, 'paid')
      events.emit(at, 'Order/paid', order.uid)
    },
    send: (at, order) => {
      order.deliveryStatus = 'sent'
      bump(at, order)
    },
    setQuantity: (at, order, item, quantity) => {
      if (quantity === 0) {
        order.items = order.items.filter((uid) => uid !== item.uid)
        at.shop.items.delete(item.uid)
      } else item.choices.quantity = quantity
      edited(at, order)
    },
    edited,
    discard: (at, order) => {
      if (order.discarded) return
      order.discarded = true
      if (at.world.knobs.changedBumpsOnDiscard) bump(at, order)
      settled(at, order, 'discarded')
      events.emit(at, 'Order/discarded', order.uid)
    },
    undiscard: (at, order) => {
      if (!order.discarded) return
      if (!at.world.knobs.undiscardAllowed) throw new RpcError(9001, [{ message: "A discarded order can't be brought back", pointer: '/discarded' }])
      order.discarded = false
      if (at.world.knobs.changedBumpsOnDiscard) bump(at, order)
      settled(at, order, 'undiscarded')
    },
  }
}

/** The variant these choices make; null for a plain article. Throws 2001 when a choice is missing. */
function chosen(at: Place, article: Article, choices: Record<string, unknown>): Variant | null {
  if (article.variants.length === 0) return null
  const variant = variantsOf(at, article).find((each) => Object.entries(each.definedBy).every(([choice, option]) => String(choices[choice]) === option))
  if (variant === undefined) throw new RpcError(2001, 'Välj alternativ')
  return variant
}

const soldOut = (article: Article, language: string): string =>
  language === 'sv' ? `${article.name.sv ?? ''} finns inte i det antalet` : `${article.name[language] ?? article.name.sv ?? ''} is not available in that quantity`

/** A placed order's uid or number, in this shop. */
export function orderNamed(at: Place, which: string | number): Order {
  for (const order of at.shop.orders.values()) if (order.orderNumber === String(which) || String(order.uid) === String(which)) return order
  throw new Error(`no order ${which}`)
}
