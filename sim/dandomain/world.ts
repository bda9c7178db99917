/** Everything the simulated shop remembers, as plain data. */
import type { SimTime } from '../time.ts'
import { boldKnobs, type Knobs, turnKnobs } from './knobs.ts'

/** Instants are milliseconds here, whole seconds in what is told. */
interface Stocked {
  id: number
  itemNumber: string
  title: string
  ean: string
  /** Null = the shop keeps no number of it. */
  stock: number | null
  /** By stock location, as text; empty in a shop without locations. */
  locations: Record<string, number>
  price: number
}
export interface Product extends Stocked {
  /** The shop lowers the number by itself when it is sold. */
  autoStock: boolean
  online: boolean
  updated: number
  variants: number[]
}
export interface Variant extends Stocked {
  productId: number
}
export interface Line {
  id: number
  productId: number
  variantId: number
  itemNumber: string
  amount: number
  /** Without VAT. */
  price: number
  productTitle: string
  variantTitle: string
  stockLocationId: number | null
}
export interface Upload {
  at: number
  invoiceNumber: string
  /** The file, in base64. */
  file: string
}
/** `sent` and `updated` null = the zero date. */
export interface Order {
  id: number
  status: number
  created: number
  updated: number | null
  sent: number | null
  customer: Record<string, string>
  comment: string
  commentExternal: string
  trackingCode: string
  referenceNumber: string
  /** The order this one is a credit note of. */
  origin: string
  invoiceNumber: string
  lines: Line[]
  uploads: Upload[]
  /** What the shop took from its own numbers for it: cell@location -> pieces. */
  taken: Record<string, number>
}
export interface Webhook {
  id: number
  topic: string
  url: string
  active: boolean
}
export interface Session {
  calls: number
  fields: Record<'Product' | 'ProductVariant' | 'Order' | 'OrderLine' | 'User', string[]>
  caseSensitive: boolean
  doubled: boolean
}
/** One executed write of a number, for judging what a connector did. */
export interface Write {
  at: number
  /** `product:<id>` or `variant:<id>`, with the location where one was named. */
  cell: string
  location: number | null
  itemNumber: string
  before: number | null
  value: number
}
export interface Mail {
  at: number
  order: number
  why: string
}
export interface World {
  time: SimTime
  knobs: Knobs
  /** The shop's clock is this much ahead of the given one. */
  skewMs: number
  solution: { id: string; title: string; domain: string; cvr: string; hookSecret: string }
  users: { username: string; password: string; active: boolean }[]
  sessions: Map<string, Session>
  /** Ids of the stock locations; empty = the shop has none. */
  locations: number[]
  products: Map<number, Product>
  variants: Map<number, Variant>
  orders: Map<number, Order>
  statuses: { id: number; title: string }[]
  webhooks: Webhook[]
  mails: Mail[]
  writes: Write[]
  hits: Map<string, number>
  lastId: number
  lastOrder: number
  seed: number
}

/** The shop's stock list, as a shop that made none of its own has it. */
const STATUSES = ['Ikke modtaget', 'Ordre modtaget', 'Under behandling', 'Afsendt', 'Genåbnet', 'Annulleret', 'Klar til afhentning', 'Delvist afsendt', 'Afhentet']

export const STATUS = { notReceived: 0, received: 1, handled: 2, sent: 3, reopened: 4, cancelled: 5, partlySent: 7, fetched: 8, draft: 99, creditNote: 100 } as const

export function newWorld(time: SimTime, knobs: Partial<Knobs>): World {
  const turned = boldKnobs()
  turnKnobs(turned, knobs)
  return {
    time,
    knobs: turned,
    skewMs: 0,
    solution: { id: 'shop49251', title: 'Uld & Lærred', domain: 'https://uldoglaerred.dk', cvr: '12345678', hookSecret: '' },
    users: [],
    sessions: new Map(),
    locations: [],
    products: new Map(),
    variants: new Map(),
    orders: new Map(),
    statuses: [
      ...STATUSES.map((title, id) => ({ id, title })),
      { id: STATUS.draft, title: 'Kladde' },
      { id: STATUS.creditNote, title: 'Kreditnota' },
      { id: 203, title: 'Hos snedkeren' },
    ],
    webhooks: [],
    mails: [],
    writes: [],
    hits: new Map(),
    lastId: 0,
    lastOrder: 1000,
    seed: 1,
  }
}

export const newId = (world: World): number => ++world.lastId

/** The shop's own time, in whole seconds. */
export const stampOf = (world: World): number => Math.floor((world.time.ms() + world.skewMs) / 1000) * 1000

const inCopenhagen = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Copenhagen', dateStyle: 'short', timeStyle: 'medium' })
export function dateText({ knobs }: World, ms: number | null): string {
  if (ms === null) return '0000-00-00 00:00:00'
  return knobs.timeZone === 'utc' ? new Date(ms).toISOString().slice(0, 19).replace('T', ' ') : inCopenhagen.format(ms)
}

export const hit = (world: World, name: string): void => void world.hits.set(name, (world.hits.get(name) ?? 0) + 1)

/** 0 <= x < 1, the same row of numbers in every run. */
export function chance(world: World): number {
  world.seed = (world.seed + 0x6d2b79f5) | 0
  let t = Math.imul(world.seed ^ (world.seed >>> 15), 1 | world.seed)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
}
