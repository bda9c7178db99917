/** What buyers and shop staff do, by article number and order number. Every verb takes one object, so it is the same over HTTP (POST /_sim/shop/<verb>). */
import type { Events } from './events.ts'
import { type ArticleInput, type ArticleView, addArticle, optionsText, type Which, which } from './goods.ts'
import type { Orders } from './orders.ts'
import { orderNamed } from './orders.ts'
import type { Place } from './shapes.ts'
import { cellOf, quantityOf } from './shelf.ts'
import { type Article, catalogueOf, type Item, type Order, timeText, type Words, type World } from './world.ts'

export interface LineInput {
  /** Or a `cell`, where a number names two. */
  articleNumber?: string
  cell?: string
  quantity: number
}
export interface OrderInput {
  lines: LineInput[]
  paid?: boolean
  /** Sell even what isn't there. */
  oversell?: boolean
}
export interface OrderView {
  uid: number
  orderNumber: string | null
  ordered: string | null
  changed: string
  discarded: boolean
  paymentStatus: string
  deliveryStatus: string
  items: { uid: number; articleNumber: string | null; cell: string; name: string; quantity: number }[]
}
/** Another shop than the first. */
type Shopped = { webshop?: number }
type OneOrder = Shopped & { order: string | number }

export interface Storefront {
  addArticles(input: ArticleInput[] | ({ articles: ArticleInput[] } & Shopped)): ArticleView[]
  /** The article or variant with this number (the first), or this cell. */
  goods(input: Which & Shopped): { cell: string; uid: number; articleUid: number; articleNumber: string | null; stock: number; useStock: boolean }
  /** Its number as the shop holds it. */
  stock(input: Which & Shopped): number
  placeOrder(input: OrderInput & Shopped): OrderView
  /** An order that nobody has placed. */
  cart(input: OrderInput & Shopped): OrderView
  checkout(input: OneOrder & { paid?: boolean }): OrderView
  pay(input: OneOrder): OrderView
  send(input: OneOrder): OrderView
  /** Sets quantities; 0 takes an item off, a new number adds one. */
  edit(input: OneOrder & { lines: LineInput[] }): OrderView
  discard(input: OneOrder): OrderView
  undiscard(input: OneOrder): OrderView
  order(input: OneOrder): OrderView
  orders(input?: Shopped): OrderView[]
  handEdit(input: Which & Shopped & { stock: number }): number
  change(input: Which & Shopped & { to: { articleNumber?: string | null; useStock?: boolean; hidden?: boolean; draft?: boolean; name?: Words } }): void
  /** The article with all its variants, or one variant. */
  remove(input: Which & Shopped): void
}

export function storefront(world: World, orders: Orders, events: Events, first: number): Storefront {
  const at = (input: Shopped = {}): Place => {
    const shop = world.shops.get(input.webshop ?? first)
    if (shop === undefined) throw new Error(`no shop ${input.webshop}`)
    return { world, shop }
  }
  const fill = (place: Place, input: OrderInput): Order => {
    const order = orders.cart(place)
    try {
      for (const line of input.lines) put(place, order, line, input.oversell ?? false)
    } catch (error) {
      for (const uid of order.items) place.shop.items.delete(uid)
      place.shop.orders.delete(order.uid)
      throw error
    }
    return order
  }
  const put = (place: Place, order: Order, line: LineInput, oversell: boolean): void => {
    const { article, variant } = which(place, line)
    orders.add(place, order, article, { ...variant?.definedBy, quantity: line.quantity }, oversell)
  }
  /** A verb on one order, answering the order as it is afterwards. */
  const on =
    <I extends OneOrder>(work: (place: Place, order: Order, input: I) => void) =>
    (input: I): OrderView => {
      const place = at(input)
      const order = orderNamed(place, input.order)
      work(place, order, input)
      return viewOfOrder(place, order)
    }

  return {
    addArticles: (input) => {
      const place = at(Array.isArray(input) ? {} : input)
      const added = (Array.isArray(input) ? input : input.articles).map((each) => addArticle(place, each))
      for (const { uid } of added) events.emit(place, 'Article/created', uid)
      return added
    },
    goods: (input) => {
      const { article, variant } = which(at(input), input)
      const one = variant ?? article
      return {
        cell: cellOf({ article: article.uid, variant: variant?.uid ?? null }),
        uid: one.uid,
        articleUid: article.uid,
        articleNumber: one.articleNumber,
        stock: variant?.stock ?? article.stock.stock,
        useStock: article.stock.useStock,
      }
    },
    stock: (input) => {
      const { article, variant } = which(at(input), input)
      return variant?.stock ?? article.stock.stock
    },
    placeOrder: (input) => {
      const place = at(input)
      const order = fill(place, input)
      orders.place(place, order, input.paid ?? true)
      return viewOfOrder(place, order)
    },
    cart: (input) => {
      const place = at(input)
      return viewOfOrder(place, fill(place, input))
    },
    checkout: on((place, order, input: OneOrder & { paid?: boolean }) => orders.place(place, order, input.paid ?? true)),
    pay: on((place, order) => orders.pay(place, order)),
    send: on((place, order) => orders.send(place, order)),
    edit: on((place, order, input: OneOrder & { lines: LineInput[] }) => {
      for (const line of input.lines) {
        const { article, variant } = which(place, line)
        const item = order.items.map((uid) => place.shop.items.get(uid)).find((each) => each?.article === article.uid && each.variant === (variant?.uid ?? null))
        if (item !== undefined) orders.setQuantity(place, order, item, line.quantity)
        else if (line.quantity > 0) put(place, order, line, true)
      }
    }),
    discard: on((place, order) => orders.discard(place, order)),
    undiscard: on((place, order) => orders.undiscard(place, order)),
    order: on(() => {}),
    orders: (input) => {
      const place = at(input)
      return [...place.shop.orders.values()].map((order) => viewOfOrder(place, order))
    },
    handEdit: (input) => {
      const place = at(input)
      const { article, variant } = which(place, input)
      if (variant === null) article.stock = { ...article.stock, stock: input.stock }
      else variant.stock = input.stock
      events.articleChanged(place, article)
      return input.stock
    },
    change: (input) => {
      const place = at(input)
      const { article, variant } = which(place, input)
      const { articleNumber, useStock, ...rest } = input.to
      if (articleNumber !== undefined) (variant ?? article).articleNumber = articleNumber
      if (useStock !== undefined) article.stock = { ...article.stock, useStock }
      Object.assign(article, rest satisfies Partial<Article>)
      events.articleChanged(place, article)
    },
    remove: (input) => {
      const place = at(input)
      const { article, variant } = which(place, input)
      const catalogue = catalogueOf(world, place.shop)
      for (const uid of variant === null ? article.variants : [variant.uid]) catalogue.variants.delete(uid)
      if (variant === null) catalogue.articles.delete(article.uid)
      else article.variants = article.variants.filter((uid) => uid !== variant.uid)
    },
  }
}

/** With what was chosen, as `Tröja, S / Röd`. */
function nameOf(at: Place, item: Item): string {
  const variant = item.variant === null ? undefined : catalogueOf(at.world, at.shop).variants.get(item.variant)
  return [item.articleName.sv ?? '', ...(variant === undefined ? [] : [optionsText(catalogueOf(at.world, at.shop), variant)])].join(', ')
}

export function viewOfOrder(at: Place, order: Order): OrderView {
  const items = order.items.map((uid) => at.shop.items.get(uid)).filter((item) => item !== undefined)
  return {
    uid: order.uid,
    orderNumber: order.orderNumber,
    ordered: order.ordered === null ? null : timeText(order.ordered),
    changed: timeText(order.changed),
    discarded: order.discarded,
    paymentStatus: order.paymentStatus,
    deliveryStatus: order.deliveryStatus,
    items: items.map((item) => ({ uid: item.uid, articleNumber: item.articleNumber, cell: cellOf(item), name: nameOf(at, item), quantity: quantityOf(item) })),
  }
}
