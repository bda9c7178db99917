/** What check() tells: which shop this is, whether the user may do what is needed, which stock locations its goods stand at, and which statuses it has of its own. */
import { type Health, RemoteError } from '../contract.ts'
import { listOf, product, status, webinfo } from './answers.ts'
import { PAGE, placesOf, thingsOf } from './articles.ts'
import type { Client } from './client.ts'
import { locationIn, PLACE } from './refs.ts'
import type { DandomainSettings } from './settings.ts'
import type { Operation } from './soap.ts'

/** The service names no locations, so they are those that goods stand at. */
const LOOKED_AT = 3 * PAGE
/** The statuses every shop has. */
const STOCK_STATUSES = 9

export async function check(client: Client, settings: DandomainSettings): Promise<Health> {
  const shop = await client.ask(webinfo, { name: 'Solution_GetWebinfo', args: {} }, 'live')
  const name = shop.Title ?? shop.SolutionId ?? settings.username
  const articles = await reached(client, { name: 'Product_GetAllWithLimit', args: { Start: 0, Length: 1 } }, 'Product')
  const orders = await reached(client, { name: 'OrderStatusCode_GetAll', args: {} }, 'Order')
  return {
    account: { ref: shop.SolutionId ?? settings.address, name, address: shop.Url ?? new URL(settings.address).host, currency: null },
    places: articles.granted ? await places(client, name) : [],
    rights: [articles, orders].map(({ scope, granted }) => ({ feature: scope === 'Product' ? 'articles' : 'orders', scope, granted, needed: true })),
    version: { asked: '1', answered: null, deprecated: null },
    learned: orders.granted ? await ownStatuses(client) : {},
  }
}

async function reached(client: Client, operation: Operation, scope: string): Promise<{ scope: string; granted: boolean }> {
  try {
    await client.ask(listOf(product.pick({ Id: true }).partial()), operation, 'live')
    return { scope, granted: true }
  } catch (error) {
    if (error instanceof RemoteError && error.kind === 'refused') return { scope, granted: false }
    throw error
  }
}

async function places(client: Client, shopName: string): Promise<Health['places']> {
  const refs = new Set<string>()
  for (let start = 0; start < LOOKED_AT; start += PAGE) {
    const rows = await client.ask(listOf(product), { name: 'Product_GetAllWithLimit', args: { Start: start, Length: PAGE } }, 'live')
    for (const thing of rows.flatMap(thingsOf)) for (const ref of placesOf(thing.stocked)) refs.add(ref)
    if (rows.length < PAGE) break
  }
  const located = [...refs].filter((ref) => locationIn(ref) !== null).toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }))
  if (located.length === 0) return [{ ref: PLACE, name: shopName, active: true, unusable: null }]
  return located.map((ref) => ({ ref, name: `${shopName} ${locationIn(ref)}`, active: true, unusable: null }))
}

/** So that a person can say which of them mean that an order was sent or cancelled. */
async function ownStatuses(client: Client): Promise<Record<string, string>> {
  const rows = await client.ask(listOf(status), { name: 'OrderStatusCode_GetAll', args: {} }, 'live')
  const own = rows
    .filter(({ Id: id }) => /^\d+$/.test(id) && Number(id) >= STOCK_STATUSES && id !== '99' && id !== '100')
    .map(({ Id: id, Title: title }) => `${id} ${title ?? ''}`.trim())
  return own.length === 0 ? {} : { statuses: [...new Set(own)].join(', ').slice(0, 200) }
}
