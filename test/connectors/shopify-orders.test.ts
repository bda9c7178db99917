/** Which bucket every ordered piece is in, from what Shopify says and doesn't say; and that a payload becomes the same order as an answer. */
import { describe, expect, test } from 'vitest'
import { bucketsOf } from '../../src/connectors/shopify/buckets.ts'
import { seenInPayload } from '../../src/connectors/shopify/orders-payload.ts'
import { remoteOrder } from '../../src/connectors/shopify/remote-order.ts'
import type { Restock, SeenOrder } from '../../src/connectors/shopify/seen-order.ts'

const L = 'gid://shopify/LineItem/1'
const STORE = 'gid://shopify/Location/577'
const at = (n: number) => `2026-11-02T08:0${n}:00.000Z`

/** One line; shipments and refunds as [minute, quantity, ...]. */
function order(how: {
  ordered: number
  current?: number | null
  open?: number | null
  shipped?: [number, number][]
  refunds?: [number, number, Restock][]
  cancelledAt?: string
  routes?: [string | null, number][]
  sku?: string | null
}): SeenOrder {
  return {
    ref: 'gid://shopify/Order/7',
    name: '#1001',
    placedAt: at(0),
    updatedAt: at(9),
    cancelledAt: how.cancelledAt ?? null,
    paid: true,
    currency: 'SEK',
    complete: true,
    lines: [
      {
        ref: L,
        sku: how.sku === undefined ? '0071' : how.sku,
        title: 'T-shirt',
        ordered: how.ordered,
        current: how.current ?? null,
        unfulfilled: how.open ?? null,
        unitPriceMinor: 12900,
      },
    ],
    shipments: (how.shipped ?? []).map(([minute, quantity]) => ({
      ref: `gid://shopify/Fulfillment/${minute}`,
      at: at(minute),
      placeRef: STORE,
      lines: [{ lineRef: L, quantity }],
    })),
    refunds: (how.refunds ?? []).map(([minute, quantity, restock]) => ({
      ref: `gid://shopify/Refund/${minute}`,
      at: at(minute),
      lines: [{ lineRef: L, quantity, restock, placeRef: restock === 'none' ? null : STORE }],
    })),
    routes: how.routes?.map(([placeRef, quantity]) => ({ lineRef: L, placeRef, quantity })) ?? null,
    customer: null,
  }
}
const buckets = (seen: SeenOrder) => {
  const [line] = seen.lines
  if (line === undefined) return expect.fail('no line')
  const { removed, open, doubtful } = bucketsOf(line, seen)
  return { open, doubtful, removed: removed.map((r) => `${r.quantity} ${r.kind}${r.refundRef === null ? ' unexplained' : ''}`) }
}

describe('R2: every ordered piece in one bucket', () => {
  test('R2: placed, shipped, put back, returned', () => {
    expect(buckets(order({ ordered: 3, current: 3, open: 3 }))).toEqual({ open: 3, doubtful: false, removed: [] })
    expect(
      buckets(
        order({
          ordered: 5,
          current: 3,
          open: 2,
          shipped: [[1, 2]],
          refunds: [
            [2, 1, 'cancel'],
            [3, 1, 'return'],
          ],
        }),
      ),
    ).toEqual({ open: 2, doubtful: false, removed: ['1 restocked', '1 returned'] })
  })
  test('R2: refunded without restock is lost before shipping and kept after', () => {
    expect(buckets(order({ ordered: 2, current: 1, open: 1, refunds: [[1, 1, 'none']] }))).toMatchObject({ open: 1, removed: ['1 lost'] })
    expect(buckets(order({ ordered: 2, current: 1, open: 0, shipped: [[1, 2]], refunds: [[2, 1, 'none']] }))).toMatchObject({ open: 0, removed: ['1 kept'] })
    expect(
      buckets(
        order({
          ordered: 4,
          current: 2,
          open: 1,
          shipped: [[2, 2]],
          refunds: [
            [1, 1, 'none'],
            [3, 1, 'none'],
          ],
        }),
      ),
    ).toMatchObject({ open: 1, removed: ['1 lost', '1 kept'] })
  })
  test('R2: money back for unshipped goods that are still to be shipped takes nothing off the order', () => {
    expect(buckets(order({ ordered: 2, current: 1, open: 2, refunds: [[1, 1, 'none']] }))).toEqual({ open: 2, doubtful: false, removed: [] })
  })
  test('R2: more missing than the time order explains: the latest refund is the lost one', () => {
    expect(
      buckets(
        order({
          ordered: 3,
          current: 1,
          open: 0,
          shipped: [[1, 1]],
          refunds: [
            [2, 1, 'none'],
            [3, 1, 'none'],
          ],
        }),
      ),
    ).toMatchObject({ open: 0, removed: ['1 lost', '1 lost'] })
  })
  test('R2: an edit leaves no refund behind: the pieces go back, and it is doubtful', () => {
    expect(buckets(order({ ordered: 5, current: 3, open: 3 }))).toEqual({ open: 3, doubtful: true, removed: ['2 restocked unexplained'] })
    expect(buckets(order({ ordered: 5, current: 2, open: 2, refunds: [[1, 1, 'cancel']] }))).toEqual({
      open: 2,
      doubtful: true,
      removed: ['1 restocked', '2 restocked unexplained'],
    })
  })
  test('R2: cancelled with refund lines is certain, without them doubtful', () => {
    const cancelledAt = at(5)
    expect(buckets(order({ ordered: 2, current: 0, open: 0, cancelledAt, refunds: [[5, 2, 'cancel']] }))).toEqual({ open: 0, doubtful: false, removed: ['2 restocked'] })
    expect(buckets(order({ ordered: 2, current: 0, open: 0, cancelledAt, refunds: [[5, 2, 'none']] }))).toEqual({ open: 0, doubtful: false, removed: ['2 lost'] })
    expect(buckets(order({ ordered: 2, current: 2, open: 2, cancelledAt }))).toEqual({ open: 0, doubtful: true, removed: ['2 restocked unexplained'] })
  })
  test('R2: put back by an old refund that says no more: returned if it had left, else restocked', () => {
    expect(buckets(order({ ordered: 3, current: 1, open: 1, shipped: [[1, 1]], refunds: [[2, 2, 'legacy']] }))).toMatchObject({ open: 1, removed: ['1 returned', '1 restocked'] })
  })
  test('R2: a source that says only quantities and refunds still adds up', () => {
    expect(
      buckets(
        order({
          ordered: 4,
          shipped: [[2, 1]],
          refunds: [
            [1, 1, 'none'],
            [3, 1, 'none'],
          ],
        }),
      ),
    ).toMatchObject({ open: 2, removed: ['1 lost', '1 kept'] })
  })
  test('R2: pieces never go below nothing: more shipped than ordered is doubtful', () => {
    expect(buckets(order({ ordered: 1, current: 1, open: 0, shipped: [[1, 2]] }))).toEqual({ open: 0, doubtful: true, removed: [] })
  })
  test('R2: whatever the numbers, the buckets sum to what was ordered', () => {
    for (let seed = 0; seed < 2000; seed++) {
      const random = (n: number) => Math.abs(Math.imul(seed + 1, 2654435761) >> (n * 5)) % 4
      const shipped = random(0)
      const refunds = [
        [1, random(1), 'cancel'],
        [3, Math.min(shipped, random(2)), 'return'],
        [4, random(3), 'none'],
      ] as [number, number, Restock][]
      const ordered = shipped + (refunds[0]?.[1] ?? 0) + (refunds[2]?.[1] ?? 0) + random(4)
      const seen = order({ ordered, current: null, open: random(5), shipped: shipped > 0 ? [[2, shipped]] : [], refunds })
      const [line] = seen.lines
      if (line === undefined) return
      const { removed, open } = bucketsOf(line, seen)
      const unshipped = removed.filter((r) => r.kind === 'restocked' || r.kind === 'lost').reduce((n, r) => n + r.quantity, 0)
      expect(open + shipped + unshipped, `seed ${seed}`).toBe(ordered)
      for (const r of removed) expect(r.quantity).toBeGreaterThan(0)
    }
  })
})

describe('remoteOrder', () => {
  test('withdrawals are named by refund, kind and place, the same in every snapshot', () => {
    const early = remoteOrder(order({ ordered: 5, current: 4, open: 4, refunds: [[2, 1, 'cancel']] }), null)
    const later = remoteOrder(
      order({
        ordered: 5,
        current: 2,
        open: 2,
        refunds: [
          [2, 1, 'cancel'],
          [3, 1, 'none'],
        ],
      }),
      null,
    )
    expect(early.withdrawals.map((w) => w.withdrawalRef)).toEqual(['gid://shopify/Refund/2#restocked@577'])
    expect(later.withdrawals.map((w) => w.withdrawalRef)).toEqual(['gid://shopify/Refund/2#restocked@577', 'gid://shopify/Refund/3#lost', 'gid://shopify/Order/7#unexplained-edit'])
    expect(later).toMatchObject({ doubtful: true, stamp: at(9), lines: [{ articleNumber: '0071', itemRef: null, ordered: 5, unitPriceMinor: 12900 }] })
  })
  test('routing covers exactly the open pieces, or is unknown', () => {
    const routing = (how: Parameters<typeof order>[0], only: string | null = null) => remoteOrder(order(how), only).routing
    expect(routing({ ordered: 3, current: 3, open: 3 })).toBe('unknown')
    expect(
      routing({
        ordered: 3,
        current: 3,
        open: 3,
        routes: [
          [STORE, 2],
          ['gid://shopify/Location/578', 1],
        ],
      }),
    ).toEqual([
      { lineRef: L, placeRef: STORE, quantity: 2 },
      { lineRef: L, placeRef: 'gid://shopify/Location/578', quantity: 1 },
    ])
    expect(routing({ ordered: 3, current: 3, open: 3, routes: [[STORE, 2]] })).toBe('unknown')
    expect(routing({ ordered: 3, current: 3, open: 3, routes: [[null, 3]] })).toBe('unknown')
    expect(routing({ ordered: 3, current: 3, open: 1, shipped: [[1, 2]], routes: [[STORE, 5]] })).toEqual([{ lineRef: L, placeRef: STORE, quantity: 1 }])
    expect(routing({ ordered: 3, current: 3, open: 3 }, STORE)).toEqual([{ lineRef: L, placeRef: STORE, quantity: 3 }])
    expect(routing({ ordered: 3, current: 3, open: 0, shipped: [[1, 3]] })).toEqual([])
    expect(routing({ ordered: 1, current: 1, open: 1, sku: null })).toEqual([])
  })
})

describe('a payload', () => {
  const payload = {
    id: '9007199254740993884',
    name: '#1001',
    created_at: '2026-11-02T09:00:00+01:00',
    updated_at: '2026-11-02T09:09:00+01:00',
    currency: 'SEK',
    financial_status: 'partially_refunded',
    email: 'a@b.se',
    line_items: [{ id: 1, sku: '0071', name: 'T-shirt', quantity: 4, current_quantity: 2, fulfillable_quantity: 1, price: '129.50' }],
    fulfillments: [
      { id: 2, status: 'success', created_at: '2026-11-02T09:02:00+01:00', location_id: 577, line_items: [{ id: 1, quantity: 2 }] },
      { id: 3, status: 'cancelled', created_at: '2026-11-02T09:03:00+01:00', location_id: 577, line_items: [{ id: 1, quantity: 1 }] },
    ],
    refunds: [
      {
        id: 4,
        created_at: '2026-11-02T09:04:00+01:00',
        refund_line_items: [
          { id: 5, line_item_id: 1, quantity: 1, location_id: 577, restock_type: 'return' },
          { id: 6, line_item_id: 1, quantity: 1, location_id: null, restock_type: 'no_restock' },
        ],
      },
    ],
  }
  test('S9: becomes a whole order: instants in UTC, called-off shipments left out', () => {
    expect(seenInPayload(payload)).toEqual({
      ref: 'gid://shopify/Order/9007199254740993884',
      name: '#1001',
      placedAt: at(0),
      updatedAt: at(9),
      cancelledAt: null,
      paid: true,
      currency: 'SEK',
      complete: true,
      lines: [{ ref: L, sku: '0071', title: 'T-shirt', ordered: 4, current: 2, unfulfilled: 1, unitPriceMinor: 12950 }],
      shipments: [{ ref: 'gid://shopify/Fulfillment/2', at: at(2), placeRef: STORE, lines: [{ lineRef: L, quantity: 2 }] }],
      refunds: [
        {
          ref: 'gid://shopify/Refund/4',
          at: at(4),
          lines: [
            { lineRef: L, quantity: 1, restock: 'return', placeRef: STORE },
            { lineRef: L, quantity: 1, restock: 'none', placeRef: null },
          ],
        },
      ],
      routes: null,
      customer: { name: null, email: 'a@b.se', phone: null },
    })
  })
  test('one that speaks of a line it does not list is cut short', () => {
    expect(seenInPayload({ ...payload, line_items: [{ ...payload.line_items[0], id: 99 }] })?.complete).toBe(false)
    expect(seenInPayload({ ...payload, line_items: [] })?.complete).toBe(false)
    expect(seenInPayload({ id: 1 })).toBeNull()
  })
  test('every personal field may be missing', () => {
    expect(seenInPayload({ ...payload, email: null })?.customer).toBeNull()
  })
})
