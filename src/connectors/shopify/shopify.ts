/** The Shopify connector: a table of contents. What it does and leaves is in docs/connectors/shopify.md. */
import { type Connector, type Remote, RemoteError, type StockManners, type Tools } from '../contract.ts'
import { matchNumbers, pullArticles } from './articles.ts'
import { openClient } from './client.ts'
import { pullCustomers, pullCustomersByKey } from './customers.ts'
import type { Document } from './document.ts'
import * as documents from './documents.ts'
import { guide, needs } from './guide.ts'
import { check } from './health.ts'
import { translateHook, verifyHook } from './hooks.ts'
import { isGid, tailOf } from './ids.ts'
import * as imageDocuments from './image-documents.ts'
import { readImage, readProducts } from './import.ts'
import * as importDocuments from './import-documents.ts'
import * as orderDocuments from './order-documents.ts'
import { pullOrders, pullOrdersByKey } from './orders.ts'
import { keptPlaces, onlyPlaceOf, placeRef } from './places.ts'
import * as productDocuments from './product-documents.ts'
import { putProduct } from './products.ts'
import { push } from './push.ts'
import { type ShopifySettings, settings } from './settings.ts'
import { handOver } from './shipping.ts'
import { pullStock, pullStockByKey } from './stock.ts'
import { subscribe, unsubscribe } from './subscriptions.ts'
import { words } from './words.ts'

/** Shopify forgets a key after 24 h (an hour is left for clocks); its search follows a change by seconds. */
const manners: StockManners = { compare: 'remote', keyMs: 23 * 3_600_000, lowersItself: 'placed', restores: true, adjust: true, feedLagMs: 15_000, maxFlightMs: 120_000 }

export const shopify: Connector<ShopifySettings> = {
  code: 'shopify',
  title: 'Shopify',
  settings,
  needs,
  guide,
  words,
  carries: {
    in: ['orders', 'articles', 'stock', 'customers'],
    out: ['stock', 'stocking', 'order-status', 'product', 'article', 'price', 'image'],
    stock: manners,
    hooks: true,
    masterOfPlaces: true,
  },
  limits: { batch: 250, look: 250 },
  byHand: {
    header: 'X-Shopify-Access-Token',
    before: '',
    variable: 'SHOPIFY_TOKEN',
    documents: Object.fromEntries(
      [documents, orderDocuments, productDocuments, imageDocuments, importDocuments]
        .flatMap((each) => Object.values<Document<unknown>>(each))
        .map(({ name, text }) => [name, text]),
    ),
  },
  reads: (chosen) => (chosen.customers ? ['orders', 'articles', 'stock', 'customers'] : ['orders', 'articles', 'stock']),
  takes: (chosen) => (chosen.fulfilled ? ['order-status'] : []),
  // The physical number falls when goods leave, not when they are ordered: what an order did to it is not ours to say.
  manners: (chosen) => (chosen.quantityName === 'on_hand' ? { ...manners, lowersItself: 'shipped' } : manners),
  placeRef,
  verifyHook,
  translateHook,
  orderPage: (chosen, orderRef) => (chosen.isSimulator || !isGid('Order', orderRef) ? null : `https://${chosen.shop}/admin/orders/${tailOf(orderRef)}`),
  itemPage: (chosen, itemRef) =>
    chosen.isSimulator || !isGid('InventoryItem', itemRef) ? null : `https://${chosen.shop}/admin/products/inventory/${tailOf(itemRef)}/inventory_history`,
  open(chosen, tools): Remote {
    const client = openClient(chosen, tools)
    return {
      check: () => check(client, chosen, tools),
      subscribe: (callbackUrl) => subscribe(client, chosen, tools, callbackUrl),
      unsubscribe: () => unsubscribe(client, tools),
      match: (articleNumbers) => matchNumbers(client, articleNumbers),
      async pull(feed, from, priority = 'live') {
        switch (feed) {
          case 'orders': {
            const onlyPlaceRef = await onlyPlace(tools)
            return 'keys' in from ? pullOrdersByKey(client, tools, from.keys, onlyPlaceRef, priority) : pullOrders(client, tools, from, onlyPlaceRef, priority)
          }
          case 'articles':
            return 'keys' in from ? pullStockByKey(client, tools, chosen, from.keys, priority) : pullArticles(client, tools, from, priority)
          case 'stock':
            return 'keys' in from ? pullStockByKey(client, tools, chosen, from.keys, priority) : pullStock(client, tools, chosen, from, priority)
          case 'customers':
            return 'keys' in from ? pullCustomersByKey(client, tools, from.keys, priority) : pullCustomers(client, tools, from, priority)
          case 'invoices':
            throw new RemoteError('refused', 'not-carried', `no ${feed} are read from Shopify`, { executed: 'no' })
        }
      },
      handOver: (document) => handOver(client, tools, document),
      putProduct: (product, _key, priority = 'live') => putProduct(client, tools, product, priority),
      readProducts: (cursor, priority = 'backfill') => readProducts(client, tools, chosen, cursor, priority),
      readImage: (url) => readImage(tools, url),
      push: async (batch, priority = 'live') => push(client, chosen, await keptPlaces(tools), batch, priority),
    }
  },
}

/** As the last check saw it. */
const onlyPlace = async (tools: Tools): Promise<string | null> => onlyPlaceOf(await keptPlaces(tools))
