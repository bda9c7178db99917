/**
 * Orders that ship from here and from the shop, in any order: shipments here, shipments there, edits, cancellations, returns, snapshots that never arrive and snapshots that come
 * twice. What the ledger holds at each step is what a plain count of the pieces says.
 */
import { expect, test } from 'vitest'
import { nothingCounted } from '../../src/core/orders/counted.ts'
import { type Change, changeOf, type Effects, noEffects, type Rules } from '../../src/core/orders/effects.ts'
import type { Snapshot } from '../../src/core/orders/order.ts'
import { bucketsOf } from '../../src/core/orders/pieces.ts'
import { isTold, type ShippedHere } from '../../src/core/orders/shipped-here.ts'
import { type Rng, rng } from './rng.ts'

const below = (random: Rng, most: number): number => Math.floor(random() * most)
const T = (step: number) => new Date(Date.UTC(2026, 10, 2, 8, step)).toISOString()
/** Two lines of two articles; the shop's places P1 and P2 are our stores 1 and 2. */
const LINES = ['A', 'B'] as const
const ground = {
  articles: new Map([
    ['A', 7],
    ['B', 8],
  ]),
  places: new Map([
    ['P1', 1],
    ['P2', 2],
  ]),
  defaultLocationId: 1,
}

interface World {
  shop: Snapshot
  here: ShippedHere[]
  effects: Effects
  /** What the ledger has moved, per line. */
  onHand: Record<string, number>
  reserved: Record<string, number>
  /** The plain count, per line: pieces that have left, of them said here and not heard from the shop since, and how much of each of the shop's shipments was that. */
  left: Record<string, number>
  unheard: Record<string, number>
  heard: Map<string, { sent: number; ours: number }>
  steps: string[]
}

function placed(random: Rng): World {
  const lines = LINES.map((lineRef) => ({ lineRef, articleNumber: lineRef, itemRef: null, title: lineRef, ordered: 1 + below(random, 6), unitPriceMinor: null }))
  const shop: Snapshot = {
    ...{ orderRef: 'O', name: '#1', stamp: T(0), placedAt: T(0), cancelledAt: null, paid: true, currency: 'SEK', complete: true, doubtful: false },
    ...{ lines, shipments: [], withdrawals: [], routing: lines.map(({ lineRef, ordered }) => ({ lineRef, placeRef: random() < 0.5 ? 'P1' : 'P2', quantity: ordered })) },
  }
  const none = () => Object.fromEntries(LINES.map((line) => [line, 0]))
  return { shop, here: [], effects: noEffects, onHand: none(), reserved: none(), left: none(), unheard: none(), heard: new Map(), steps: [] }
}

const rules = (here: readonly ShippedHere[]): Rules => ({
  ...{ compares: true, ruleKnown: true, lowersItself: 'placed', restores: true, policy: 'write-off', countsWhen: 'placed', since: null, lossStates: {} },
  ...{ doubtArticles: new Set(), late: false, over: false, counted: nothingCounted, here },
})
const lineOf = (key: string): string => (key.startsWith('7') ? 'A' : 'B')

/** The snapshot is taken in, or the stored one is evaluated again. */
function evaluate(w: World, snapshot: Snapshot): Change {
  const change = changeOf(snapshot, ground, w.effects, rules(w.here))
  for (const fact of change.facts) w.onHand[lineOf(String(fact.articleId))] = (w.onHand[lineOf(String(fact.articleId))] ?? 0) + fact.onHand
  for (const [cell, quantity] of Object.entries(change.reserved)) w.reserved[lineOf(cell)] = (w.reserved[lineOf(cell)] ?? 0) + quantity
  w.effects = change.effects
  return change
}

/** What the shop tells, counted plainly: of a shipment first what was said here and hasn't been heard, the rest has left besides. */
function hear(w: World, snapshot: Snapshot): void {
  const sent = new Map<string, number>(snapshot.shipments.flatMap(({ shipmentRef, lines }) => lines.map((line) => [`${shipmentRef} ${line.lineRef}`, line.quantity])))
  for (const [key, { sent: before }] of [...w.heard]) {
    const line = key.slice(key.indexOf(' ') + 1)
    if (sent.has(key)) continue
    w.left[line] = (w.left[line] ?? 0) - before
    w.heard.delete(key)
  }
  for (const [key, quantity] of sent) {
    const line = key.slice(key.indexOf(' ') + 1)
    if (w.heard.has(key)) continue
    const ours = Math.min(w.unheard[line] ?? 0, quantity)
    w.unheard[line] = (w.unheard[line] ?? 0) - ours
    w.left[line] = (w.left[line] ?? 0) + quantity - ours
    w.heard.set(key, { sent: quantity, ours })
  }
}

const off = (order: Snapshot, line: string, kinds: readonly string[]): number =>
  order.withdrawals.flatMap((w) => w.lines).reduce((sum, each) => sum + (each.lineRef === line && kinds.includes(each.kind) ? each.quantity : 0), 0)

/** One thing happens. Returns what is heard of it here, or null. */
function happens(w: World, random: Rng, step: number, known: Snapshot): Snapshot | null {
  const line = LINES[below(random, 2)] ?? 'A'
  const there = bucketsOf(w.shop, line)
  const at = T(step)
  const stamp = { stamp: at }
  switch (below(random, 7)) {
    case 0: {
      const open = Math.max(0, (known.lines.find((each) => each.lineRef === line)?.ordered ?? 0) - (w.left[line] ?? 0) - off(known, line, ['restocked', 'lost']))
      if (open === 0) return null
      const quantity = 1 + below(random, open)
      w.here = [...w.here, { shipmentId: step, lineRef: line, quantity, locationId: 1 + below(random, 2), at }]
      w.left[line] = (w.left[line] ?? 0) + quantity
      w.unheard[line] = (w.unheard[line] ?? 0) + quantity
      w.steps.push(`${step} here ${quantity} ${line}`)
      evaluate(w, known)
      return null
    }
    case 1:
      if (there.open === 0) return null
      w.shop = {
        ...w.shop,
        ...stamp,
        shipments: [...w.shop.shipments, { shipmentRef: `S${step}`, at, placeRef: 'P1', lines: [{ lineRef: line, quantity: 1 + below(random, there.open) }] }],
      }
      return w.shop
    case 2:
      w.shop = { ...w.shop, ...stamp, lines: w.shop.lines.map((each) => (each.lineRef === line ? { ...each, ordered: each.ordered + 1 } : each)) }
      return w.shop
    case 3: {
      if (there.open === 0) return null
      const kind = random() < 0.5 ? ('restocked' as const) : ('lost' as const)
      w.shop = {
        ...w.shop,
        ...stamp,
        withdrawals: [...w.shop.withdrawals, { withdrawalRef: `W${step}`, at, placeRef: 'P1', lines: [{ lineRef: line, quantity: there.open, kind }] }],
      }
      return w.shop
    }
    case 4:
      if (there.shipped - there.returned === 0) return null
      w.shop = {
        ...w.shop,
        ...stamp,
        withdrawals: [...w.shop.withdrawals, { withdrawalRef: `W${step}`, at, placeRef: 'P1', lines: [{ lineRef: line, quantity: 1, kind: 'returned' }] }],
      }
      return w.shop
    case 5:
      // Called back there: as if it had never left, if none of it was returned.
      if (off(w.shop, line, ['returned']) > 0 || w.shop.shipments.length === 0) return null
      w.shop = { ...w.shop, ...stamp, shipments: w.shop.shipments.filter((_, n) => n !== w.shop.shipments.length - 1) }
      return w.shop.withdrawals.some((each) => each.lines.some(({ kind }) => kind === 'returned')) ? null : w.shop
    default:
      return w.shop
  }
}

/** Of pieces that were cancelled unshipped and not put back, those that hadn't left are written off. */
function check(w: World, known: Snapshot, seed: number): void {
  for (const line of LINES) {
    const ordered = known.lines.find((each) => each.lineRef === line)?.ordered ?? 0
    const [restocked, lost, returned] = (['restocked', 'lost', 'returned'] as const).map((kind) => off(known, line, [kind])) as [number, number, number]
    const unshipped = Math.max(0, ordered - (w.left[line] ?? 0) - restocked)
    const writtenOff = Math.min(lost, unshipped)
    const what = `seed ${seed}, line ${line}: ${w.steps.join(', ')}`
    expect(w.onHand[line], `on hand, ${what}`).toBe(-(w.left[line] ?? 0) - writtenOff + returned)
    expect(w.reserved[line], `reserved, ${what}`).toBe(unshipped - writtenOff)
  }
}

test('R45: whatever ships here and there, is edited, cancelled, returned or called back, the ledger has each piece once', () => {
  let [shippedHere, told] = [0, 0]
  for (let seed = 1; seed <= 1_000; seed++) {
    const random = rng(seed)
    const w = placed(random)
    let known = w.shop
    evaluate(w, known)
    for (let step = 1; step <= 14; step++) {
      const news = happens(w, random, step, known)
      // A lost hook: nothing is heard until the next one.
      if (news !== null && random() < 0.7) {
        w.steps.push(`${step} heard ${news.shipments.length} shipments ${news.withdrawals.length} withdrawals`)
        hear(w, news)
        known = news
        evaluate(w, known)
      }
      check(w, known, seed)
      const again = evaluate(w, known)
      expect([again.facts, again.reserved], `seed ${seed}: the same again`).toEqual([[], {}])
    }
    shippedHere += w.here.length
    told += w.here.filter(({ shipmentId }) => isTold(w.here, w.effects.echoes ?? {}, shipmentId)).length
  }
  expect(shippedHere).toBeGreaterThan(1_000)
  expect(told).toBeGreaterThan(300)
})
