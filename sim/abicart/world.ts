/** Everything the simulated Abicart remembers, as plain data: shops beside each other, each with its own articles, orders, keys and listeners. */
import type { SimTime } from '../time.ts'
import { boldKnobs, type Knobs, turnKnobs } from './knobs.ts'

/** By language, such as `{ sv: 'Mössa' }`; a language may be missing. */
export type Words = Record<string, string>

export interface Stock {
  show: boolean
  useStock: boolean
  stock: number
  hideUnstocked: boolean
}
/** Instants are milliseconds here, whole seconds in what is told. */
export interface Article {
  uid: number
  created: number
  changed: number
  articleNumber: string | null
  name: Words
  description: Words
  /** By currency, with VAT. */
  price: Record<string, number>
  vatRate: number
  stock: Stock
  draft: boolean
  hidden: boolean
  isBuyable: boolean
  articlegroup: number | null
  weight: number
  ean: string | null
  choices: number[]
  variants: number[]
}
/** "Kundens val": one combination of choices, with a stock of its own. */
export interface Variant {
  uid: number
  article: number
  articleNumber: string | null
  stock: number
  image: string | null
  /** Choice uid -> option uid, both as text. */
  definedBy: Record<string, string>
}
export interface Choice {
  uid: number
  type: 'enum' | 'number' | 'string' | 'file'
  name: Words
  mandatory: boolean
  options: number[]
}
export interface Option {
  uid: number
  name: Words
}
export interface Group {
  uid: number
  name: Words
  parent: number | null
}
export interface Item {
  uid: number
  order: number
  article: number
  articleNumber: string | null
  articleName: Words
  /** What is kept of the variant that was bought; the shop itself only tells `choices`. */
  variant: number | null
  choices: Record<string, string | number>
  priceWithVat: number
}
export interface Order {
  uid: number
  orderNumber: string | null
  /** Null = a cart. */
  ordered: number | null
  changed: number
  currency: string
  language: string
  customer: Record<string, unknown>
  items: number[]
  note: string
  tags: string[]
  externalOrderNumber: string | null
  discarded: boolean
  paymentStatus: string
  deliveryStatus: string
  /** What the shop took from its own numbers for this order: cell -> pieces (a cell is `article:<uid>` or `variant:<uid>`). */
  taken: Record<string, number>
}
export interface Listener {
  uid: number
  created: number
  changed: number
  eventName: string
  url: string
  authToken: string
  active: boolean
  inactiveSince: number | null
  /** Failures in a row. */
  failures: number
  log: { at: number; uid: number; outcome: string }[]
}
export interface Key {
  uid: string
  name: string
  description: string
  active: boolean
  created: number
  lastUsed: number | null
  /** Classes this key may not use: 1006. Own integrations not switched on for the shop = all of them. */
  refused: string[] | 'all'
}
export interface Shop {
  webshop: number
  /** The top-level shop that holds the articles, for a sub-shop. */
  parent: number | null
  name: Words
  type: string
  edition: string
  languages: string[]
  currency: string
  admin: { username: string; password: string }
  keys: Map<string, Key>
  /** Tokens of people who logged in, and when they end. */
  logins: Map<string, number>
  sessions: Map<string, { order: number | null }>
  articles: Map<number, Article>
  variants: Map<number, Variant>
  choices: Map<number, Choice>
  options: Map<number, Option>
  groups: Map<number, Group>
  orders: Map<number, Order>
  items: Map<number, Item>
  listeners: Map<number, Listener>
  lastOrderNumber: number
}
/** One executed write of a number, for judging what a connector did. */
export interface Write {
  at: number
  webshop: number
  /** `article:<uid>` or `variant:<uid>`. */
  cell: string
  articleNumber: string | null
  before: number
  value: number
}
export interface World {
  time: SimTime
  knobs: Knobs
  /** The shop's clock is this much ahead of the given one. */
  skewMs: number
  shops: Map<number, Shop>
  writes: Write[]
  hits: Map<string, number>
  lastUid: number
  seed: number
}

export function newWorld(time: SimTime, knobs: Partial<Knobs>): World {
  const turned = boldKnobs()
  turnKnobs(turned, knobs)
  // Recorded uids have nine digits.
  return { time, knobs: turned, skewMs: 0, shops: new Map(), writes: [], hits: new Map(), lastUid: 171_400_000, seed: 1 }
}

export const newUid = (world: World): number => ++world.lastUid

/** The shop's own time, in whole seconds: everything it stamps has this resolution. */
export const stampOf = (world: World): number => Math.floor((world.time.ms() + world.skewMs) / 1000) * 1000

export const timeText = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`

export const hit = (world: World, name: string): void => void world.hits.set(name, (world.hits.get(name) ?? 0) + 1)

/** The shop that holds the articles: itself, or the one above it. */
export const catalogueOf = (world: World, shop: Shop): Shop => (shop.parent === null ? shop : (world.shops.get(shop.parent) ?? shop))

/** The shops whose orders this one is shown: itself, and perhaps those below it. */
export const sellersOf = (world: World, shop: Shop): Shop[] => [
  shop,
  ...(world.knobs.subShopOrdersAtTop ? [...world.shops.values()].filter((each) => each.parent === shop.webshop) : []),
]

/** 0 <= x < 1, the same row of numbers in every run. */
export function chance(world: World): number {
  world.seed = (world.seed + 0x6d2b79f5) | 0
  let t = Math.imul(world.seed ^ (world.seed >>> 15), 1 | world.seed)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
}
