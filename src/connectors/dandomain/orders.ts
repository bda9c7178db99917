/** Orders out of the shop: the walk over what was placed and changed, and these very ones. What the buyer never finished, and drafts, are orders nobody has placed: they aren't told. */
import { type Page, type Priority, RemoteError, type RemoteEvent, type Tools } from '../contract.ts'
import { listOf, maybe, type Order, order } from './answers.ts'
import { readProducts } from './articles.ts'
import type { Client } from './client.ts'
import { type CreditNotes, creditedBy } from './credit-notes.ts'
import { newsIn, questionOf, walkFrom, walkOn } from './order-walk.ts'
import { type Bought, boughtProducts, isDone, remoteOrder } from './remote-order.ts'
import type { DandomainSettings } from './settings.ts'

/** `notes`: the credit notes met so far. */
interface At {
  client: Client
  settings: DandomainSettings
  notes: CreditNotes
  priority: Priority
}

export async function pullOrders(at: At, tools: Tools, from: { cursor: string | null; since?: string }): Promise<Page> {
  const now = tools.clock.now()
  const walk = walkFrom(from, now)
  const rows = await at.client.ask(listOf(order), questionOf(walk, now), at.priority)
  const events = await snapshots(
    at,
    newsIn(walk, rows, (each) => isDone(each, at.settings)),
    rows,
  )
  const next = walkOn(walk, rows, now)
  return { events, cursor: JSON.stringify(next.walk), more: next.more }
}

/** A key that is gone gives nothing; a credit note's gives the order it credits. */
export async function pullOrdersById(at: At, orderRefs: string[]): Promise<Page> {
  const found: Order[] = []
  for (const id of new Set(orderRefs.filter((ref) => /^\d{1,18}$/.test(ref)))) found.push(...(await readOrder(at, id)))
  return { events: await snapshots(at, found, found), cursor: '', more: false }
}

/** Whether one that isn't there is nothing or a fault isn't said. */
export async function readOrder({ client, priority }: Pick<At, 'client' | 'priority'>, id: string): Promise<Order[]> {
  try {
    const found = await client.ask(maybe(order), { name: 'Order_GetById', args: { OrderId: id } }, priority)
    return found?.Id === id ? [found] : []
  } catch (error) {
    if (error instanceof RemoteError && error.kind === 'refused') return []
    throw error
  }
}

/** `seen` = all that was read with them, so that nothing is asked twice. */
async function snapshots(at: At, orders: readonly Order[], seen: readonly Order[]): Promise<RemoteEvent[]> {
  await at.notes.note(orders)
  const known = new Map(seen.map((each) => [each.Id, each]))
  const one = async (id: string): Promise<Order[]> => {
    const found = known.get(id)
    if (found !== undefined) return [found]
    const read = await readOrder(at, id)
    for (const each of read) known.set(each.Id, each)
    return read
  }
  const wanted: { order: Order; credits: Order[] }[] = []
  for (const id of new Set(orders.map((each) => creditedBy(each) ?? each.Id))) {
    const [found] = await one(id)
    if (found === undefined) continue
    const credits: Order[] = []
    for (const note of await at.notes.of(id)) credits.push(...(await one(note)))
    wanted.push({ order: found, credits })
  }
  const products = await readProducts(at.client, boughtProducts(wanted.map((each) => each.order)), at.priority)
  const bought: Bought = new Map(products.map((each) => [each.Id, each]))
  return wanted.flatMap(({ order: each, credits }): RemoteEvent[] => {
    const snapshot = remoteOrder(each, credits, bought, at.settings)
    return snapshot === null ? [] : [{ kind: 'order-snapshot', order: snapshot }]
  })
}
