/** Everything the simulated e-conomic remembers of one agreement, as plain data. Amounts and pieces are whole hundredths; instants are milliseconds. */
import type { SimTime } from '../time.ts'
import { boldKnobs, type Knobs, turnKnobs } from './knobs.ts'

export interface Product {
  productNumber: string
  name: string
  description: string
  barCode: string
  salesPrice: number
  costPrice: number
  group: number
  barred: boolean
  lastUpdated: number
  stockUpdated: number
  inStock: number
  orderedByCustomers: number
  orderedFromSuppliers: number
}
export interface Group {
  number: number
  name: string
  inventoryEnabled: boolean
}
export interface Customer {
  customerNumber: number
  name: string
  email: string
  address: string
  zip: string
  city: string
  country: string
  corporateIdentificationNumber: string
  telephoneAndFaxNumber: string
  ean: string
  currency: string
  group: number
  terms: number
  vatZone: number
  barred: boolean
  lastUpdated: number
}
/** Percent; a zone is where the customer is. */
export interface VatZone {
  number: number
  name: string
  percent: number
}
export interface Terms {
  number: number
  name: string
  type: 'net' | 'invoiceMonth' | 'dueDate'
  days: number
}
export interface Named {
  number: number
  name: string
}
/** `description` alone is a line of text. */
export interface Line {
  lineNumber: number
  sortKey: number
  productNumber: string | null
  description: string
  quantity: number
  unitNetPrice: number
  discount: number
}
export type Stage = 'draft-order' | 'sent-order' | 'archived-order' | 'draft-invoice' | 'booked'
export interface Document {
  /** Orders, draft invoices and booked invoices are each numbered by themselves. */
  number: number
  stage: Stage
  date: string
  dueDate: string | null
  currency: string
  layout: number
  terms: number
  customer: number
  recipient: { name: string; address: string; zip: string; city: string; country: string; vatZone: number }
  references: { other: string | null }
  notes: { heading: string | null; textLine1: string | null; textLine2: string | null }
  externalId: string | null
  lines: Line[]
  /** The order this draft invoice was made of, and the draft this invoice was booked from. */
  fromOrder: number | null
  fromDraft: number | null
  at: number
  /** What of it stands in `orderedByCustomers`: product number -> pieces. */
  counted: Record<string, number>
}
export const HOOK_TYPES = ['Varelager opdateret', 'Faktura bogført', 'Produkt opdateret', 'Kunde opdateret'] as const
export type HookType = (typeof HOOK_TYPES)[number]
export interface HookCall {
  id: number
  at: number
  method: 'GET' | 'POST'
  address: string
  body: string
  /** 'HTTP 200', 'timeout', 'waits'. */
  outcome: string
  answer: string
  tries: number
}
export interface Webhook {
  id: number
  type: HookType
  name: string
  url: string
  postData: string
  contentType: string
  isDisabled: boolean
  failures: number
  log: HookCall[]
}
/** One executed change of a number, for judging who changed what. */
export interface Write {
  at: number
  what: 'count' | 'booked' | 'document'
  productNumber: string
  inStock: number
  orderedByCustomers: number
}
export interface World {
  time: SimTime
  knobs: Knobs
  company: { agreementNumber: number; name: string; cvr: string }
  /** As people call them: Lager, Rackbeat ... */
  modules: string[]
  tokens: { appSecret: string; grant: string; revoked: boolean }
  /** Calls cost points; so many may be used in a minute. */
  budget: number
  products: Map<string, Product>
  groups: Map<number, Group>
  customers: Map<number, Customer>
  customerGroups: Map<number, Named>
  vatZones: Map<number, VatZone>
  terms: Map<number, Terms>
  layouts: Map<number, Named>
  units: Map<number, Named>
  documents: {
    'draft-order': Map<number, Document>
    'sent-order': Map<number, Document>
    'archived-order': Map<number, Document>
    'draft-invoice': Map<number, Document>
    booked: Map<number, Document>
  }
  webhooks: Map<number, Webhook>
  last: { order: number; draft: number; booked: number; hook: number; call: number; log: number }
  writes: Write[]
  hits: Map<string, number>
  seed: number
}

const numbered = <T extends { number: number }>(all: T[]): Map<number, T> => new Map(all.map((each) => [each.number, each]))

export function newWorld(time: SimTime, knobs: Partial<Knobs>): World {
  const turned = boldKnobs()
  turnKnobs(turned, knobs)
  return {
    time,
    knobs: turned,
    company: { agreementNumber: 1_234_567, name: 'Uld & Lærred ApS', cvr: '12345674' },
    modules: ['Lager', 'Ordre'],
    tokens: { appSecret: 'lagerbro-app-secret', grant: 'uld-og-laerred-grant', revoked: false },
    budget: 10_000,
    products: new Map(),
    groups: numbered<Group>([
      { number: 1, name: 'Varer med lager', inventoryEnabled: true },
      { number: 2, name: 'Ydelser', inventoryEnabled: false },
      { number: 3, name: 'Fragt uden moms', inventoryEnabled: false },
    ]),
    customers: new Map(),
    customerGroups: numbered<Named>([
      { number: 1, name: 'Indenlandske debitorer' },
      { number: 2, name: 'Udenlandske debitorer' },
    ]),
    vatZones: numbered<VatZone>([
      { number: 1, name: 'Indenlandsk', percent: 25 },
      { number: 2, name: 'EU', percent: 0 },
      { number: 3, name: 'Udenfor EU', percent: 0 },
      { number: 4, name: 'Indenlandsk uden moms', percent: 0 },
    ]),
    terms: numbered<Terms>([
      { number: 1, name: 'Netto 8 dage', type: 'net', days: 8 },
      { number: 2, name: 'Netto kontant', type: 'net', days: 0 },
      { number: 3, name: 'Forfaldsdato', type: 'dueDate', days: 0 },
    ]),
    layouts: numbered<Named>([
      { number: 14, name: 'Dansk std. m. bankoplys. 1.2' },
      { number: 19, name: 'Dansk std. m. FIK' },
    ]),
    units: numbered<Named>([{ number: 1, name: 'stk.' }]),
    documents: { 'draft-order': new Map(), 'sent-order': new Map(), 'archived-order': new Map(), 'draft-invoice': new Map(), booked: new Map() },
    webhooks: new Map(),
    last: { order: 400, draft: 30, booked: 299, hook: 0, call: 0, log: 0 },
    writes: [],
    hits: new Map(),
    seed: 1,
  }
}

export const hasInventory = (world: World): boolean => world.modules.includes('Lager')

/** Whole seconds, or whole minutes. */
export function stampOf(world: World, ms: number): string {
  const step = world.knobs.lastUpdatedTo === 'minute' ? 60_000 : 1000
  return `${new Date(Math.floor(ms / step) * step).toISOString().slice(0, 19)}Z`
}
export const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10)
export const hit = (world: World, name: string): void => void world.hits.set(name, (world.hits.get(name) ?? 0) + 1)

/** 0 <= x < 1, the same row of numbers in every run. */
export function chance(world: World): number {
  world.seed = (world.seed + 0x6d2b79f5) | 0
  let t = Math.imul(world.seed ^ (world.seed >>> 15), 1 | world.seed)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
}
