/** The battery's part on orders: pages, cursors, keys, and an order's life piece by piece. */
import { expect, test } from 'vitest'
import type { RemoteOrder } from '../../src/connectors/contract.ts'
import { newest, ordersOf, type Stand, type Use, walk } from './bench.ts'

export function orderTests(use: Use): void {
  test('pull walks every page of orders and stops', async (context) => {
    const here = use()
    if (here.bench.onePage) return context.skip('walks are tested in other positions')
    const refs = manyOrders(here)
    const { pages, events } = await walk(here.open(), 'orders')
    expect(new Set(ordersOf(events).map((o) => o.orderRef))).toEqual(new Set(refs))
    expect(pages.length).toBeGreaterThan(1)
    expect(pages.at(-1)?.more).toBe(false)
  })
  test('R25: a walk taken up at any cursor, by anybody, loses no order', async (context) => {
    const here = use()
    if (here.bench.onePage) return context.skip('walks are tested in other positions')
    const refs = manyOrders(here)
    const whole = await walk(here.open(), 'orders')
    for (const [i, page] of whole.pages.entries()) {
      const rest = await walk(here.open(), 'orders', page.cursor)
      const seen = [...whole.pages.slice(0, i + 1).flatMap((p) => p.events), ...rest.events]
      expect(new Set(ordersOf(seen).map((o) => o.orderRef))).toEqual(new Set(refs))
    }
  })
  test('R25: a change after a finished walk is in the next one, and newer than what was seen', async () => {
    const here = use()
    here.bench.addItem({ number: 'A-1', stock: 9 })
    const first = here.bench.sell('A-1', 1)
    here.bench.feedCatchesUp()
    const walked = await walk(here.open(), 'orders')
    const second = here.bench.sell('A-1', 2)
    here.bench.cancel(first, true)
    here.bench.feedCatchesUp()
    const next = await walk(here.open(), 'orders', walked.cursor)
    expect(newest(next.events, second).lines[0]?.ordered).toBe(2)
    if (!here.bench.stampsStandStill) expect(newest(next.events, first).stamp > newest(walked.events, first).stamp).toBe(true)
    expect(newest(next.events, first).cancelledAt).not.toBeNull()
  })
  test('a fresh cursor takes the open orders and what changed since', async () => {
    const here = use()
    here.bench.addItem({ number: 'A-1', stock: 9 })
    const open = here.bench.sell('A-1', 1)
    here.bench.feedCatchesUp()
    const later = '2100-01-01T00:00:00.000Z'
    const { events } = await here.open().pull('orders', { cursor: null, since: later })
    expect(ordersOf(events).map((o) => o.orderRef)).toContain(open)
  })
  test('pull by keys gives an order as it is now', async () => {
    const here = use()
    here.bench.addItem({ number: 'A-1', stock: 9 })
    const [one, two] = [here.bench.sell('A-1', 1), here.bench.sell('A-1', 2)]
    const { events, more } = await here.open().pull('orders', { keys: [two, one] })
    expect(more).toBe(false)
    expect(
      ordersOf(events)
        .map((o) => o.orderRef)
        .toSorted(),
    ).toEqual([one, two].toSorted())
    expect(newest(events, two)).toMatchObject({ complete: true, doubtful: false, cancelledAt: null })
  })
  test('R2: an order that is shipped or cancelled whole has all its pieces in one bucket', async (context) => {
    const here = use()
    const { bench } = here
    if (!bench.wholeOrders) return context.skip('orders come apart here')
    const itemRef = bench.addItem({ number: '0071', stock: 20 })
    const [order, other] = [bench.sell('0071', 6), bench.sell('0071', 3)]
    const none = { open: 0, shipped: 0, restocked: 0, lost: 0, returned: 0, kept: 0 }
    expect(await bucketsOf(here, order)).toEqual({ ...none, ordered: 6, open: 6 })
    bench.refund(order, 2, true)
    expect(await bucketsOf(here, order), 'taken off by editing').toEqual({ ...none, ordered: 4, open: 4 })
    bench.ship(order, 4)
    expect(await bucketsOf(here, order)).toEqual({ ...none, ordered: 4, shipped: 4 })
    bench.cancel(other, true)
    expect(await bucketsOf(here, other)).toEqual({ ...none, ordered: 3, restocked: 3 })
    bench.cancel(order, true)
    expect(await bucketsOf(here, order), 'what has left has left').toEqual({ ...none, ordered: 4, shipped: 4 })
    expect((await readOrder(here, order)).lines[0]).toMatchObject({ articleNumber: '0071', itemRef })
  })
  test('R2: every ordered piece is in exactly one bucket, all its life', async (context) => {
    const here = use()
    const { bench } = here
    if (bench.wholeOrders) return context.skip('an order is shipped whole here')
    const itemRef = bench.addItem({ number: '0071', stock: 20 })
    const order = bench.sell('0071', 6)
    expect(await bucketsOf(here, order)).toEqual({ ordered: 6, open: 6, shipped: 0, restocked: 0, lost: 0, returned: 0, kept: 0 })
    bench.ship(order, 2)
    expect(await bucketsOf(here, order)).toMatchObject({ open: 4, shipped: 2 })
    bench.refund(order, 1, true)
    bench.refund(order, 1, false)
    expect(await bucketsOf(here, order)).toMatchObject({ open: 2, shipped: 2, restocked: 1, lost: 1 })
    bench.takeBack(order, 1, true)
    bench.takeBack(order, 1, false)
    expect(await bucketsOf(here, order)).toEqual({ ordered: 6, open: 2, shipped: 2, restocked: 1, lost: 1, returned: 1, kept: 1 })
    const read = await readOrder(here, order)
    expect(read.lines[0]).toMatchObject({ articleNumber: '0071', ordered: 6 })
    if (read.lines[0]?.itemRef !== null) expect(read.lines[0]?.itemRef).toBe(itemRef)
    expect(new Set([...read.shipments.map((s) => s.shipmentRef), ...read.withdrawals.map((w) => w.withdrawalRef)]).size).toBe(read.shipments.length + read.withdrawals.length)
  })
  test('a cancelled order stays in the feed, with its pieces put back or lost', async () => {
    const here = use()
    here.bench.addItem({ number: 'A-1', stock: 9 })
    const [back, lost] = [here.bench.sell('A-1', 2), here.bench.sell('A-1', 3)]
    here.bench.cancel(back, true)
    expect(await bucketsOf(here, back)).toMatchObject({ ordered: 2, open: 0, restocked: 2, lost: 0 })
    expect((await readOrder(here, back)).cancelledAt).not.toBeNull()
    if (here.bench.wholeOrders) return
    here.bench.cancel(lost, false)
    expect(await bucketsOf(here, lost)).toMatchObject({ ordered: 3, open: 0, restocked: 0, lost: 3 })
    expect((await readOrder(here, lost)).cancelledAt).not.toBeNull()
  })
  test('R9: an order that was deleted is told to be gone when it is asked for, and only that one', async ({ skip }) => {
    const here = use()
    const { bench } = here
    if (bench.deleteOrder === undefined) return skip('nothing is deleted there')
    bench.addItem({ number: 'A-1', stock: 9 })
    const [one, two] = [bench.sell('A-1', 1), bench.sell('A-1', 2)]
    bench.deleteOrder(one)
    const { events } = await here.open().pull('orders', { keys: [one, two] })
    const said = events.flatMap((event) => (event.kind === 'order-gone' ? [event] : []))
    expect(said).toMatchObject([{ orderRef: one }])
    expect(Date.parse(said[0]?.showsSince ?? '') < Date.parse(said[0]?.at ?? ''), 'how far back it shows orders').toBe(true)
    expect(ordersOf(events).map((order) => order.orderRef)).toEqual([two])
    expect(ordersOf((await walk(here.open(), 'orders')).events).map((order) => order.orderRef)).not.toContain(one)
  })
  test('every instant is UTC with milliseconds', async () => {
    const here = use()
    here.bench.addItem({ number: 'A-1', stock: 9 })
    const ref = here.bench.sell('A-1', 2)
    here.bench.ship(ref, 1)
    const order = await readOrder(here, ref)
    for (const instant of [order.stamp, order.placedAt, ...order.shipments.map((s) => s.at)]) expect(instant).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/)
  })
}

function manyOrders(here: Stand<unknown>): string[] {
  const { bench } = here
  bench.addItem({ number: 'A-1', stock: 10_000 })
  const refs = Array.from({ length: bench.pageful + 1 }, () => bench.sell('A-1', 1))
  bench.feedCatchesUp()
  return refs
}
async function readOrder(here: Stand<unknown>, orderRef: string): Promise<RemoteOrder> {
  here.bench.feedCatchesUp()
  return newest((await walk(here.open(), 'orders')).events, orderRef)
}
/** Where the pieces stand; a known routing must cover exactly the open ones. */
async function bucketsOf(here: Stand<unknown>, orderRef: string) {
  const order = await readOrder(here, orderRef)
  const sum = (lines: { quantity: number }[]) => lines.reduce((n, line) => n + line.quantity, 0)
  const withdrawn = (kind: string) => sum(order.withdrawals.flatMap((w) => w.lines).filter((l) => l.kind === kind))
  const ordered = order.lines.reduce((n, line) => n + line.ordered, 0)
  const shipped = sum(order.shipments.flatMap((s) => s.lines))
  const open = ordered - shipped - withdrawn('restocked') - withdrawn('lost')
  if (order.routing !== 'unknown') expect(sum(order.routing)).toBe(open)
  return { ordered, open, shipped, restocked: withdrawn('restocked'), lost: withdrawn('lost'), returned: withdrawn('returned'), kept: withdrawn('kept') }
}
