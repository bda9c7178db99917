/** The three pure functions of an order, held bucket by bucket. */
import { expect, test } from 'vitest'
import { nothingCounted } from './counted.ts'
import { changeOf, type Effects, noEffects, type Rules, stateOf } from './effects.ts'
import { factDifference, factsOf } from './facts.ts'
import { compareStamps, type Snapshot } from './order.ts'
import { type Ground, piecesOf } from './pieces.ts'
import { remoteEffectOf } from './remote-effect.ts'
import { reservedOf, unroutedOf } from './reserved.ts'

const T = (minute: number) => `2026-11-02T08:${String(minute).padStart(2, '0')}:00.000Z`
/** Place P1 is our location 1, P2 is 2; P9 is none of ours. Line L is article 7. */
const ground: Ground = {
  articles: new Map([['L', 7]]),
  places: new Map([
    ['P1', 1],
    ['P2', 2],
  ]),
  defaultLocationId: 1,
  homes: {},
}
const order = (over: Partial<Snapshot> = {}): Snapshot => ({
  orderRef: 'O1',
  name: '#1001',
  stamp: T(1),
  placedAt: T(0),
  cancelledAt: null,
  paid: false,
  currency: 'SEK',
  complete: true,
  doubtful: false,
  lines: [{ lineRef: 'L', articleNumber: '007', itemRef: null, title: 'Tröja', ordered: 5, unitPriceMinor: null }],
  shipments: [],
  withdrawals: [],
  routing: [{ lineRef: 'L', placeRef: 'P1', quantity: 5 }],
  ...over,
})
const shipped = (quantity: number, at = T(5), placeRef: string | null = 'P1') => [{ shipmentRef: 'S1', at, placeRef, lines: [{ lineRef: 'L', quantity }] }]
const withdrawn = (kind: 'restocked' | 'lost' | 'returned' | 'kept', quantity: number, placeRef: string | null = 'P1') => [
  { withdrawalRef: 'W1', at: T(9), placeRef, lines: [{ lineRef: 'L', quantity, kind }] },
]
const policy = { lossStates: {}, policy: 'write-off' as const, since: null }
const placed = { lowersItself: 'placed' as const, restores: true }
const facts = (o: Snapshot, over = {}) => factsOf(piecesOf(o, ground), { ...policy, ...over })
const reserved = (o: Snapshot) => reservedOf(piecesOf(o, ground))
const remote = (o: Snapshot, manners: Parameters<typeof remoteEffectOf>[2] = placed) => remoteEffectOf(piecesOf(o, ground), o.paid, manners)

test('R1: a shipment takes goods off the shelf at its own time and place', () => {
  expect(facts(order({ shipments: shipped(2) }))).toEqual([{ key: 'ship:S1:L', kind: 'web-ship', articleId: 7, locationId: 1, onHand: -2, at: T(5) }])
})
test('R1: goods come back with a return, not with a refund that keeps them', () => {
  expect(facts(order({ shipments: shipped(2), withdrawals: withdrawn('returned', 1) })).map((f) => [f.kind, f.onHand, f.at])).toEqual([
    ['web-ship', -2, T(5)],
    ['web-return', 1, T(9)],
  ])
  expect(facts(order({ shipments: shipped(2), withdrawals: withdrawn('kept', 1) }))).toHaveLength(1)
})
test('R1: goods cancelled unshipped and not put back are written off, put back or asked about, as the connection says', () => {
  const lost = order({ withdrawals: withdrawn('lost', 3) })
  expect(facts(lost).map((f) => [f.kind, f.onHand])).toEqual([['web-loss', -3]])
  expect(facts(lost, { policy: 'put-back' }).map((f) => f.onHand)).toEqual([0])
  expect(facts(lost, { policy: 'ask' }).map((f) => f.onHand)).toEqual([-3])
  expect(facts(lost, { lossStates: { 'loss:W1:L': 'put-back' } }).map((f) => f.onHand)).toEqual([0])
})
test('R1: what was shipped before the baseline posts nothing, what comes back after it does', () => {
  const both = order({ shipments: shipped(2), withdrawals: withdrawn('returned', 1) })
  expect(facts(both, { since: new Date(T(7)) }).map((f) => f.kind)).toEqual(['web-return'])
})
test('R1: a place that is none of ours has no effect here', () => {
  const there = order({ shipments: shipped(2, T(5), 'P9'), routing: [{ lineRef: 'L', placeRef: 'P9', quantity: 3 }] })
  expect([facts(there), reserved(there), remote(there)]).toEqual([[], {}, {}])
})
test('R1: a fact that changes or vanishes goes back with the time it was posted with', () => {
  const first = factDifference({}, facts(order({ shipments: shipped(2) })))
  const moved = factDifference(first.posted, facts(order({ shipments: shipped(1, T(6)) })))
  expect(moved.post.map((f) => [f.onHand, f.at, f.back, f.version])).toEqual([
    [2, T(5), true, 1],
    [-1, T(6), false, 2],
  ])
  const gone = factDifference(moved.posted, [])
  expect(gone.post.map((f) => [f.onHand, f.at, f.back])).toEqual([[1, T(6), true]])
  expect(factDifference(gone.posted, []).post).toEqual([])
  expect(factDifference(gone.posted, facts(order({ shipments: shipped(1, T(6)) }))).post.map((f) => [f.onHand, f.version])).toEqual([[-1, 3]])
})
test('R2: reserved is ordered less restocked, lost and shipped, where it is to ship from', () => {
  expect(reserved(order())).toEqual({ '7:1': 5 })
  expect(reserved(order({ shipments: shipped(2) }))).toEqual({ '7:1': 3 })
  expect(reserved(order({ withdrawals: withdrawn('restocked', 4) }))).toEqual({ '7:1': 1 })
  expect(reserved(order({ withdrawals: withdrawn('lost', 5) }))).toEqual({})
  expect(
    reserved(
      order({
        routing: [
          { lineRef: 'L', placeRef: 'P1', quantity: 2 },
          { lineRef: 'L', placeRef: 'P2', quantity: 3 },
        ],
      }),
    ),
  ).toEqual({ '7:1': 2, '7:2': 3 })
  expect(reserved(order({ shipments: shipped(3), withdrawals: withdrawn('returned', 2) }))).toEqual({ '7:1': 2 })
})
test('R2: V10: goods cancelled without restock neither stay reserved nor go on sale again', () => {
  const lost = order({ withdrawals: withdrawn('lost', 5) })
  const onHand = facts(lost).reduce((sum, f) => sum + f.onHand, 0)
  expect(onHand - Object.values(reserved(lost)).reduce((sum, n) => sum + n, 0)).toBe(-5)
})
test('R2: pieces without a place count at the default location and are said to', () => {
  const unknown = order({ routing: 'unknown' })
  expect(reserved(unknown)).toEqual({ '7:1': 5 })
  expect(unroutedOf(piecesOf(unknown, ground))).toEqual({ unrouted: { 7: 5 }, provisional: { '7:1': 5 } })
  expect(unroutedOf(piecesOf(order({ routing: [{ lineRef: 'L', placeRef: 'P2', quantity: 4 }] }), ground))).toEqual({ unrouted: { 7: 1 }, provisional: { '7:1': 1 } })
  expect(unroutedOf(piecesOf(unknown, { ...ground, homes: { L: 'P2' } })).unrouted).toEqual({})
})
test('R3: placed: ordered goods are off, restocked ones back if the remote restores, returned ones back', () => {
  expect(remote(order())).toEqual({ '7:1': -5 })
  expect(remote(order({ withdrawals: withdrawn('restocked', 2) }))).toEqual({ '7:1': -3 })
  expect(remote(order({ withdrawals: withdrawn('restocked', 2) }), { lowersItself: 'placed', restores: false })).toEqual({ '7:1': -5 })
  expect(remote(order({ withdrawals: withdrawn('lost', 2) }))).toEqual({ '7:1': -5 })
  expect(remote(order({ shipments: shipped(4), withdrawals: withdrawn('returned', 1) }))).toEqual({ '7:1': -4 })
  expect(remote(order({ shipments: shipped(4), withdrawals: withdrawn('kept', 1) }))).toEqual({ '7:1': -5 })
})
test('R3: paid: nothing until it is paid; never: nothing; unknown: no number at all (V8)', () => {
  expect(remote(order(), { lowersItself: 'paid', restores: true })).toEqual({})
  expect(remote(order({ paid: true }), { lowersItself: 'paid', restores: true })).toEqual({ '7:1': -5 })
  expect(remote(order(), { lowersItself: 'never', restores: null })).toEqual({})
  expect(remote(order(), { lowersItself: 'unknown', restores: true })).toEqual({})
  expect(remote(order(), { lowersItself: 'placed', restores: null })).toEqual({})
})

const rules = (over: Partial<Rules> = {}): Rules => ({
  compares: true,
  ruleKnown: true,
  ...placed,
  ...policy,
  countsWhen: 'placed',
  doubtArticles: new Set(),
  late: false,
  over: false,
  counted: nothingCounted,
  here: [],
  ...over,
})
const step = (o: Snapshot, before: Effects = noEffects, over: Partial<Rules> = {}) => changeOf(o, ground, before, rules(over))
test('R2: where orders count when paid, an unpaid one holds nothing and loses nothing, what was shipped has left, and paid it holds what is open', () => {
  const unpaid = step(order({ shipments: shipped(2) }), noEffects, { countsWhen: 'paid' })
  expect([unpaid.reserved, unpaid.facts.map((f) => f.onHand), unpaid.losses]).toEqual([{}, [-2], []])
  const paid = step(order({ shipments: shipped(2), paid: true }), unpaid.effects, { countsWhen: 'paid' })
  expect([paid.reserved, paid.facts]).toEqual([{ '7:1': 3 }, []])
  expect(step(order({ withdrawals: withdrawn('lost', 5) }), noEffects, { countsWhen: 'paid' })).toMatchObject({ facts: [], losses: [], reserved: {} })
  expect(step(order(), paid.effects, { countsWhen: 'paid' }).reserved).toEqual({ '7:1': -3 })
})
test('R3: when an order counts here changes nothing of what the shop took, nor the doubt of where it did', () => {
  const [placedHere, paidHere] = (['placed', 'paid'] as const).map((countsWhen) => step(order({ routing: 'unknown' }), noEffects, { countsWhen }))
  expect([paidHere?.seen, paidHere?.effects.unrouted, paidHere?.doubtArticles]).toEqual([placedHere?.seen, placedHere?.effects.unrouted, placedHere?.doubtArticles])
  expect([placedHere?.effects.provisional, paidHere?.effects.provisional]).toEqual([{ '7:1': 5 }, {}])
})
test('R9: a certain order moves our belief by what the shop took, and casts no doubt', () => {
  const first = step(order())
  expect([first.seen, [...first.doubtArticles], [...first.doubtCells]]).toEqual([{ '7:1': -5 }, [], []])
  const next = step(order({ withdrawals: withdrawn('restocked', 2) }), first.effects)
  expect([next.seen, next.reserved]).toEqual([{ '7:1': 2 }, { '7:1': -2 }])
  expect([...step(order({ routing: [{ lineRef: 'L', placeRef: 'P2', quantity: 5 }] }), first.effects).doubtArticles]).toEqual([])
})
test('R9: routing missing or just resolved casts doubt on every cell of the article', () => {
  const first = step(order({ routing: 'unknown' }))
  expect([[...first.doubtArticles], first.askRouting]).toEqual([[7], true])
  const next = step(order({ routing: [{ lineRef: 'L', placeRef: 'P2', quantity: 5 }] }), first.effects)
  expect([[...next.doubtArticles], next.seen, next.reserved, next.askRouting]).toEqual([[7], { '7:1': 5, '7:2': -5 }, { '7:1': -5, '7:2': 5 }, false])
  expect([...step(order(), next.effects).doubtArticles]).toEqual([])
})
test('R9: a remote that compares nothing, or an unknown rule, casts doubt on the cells the order touches', () => {
  expect([...step(order(), noEffects, { compares: false }).doubtCells]).toContain('7:1')
  const unknown = step(order(), noEffects, { lowersItself: 'unknown', ruleKnown: false })
  expect([unknown.seen, [...unknown.doubtCells]]).toEqual([{}, ['7:1']])
  expect([...step(order({ doubtful: true })).doubtArticles]).toEqual([7])
})
test('R9: a source that does not say where keeps a routed order where it was, with doubt, and asks', () => {
  const first = step(order({ routing: [{ lineRef: 'L', placeRef: 'P2', quantity: 5 }] }))
  const hook = step(order({ routing: 'unknown', paid: true }), first.effects)
  expect([hook.reserved, hook.effects.unrouted, [...hook.doubtArticles], hook.askRouting]).toEqual([{}, {}, [7], true])
})
test('R5: stamps of one order compare as instants, else as rising text', () => {
  expect(compareStamps('2026-11-02T09:00:00+01:00', '2026-11-02T08:00:00.000Z')).toBe(0)
  expect(compareStamps('10', '9')).toBeGreaterThan(0)
  expect(compareStamps('9007199254740993', '9007199254740992')).toBeGreaterThan(0)
  expect(compareStamps(T(1), T(2))).toBeLessThan(0)
})
test('an order is open, shipped, cancelled or done', () => {
  expect(stateOf(order())).toBe('open')
  expect(stateOf(order({ shipments: shipped(5) }))).toBe('shipped')
  expect(stateOf(order({ withdrawals: withdrawn('restocked', 5), cancelledAt: T(9) }))).toBe('cancelled')
  expect(stateOf(order({ withdrawals: withdrawn('restocked', 5) }))).toBe('done')
})

const counting = (quantity: number, since = new Map([[1, new Date(T(0))]])) => ({ counted: { pieces: { '7:1': quantity }, since } })
test('R38: pieces the master counts hold nothing and post nothing, whether they ship before it or after; the rest counts as ever', () => {
  expect(step(order(), noEffects, counting(5))).toMatchObject({ reserved: {}, facts: [], seen: { '7:1': -5 } })
  expect(step(order(), noEffects, counting(3)).reserved).toEqual({ '7:1': 2 })
  const sent = step(order({ shipments: shipped(2) }))
  expect([sent.reserved, sent.facts.map((f) => f.onHand)]).toEqual([{ '7:1': 3 }, [-2]])
  // Counted after it left: what was posted goes back with its own time, and nothing of it is seen as new at the shop.
  const counted = step(order({ shipments: shipped(2) }), sent.effects, counting(5))
  expect([counted.reserved, counted.facts.map((f) => [f.onHand, f.at, f.back]), counted.seen]).toEqual([{ '7:1': -3 }, [[2, T(5), true]], {}])
  expect(step(order({ shipments: shipped(5) }), step(order(), noEffects, counting(5)).effects, counting(5)).facts).toEqual([])
})
test('R38: what came back counts here until the credit note, and once', () => {
  const all = { shipments: shipped(5) }
  const back = { ...all, withdrawals: withdrawn('returned', 1) }
  const returned = step(order(back), step(order(all), noEffects, counting(5)).effects, counting(5))
  expect(returned.facts.map((f) => [f.kind, f.onHand])).toEqual([['web-return', 1]])
  // The credit note: the master has the piece again, and counts four.
  const credited = step(order(back), returned.effects, counting(4))
  expect(credited.facts.map((f) => [f.kind, f.onHand])).toEqual([['web-ship', -1]])
})
test('R38: what was shipped before the location had its master is inside its number and stays posted', () => {
  const sent = step(order({ shipments: shipped(2) }))
  const later = step(order({ shipments: shipped(2) }), sent.effects, counting(5, new Map([[1, new Date(T(20))]])))
  expect([later.facts, later.reserved]).toEqual([[], { '7:1': -3 }])
})
