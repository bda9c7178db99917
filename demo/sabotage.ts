/** Ways to break the simulated shop, so that a rehearsal that notices nothing would be seen. */
import { askSim } from './ask.ts'

export const SABOTAGES = ['lost-writes', 'no-orders'] as const
export type Sabotage = (typeof SABOTAGES)[number]

/** `lost-writes`: the shop says done and keeps nothing. `no-orders`: orders are placed, and never shown or told. */
const SWITCHES: Record<Sabotage, Record<string, boolean>> = { 'lost-writes': { lostWrites: true }, 'no-orders': { noOrders: true } }

export const sabotage = (sim: string, how: Sabotage): Promise<unknown> => askSim(sim, 'fault', { switches: SWITCHES[how] })
