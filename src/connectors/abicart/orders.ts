/** Orders out of Abicart: the walk over what changed, and these very ones. Carts are orders nobody has placed: they aren't told. */
import { z } from 'zod'
import type { Page, Priority, RemoteEvent, Tools } from '../contract.ts'
import { type Article, article, type Order, order } from './answers.ts'
import type { Client } from './client.ts'
import type { Doctor } from './doctor.ts'
import { filtersOf, newsIn, walkFrom, walkOn } from './order-walk.ts'
import { listOf, pageOf } from './paging.ts'
import { chosenArticles, remoteOrder } from './remote-order.ts'

const QUERY = {
  uid: true,
  orderNumber: true,
  ordered: true,
  changed: true,
  discarded: true,
  paymentStatus: true,
  deliveryStatus: true,
  currency: true,
  customer: true,
  items: { uid: true, article: true, articleNumber: true, articleName: true, choices: true, costs: true },
}

export async function pullOrders(client: Client, doctor: Doctor, tools: Tools, from: { cursor: string | null; since?: string }, priority: Priority): Promise<Page> {
  const now = tools.clock.now()
  const walk = walkFrom(from, now)
  const page = await doctor.trying((facts) => pageOf(client, facts, { name: 'Order', query: QUERY, shape: order, filters: filtersOf(walk, facts, now) }, walk.spot, priority))
  const events = await snapshots(client, newsIn(walk, page.rows), priority)
  const next = walkOn(walk, page.rows, page, now)
  return { events, cursor: JSON.stringify(next.walk), more: next.more }
}

/** A key that is gone, or a cart's, gives nothing. */
export async function pullOrdersByUid(client: Client, uids: string[], priority: Priority): Promise<Page> {
  const wanted = [...new Set(uids.filter((uid) => /^\d{1,30}$/.test(uid)))]
  if (wanted.length === 0) return { events: [], cursor: '', more: false }
  const found = await client.ask(z.array(order), listOf('Order', QUERY, wanted), priority)
  return { events: await snapshots(client, found, priority), cursor: '', more: false }
}

async function snapshots(client: Client, orders: Order[], priority: Priority): Promise<RemoteEvent[]> {
  const placed = orders.filter((each) => each.ordered)
  const articles = new Map<string, Article>()
  const wanted = chosenArticles(placed)
  for (let n = 0; n < wanted.length; n += 100)
    for (const each of await client.ask(z.array(article), listOf('Article', { uid: true, articleNumber: true, variants: true }, wanted.slice(n, n + 100)), priority))
      articles.set(each.uid, each)
  return placed.flatMap((each): RemoteEvent[] => {
    const snapshot = remoteOrder(each, articles)
    return snapshot === null ? [] : [{ kind: 'order-snapshot', order: snapshot }]
  })
}
