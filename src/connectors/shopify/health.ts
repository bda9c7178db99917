/** What check() tells: who we are connected to, which rights are there and what each is for, the places, and what Shopify's answers taught us. */
import { type Health, RemoteError, type Stoppable, type Tools } from '../contract.ts'
import type { Client } from './client.ts'
import { ANY_CUSTOMER, WHOAMI } from './documents.ts'
import { askPlaces, keepPlaces, keptPlaces, onlyPlaceOf, type Place } from './places.ts'
import { askChannels } from './publishing.ts'
import type { ShopifySettings } from './settings.ts'

/** The guide's four rights are five scopes; customers and shipping are asked for only when they are wanted, and the rest are extras nothing here waits for. */
const FEATURES: readonly { feature: string; scope: string; needed: boolean; stops?: readonly Stoppable[] }[] = [
  { feature: 'stock-read', scope: 'read_inventory', needed: true, stops: ['articles', 'stock'] },
  { feature: 'stock-write', scope: 'write_inventory', needed: true, stops: ['stock'] },
  { feature: 'orders', scope: 'read_orders', needed: true, stops: ['orders'] },
  { feature: 'places', scope: 'read_locations', needed: true, stops: ['places'] },
  // Goods that move between two places move the shop's numbers too, and nobody tells: like a sale that can't be seen.
  { feature: 'routing', scope: 'read_merchant_managed_fulfillment_orders', needed: true, stops: ['stock'] },
  { feature: 'customers', scope: 'read_customers', needed: true, stops: ['customers'] },
  // Needed where the shop is told of our products: without them only those stand still.
  { feature: 'products-read', scope: 'read_products', needed: false, stops: ['products'] },
  { feature: 'products-write', scope: 'write_products', needed: false, stops: ['products'] },
  { feature: 'images', scope: 'write_files', needed: false },
  { feature: 'channels', scope: 'read_publications', needed: false },
  { feature: 'publishing', scope: 'write_publications', needed: false },
  { feature: 'order-status', scope: 'write_merchant_managed_fulfillment_orders', needed: true, stops: ['order-status'] },
  { feature: 'shipment-hooks', scope: 'read_fulfillments', needed: false },
  { feature: 'old-orders', scope: 'read_all_orders', needed: false },
]

export async function check(client: Client, settings: ShopifySettings, tools: Tools): Promise<Health> {
  const { shop, currentAppInstallation: installation } = await client.ask(WHOAMI, {}, 'live')
  const granted = new Set(installation.accessScopes.map((scope) => scope.handle))
  const rights = FEATURES.filter(({ feature }) => isWanted(feature, settings)).map((f) => ({
    ...f,
    granted: granted.has(f.scope) || granted.has(f.scope.replace(/^read_/, 'write_')),
  }))
  const places = await placesIfAllowed(client, tools)
  await keepPlaces(tools, places)
  const channels = granted.has('read_publications') || granted.has('write_publications') ? await askChannels(client, tools, 'live') : null
  const bucket = client.bucket()
  return {
    account: { ref: shop.id, name: shop.name, address: shop.myshopifyDomain, currency: shop.currencyCode },
    places,
    rights: [...rights, ...(await customerData(client, settings, rights))],
    version: client.version(),
    channels,
    learned: {
      credentials: settings.access.kind,
      hooks: settings.hookSecrets.length === 0 ? 'no-secret' : 'signed',
      number: settings.quantityName,
      routing: onlyPlaceOf(places) !== null ? 'one-place' : 'by-shopify',
      ...(shop.plan ? { plan: shop.plan.publicDisplayName } : {}),
      ...(installation.app ? { app: installation.app.title } : {}),
      ...(installation.app?.webhookApiVersion ? { 'hook-version': installation.app.webhookApiVersion } : {}),
      ...(bucket ? { rate: String(bucket.restoreRate), bucket: String(bucket.maximumAvailable) } : {}),
    },
  }
}

/** Asked for only when they are used. */
const isWanted = (feature: string, settings: ShopifySettings): boolean => (feature === 'customers' ? settings.customers : feature === 'order-status' ? settings.fulfilled : true)

/** Shopify may keep customers from an app that has the right to them: that approval stands in no list, so one customer is asked for. */
async function customerData(client: Client, settings: ShopifySettings, rights: Health['rights']): Promise<Health['rights']> {
  if (!settings.customers || rights.some(({ feature, granted }) => feature === 'customers' && !granted)) return []
  const right = { feature: 'customer-data', scope: 'protected customer data', needed: true, stops: ['customers'] as const }
  try {
    await client.ask(ANY_CUSTOMER, {}, 'live')
    return [{ ...right, granted: true }]
  } catch (error) {
    if (error instanceof RemoteError && error.code === 'scope-missing') return [{ ...right, granted: false }]
    throw error
  }
}

/** The list of rights says what is missing; failing here would only hide it. The places are those that were seen last. */
async function placesIfAllowed(client: Client, tools: Tools): Promise<Place[]> {
  try {
    return await askPlaces(client, 'live')
  } catch (error) {
    if (error instanceof RemoteError && error.code === 'scope-missing') return keptPlaces(tools)
    throw error
  }
}
