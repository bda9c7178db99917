/** How things are told: only the fields a session has chosen, each by its name in the service's types. */
import { shownStock, type Thing } from './shelf.ts'
import { dateText, type Line, type Order, type Product, type Session, type Variant, type World } from './world.ts'

export type Kind = keyof Session['fields']
type Get<T> = (thing: T, world: World, session: Session) => unknown

/** Fields that are there, and empty here. */
const none = (...names: string[]): Record<string, Get<never>> => Object.fromEntries(names.map((name) => [name, () => null]))

const stock: Record<string, Get<Thing>> = {
  Id: ({ id }) => id,
  ItemNumber: ({ itemNumber }) => itemNumber,
  Ean: ({ ean }) => ean,
  Stock: (thing, world) => shownStock(world, thing),
  Title: (thing, world, session) => said(world, session, thing.id, thing.title),
  Price: ({ price }) => price,
  StockLocations: ({ locations }) => Object.entries(locations).map(([id, amount]) => ({ StockLocationId: Number(id), DeliveryTimeId: 1, Stock: amount })),
}
const PRODUCT: Record<string, Get<Product>> = {
  ...stock,
  AutoStock: (product, world) => flag(world, product.autoStock),
  Online: (product, world) => flag(world, product.online),
  Status: (product, world) => flag(world, product.online),
  DateUpdated: ({ updated }, world) => dateText(world, updated),
  Variants: ({ variants }, world, session) =>
    variants.map((id) => world.variants.get(id)).flatMap((variant) => (variant === undefined ? [] : [recordOf(world, session, 'ProductVariant', variant)])),
  ...none('StockLow', 'OutOfStockBuy', 'DisableOnEmpty', 'BuyingPrice', 'VatGroupId', 'DateCreated', 'Pictures', 'Discounts', 'VariantTypes', 'SeoLink', 'Url', 'Weight'),
}
const VARIANT: Record<string, Get<Variant>> = {
  ...stock,
  ProductId: ({ productId }) => productId,
  Status: (_variant, world) => flag(world, true),
  ...none('StockLow', 'VariantTypeValues', 'BuyingPrice', 'Weight'),
}
const total = ({ lines }: Order): number => lines.reduce((sum, line) => sum + line.amount * line.price, 0)
const ORDER: Record<string, Get<Order>> = {
  Id: ({ id }) => id,
  InvoiceNumber: ({ invoiceNumber }) => invoiceNumber,
  Status: ({ status }) => status,
  Customer: ({ customer }) => customer,
  Currency: () => ({ Id: 1, Iso: 'DKK' }),
  LanguageISO: () => 'DK',
  Site: () => 1,
  Vat: () => 0,
  Total: total,
  OrderComment: ({ comment }) => comment,
  OrderCommentExternal: ({ commentExternal }) => commentExternal,
  TrackingCode: ({ trackingCode }) => trackingCode,
  /** The name says one thing; it holds when the order was placed. */
  DateDelivered: ({ created }, world) => dateText(world, created),
  DateSent: ({ sent }, world) => dateText(world, sent),
  DateUpdated: ({ updated }, world) => dateText(world, updated),
  DateDue: (_order, world) => dateText(world, null),
  ReferenceNumber: ({ referenceNumber }) => referenceNumber,
  Origin: ({ origin }) => origin,
  OrderLines: ({ lines }, world, session) => lines.map((line) => recordOf(world, session, 'OrderLine', line)),
  ...none('CurrencyId', 'CustomerId', 'UserId', 'User', 'PaymentId', 'Payment', 'DeliveryId', 'Delivery', 'Transactions', 'CustomerComment', 'DeliveryComment', 'DiscountCodes'),
}
const LINE: Record<string, Get<Line>> = {
  Id: ({ id }) => id,
  ProductId: ({ productId }) => productId,
  VariantId: ({ variantId }) => (variantId === 0 ? null : variantId),
  ItemNumber: ({ itemNumber }) => itemNumber,
  Amount: ({ amount }) => amount,
  Price: ({ price }) => price,
  ProductTitle: (line, world, session) => said(world, session, line.productId, line.productTitle),
  VariantTitle: (line, world, session) => said(world, session, line.variantId, line.variantTitle),
  Unit: () => 'stk.',
  VatRate: (_line, { knobs }) => ({ percent: 25, fraction: 0.25, never: 0 })[knobs.lineVat],
  StockLocationId: ({ stockLocationId }, world) => (world.knobs.lineLocation === 'given' ? stockLocationId : null),
  ...none('Discount', 'PacketLines', 'LineAddresses', 'Weight', 'PacketId', 'Status'),
}
const USER: Record<string, Get<Record<string, unknown>>> = { Id: ({ id }) => id, Username: ({ username }) => username, Email: ({ username }) => username }

const FIELDS: Record<Kind, Record<string, Get<never>>> = { Product: PRODUCT, ProductVariant: VARIANT, Order: ORDER, OrderLine: LINE, User: USER }
export const isField = (kind: Kind, name: string): boolean => Object.hasOwn(FIELDS[kind], name)
export const fieldsOf = (kind: Kind): string[] => Object.keys(FIELDS[kind])

export function recordOf(world: World, session: Session, kind: Kind, thing: unknown): Record<string, unknown> {
  return Object.fromEntries(session.fields[kind].map((name) => [name, FIELDS[kind][name]?.(thing as never, world, session)]))
}

export const flag = ({ knobs }: World, value: boolean): string => (knobs.booleans === '1' ? (value ? '1' : '0') : String(value))

const ENTITIES: Record<string, string> = { æ: '&aelig;', ø: '&oslash;', å: '&aring;', Æ: '&AElig;', Ø: '&Oslash;', Å: '&Aring;', '&': '&amp;' }
/** A title as the service tells it: some with HTML entities, and everything twice encoded once a session has asked for UTF-8. */
export function said({ knobs }: World, { doubled }: Pick<Session, 'doubled'>, id: number, text: string): string {
  const isEntities = knobs.titleEntities === 'all' || (knobs.titleEntities === 'some' && id % 3 === 0)
  const told = isEntities ? text.replace(/[æøåÆØÅ&]/g, (letter) => ENTITIES[letter] ?? letter) : text
  return doubled ? Buffer.from(told, 'utf8').toString('latin1') : told
}
