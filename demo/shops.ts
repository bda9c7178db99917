/** What a demo company is, and the kinds of webshop and accounts it has. */
import type { Clock } from '../src/kit/clock.ts'
import type { Locale } from '../src/web/contract/shared.ts'
import type { Api } from './ask.ts'

export const SHOPS = ['shopify', 'abicart'] as const
export type ShopCode = (typeof SHOPS)[number]
/** Of the Danish company: its accounts, and the webshop that follows them. */
export const SYSTEMS = ['economic', 'dandomain'] as const
export type SystemCode = (typeof SYSTEMS)[number]

export interface SignIn {
  email: string
  password: string
}
/** A company of the demo, made through the product's own API. */
export interface DemoCompany<C extends string> {
  email: string
  /** Before the digits that make each one's password its own. */
  passwordStart: string
  /** Answers a key for what comes after. */
  make(address: string, owner: SignIn, locale: Locale): Promise<string>
  fill(api: Api): Promise<void>
  /** Loaded when they are there: an installation without development packages has no simulators. */
  kinds(): Promise<Record<C, ShopKind> | null>
}

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
  /** Made by a person in its own pages, and now to be called at our address of today. Left out: the product does it itself. */
  listen?(api: Api, connectionId: number, sim: string): Promise<void>
}
