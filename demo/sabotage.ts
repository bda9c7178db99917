/** Ways to break the simulated shop, so that a rehearsal that notices nothing would be seen. */
import { askSim } from './ask.ts'
import type { ShopCode } from './shops.ts'

type Broken = ShopCode | 'dandomain' | 'catalogue'

export const SABOTAGES = ['lost-writes', 'no-orders'] as const
export type Sabotage = (typeof SABOTAGES)[number]

/** `lost-writes`: the shop says done and keeps nothing. `no-orders`: orders are placed, and never shown or told. */
const SHOPIFY = { 'lost-writes': { switches: { lostWrites: true } }, 'no-orders': { switches: { noOrders: true } } }
const FAULTS: Record<Broken, Record<Sabotage, object>> = {
  shopify: SHOPIFY,
  catalogue: SHOPIFY,
  dandomain: { 'lost-writes': { arm: { kind: 'lost-write', times: 'always' } }, 'no-orders': { arm: { kind: 'hidden-orders', times: 'always' } } },
  abicart: { 'lost-writes': { arm: { kind: 'lost-write', times: 'always' } }, 'no-orders': { arm: { kind: 'hidden-orders', times: 'always' } } },
}

export const sabotage = (shop: Broken, sim: string, how: Sabotage): Promise<unknown> => askSim(sim, 'fault', FAULTS[shop][how])
