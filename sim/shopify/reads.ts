/** What each field of the simulated schema answers with. */
import { allowed, SCOPE_WORDS } from './access.ts'
import { BULK_NODES } from './bulk.ts'
import { accessDenied, invalidId } from './errors.ts'
import { gid, numeral } from './ids.ts'
import type { Group } from './inventory-writes.ts'
import { levelGid, quantityAsShown, quantityNames } from './levels.ts'
import type { Shop } from './payloads.ts'
import { MOST_OPTIONS, MOST_VARIANTS } from './product.ts'
import { as, find, type InOrder, type Nodes, named, pages, type Reading, type Resolvers, stamped, visibleOrder } from './reading.ts'
import { customerById, customerFields, customerRoots } from './reads-customers.ts'
import { MEDIA_NODES } from './reads-media.ts'
import { orderReads } from './reads-orders.ts'
import { PRODUCT_NODES, productReads, productRoots } from './reads-products.ts'
import { byId, cut, itemMatches, orderMatches, type PageArgs, parseQuery } from './search.ts'
import { itemsToAsk } from './sku-index.ts'
import type { FulfilmentOrder, Item, Level, Place, Subscription } from './state.ts'

function levelById(reading: Reading, id: string): Level | null {
  const parts = /^gid:\/\/shopify\/InventoryLevel\/(\d+)\?inventory_item_id=(\d+)$/.exec(id)
  if (parts === null) throw invalidId(id)
  for (const level of reading.state.items.get(parts[2] ?? '')?.levels.values() ?? []) if (level.place.levelNumber === parts[1]) return level
  return null
}
const shownLevel = (level: Level | undefined, args: { includeInactive: boolean }): Level | null => (level !== undefined && (level.active || args.includeInactive) ? level : null)
function fulfilmentOrderById(reading: Reading, id: string): InOrder<FulfilmentOrder> | null {
  const number = numeral('FulfillmentOrder', id)
  if (number === null) throw invalidId(id)
  for (const order of reading.state.orders.values()) {
    const part = order.routed && visibleOrder(reading, order) ? order.fulfilmentOrders.find((fo) => fo.id === number) : undefined
    if (part !== undefined) return { order, part }
  }
  return null
}

/** node(id) by kind: how to find it, which right it needs. */
const NODES: Nodes = {
  InventoryItem: { scopes: ['read_inventory', 'read_products'], find: (reading, id) => find(reading.state.items, 'InventoryItem', id) },
  InventoryLevel: { scopes: ['read_inventory'], find: levelById },
  Location: { scopes: ['read_locations'], find: (reading, id) => find(reading.state.places, 'Location', id) },
  Order: { scopes: ['read_orders'], find: (reading, id) => visibleOrder(reading, find(reading.state.orders, 'Order', id) ?? undefined) },
  Customer: { scopes: ['read_customers'], find: customerById },
  FulfillmentOrder: { scopes: ['read_merchant_managed_fulfillment_orders'], find: fulfilmentOrderById },
  ...PRODUCT_NODES,
  ...MEDIA_NODES,
  ...BULK_NODES,
  WebhookSubscription: { scopes: [], find: (reading, id) => find(reading.state.subscriptions, 'WebhookSubscription', id) },
}
function node(reading: Reading, id: string): object | null | Error {
  const kind = /^gid:\/\/shopify\/(\w+)\//.exec(id)?.[1] ?? ''
  const known = NODES[kind]
  if (known === undefined) return null
  if (known.scopes.length > 0 && !allowed(reading.scopes, known.scopes)) return accessDenied(kind, known.scopes[0] ?? '')
  const found = known.find(reading, id)
  return found === null ? null : as(kind, found)
}

export const reads: Resolvers = {
  QueryRoot: {
    shop: (_, __, reading) => reading.shop,
    currentAppInstallation: (_, __, reading) => reading.app,
    node: (_, args: { id: string }, reading) => node(reading, args.id),
    nodes: (_, args: { ids: string[] }, reading) => args.ids.map((id) => node(reading, id)),
    location: (_, args: { id?: string | null }, reading) => (args.id == null ? ([...reading.state.places.values()][0] ?? null) : find(reading.state.places, 'Location', args.id)),
    locations: (_, args: PageArgs & { includeInactive: boolean; includeLegacy: boolean }, reading) =>
      pages(
        [...reading.state.places.values()].filter((place) => (place.active || args.includeInactive) && (place.fulfilmentService === null || args.includeLegacy)),
        args,
        (place) => place.id,
      ),
    inventoryItem: (_, args: { id: string }, reading) => find(reading.state.items, 'InventoryItem', args.id),
    inventoryItems: (_, args: PageArgs & { query?: string | null }, reading) => {
      const query = parseQuery(args.query)
      return cut(query.length === 0 ? reading.state.items.values() : [...itemsToAsk(reading.state, query)].filter((item) => itemMatches(item, query)), args, byId, true)
    },
    inventoryLevel: (_, args: { id: string }, reading) => levelById(reading, args.id),
    ...productRoots,
    ...customerRoots,
    order: (_, args: { id: string }, reading) => visibleOrder(reading, find(reading.state.orders, 'Order', args.id) ?? undefined),
    orders: (_, args: PageArgs & { query?: string | null; sortKey: string }, reading) => {
      const query = parseQuery(args.query)
      const found = [...reading.state.orders.values()].filter((order) => visibleOrder(reading, order) !== null && orderMatches(order, query))
      return cut(found, args, (order) => ({
        value: args.sortKey === 'UPDATED_AT' ? order.updatedAt : args.sortKey === 'ID' || args.sortKey === 'ORDER_NUMBER' ? 0 : order.createdAt,
        id: order.id,
      }))
    },
    fulfillmentOrder: (_, args: { id: string }, reading) => fulfilmentOrderById(reading, args.id),
    webhookSubscription: (_, args: { id: string }, reading) => find(reading.state.subscriptions, 'WebhookSubscription', args.id),
    webhookSubscriptions: (_, args: PageArgs & { topics?: string[] | null; uri?: string | null; callbackUrl?: string | null; format?: string | null }, reading) =>
      pages(
        [...reading.state.subscriptions.values()].filter(
          (each) =>
            (args.topics == null || args.topics.includes(each.topic)) &&
            (args.uri ?? args.callbackUrl ?? each.uri) === each.uri &&
            (args.format == null || each.format === args.format),
        ),
        args,
        (each) => each.id,
      ),
  },
  Shop: {
    id: (shop: Shop) => gid('Shop', shop.id),
    myshopifyDomain: (shop: Shop) => shop.domain,
    email: () => 'butiken@example.com',
    currencyCode: (shop: Shop) => shop.currency,
    ianaTimezone: () => 'Europe/Stockholm',
    plan: () => ({ partnerDevelopment: false, publicDisplayName: 'Basic', shopifyPlus: false }),
    resourceLimits: () => ({ locationLimit: 200, maxProductOptions: MOST_OPTIONS, maxProductVariants: MOST_VARIANTS, redirectLimitReached: false }),
    url: (shop: Shop) => `https://${shop.domain}`,
  },
  AppInstallation: {
    id: (app: Reading['app']) => gid('AppInstallation', app.id),
    app: (app: Reading['app']) => app,
    accessScopes: (_, __, reading) => [...reading.scopes].map((handle) => ({ handle, description: SCOPE_WORDS[handle] ?? handle })),
  },
  App: {
    id: (app: Reading['app']) => gid('App', app.id),
    apiKey: (app: Reading['app']) => app.clientId,
    handle: () => 'lager',
    webhookApiVersion: (app: Reading['app']) => app.apiVersion,
  },
  Location: {
    ...named('Location'),
    isActive: (place: Place) => place.active,
    fulfillsOnlineOrders: (place: Place) => place.fulfilsOnline,
    shipsInventory: (place: Place) => place.fulfilsOnline,
    isFulfillmentService: (place: Place) => place.fulfilmentService !== null,
    hasActiveInventory: (place: Place, _, reading) => [...reading.state.items.values()].some((item) => item.levels.get(place.id)?.active === true),
    createdAt: stamped.createdAt,
    updatedAt: stamped.createdAt,
    inventoryLevel: (place: Place, args: { inventoryItemId: string; includeInactive: boolean }, reading) =>
      shownLevel(find(reading.state.items, 'InventoryItem', args.inventoryItemId)?.levels.get(place.id), args),
    inventoryLevels: (place: Place, args: PageArgs & { includeInactive: boolean }, reading) => {
      const levels: Level[] = []
      for (const item of reading.state.items.values()) {
        const level = shownLevel(item.levels.get(place.id), args)
        if (level !== null) levels.push(level)
      }
      return cut(levels, args, (level) => ({ value: 0, id: level.item.id }), true)
    },
  },
  InventoryItem: {
    ...named('InventoryItem'),
    ...stamped,
    duplicateSkuCount: (item: Item, _, reading) => (item.sku === null ? 0 : Math.max(0, (reading.state.bySku.get(item.sku)?.size ?? 1) - 1)),
    inventoryLevel: (item: Item, args: { locationId: string; includeInactive: boolean }) => shownLevel(item.levels.get(numeral('Location', args.locationId) ?? ''), args),
    inventoryLevels: (item: Item, args: PageArgs & { includeInactive: boolean }) =>
      pages(
        [...item.levels.values()].filter((level) => level.active || args.includeInactive),
        args,
        (level) => level.place.id,
      ),
    variant: (item: Item) => item,
    variants: (item: Item, args: PageArgs) => pages([item], args, (each) => each.variantId),
  },
  InventoryLevel: {
    id: levelGid,
    ...stamped,
    isActive: (level: Level) => level.active,
    location: (level: Level) => level.place,
    quantities: (level: Level, args: { names: string[] }) =>
      args.names.filter((name) => (quantityNames as readonly string[]).includes(name)).map((name) => quantityAsShown(level, name)),
  },
  ...productReads,
  ...orderReads,
  Customer: customerFields,
  InventoryAdjustmentGroup: {
    app: (_, __, reading) => reading.app,
    changes: (group: Group, args: { quantityNames?: string[] | null }) => group.changes.filter((change) => args.quantityNames == null || args.quantityNames.includes(change.name)),
  },
  InventoryChange: { quantityAfterChange: () => null, ledgerDocumentUri: () => null },
  WebhookSubscription: {
    ...named('WebhookSubscription'),
    ...stamped,
    callbackUrl: (each: Subscription) => each.uri,
    apiVersion: (each: Subscription) => ({ handle: each.apiVersion, displayName: each.apiVersion, supported: true }),
  },
}
