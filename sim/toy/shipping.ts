/** An order shipped in the toy shop from outside: so many pieces of each line in all. What is shipped already isn't shipped again, so the same may be said twice. */
import { json, type SimAnswer, type SimRequest } from '../kit.ts'
import { pieces, type Shop, type ToyLine, type ToyOrder } from './shop.ts'
import type { Storefront } from './storefront.ts'

interface Asked {
  order: string
  lines: { line: string; shipped: number }[]
}
type Answer = Exclude<SimAnswer, string>

export function shipOrder(shop: Shop, front: Pick<Storefront, 'shipLines'>, request: SimRequest): Answer {
  const { order: ref, lines } = request.body as Asked
  const refuse = (code: string, said: string): Answer => json(422, { error: 'order-refused', code, said })
  const order = shop.orders.get(ref)
  if (order === undefined) return refuse('order-not-there', `There is no order ${ref}.`)
  const wanted = lines.map(({ line, shipped }) => wantedOf(order, line, shipped))
  if (order.cancelled !== null) return refuse('order-cancelled', `${order.name} is cancelled.`)
  const tooMany = wanted.find((each) => each === null || each.quantity > pieces(order, each.line).open)
  if (tooMany !== undefined) return refuse('less-left', `${order.name} has less left to ship.`)
  const news = wanted.flatMap((each) => (each === null || each.quantity <= 0 ? [] : [each]))
  if (news.length > 0) front.shipLines(order, news)
  return json(200, { ref: order.ref })
}

function wantedOf(order: ToyOrder, ref: string, shipped: number): { line: ToyLine; quantity: number } | null {
  const line = order.lines.find((each) => each.ref === ref)
  return line === undefined ? null : { line, quantity: shipped - pieces(order, line).shipped }
}
