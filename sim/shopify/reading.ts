/** What the readers of fields share: the request's view of the shop, pages, ids, money. */
import type { FieldNode, GraphQLSchema } from 'graphql'
import { invalidId } from './errors.ts'
import { amountText, dateTime, gid, type Kind, numeral } from './ids.ts'
import type { Shop } from './payloads.ts'
import { cut, type PageArgs } from './search.ts'
import type { Order, State } from './state.ts'

export interface Reading {
  state: State
  shop: Shop
  app: { id: string; title: string; clientId: string; apiVersion: string }
  scopes: ReadonlySet<string>
  now: number
}
/** What one request carries while it is executed. */
export interface Asked extends Reading {
  apiVersion: string
  schema: GraphQLSchema
  /** Keys this request registered itself, before it was held. */
  owned: Set<string>
  keyOf(field: FieldNode): string | null
}
/** graphql-js hands sources and arguments over untyped; each resolver says what it takes. */
export type Resolver = (source: never, args: never, reading: Asked, field: FieldNode) => unknown
export type Resolvers = Record<string, Record<string, Resolver>>
/** One for all: a type's fields may be answered in several places. */
export function together(...parts: Resolvers[]): Resolvers {
  const all: Resolvers = {}
  for (const part of parts) for (const [type, fields] of Object.entries(part)) all[type] = { ...all[type], ...fields }
  return all
}

/** Where a field is of an interface, the thing itself doesn't say what it is. */
const kinds = new WeakMap<object, string>()
export const kindOf = (value: object): string => kinds.get(value) ?? 'Shop'
export function as<T extends object>(kind: string, value: T): T {
  kinds.set(value, kind)
  return value
}

/** node(id) by kind: which of these rights it needs, how it is found. */
export type Nodes = Record<string, { scopes: readonly string[]; find(reading: Reading, id: string): object | null }>
/** By full id; another kind's id is an error, one nobody has is null. */
export function find<T>(map: ReadonlyMap<string, T>, kind: Kind, id: string): T | null {
  const number = numeral(kind, id)
  if (number === null) throw invalidId(id)
  return map.get(number) ?? null
}

export interface InOrder<T> {
  order: Order
  part: T
}
export const within = <T>(order: Order, parts: T[]): InOrder<T>[] => parts.map((part) => ({ order, part }))
export const money = (reading: Reading, minor: number) => ({
  shopMoney: { amount: amountText(minor), currencyCode: reading.shop.currency },
  presentmentMoney: { amount: amountText(minor), currencyCode: reading.shop.currency },
})
export const pages = <T>(things: T[], args: PageArgs, id: (thing: T) => string) => cut(things, args, (thing) => ({ value: 0, id: id(thing) }))
export const stamped = { createdAt: (thing: { createdAt: number }) => dateTime(thing.createdAt), updatedAt: (thing: { updatedAt: number }) => dateTime(thing.updatedAt) }
export const named = (kind: Kind) => ({ id: (thing: { id: string }) => gid(kind, thing.id), legacyResourceId: (thing: { id: string }) => thing.id })

/** Orders older than 60 days need read_all_orders. */
const ORDER_AGE_MS = 60 * 24 * 3_600_000
export function visibleOrder(reading: Reading, order: Order | undefined): Order | null {
  if (order === undefined || reading.state.switches.noOrders) return null
  return reading.scopes.has('read_all_orders') || order.createdAt >= reading.now - ORDER_AGE_MS ? order : null
}
