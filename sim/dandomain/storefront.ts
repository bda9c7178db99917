/** What buyers and shop staff do, by item number and order number. Every verb takes one object, so it is the same over HTTP (POST /_sim/shop/<verb>). */
import { addProduct, type ProductInput, type ProductView, type VariantInput, type Which, which } from './goods.ts'
import { type Hooks, TOPICS } from './hooks.ts'
import { type Orders, orderNamed, thingOf } from './orders.ts'
import { cellOf, productOf, shownStock, standsAt, type Thing, writeStock } from './shelf.ts'
import { dateText, newId, type Order, stampOf, type Webhook, type World } from './world.ts'

export interface LineInput {
  /** Or a `cell`, where a number names two. */
  itemNumber?: string
  cell?: string
  amount: number
  location?: number
}
export interface OrderInput {
  lines: LineInput[]
  /** 1, received, when left out; 0 = the buyer never came back from paying. */
  status?: number
  /** Sell even what isn't there. */
  oversell?: boolean
  referenceNumber?: string
}
export interface OrderView {
  id: number
  status: number
  statusTitle: string
  created: string
  updated: string
  origin: string
  invoiceNumber: string
  total: number
  lines: { id: number; cell: string; itemNumber: string; title: string; amount: number; price: number }[]
  /** `bytes` = the file's size. */
  uploads: { invoiceNumber: string; bytes: number; file: string }[]
}
type OneOrder = { order: string | number }
type AtLocation = { location?: number }

export interface Storefront {
  addProducts(input: ProductInput[] | { products: ProductInput[] }): ProductView[]
  /** The product or variant with this number (the first), or this cell. */
  goods(input: Which): { cell: string; id: number; productId: number; itemNumber: string; stock: number | null }
  /** Its number as the shop holds it; 0 where it holds none. */
  stock(input: Which & AtLocation): number
  placeOrder(input: OrderInput): OrderView
  setStatus(input: OneOrder & { status: number }): OrderView
  /** Sets amounts; 0 takes a line off, a new number adds one. */
  edit(input: OneOrder & { lines: LineInput[] }): OrderView
  /** For these amounts, or for all of the order. */
  creditNote(input: OneOrder & { lines?: LineInput[] }): OrderView
  order(input: OneOrder): OrderView
  orders(): OrderView[]
  handEdit(input: Which & AtLocation & { stock: number | null }): void
  change(input: Which & { to: VariantInput & { online?: boolean; autoStock?: boolean } }): void
  /** The product with all its variants, or one variant. */
  remove(input: Which): void
  addWebhook(input: { topic: string; url: string }): Webhook
  webhooks(): Webhook[]
  dropWebhook(input: { id: number }): void
}

export function storefront(world: World, orders: Orders, hooks: Hooks): Storefront {
  const changed = (thing: Thing) => {
    const product = productOf(world, thing)
    if (product === undefined) return
    product.updated = stampOf(world)
    hooks.emit('products/updated', product.id)
  }
  const bought = (line: LineInput) => ({ thing: which(world, line), amount: line.amount, ...(line.location === undefined ? {} : { location: line.location }) })
  /** A verb on one order, answering the order as it is afterwards. */
  const on =
    <I extends OneOrder>(work: (order: Order, input: I) => void) =>
    (input: I): OrderView => {
      const order = orderNamed(world, input.order)
      work(order, input)
      return viewOfOrder(world, order)
    }
  return {
    addProducts: (input) =>
      (Array.isArray(input) ? input : input.products).map((each) => {
        const added = addProduct(world, each)
        hooks.emit('products/created', added.id)
        return added
      }),
    goods: (input) => {
      const thing = which(world, input)
      const productId = 'productId' in thing ? thing.productId : thing.id
      return {
        cell: cellOf({ productId, variantId: 'productId' in thing ? thing.id : 0 }),
        id: thing.id,
        productId,
        itemNumber: thing.itemNumber,
        stock: shownStock(world, thing),
      }
    },
    stock: (input) => standsAt(world, which(world, input), input.location ?? null) ?? 0,
    placeOrder: (input) => viewOfOrder(world, orders.place(input.lines.map(bought), input)),
    setStatus: on((order, { status }: OneOrder & { status: number }) => orders.setStatus(order, status, 'staff')),
    edit: on((order, input: OneOrder & { lines: LineInput[] }) => {
      for (const line of input.lines) orders.setAmount(order, bought(line))
    }),
    creditNote: ({ order: named, lines }) => {
      const order = orderNamed(world, named)
      const wanted =
        lines === undefined
          ? order.lines.map((line) => ({ line, amount: line.amount }))
          : lines.flatMap((each) => order.lines.filter((line) => thingOf(world, line) === which(world, each)).map((line) => ({ line, amount: each.amount })))
      return viewOfOrder(world, orders.creditNote(order, wanted))
    },
    order: on(() => {}),
    orders: () => [...world.orders.values()].map((order) => viewOfOrder(world, order)),
    handEdit: (input) => {
      const thing = which(world, input)
      if (input.location !== undefined && input.stock !== null) thing.locations[input.location] = input.stock
      else if (input.stock === null) Object.assign(thing, { stock: null, locations: {} })
      else writeStock(world, thing, input.stock)
      changed(thing)
    },
    change: (input) => {
      const thing = which(world, input)
      const { itemNumber, ...rest } = input.to
      Object.assign(thing, rest, itemNumber === undefined ? {} : { itemNumber: itemNumber ?? '' })
      changed(thing)
    },
    remove: (input) => {
      const thing = which(world, input)
      const product = productOf(world, thing)
      if ('productId' in thing) {
        world.variants.delete(thing.id)
        if (product !== undefined) product.variants = product.variants.filter((id) => id !== thing.id)
        return
      }
      for (const id of thing.variants) world.variants.delete(id)
      world.products.delete(thing.id)
      hooks.emit('products/delete', thing.id)
    },
    addWebhook: ({ topic, url }) => {
      if (!TOPICS.includes(topic)) throw new Error(`no event is called ${topic}`)
      const webhook = { id: newId(world), topic, url, active: true }
      world.webhooks.push(webhook)
      return webhook
    },
    webhooks: () => world.webhooks,
    dropWebhook: ({ id }) => {
      world.webhooks = world.webhooks.filter((each) => each.id !== id)
    },
  }
}

export function viewOfOrder(world: World, order: Order): OrderView {
  return {
    id: order.id,
    status: order.status,
    statusTitle: world.statuses.find((each) => each.id === order.status)?.title ?? '',
    created: dateText(world, order.created),
    updated: dateText(world, order.updated),
    origin: order.origin,
    invoiceNumber: order.invoiceNumber,
    total: order.lines.reduce((sum, line) => sum + line.amount * line.price, 0),
    lines: order.lines.map((line) => ({
      id: line.id,
      cell: cellOf(line),
      itemNumber: line.itemNumber,
      title: [line.productTitle, line.variantTitle].filter(Boolean).join(', '),
      amount: line.amount,
      price: line.price,
    })),
    uploads: order.uploads.map(({ invoiceNumber, file }) => ({ invoiceNumber, bytes: Buffer.from(file, 'base64').length, file })),
  }
}
