/**
 * An order as Abicart shows it, translated. It holds no shipments and no history: "sent" is all of it shipped, "discarded" is all of it put back, and
 * an item that was taken off is simply gone from the next sight. Pure.
 */
import { parseMinor } from '../../kit/money.ts'
import type { RemoteOrder, RemoteOrderLine } from '../contract.ts'
import { type Article, type Item, inWords, type Order } from './answers.ts'
import { PLACE, refOf } from './refs.ts'

/** Null = a cart: nobody has placed it. `articles` = those that were bought with choices. */
export function remoteOrder(order: Order, articles: ReadonlyMap<string, Article>): RemoteOrder | null {
  if (!order.ordered) return null
  const stamp = instant(order.changed)
  const lines = order.items.map((item) => lineOf(item, articles))
  const isSent = order.deliveryStatus === 'sent'
  const isDiscarded = order.discarded === true
  const all = lines.filter((line) => line.ordered > 0)
  return {
    orderRef: order.uid,
    name: order.orderNumber || order.uid,
    stamp,
    placedAt: instant(order.ordered),
    cancelledAt: isDiscarded ? stamp : null,
    paid: order.paymentStatus === 'paid',
    currency: order.currency ?? 'SEK',
    complete: true,
    doubtful: false,
    lines,
    // What has left the house has left it, also when the order is discarded afterwards: what comes back is a return.
    shipments:
      isSent && all.length > 0
        ? [{ shipmentRef: `${order.uid}#sent`, at: stamp, timeUnsaid: true, placeRef: PLACE, lines: all.map((line) => ({ lineRef: line.lineRef, quantity: line.ordered })) }]
        : [],
    withdrawals:
      isDiscarded && !isSent && all.length > 0
        ? [
            {
              withdrawalRef: `${order.uid}#discarded`,
              at: stamp,
              placeRef: PLACE,
              lines: all.map((line) => ({ lineRef: line.lineRef, quantity: line.ordered, kind: 'restocked' as const })),
            },
          ]
        : [],
    routing: isSent || isDiscarded ? [] : all.map((line) => ({ lineRef: line.lineRef, placeRef: PLACE, quantity: line.ordered })),
    country: countryOf(order),
    customer: customerOf(order),
  }
}

/** Whole seconds, in UTC. */
const instant = (text: string): string => new Date(text).toISOString()

/** Where the goods go; the shop says it in two letters. */
function countryOf({ customer }: Order): string | null {
  const said = (customer?.deliveryAddress?.country || customer?.address?.country || '').toUpperCase()
  return /^[A-Z]{2}$/.test(said) ? said : null
}

function customerOf({ customer }: Order): RemoteOrder['customer'] {
  const name = [customer?.address?.firstName, customer?.address?.lastName].filter(Boolean).join(' ')
  const email = customer?.info?.email || null
  const phone = customer?.address?.phoneMobile || null
  return name === '' && email === null && phone === null ? null : { name: name || null, email, phone }
}

function lineOf(item: Item, articles: ReadonlyMap<string, Article>): RemoteOrderLine {
  const quantity = quantityOf(item)
  const { articleNumber, itemRef, numbers } = boughtOf(item, articles)
  const price = item.costs?.unit?.incVat
  const unclear = { ...(quantity === null ? { quantity: quantityText(item) } : {}), ...(numbers.length > 1 ? { articleNumbers: numbers } : {}) }
  return {
    lineRef: item.uid,
    articleNumber,
    itemRef,
    title: inWords(item.articleName) ?? '',
    ordered: quantity ?? 0,
    unitPriceMinor: typeof price === 'number' ? parseMinor(price.toFixed(2)) : null,
    ...(Object.keys(unclear).length === 0 ? {} : { unclear }),
  }
}

/** Missing means one; anything but whole pieces is for a person to see. */
function quantityOf({ choices }: Item): number | null {
  const said = choices?.quantity
  if (said === undefined || said === null) return 1
  const quantity = typeof said === 'string' && said.trim() !== '' ? Number(said) : said
  return typeof quantity === 'number' && Number.isInteger(quantity) && quantity >= 0 && quantity <= 1_000_000 ? quantity : null
}
const quantityText = ({ choices }: Item): string => String(choices?.quantity).slice(0, 30)

/**
 * Which article was bought is said twice: by the item's number, and by the choices that make one variant. Both are read; the number of the article
 * itself says nothing against a variant, for whether an item carries the variant's number or its article's isn't documented.
 */
function boughtOf(item: Item, articles: ReadonlyMap<string, Article>): { articleNumber: string | null; itemRef: string | null; numbers: string[] } {
  const article = item.article ? articles.get(item.article) : undefined
  const variant = article?.variants?.find(({ definedBy }) => fits(definedBy, item.choices ?? {}))
  const itemRef = variant?.uid ? refOf('variant', variant.uid) : item.article && !article?.variants?.length ? refOf('article', item.article) : null
  const byNumber = item.articleNumber
  const byChoices = variant?.overrides?.articleNumber ?? null
  if (byChoices === null || byChoices === byNumber) return { articleNumber: byNumber, itemRef, numbers: [] }
  if (byNumber === null || byNumber === article?.articleNumber) return { articleNumber: byChoices, itemRef, numbers: [] }
  return { articleNumber: byNumber, itemRef, numbers: [byNumber, byChoices] }
}

/** Every choice that makes the variant was made so. */
const fits = (definedBy: Record<string, string>, choices: Record<string, unknown>): boolean =>
  Object.keys(definedBy).length > 0 && Object.entries(definedBy).every(([choice, option]) => choices[choice] !== undefined && String(choices[choice]) === option)

/** Articles whose variants must be known to read these orders. */
export const chosenArticles = (orders: readonly Order[]): string[] => [
  ...new Set(orders.flatMap((order) => order.items.flatMap((item) => (item.article && Object.keys(item.choices ?? {}).some((key) => key !== 'quantity') ? [item.article] : [])))),
]
