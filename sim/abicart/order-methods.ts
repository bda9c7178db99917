/** Order and OrderItem, the session a buyer has, and the cart it carries. */
import { randomBytes } from 'node:crypto'
import { adminPlace, type Context, isAdmin, placeOf } from './context.ts'
import { RpcError } from './errors.ts'
import { answer, found, type Method, type Methods, reading, schema } from './method.ts'
import type { Orders } from './orders.ts'
import { readPatch } from './patch.ts'
import { checkQuery, show } from './query.ts'
import type { Place } from './shapes.ts'
import { type Article, type Item, type Order, sellersOf, stampOf } from './world.ts'

export function orderMethods(orders: Orders): Record<string, Methods> {
  return {
    Order: {
      ...reading('Order', 'staff', ordersOf),
      getSchema: schema('Order'),
      set: ([uid, patch, query], context) => (uid === null ? newCart(orders, context, patch, query) : setOrder(orders, context, uid, patch, query)),
      addArticle: ([orderUid, articleUid, choices, query], context) => {
        const at = placeOf(context)
        checkQuery('OrderItem', query ?? true)
        const order = found<Order>(at, 'Order', orderUid)
        if (!isAdmin(context, 'Order') && (context.session?.order !== order.uid || order.ordered !== null)) throw new RpcError(1006)
        const item = orders.add(at, order, found<Article>(at, 'Article', articleUid), objectOf(choices))
        return answer(at, 'OrderItem', item, query)
      },
    },
    OrderItem: {
      get: reading('OrderItem', 'staff', () => []).get as Method,
      delete: ([uid], context) => {
        const at = adminPlace(context, 'OrderItem')
        const item = found<Item>(at, 'OrderItem', uid)
        orders.setQuantity(at, found<Order>(at, 'Order', item.order), item, 0)
        return null
      },
    },
    Session: {
      getToken: (_params, context) => {
        const { shop } = placeOf(context)
        const token = randomBytes(16).toString('hex')
        shop.sessions.set(token, { order: null })
        return token
      },
      get: (_params, context) => ({ uid: sessionOf(context).token }),
      getOrder: ([query], context) => {
        const session = sessionOf(context)
        checkQuery('Order', query ?? true)
        const at = placeOf(context)
        return session.order === null ? null : show(at, 'Order', found<Order>(at, 'Order', session.order), query ?? true)
      },
      delete: ([token], context) => {
        if (!placeOf(context).shop.sessions.delete(String(token))) throw new RpcError(-32602, 'No such session')
        return null
      },
    },
  }
}

/** By rising uid. A top-level shop may also be shown what its sub-shops sold. */
const ordersOf = ({ world, shop }: Place): Iterable<Order> => {
  const sellers = sellersOf(world, shop)
  return sellers.length === 1 ? shop.orders.values() : sellers.flatMap((each) => [...each.orders.values()]).toSorted((a, b) => a.uid - b.uid)
}

function newCart(orders: Orders, context: Context, patch: unknown, query: unknown): unknown {
  const at = placeOf(context)
  const token = sessionOf(context).token
  checkQuery('Order', query ?? true)
  const { customer, currency, language } = readPatch('Order', patch) as { customer?: Record<string, unknown>; currency?: string; language?: string }
  const order = orders.cart(at, customer, currency, language)
  at.shop.sessions.set(token, { order: order.uid })
  return answer(at, 'Order', order, query)
}

function setOrder(orders: Orders, context: Context, uid: unknown, patch: unknown, query: unknown): unknown {
  const at = adminPlace(context, 'Order')
  checkQuery('Order', query ?? true)
  const order = found<Order>(at, 'Order', uid)
  const { discarded, ...plain } = readPatch('Order', patch)
  if (discarded === true) orders.discard(at, order)
  if (discarded === false) orders.undiscard(at, order)
  if (Object.keys(plain).length > 0) Object.assign(order, plain, { changed: stampOf(at.world) })
  return answer(at, 'Order', order, query)
}

function sessionOf(context: Context): { token: string; order: number | null } {
  placeOf(context)
  if (context.session === null) throw new RpcError(1008)
  return context.session
}
const objectOf = (value: unknown): Record<string, unknown> => (typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {})
