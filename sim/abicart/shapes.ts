/** What the classes look like: every property's shape, and where its value comes from. Queries, filters, patches and schemas all read this. */
import type { Shop, Stock, World } from './world.ts'

export type ClassName =
  | 'Article'
  | 'ArticleVariant'
  | 'ArticleChoice'
  | 'ArticleChoiceOption'
  | 'Articlegroup'
  | 'Order'
  | 'OrderItem'
  | 'EventListener'
  | 'AuthToken'
  | 'Webshop'
  | 'DeliveryMethod'
type Scalar = 'uid' | 'integer' | 'number' | 'string' | 'boolean' | 'time'
/** `to` = the uid of another thing, which a query can expand. `map` = an object with free keys. */
export type Shape = Scalar | { to: ClassName } | { list: Shape } | { map: Shape } | { fields: Record<string, Shape> }

/** Where a thing is read: the shop that was asked. */
export interface Place {
  world: World
  shop: Shop
}
export interface Property<E> {
  shape: Shape
  read(entity: E, at: Place): unknown
  /** May stand in a patch. */
  writable?: true
}
export interface ClassModel<E> {
  name: ClassName
  properties: Record<string, Property<E>>
  /** Keys a list can be sorted by. */
  sorts: readonly string[]
}

export const words: Shape = { map: 'string' }
export const stockShape: Shape = { fields: { show: 'boolean', useStock: 'boolean', stock: 'number', hideUnstocked: 'boolean' } satisfies Record<keyof Stock, Shape> }
