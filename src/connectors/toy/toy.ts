/** The toy connector: a table of contents. */
// `npm run new-connector` makes a new connector of this folder, of sim/toy and of the toy's battery, without what is marked. // toy only
import { z } from 'zod'
import { type Connector, type Health, type Remote, RemoteError, type Stoppable } from '../contract.ts'
import { matchNumbers, pullItems, pullItemsByRef } from './articles.ts'
import { type ToyClient, toyClient } from './client.ts'
import { guide, needs } from './guide.ts'
import { subscribe, translateHook, unsubscribe, verifyHook } from './hooks.ts'
import { pullOrders, pullOrdersByRef } from './orders.ts'
import { putProduct } from './products.ts'
import { readProducts } from './read-products.ts'
import { documented, mannersOf, settingsForm, type ToySettings } from './settings.ts'
import { handOver } from './shipping.ts'
import { push } from './stock.ts'
import { words } from './words.ts'

export const toy: Connector<ToySettings> = {
  code: 'toy',
  title: 'Toy shop',
  // Not offered to shopkeepers.
  practice: true,
  settings: settingsForm,
  needs,
  guide,
  words,
  carries: {
    in: ['orders', 'articles', 'stock'],
    out: ['stock', 'stocking', 'order-status', 'product', 'article', 'price', 'image'],
    stock: documented,
    hooks: true,
    masterOfPlaces: true,
  },
  limits: { batch: 50, look: 100 },
  manners: mannersOf,
  takes: (settings) => (settings.fulfilled ? ['order-status'] : []),
  placeRef: (text) => text.trim() || null,
  verifyHook,
  translateHook,
  open(settings, tools): Remote {
    const client = toyClient(settings, tools)
    return {
      check: () => check(client, settings),
      subscribe: (callbackUrl) => subscribe(client, callbackUrl),
      unsubscribe: () => unsubscribe(client),
      match: (articleNumbers) => matchNumbers(client, articleNumbers),
      async pull(feed, from) {
        switch (feed) {
          case 'orders':
            return 'keys' in from ? pullOrdersByRef(client, from.keys) : pullOrders(client, from, mannersOf(settings).feedLagMs)
          case 'articles':
          case 'stock':
            return 'keys' in from ? pullItemsByRef(client, from.keys) : pullItems(client, from.cursor)
          case 'customers':
          case 'invoices':
            throw new RemoteError('refused', 'not-carried', `a toy shop has no ${feed}`, { executed: 'no' })
        }
      },
      handOver: (document) => handOver(client, document),
      putProduct: (product) => putProduct(client, product),
      readProducts: (cursor) => readProducts(client, cursor),
      readImage: (url) => client.file('picture', url),
      push: (batch) => push(client, batch, mannersOf(settings)),
    }
  },
}

/** What each right is for; a hook that isn't granted is made up for by asking. */
const FEATURES: readonly { feature: string; scope: string; needed: boolean; stops?: readonly Stoppable[] }[] = [
  { feature: 'articles', scope: 'items:read', needed: true, stops: ['articles', 'stock'] },
  { feature: 'orders', scope: 'orders:read', needed: true, stops: ['orders'] },
  { feature: 'stock', scope: 'stock:write', needed: true, stops: ['stock'] },
  { feature: 'order-status', scope: 'orders:ship', needed: true, stops: ['order-status'] },
  { feature: 'order-hooks', scope: 'hooks:orders', needed: false },
  { feature: 'article-hooks', scope: 'hooks:items', needed: false },
  { feature: 'stock-hooks', scope: 'hooks:stock', needed: false },
]
const shopShape = z.object({
  ref: z.string(),
  name: z.string(),
  currency: z.string(),
  version: z.string(),
  places: z.array(z.object({ ref: z.string(), name: z.string(), active: z.boolean(), unusable: z.string().nullable() })),
  channels: z.array(z.object({ ref: z.string(), name: z.string() })),
  rights: z.array(z.string()),
})

async function check(client: ToyClient, settings: ToySettings): Promise<Health> {
  const shop = await client.call('shop', shopShape, 'GET', '/shop')
  return {
    account: { ref: shop.ref, name: shop.name, address: settings.address, currency: shop.currency },
    places: shop.places,
    rights: FEATURES.filter(({ feature }) => feature !== 'order-status' || settings.fulfilled).map((f) => ({ ...f, granted: shop.rights.includes(f.scope) })),
    version: { asked: '1', answered: shop.version, deprecated: null },
    channels: shop.channels,
    learned: {},
  }
}
