/** "Varför är det 5?": an article's history explains its number, at any moment, and tells what the webshop was told of it and answered. */
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Answer } from '../../src/web/contract/routes.ts'
import { type ToyStand, toyStand } from './toy-stand.ts'

type Page = Answer<'articles.timeline'>
type Event = Page['items'][number]

let s: ToyStand
let locationId: number
const MINUTE = 60_000
beforeAll(async () => {
  s = await toyStand(['TROJA-M', 'MOSSA', 'VANTE'])
  locationId = s.owner.locationId
})
afterAll(() => s.close())

const ask = (number: string, query: Record<string, string | number> = {}) =>
  s.owner.does('articles.timeline', { params: { articleId: s.ids[number] ?? 0 }, query: { locationId, ...query } })
/** All of it, latest first, a few at a time. */
async function whole(articleId: number, query: Record<string, string | number> = {}): Promise<{ events: Event[]; asOf: NonNullable<Page['asOf']> }> {
  const events: Event[] = []
  let asOf: Page['asOf'] = null
  for (let next: string | null = ''; next !== null; ) {
    const page: Page = await s.owner.does('articles.timeline', { params: { articleId }, query: { locationId, limit: 7, ...query, ...(next === '' ? {} : { cursor: next }) } })
    events.push(...page.items)
    asOf ??= page.asOf
    next = page.next
  }
  if (asOf === null) throw new Error('the first page says how the number came about')
  return { events, asOf }
}
const told = (events: Event[]) => events.filter((event) => event.sort === 'told').map((event) => [event.kind, event.told?.value, event.connection?.name])
const sell = (number: string, quantity: number, more: Record<string, unknown> = {}) =>
  s.owner.does('sales.register', {
    body: { ref: `${number} ${s.web.clock.now().toISOString()} ${quantity}`, locationId, lines: [{ articleId: s.ids[number], quantity }], ...more },
  })
const minute = () => s.web.clock.advance(MINUTE)

test('a sale and what the webshop was told because of it stand beside each other, with who and when', async () => {
  minute()
  await sell('TROJA-M', 3)
  await s.settle()
  const { events, asOf } = await whole(s.ids['TROJA-M'] ?? 0, { show: 'all' })
  expect(events[0]).toMatchObject({ sort: 'told', kind: 'sent', onHand: 0, reserved: 0, onHandAfter: 7, told: { value: 7, expected: 10 }, connection: { name: 'Webben' } })
  expect(events[1]).toMatchObject({ sort: 'moved', kind: 'sale', onHand: -3, onHandAfter: 7, known: true, actor: { kind: 'key' } })
  expect(events.map((event) => event.kind)).toEqual(['sent', 'sale', 'sent', 'ticked', 'receipt'])
  expect(asOf).toMatchObject({ onHand: 7, reserved: 0, available: 7, start: { onHand: 0, known: false }, end: { onHand: 7, known: true }, later: { events: 0 } })
  expect(asOf.sums.map((sum) => [sum.kind, sum.onHand])).toEqual([
    ['receipt', 10],
    ['sale', -3],
  ])
  expect((await ask('TROJA-M')).items.map((event) => event.kind)).toEqual(['sale', 'receipt'])
})

test("an order, its later edit and its shipment: each with what was changed, and a link to the order's page", async () => {
  minute()
  const order = s.sim.sell('MOSSA', 4)
  await s.settle()
  minute()
  s.sim.refund(order, 'MOSSA', 2, { restock: true })
  await s.settle()
  minute()
  s.sim.ship(order)
  await s.settle()
  const { events, asOf } = await whole(s.ids.MOSSA ?? 0)
  expect(asOf).toMatchObject({ onHand: 8, reserved: 0, available: 8 })
  expect(
    events
      .slice(0, 2)
      .map((event) => [event.kind, event.onHand, event.reserved, event.order?.id])
      .sort(),
  ).toEqual([
    ['web-release', 0, -2, events[2]?.order?.id],
    ['web-ship', -2, 0, events[2]?.order?.id],
  ])
  expect(events.slice(2, 4).map((event) => [event.kind, event.reserved, event.order?.edit?.lines.map((line) => [line.what, line.was, line.now])])).toEqual([
    ['web-release', -2, [['restocked', 0, 2]]],
    ['web-reserve', 4, undefined],
  ])
  const id = events[0]?.order?.id ?? 0
  expect((await s.owner.does('orders.show', { params: { orderId: id } })).name).toBe(events[0]?.order?.name)
})

test('what comes back, over the counter and from the web, and what was put right with a reason: each leads to what it came from', async () => {
  const { id } = await s.owner.does('articles.make', { body: { number: 'RETUR', name: 'Retur' } })
  s.ids.RETUR = id
  await s.owner.does('goods-receipts.register', { body: { ref: 'in', locationId, lines: [{ articleId: id, quantity: 10 }] } })
  minute()
  await sell('RETUR', -1)
  minute()
  await s.owner.does('counts.register', { body: { ref: 'rättat', locationId, reason: 'damaged', note: 'trasig', lines: [{ articleId: id, counted: 9 }] } })
  const { items, asOf } = await ask('RETUR')
  expect(items.map((event) => [event.kind, event.onHand, event.source.type, typeof event.source.document])).toEqual([
    ['count', -2, 'count', 'number'],
    ['sale-return', 1, 'sale', 'number'],
    ['receipt', 10, 'goods-receipt', 'number'],
  ])
  expect(items[0]).toMatchObject({ source: { counted: 9, book: 11, reason: 'damaged', note: 'trasig' } })
  expect(asOf).toMatchObject({ onHand: 9 })

  const before = (await ask('MOSSA')).asOf?.onHand ?? 0
  const order = s.sim.sell('MOSSA', 2)
  s.sim.ship(order)
  await s.settle()
  minute()
  s.sim.takeBack(order, 'MOSSA', 1)
  await s.settle()
  const back = await ask('MOSSA')
  expect(back.items[1]?.order?.id).toBeGreaterThan(0)
  expect(back.items[0]).toMatchObject({ kind: 'web-return', onHand: 1, order: { id: back.items[1]?.order?.id }, connection: { name: 'Webben' } })
  expect(back.asOf).toMatchObject({ onHand: before - 1 })
})

test('a box that is unticked, and a number edited in the shop that was put right, are told', async () => {
  minute()
  s.sim.handEdit('VANTE', 6)
  await s.owner.does('runs.start', { params: s.at, body: { kind: 'compare' } })
  await s.settle()
  minute()
  await s.owner.does('connections.box', { params: s.at, body: { boxed: false, articleIds: [s.ids.VANTE] } })
  const { events } = await whole(s.ids.VANTE ?? 0, { show: 'all' })
  const found = events.find((event) => event.sort === 'found')
  expect(events[0]).toMatchObject({ sort: 'boxed', kind: 'unticked', actor: { kind: 'key' } })
  expect(found).toMatchObject({ difference: { theirs: 6, ours: 10, reason: 'edited-in-shop', settledHow: 'sent' }, connection: { name: 'Webben' } })
  expect(events.find((event) => event.sort === 'settled')).toMatchObject({ difference: { id: found?.difference?.id } })
  expect(told(events)[0]).toEqual(['sent', 10, 'Webben'])
})

test('a shop that shows another number than was believed says so, and what it showed', async () => {
  minute()
  s.sim.handEdit('TROJA-M', 1)
  await sell('TROJA-M', 1)
  await s.settle()
  const { events } = await whole(s.ids['TROJA-M'] ?? 0, { show: 'all' })
  expect(events.find((event) => event.kind === 'stale')).toMatchObject({ told: { value: 6, expected: 7, shows: 1 } })
  expect(told(events)[0]).toEqual(['sent', 6, 'Webben'])
})

test('L12: what happened before a moment and was booked after it is no part of what was known then, and is said', async () => {
  minute()
  const { id } = await s.owner.does('articles.make', { body: { number: 'SENT', name: 'Sent' } })
  s.ids.SENT = id
  const then = s.web.clock.now()
  await sell('SENT', 1)
  minute()
  const before = await ask('SENT', { until: s.web.clock.now().toISOString() })
  expect(before.asOf).toMatchObject({ onHand: null, available: null, end: { onHand: -1, known: false } })
  expect(before.items[0]).toMatchObject({ known: false })
  await s.owner.does('counts.register', { body: { ref: 'R1', locationId, lines: [{ articleId: id, counted: 8 }] } })
  const counted = s.web.clock.now()
  minute()
  await sell('SENT', 2, { occurredAt: new Date(then.getTime() + 1).toISOString() })
  await sell('SENT', 3, { occurredAt: new Date(counted.getTime() + 1000).toISOString() })
  const halfway = new Date(counted.getTime() + 2000).toISOString()
  expect((await ask('SENT', { until: halfway })).asOf).toMatchObject({ onHand: 8, available: 8, later: { events: 3, onHand: -3 } })
  const { asOf, events } = await whole(id)
  expect(asOf).toMatchObject({ onHand: 5, later: { events: 0 } })
  // What a count had counted already is taken back beside it.
  expect(events.filter((event) => event.source.type === 'late-fact')).toMatchObject([{ kind: 'count', onHand: 2 }])
  const since = (await ask('SENT', { from: halfway })).asOf
  expect(since).toMatchObject({ start: { onHand: 8, known: true }, onHand: 5 })
  expect(since?.sums.reduce((sum, each) => sum + each.onHand, 0)).toBe(-3)
})

test('everything beside the movements belongs to one location, and bad moments and cursors are refused', async () => {
  const params = { articleId: s.ids.MOSSA ?? 0 }
  expect(await s.owner.call('articles.timeline', { params, query: { show: 'all' } })).toMatchObject({ status: 400, body: { field: 'locationId' } })
  expect(await s.owner.call('articles.timeline', { params, query: { until: 'igår' } })).toMatchObject({ status: 400, body: { field: 'until' } })
  expect(await s.owner.call('articles.timeline', { params, query: { cursor: 'WzFd' } })).toMatchObject({ status: 400, body: { field: 'cursor' } })
  expect((await s.owner.does('articles.timeline', { params })).asOf).toBeNull()
})

// ---------------------------------------------------------------- any history, at any moment

type Step = { kind: 'sale' | 'receipt' | 'count' | 'waste' | 'claim'; quantity: number; late: number }
const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom('sale' as const, 'sale' as const, 'receipt' as const, 'count' as const, 'waste' as const, 'claim' as const),
  quantity: fc.integer({ min: 1, max: 9 }),
  late: fc.integer({ min: 0, max: 5 }),
})
let made = 0

async function take(articleId: number, { kind, quantity, late }: Step): Promise<void> {
  const ref = `h${++made}`
  const at = new Date(s.web.clock.now().getTime() - late * MINUTE - 1).toISOString()
  const line = { articleId, quantity }
  if (kind === 'sale') await s.owner.does('sales.register', { body: { ref, locationId, occurredAt: at, lines: [line] } })
  else if (kind === 'receipt') await s.owner.does('goods-receipts.register', { body: { ref, locationId, occurredAt: at, lines: [line] } })
  else if (kind === 'count') await s.owner.does('counts.register', { body: { ref, locationId, countedAt: at, lines: [{ articleId, counted: quantity }] } })
  else if (kind === 'waste') await s.owner.does('corrections.register', { body: { ref, kind, locationId, occurredAt: at, lines: [line] } })
  // May be refused: there isn't enough.
  else await s.owner.call('reservations.claim', { body: { key: ref, locationId, articleId, quantity } })
}

test('L12: of any history the changes shown add up to the level as it was, at every moment', { timeout: 300_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 14 }), async (steps) => {
      const { id } = await s.owner.does('articles.make', { body: { number: `H${++made}`, name: 'Historia' } })
      const levels: { at: string; level: { onHand: number | null; reserved: number | null; available: number | null } }[] = []
      for (const each of steps) {
        minute()
        await take(id, each)
        const { items } = await s.owner.does('levels.list', { query: { articleId: id, locationId } })
        const { onHand = null, reserved = null, available = null } = items[0] ?? {}
        levels.push({ at: s.web.clock.now().toISOString(), level: { onHand, reserved, available } })
      }
      for (const { at, level } of levels)
        expect((await s.owner.does('articles.timeline', { params: { articleId: id }, query: { locationId, until: at, limit: 1 } })).asOf).toMatchObject(level)
      const { events, asOf } = await whole(id)
      // Each row begins where the one before it ended; the first from nothing.
      let [onHand, reserved] = [0, 0]
      for (const event of events.toReversed()) {
        onHand += event.onHand
        reserved += event.reserved
        expect([event.onHandAfter, event.reservedAfter]).toEqual([onHand, reserved])
      }
      expect(asOf.end).toMatchObject({ onHand, reserved })
      const sum = (pick: (each: (typeof asOf.sums)[number]) => number) => asOf.sums.reduce((total, each) => total + pick(each), 0)
      expect([sum((each) => each.onHand), sum((each) => each.reserved), sum((each) => each.events)]).toEqual([onHand, reserved, events.length])
      // Of any part of it too.
      const middle = levels[Math.floor(levels.length / 2)]?.at ?? ''
      const part = (await s.owner.does('articles.timeline', { params: { articleId: id }, query: { locationId, from: middle } })).asOf
      expect((part?.start.onHand ?? 0) + (part?.sums.reduce((total, each) => total + each.onHand, 0) ?? 0)).toBe(onHand)
    }),
    { numRuns: 12, endOnFailure: true },
  )
})
