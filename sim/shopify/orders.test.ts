import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ask } from './asking.ts'
import { type ShopifySim, startShopify } from './shopify.ts'

let sim: ShopifySim
beforeEach(async () => {
  sim = await startShopify()
  sim.shop.addItems([
    { sku: 'A', levels: { Odenplan: 10, Göteborg: 4 } },
    { sku: 'LOOSE', tracked: false, levels: { Odenplan: 0 } },
  ])
})
afterEach(() => sim.close())
/** available, committed, on hand. */
const numbers = (at = 'Odenplan', sku = 'A') => {
  const level = sim.shop.level({ sku, at })
  return [level?.available, level?.committed, level?.onHand]
}
const buy = (quantity: number) => sim.shop.placeOrder({ lines: [{ sku: 'A', quantity, at: 'Odenplan' }] }).name

describe('which event changes which quantity', () => {
  test('placed, part shipped, the rest shipped', () => {
    const order = buy(3)
    expect(numbers()).toEqual([7, 3, 10])
    sim.shop.fulfil({ order, lines: [{ sku: 'A', quantity: 1 }] })
    expect(numbers()).toEqual([7, 2, 9])
    sim.shop.fulfil({ order })
    expect(numbers()).toEqual([7, 0, 7])
  })
  test('cancelled or refunded unshipped with restock: available comes back', () => {
    sim.shop.cancel({ order: buy(3), restock: true })
    expect(numbers()).toEqual([10, 0, 10])
    sim.shop.refund({ order: buy(2), lines: [{ sku: 'A', quantity: 1 }], restock: true })
    expect(numbers()).toEqual([9, 1, 10])
  })
  test('cancelled unshipped without restock: available stays; the shelf falls, or nothing moves, by switch', () => {
    sim.shop.cancel({ order: buy(3), restock: false })
    expect(numbers()).toEqual([7, 0, 7])
    sim.switch({ withoutRestock: 'stays-committed' })
    sim.shop.cancel({ order: buy(1), restock: false })
    expect(numbers()).toEqual([6, 1, 7])
  })
  test('shipped goods refunded: with return both rise, without nothing moves', () => {
    const order = buy(3)
    sim.shop.fulfil({ order })
    sim.shop.refund({ order, lines: [{ sku: 'A', quantity: 1 }], restock: false })
    expect(numbers()).toEqual([7, 0, 7])
    sim.shop.returnGoods({ order, at: 'Göteborg' })
    expect(numbers()).toEqual([7, 0, 7])
    expect(numbers('Göteborg')).toEqual([6, 0, 6])
  })
  test('of a part-shipped line, what was shipped can come back while the rest waits', () => {
    const order = buy(3)
    sim.shop.fulfil({ order, lines: [{ sku: 'A', quantity: 1 }] })
    sim.shop.returnGoods({ order })
    expect(numbers()).toEqual([8, 2, 10])
    expect(sim.shop.order({ order }).lines).toMatchObject([{ quantity: 3, currentQuantity: 2, unfulfilled: 2, fulfilled: 1 }])
  })
  test('edited down and up', () => {
    const order = buy(3)
    sim.shop.edit({ order, lines: [{ sku: 'A', quantity: 1 }] })
    expect(numbers()).toEqual([9, 1, 10])
    sim.shop.edit({ order, lines: [{ sku: 'A', quantity: 4 }] })
    expect(numbers()).toEqual([6, 4, 10])
  })
  test('moved to another place', () => {
    const order = buy(3)
    expect(sim.shop.move({ order, to: 'Göteborg' }).fulfilmentOrders).toEqual([
      { place: 'Odenplan', status: 'CLOSED', lines: [{ sku: 'A', remaining: 0 }] },
      { place: 'Göteborg', status: 'OPEN', lines: [{ sku: 'A', remaining: 3 }] },
    ])
    expect([numbers(), numbers('Göteborg')]).toEqual([
      [10, 0, 10],
      [1, 3, 4],
    ])
  })
  test('untracked goods and an app’s bypass change nothing', () => {
    sim.shop.placeOrder({ lines: [{ sku: 'LOOSE', quantity: 50 }] })
    sim.shop.placeOrder({ lines: [{ sku: 'A', quantity: 2 }], bypassStock: true })
    expect([numbers(), numbers('Odenplan', 'LOOSE')]).toEqual([
      [10, 0, 10],
      [0, 0, 0],
    ])
  })
  test('sold out counts all places; a crowded checkout may still oversell', () => {
    expect(() => buy(15)).toThrow('sold out: A')
    expect(numbers()).toEqual([10, 0, 10])
    sim.shop.placeOrder({ lines: [{ sku: 'A', quantity: 11, at: 'Odenplan' }], oversell: true })
    expect(numbers()).toEqual([-1, 11, 10])
  })
  test('what refuses leaves nothing behind', () => {
    const order = buy(3)
    sim.shop.fulfil({ order, lines: [{ sku: 'A', quantity: 1 }] })
    const before = JSON.stringify(sim.state())
    expect(() =>
      sim.shop.placeOrder({
        lines: [
          { sku: 'A', quantity: 1 },
          { sku: 'A', quantity: 99 },
        ],
      }),
    ).toThrow('sold out')
    expect(() =>
      sim.shop.edit({
        order,
        lines: [
          { sku: 'LOOSE', quantity: 1 },
          { sku: 'A', quantity: 0 },
        ],
      }),
    ).toThrow('only be refunded')
    expect(() => sim.shop.fulfil({ order, lines: [{ sku: 'A', quantity: 3 }] })).toThrow('more than is left')
    expect(() => sim.shop.refund({ order, lines: [{ sku: 'A', quantity: 4 }], restock: true })).toThrow('more than can be refunded')
    expect(() => sim.shop.returnGoods({ order, lines: [{ sku: 'A', quantity: 2 }] })).toThrow('more than can be refunded')
    expect(JSON.stringify({ ...sim.state(), now: JSON.parse(before).now })).toBe(before)
  })
  test('what can’t be cancelled', () => {
    const order = buy(2)
    sim.shop.cancel({ order, restock: true })
    expect(() => sim.shop.cancel({ order, restock: true })).toThrow('Cannot cancel an order that has already been canceled')
    const other = buy(2)
    sim.shop.fulfil({ order: other, lines: [{ sku: 'A', quantity: 1 }] })
    expect(() => sim.shop.cancel({ order: other, restock: true })).toThrow('outstanding fulfillments')
  })
})

const ORDER = `query O($id: ID!) { order(id: $id) { id name updatedAt cancelledAt displayFinancialStatus displayFulfillmentStatus
  lineItems(first: 10) { nodes { sku quantity currentQuantity unfulfilledQuantity } }
  fulfillmentOrders(first: 5) { nodes { status assignedLocation { name location { id } } lineItems(first: 5) { nodes { totalQuantity remainingQuantity sku lineItem { id } } } } }
  refunds { id refundLineItems(first: 5) { nodes { quantity restockType restocked location { name } lineItem { sku } } } }
  fulfillments { status location { name } fulfillmentLineItems(first: 5) { nodes { quantity } } } } }`
const read = async (gid: string) => (await ask(sim, ORDER, { id: gid })).data?.order as unknown as Record<string, { nodes: unknown[] } & unknown[]>

describe('as the API shows it', () => {
  test('goods are committed at once; where they ship from appears after the routing delay', async () => {
    sim.switch({ routingMs: 60_000 })
    const order = sim.shop.placeOrder({ lines: [{ sku: 'A', quantity: 2, at: 'Göteborg' }] })
    expect(numbers('Göteborg')).toEqual([2, 2, 4])
    expect((await read(order.gid)).fulfillmentOrders?.nodes).toEqual([])
    sim.advance(60_000)
    expect((await read(order.gid)).fulfillmentOrders?.nodes).toMatchObject([
      { status: 'OPEN', assignedLocation: { name: 'Göteborg' }, lineItems: { nodes: [{ totalQuantity: 2, remainingQuantity: 2 }] } },
    ])
  })
  test('a line edited to 0 stays with currentQuantity 0; whether it leaves a refund is a switch', async () => {
    const first = sim.shop.placeOrder({ lines: [{ sku: 'A', quantity: 2 }] })
    sim.shop.edit({ order: first.name, lines: [{ sku: 'A', quantity: 0 }] })
    expect(await read(first.gid)).toMatchObject({ lineItems: { nodes: [{ quantity: 2, currentQuantity: 0, unfulfilledQuantity: 0 }] }, refunds: [] })
    sim.switch({ editMakesRefund: true })
    const second = sim.shop.placeOrder({ lines: [{ sku: 'A', quantity: 2 }] })
    sim.shop.edit({ order: second.name, lines: [{ sku: 'A', quantity: 1 }], restock: false })
    expect((await read(second.gid)).refunds).toMatchObject([{ refundLineItems: { nodes: [{ quantity: 1, restockType: 'NO_RESTOCK', restocked: false }] } }])
  })
  test('shipped, returned, refunded', async () => {
    const order = sim.shop.placeOrder({ lines: [{ sku: 'A', quantity: 3, at: 'Odenplan' }] })
    sim.shop.fulfil({ order: order.name, lines: [{ sku: 'A', quantity: 2 }] })
    sim.shop.refund({ order: order.name, restock: true })
    const shown = await read(order.gid)
    expect(shown.fulfillments).toMatchObject([{ status: 'SUCCESS', location: { name: 'Odenplan' }, fulfillmentLineItems: { nodes: [{ quantity: 2 }] } }])
    expect(shown.refunds).toMatchObject([
      {
        refundLineItems: {
          nodes: [
            { quantity: 1, restockType: 'CANCEL', location: { name: 'Odenplan' } },
            { quantity: 2, restockType: 'RETURN', location: { name: 'Odenplan' } },
          ],
        },
      },
    ])
    expect(shown).toMatchObject({ displayFinancialStatus: 'REFUNDED', displayFulfillmentStatus: 'FULFILLED' })
  })
  test('a sweep by updated_at, page by page; the search lags behind by switch', async () => {
    sim.switch({ searchLagMs: 5000 })
    const since = new Date(Date.now() - 1000).toISOString()
    const names = ['x', 'y', 'z'].map(() => buy(1))
    const sweep = async () => {
      const found: string[] = []
      for (let after: string | null = null; ; ) {
        const answer = await ask(
          sim,
          'query S($q: String!, $after: String) { orders(first: 2, after: $after, query: $q, sortKey: UPDATED_AT) { nodes { name } pageInfo { hasNextPage endCursor } } }',
          { q: `updated_at:>='${since}'`, after },
        )
        const page = answer.data?.orders as unknown as { nodes: { name: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } }
        found.push(...page.nodes.map((node) => node.name))
        if (!page.pageInfo.hasNextPage) return found
        after = page.pageInfo.endCursor
      }
    }
    expect(await sweep()).toEqual([])
    sim.advance(5000)
    expect(await sweep()).toEqual(names)
  })
  test('orders older than 60 days need read_all_orders', async () => {
    const old = sim.shop.placeOrder({ lines: [{ sku: 'A', quantity: 1 }], at: new Date(Date.now() - 61 * 86_400_000).toISOString() })
    expect(await read(old.gid)).toBeNull()
    sim.setScopes([...sim.state().scopes, 'read_all_orders'])
    expect(await read(old.gid)).toMatchObject({ name: old.name })
  })
  test('sabotage: no-orders shows none, though the goods are gone', async () => {
    sim.switch({ noOrders: true })
    const order = sim.shop.placeOrder({ lines: [{ sku: 'A', quantity: 1, at: 'Odenplan' }] })
    expect([await read(order.gid), numbers()]).toEqual([null, [9, 1, 10]])
  })
})
