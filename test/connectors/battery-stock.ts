/** The battery's part on writing stock: every row gets its outcome, stale is stale, and a key makes one effect of many sends. */
import { expect, test } from 'vitest'
import type { Change } from '../../src/connectors/contract.ts'
import { batchOf, certainlyNot, compares, mayHaveHappened, newKey, pushed, type Stand, stockRow, type Use } from './bench.ts'

export function stockTests(use: Use): void {
  test('S4: pushing the same twice gives the same stock', async () => {
    const here = use()
    const item = here.bench.addItem({ number: 'A-1', stock: 3 })
    expect(await here.open().push(batchOf(stockRow(here, item, 'A-1', 7, 3)))).toEqual([{ kind: 'done' }])
    expect(await here.open().push(batchOf(stockRow(here, item, 'A-1', 7, 7)))).toEqual([{ kind: 'done' }])
    expect(here.bench.value(item)).toBe(7)
  })
  test('a zero is written', async () => {
    const here = use()
    const item = here.bench.addItem({ number: 'A-1', stock: 3 })
    expect(await here.open().push(batchOf(stockRow(here, item, 'A-1', 0, 3)))).toEqual([{ kind: 'done' }])
    expect(here.bench.value(item)).toBe(0)
  })
  test('R29: every row is answered in order; one that is gone fails no other', async () => {
    const here = use()
    const { bench } = here
    const [gone, first, last] = [bench.addItem({ number: 'GONE', stock: 1 }), bench.addItem({ number: 'A-1', stock: 3 }), bench.addItem({ number: 'A-2', stock: 4 })]
    bench.removeItem(gone)
    const outcomes = await here.open().push(batchOf(stockRow(here, first, 'A-1', 5, 3), stockRow(here, gone, 'GONE', 1, 1), stockRow(here, last, 'A-2', 6, 4)))
    expect(outcomes[1]).toMatchObject({ kind: 'refused', code: 'item-gone' })
    expectNeighbours(here, [outcomes[0], outcomes[2]], [first, last], [5, 6], [3, 4])
  })
  test('an untracked item and one not kept at the place are refused with their code', async () => {
    const here = use()
    const { bench } = here
    const rows: [string, string, string][] = [
      ['FREE', bench.addItem({ number: 'FREE', stock: 3, tracked: false }), 'not-tracked'],
      ['ELSEWHERE', bench.addItem({ number: 'ELSEWHERE', stock: null }), 'not-stocked'],
    ]
    for (const [number, item, code] of rows) {
      if (code === 'not-tracked' && bench.countsAll) continue
      const [outcome] = await here.open().push(batchOf(stockRow(here, item, number, 2, number === 'FREE' ? 3 : 0)))
      expect(outcome, number).toMatchObject({ kind: 'refused', code })
    }
    expect(bench.effects()).toBe(0)
  })
  test('S4: a timeout before the effect is unknown, and nothing was written', async (context) => {
    const here = use()
    const item = here.bench.addItem({ number: 'A-1', stock: 3 })
    for (const fault of ['timeout-before', 'error-before'] as const) {
      const cant = here.bench.fault(fault, 'write')
      if (cant !== null) return context.skip(cant)
      const result = await pushed(here, here.open(), batchOf(stockRow(here, item, 'A-1', 1, 3)))
      expect(mayHaveHappened(result), fault).toBe(true)
    }
    expect(here.bench.value(item)).toBe(3)
  })
  test('S4: a lost answer is unknown although the effect is there', async (context) => {
    const here = use()
    const item = here.bench.addItem({ number: 'A-1', stock: 3 })
    for (const [fault, value, had] of [
      ['timeout-after', 2, 3],
      ['error-after', 1, 2],
    ] as const) {
      const cant = here.bench.fault(fault, 'write')
      if (cant !== null) return context.skip(cant)
      expect(mayHaveHappened(await pushed(here, here.open(), batchOf(stockRow(here, item, 'A-1', value, had)))), fault).toBe(true)
      expect(here.bench.value(item)).toBe(value)
    }
  })
  test('an answer nobody can read is unknown, never done', async (context) => {
    const here = use()
    const item = here.bench.addItem({ number: 'A-1', stock: 3 })
    const cant = here.bench.fault('strange', 'write')
    if (cant !== null) return context.skip(cant)
    expect(mayHaveHappened(await pushed(here, here.open(), batchOf(stockRow(here, item, 'A-1', 1, 3))))).toBe(true)
  })
  test('a whole batch of the declared size is taken', async () => {
    const here = use()
    const size = Math.min(here.connector.limits.batch, 60)
    const items = Array.from({ length: size }, (_, i) => here.bench.addItem({ number: `N-${i}`, stock: 1 }))
    const outcomes = await here.open().push(batchOf(...items.map((item, i) => stockRow(here, item, `N-${i}`, i, 1))))
    expect(outcomes.every((o) => o.kind === 'done')).toBe(true)
    expect(items.map((item) => here.bench.value(item))).toEqual(items.map((_, i) => i))
  })
  compareTests(use)
  keyTests(use)
  otherWriteTests(use)
}

function compareTests(use: Use): void {
  test('S7: what shows something else than expected is stale, and nothing of it is executed', async (context) => {
    const here = use()
    if (!compares(here)) return context.skip('nothing is compared here')
    const [moved, still] = [here.bench.addItem({ number: 'A-1', stock: 3 }), here.bench.addItem({ number: 'A-2', stock: 4 })]
    here.bench.handEdit(moved, 2)
    const outcomes = await here.open().push(batchOf(stockRow(here, moved, 'A-1', 9, 3), stockRow(here, still, 'A-2', 6, 4)))
    if (outcomes[0]?.kind !== 'stale') return expect.fail(`${outcomes[0]?.kind} instead of stale`)
    expect([2, null]).toContain(outcomes[0].shows)
    expect(here.bench.value(moved)).toBe(2)
    expectNeighbours(here, [outcomes[1]], [still], [6], [4])
  })
  test('R4: a shop below zero is compared with its raw number', async (context) => {
    const here = use()
    if (!compares(here)) return context.skip('nothing is compared here')
    const item = here.bench.addItem({ number: 'A-1', stock: 3 })
    here.bench.handEdit(item, -2)
    expect(await here.open().push(batchOf(stockRow(here, item, 'A-1', 5, 0)))).toMatchObject([{ kind: 'stale' }])
    expect(await here.open().push(batchOf(stockRow(here, item, 'A-1', 5, -2)))).toEqual([{ kind: 'done' }])
    expect(here.bench.value(item)).toBe(5)
  })
}

function keyTests(use: Use): void {
  test('R15: a replayed key gives the first answer and no second effect', async (context) => {
    const here = use()
    if (here.manners.keyMs === 0) return context.skip('this remote takes no keys')
    const item = here.bench.addItem({ number: 'A-1', stock: 3 })
    const batch = batchOf(stockRow(here, item, 'A-1', 7, 3))
    const first = await here.open().push(batch)
    here.bench.handEdit(item, 1)
    // Without a key that stops it the comparison does: the shop shows something else than was expected.
    expect(await here.open().push(batch)).toMatchObject(here.keysForgotten ? [{ kind: 'stale' }] : first)
    expect(here.bench.value(item)).toBe(1)
    expect(here.bench.effects()).toBe(1)
  })
  test('R15: a lost answer and a replay with the key leave one effect', async (context) => {
    const here = use()
    if (here.manners.keyMs === 0) return context.skip('this remote takes no keys')
    const item = here.bench.addItem({ number: 'A-1', stock: 3 })
    for (const [fault, value, had] of [
      ['timeout-after', 7, 3],
      ['timeout-before', 8, 7],
    ] as const) {
      const effects = here.bench.effects()
      const batch = batchOf(stockRow(here, item, 'A-1', value, had))
      const cant = here.bench.fault(fault, 'write')
      if (cant !== null) return context.skip(cant)
      expect(mayHaveHappened(await pushed(here, here.open(), batch))).toBe(true)
      const repeat = here.keysForgotten && fault === 'timeout-after' ? 'stale' : 'done'
      expect(await here.open().push(batch), fault).toMatchObject([{ kind: repeat }])
      expect(here.bench.value(item)).toBe(value)
      expect(here.bench.effects() - effects).toBe(1)
    }
  })
  test('R15: a key with other rows is refused and does nothing', async (context) => {
    const here = use()
    if (here.manners.keyMs === 0 || here.keysForgotten) return context.skip('this remote keeps no keys')
    const item = here.bench.addItem({ number: 'A-1', stock: 3 })
    const key = newKey()
    await here.open().push({ key, rows: [stockRow(here, item, 'A-1', 7, 3)] })
    const result = await pushed(here, here.open(), { key, rows: [stockRow(here, item, 'A-1', 2, 7)] })
    expect(result.kind === 'done').toBe(false)
    expect(certainlyNot(result)).toBe(true)
    expect(here.bench.value(item)).toBe(7)
  })
}

function otherWriteTests(use: Use): void {
  test('R21: a difference is added to whatever the shop shows, once per key', async (context) => {
    const here = use()
    if (!here.manners.adjust) return context.skip('this remote has no adjust')
    const item = here.bench.addItem({ number: 'A-1', stock: 3 })
    const batch = batchOf({ kind: 'stock-adjust', itemRef: item, placeRef: here.bench.placeRef, articleNumber: 'A-1', delta: -2 })
    here.bench.handEdit(item, 9)
    for (let i = 0; i < 2; i++) expect(await here.open().push(batch)).toEqual([{ kind: 'done' }])
    // A difference has nothing to be compared with: only the key makes it one. Where it doesn't, a look finds it (docs/connectors/shopify.md).
    expect(here.bench.value(item)).toBe(here.keysForgotten ? 5 : 7)
  })
  test('stocking an item at a place and starting its count make it writable', async (context) => {
    const here = use()
    if (!here.connector.carries.out.includes('stocking')) return context.skip('not carried')
    const item = here.bench.addItem({ number: 'A-1', stock: null, tracked: false })
    const stocking: Change = { kind: 'stocking', itemRef: item, placeRef: here.bench.placeRef, tracked: true, active: true }
    expect(await here.open().push(batchOf(stocking))).toEqual([{ kind: 'done' }])
    const shows = here.bench.value(item)
    expect(await here.open().push(batchOf(stockRow(here, item, 'A-1', 5, shows)))).toEqual([{ kind: 'done' }])
    expect(here.bench.value(item)).toBe(5)
  })
  test('a number written at one place leaves the others alone', async (context) => {
    const here = use()
    const { otherPlaceRef } = here.bench
    if (otherPlaceRef === null) return context.skip('one place only')
    const item = here.bench.addItem({ number: 'A-1', stock: 3 })
    const before = here.bench.value(item, otherPlaceRef)
    expect(await here.open().push(batchOf(stockRow(here, item, 'A-1', 8, 3)))).toEqual([{ kind: 'done' }])
    expect([here.bench.value(item), here.bench.value(item, otherPlaceRef)]).toEqual([8, before])
  })
}

/** Rows beside a bad one are either done, or certainly not executed and to be sent again; the number must agree. */
function expectNeighbours(here: Stand<unknown>, outcomes: ({ kind: string } | undefined)[], items: string[], written: number[], had: number[]): void {
  for (const [i, outcome] of outcomes.entries()) {
    expect(['done', 'not-sent']).toContain(outcome?.kind)
    expect(here.bench.value(items[i] ?? '')).toBe(outcome?.kind === 'done' ? written[i] : had[i])
  }
}
