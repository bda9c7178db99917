/** The kinds of webshop the demo company has. */
import type { Clock } from '../src/kit/clock.ts'
import type { Api } from './ask.ts'

export const SHOPS = ['shopify', 'abicart'] as const
export type ShopCode = (typeof SHOPS)[number]

export interface ShopSim {
  address: string
  /** Everything it remembers, to go on with. */
  keep(): Uint8Array
  close(): Promise<void>
}
/** A simulator that answers, and what a person types to connect it. */
export interface Running {
  sim: ShopSim
  settings: Record<string, string>
}
export interface ShopKind {
  /** Which of the settings says where it answers. */
  addressField: string
  start(options: { port?: number; kept?: Uint8Array; clock?: Clock }): Promise<Running>
  /** Puts the goods into the simulator at this address. */
  fill(sim: string): Promise<void>
  /** The guide's steps and the first sync begun; `hooks` false = nobody could reach us. Answers the connection's id. */
  connect(api: Api, settings: Record<string, string>, hooks: boolean): Promise<number>
}
