/**
 * The ledger's rules over random histories on the real database: documents handed in at once, twice, half wrong, late; claims that run out.
 * Replay: LEDGER_SEED=123 npx vitest run test/model/ledger.property.test.ts
 */
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createArticle } from '../../src/core/articles/create-article.ts'
import { makeCompany } from '../../src/core/companies/make-company.ts'
import { createLocation } from '../../src/core/locations/create-location.ts'
import { Refusal } from '../../src/core/refusal.ts'
import { countStock } from '../../src/core/stock/count-stock.ts'
import { receiveGoods } from '../../src/core/stock/receive-goods.ts'
import { registerSale } from '../../src/core/stock/register-sale.ts'
import { expireReservations, releaseReservation, reserveStock } from '../../src/core/stock/reserve-stock.ts'
import { verifyLedger } from '../../src/core/stock/verify-ledger.ts'
import { writeOff } from '../../src/core/stock/write-off.ts'
import type { Tx } from '../../src/db/open.ts'
import { type TestDatabase, testDatabase } from '../database.ts'

const HISTORIES = 300
const seed = Number(process.env.LEDGER_SEED ?? Math.floor(Math.random() * 2 ** 31))
const START = Date.parse('2026-11-02T08:00:00.000Z')
const MINUTE = 60_000
/** On a machine that does much else; by itself each takes well under a minute. */
const SLOW_MS = 600_000

let data: TestDatabase
const hit = new Map<string, number>()
const mark = (what: string) => hit.set(what, (hit.get(what) ?? 0) + 1)
beforeAll(async () => {
  data = await testDatabase()
})
afterAll(() => data.close())

interface Shop {
  companyId: number
  articles: number[]
  locations: number[]
  now: number
}
async function openShop(articles: number, locations: number): Promise<Shop> {
  return await data.db.outsideWall(async (q) => {
    const by = { actor: 'system', now: new Date(START) }
    const tx = await makeCompany(q, { name: 'Testgränd Handel AB', country: 'SE' }, by.now)
    const made: Shop = { companyId: tx.companyId, articles: [], locations: [], now: START }
    for (let n = 0; n < articles; n++) made.articles.push((await createArticle(tx, { number: `0${n}`, name: `Artikel ${n}` }, by)).id)
    for (let n = 0; n < locations; n++) made.locations.push((await createLocation(tx, { name: `Lager ${n}` }, by)).id)
    return made
  })
}
const within = <T>(shop: Shop, work: (tx: Tx, by: { actor: string; now: Date }) => Promise<T>) =>
  data.db.inCompany(shop.companyId, (tx) => work(tx, { actor: 'system', now: new Date(shop.now) }))
/** Every level that ever moved, by 'article location' as the history names them. */
async function levels(shop: Shop): Promise<Map<string, { onHand: number; reserved: number; known: boolean }>> {
  const rows = await data.owner.rows<{ article: number; location: number; onHand: number; reserved: number; known: boolean }>({
    text: 'select article_id as article, location_id as location, on_hand as "onHand", reserved, known from level where company_id = $1 and version > 0',
    values: [shop.companyId],
  })
  return new Map(rows.map((row) => [`${shop.articles.indexOf(row.article)} ${shop.locations.indexOf(row.location)}`, row]))
}

// ---------------------------------------------------------------- L1, L3, L4, L5, L6

type Line = { article: number; quantity: number }
type Step =
  | { kind: 'sale' | 'receipt' | 'waste' /** Names an article nobody has, too. */; unknown: boolean; ref: number; location: number; lines: Line[]; times: number }
  | { kind: 'claim'; key: number; article: number; location: number; quantity: number; times: number }
  | { kind: 'release'; key: number }
  | { kind: 'expire' }

const line = fc.record({ article: fc.nat(2), quantity: fc.integer({ min: 1, max: 9 }) })
const documents = fc.array(
  fc.record({
    kind: fc.constantFrom('sale' as const, 'receipt' as const, 'receipt' as const, 'waste' as const),
    ref: fc.nat(30),
    location: fc.nat(1),
    lines: fc.array(line, { minLength: 1, maxLength: 4 }),
    times: fc.integer({ min: 1, max: 3 }),
  }),
  { minLength: 1, maxLength: 5 },
)
const claims = fc.array(
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constant('claim' as const),
        key: fc.nat(8),
        article: fc.nat(2),
        location: fc.nat(1),
        quantity: fc.integer({ min: 1, max: 5 }),
        times: fc.integer({ min: 1, max: 2 }),
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('release' as const), key: fc.nat(8) }) },
    { weight: 1, arbitrary: fc.constant({ kind: 'expire' as const }) },
  ),
  { minLength: 1, maxLength: 8 },
)
const history = fc.array(fc.record({ minutes: fc.nat(20), documents, claims, spoil: fc.nat(3) }), { minLength: 1, maxLength: 3 })

async function run(shop: Shop, step: Step): Promise<unknown[]> {
  const once = async (): Promise<unknown> => {
    try {
      return await within(shop, async (tx, by) => {
        if (step.kind === 'expire') return await expireReservations(tx, by)
        if (step.kind === 'release') {
          const claim = await tx.maybe<{ id: number }>({ text: 'select id from reservation where company_id = $1 and key = $2', values: [shop.companyId, `k${step.key}`] })
          return claim === null ? null : await releaseReservation(tx, claim.id, by)
        }
        const locationId = shop.locations[step.location] ?? 0
        if (step.kind === 'claim')
          return await reserveStock(tx, { key: `k${step.key}`, articleId: shop.articles[step.article] ?? 0, locationId, quantity: step.quantity, expiresInSeconds: 600 }, by)
        const lines = [
          ...step.lines.map((each) => ({ articleId: shop.articles[each.article] ?? 0, quantity: each.quantity })),
          ...(step.unknown ? [{ articleNumber: 'finns inte', quantity: 1 }] : []),
        ]
        const input = { ref: `${step.kind}${step.ref}`, locationId, lines }
        return step.kind === 'sale'
          ? await registerSale(tx, input, by)
          : step.kind === 'receipt'
            ? await receiveGoods(tx, input, by)
            : await writeOff(tx, { ...input, kind: 'waste' }, by)
      })
    } catch (error) {
      if (error instanceof Refusal) return error
      throw error
    }
  }
  return await Promise.all(Array.from({ length: 'times' in step ? step.times : 1 }, once))
}

test(`L1, L3, L4, L5, L6: ${HISTORIES} histories of documents and claims at the same moment (seed ${seed})`, { timeout: SLOW_MS }, async () => {
  await fc.assert(
    fc.asyncProperty(history, async (rounds) => {
      const shop = await openShop(3, 2)
      const booked = new Map<string, { sign: number; location: number; lines: Line[] }>()
      for (const round of rounds) {
        shop.now += round.minutes * MINUTE
        const steps = round.documents.map((step, n) => ({ ...step, unknown: n === round.spoil }))
        const answers = await Promise.all(steps.map((step) => run(shop, step)))
        for (const [n, step] of steps.entries()) {
          const name = `${step.kind}${step.ref}`
          for (const answer of answers[n] ?? []) {
            const code = answer instanceof Refusal ? answer.code : (answer as { repeated: boolean }).repeated ? 'repeated' : 'done'
            mark(`${step.kind} ${code}`)
            if (code !== 'done') continue
            // L3: a ref posts once, whoever of those at the same moment it was.
            expect(booked.has(name), `${name} posted twice`).toBe(false)
            booked.set(name, { sign: step.kind === 'receipt' ? 1 : -1, location: step.location, lines: step.lines })
          }
        }
        const before = await available(shop)
        const granted = (await Promise.all(round.claims.map((step) => run(shop, step)))).flatMap((each, n) => each.map((answer) => ({ answer, step: round.claims[n] as Step })))
        for (const { answer, step } of granted)
          mark(
            `${step.kind} ${answer instanceof Refusal ? answer.code : answer === null ? 'nothing' : step.kind === 'claim' && (answer as { repeated: boolean }).repeated ? 'repeated' : 'done'}`,
          )
        // L6: whatever came back meanwhile, never more is held than there is, unless it was so before.
        const after = await available(shop)
        for (const [cell, free] of after) expect(free).toBeGreaterThanOrEqual(Math.min(0, before.get(cell) ?? 0))
        await holds(shop, booked)
      }
    }),
    { numRuns: HISTORIES, seed, endOnFailure: true },
  )
  report([
    'sale done',
    'sale repeated',
    'sale key-reused',
    'sale unknown-article',
    'receipt done',
    'waste done',
    'claim done',
    'claim repeated',
    'claim not-enough-stock',
    'claim no-level-yet',
    'claim key-reused',
    'release done',
    'expire done',
  ])
})

async function available(shop: Shop): Promise<Map<string, number>> {
  return new Map([...(await levels(shop))].map(([cell, level]) => [cell, level.onHand - level.reserved]))
}

/** L1 and L5: every level is the sum of its movements, and of exactly the documents that were answered as done; L4: of nothing else. */
async function holds(shop: Shop, booked: Map<string, { sign: number; location: number; lines: Line[] }>): Promise<void> {
  expect((await within(shop, (tx) => verifyLedger(tx))).faults).toEqual([])
  const all = await levels(shop)
  for (const article of [0, 1, 2])
    for (const location of [0, 1]) {
      const lines = [...booked.values()]
        .filter((each) => each.location === location)
        .flatMap((each) => each.lines.filter((one) => one.article === article).map((one) => each.sign * one.quantity))
      const now = all.get(`${article} ${location}`)
      if (lines.length === 0) expect(now, 'never moved').toBeUndefined()
      else expect(now).toMatchObject({ onHand: lines.reduce((sum, each) => sum + each, 0), known: lines.some((each) => each > 0) })
    }
  const held = await data.owner.one<{ held: number; reserved: number }>({
    text: `select coalesce((select sum(quantity) from reservation where company_id = $1 and state = 'held'), 0) as held, coalesce((select sum(reserved) from level where company_id = $1), 0) as reserved`,
    values: [shop.companyId],
  })
  expect(held.reserved).toBe(held.held)
}

// ---------------------------------------------------------------- L9

/** What happened on the shelf, minute by minute; only theft goes unbooked. Counts see the shelf as it was at their minute. */
type Event = { kind: 'sale' | 'receipt' | 'theft'; quantity: number } | { kind: 'count' }
const event: fc.Arbitrary<Event> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom('sale' as const, 'receipt' as const), quantity: fc.integer({ min: 1, max: 9 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('theft' as const), quantity: fc.integer({ min: 1, max: 3 }) }) },
  { weight: 2, arbitrary: fc.constant({ kind: 'count' as const }) },
)
const day = fc.record({ events: fc.array(event, { minLength: 2, maxLength: 12 }), order: fc.array(fc.nat(1000), { minLength: 12, maxLength: 12 }), together: fc.boolean() })

test(`L9: ${HISTORIES} days of sales, deliveries, thefts and counts, handed in in any order: the book ends at the shelf (seed ${seed})`, { timeout: SLOW_MS }, async () => {
  await fc.assert(
    fc.asyncProperty(day, async ({ events, order, together }) => {
      const shop = await openShop(1, 1)
      shop.now = START + events.length * MINUTE
      // Enough on the shelf that a count never sees less than none.
      let shelf = 200
      const at = (n: number) => new Date(START + n * MINUTE)
      const facts: { n: number; post: () => Promise<unknown> }[] = []
      let stolenSinceCount = 0
      let counts = 0
      const input = (n: number) => ({ ref: `${n}`, locationId: shop.locations[0] ?? 0, occurredAt: at(n) })
      const article = { articleId: shop.articles[0] ?? 0 }
      const opening = {
        n: -1,
        post: () =>
          within(shop, (tx, by) =>
            receiveGoods(tx, { ref: 'opening', locationId: shop.locations[0] ?? 0, occurredAt: new Date(START - MINUTE), lines: [{ ...article, quantity: 200 }] }, by),
          ),
      }
      facts.push(opening)
      for (const [n, each] of events.entries()) {
        if (each.kind === 'count') {
          const counted = shelf
          counts++
          stolenSinceCount = 0
          facts.push({
            n,
            post: () => within(shop, (tx, by) => countStock(tx, { ref: `${n}`, locationId: shop.locations[0] ?? 0, countedAt: at(n), lines: [{ ...article, counted }] }, by)),
          })
        } else {
          shelf += each.kind === 'receipt' ? each.quantity : -each.quantity
          if (each.kind === 'theft') stolenSinceCount += each.quantity
          if (each.kind === 'sale') facts.push({ n, post: () => within(shop, (tx, by) => registerSale(tx, { ...input(n), lines: [{ ...article, quantity: each.quantity }] }, by)) })
          if (each.kind === 'receipt')
            facts.push({ n, post: () => within(shop, (tx, by) => receiveGoods(tx, { ...input(n), lines: [{ ...article, quantity: each.quantity }] }, by)) })
        }
      }
      const shuffled = facts.map((fact, n) => ({ fact, key: order[n % order.length] ?? 0 })).sort((a, b) => a.key - b.key)
      const late = shuffled.some((each, n) => n > 0 && each.fact.n < (shuffled[n - 1]?.fact.n ?? 0))
      if (together) await Promise.all(shuffled.map((each) => each.fact.post()))
      else for (const each of shuffled) await each.fact.post()
      mark(`${counts === 0 ? 'never' : counts === 1 ? 'once' : 'often'} counted${late ? ', late' : ''}${together ? ', at once' : ''}`)
      if (stolenSinceCount > 0) mark('stolen after the last count')
      expect((await levels(shop)).get('0 0')?.onHand).toBe(shelf + stolenSinceCount)
      expect((await within(shop, (tx) => verifyLedger(tx))).faults).toEqual([])
    }),
    { numRuns: HISTORIES, seed, endOnFailure: true },
  )
  report(['once counted, late', 'often counted, late', 'often counted, late, at once', 'never counted, late', 'stolen after the last count'])
})

/** How often each thing was met; one that never was makes the run worthless. */
function report(needed: string[]): void {
  console.log(`seed ${seed}:`, Object.fromEntries([...hit].sort()))
  for (const what of needed) expect(hit.get(what) ?? 0, what).toBeGreaterThan(0)
}
