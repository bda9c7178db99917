/** The battery's part on items: exact match, absent is not zero, refs as text, pages and keys. */
import { expect, test } from 'vitest'
import type { RemoteListing } from '../../src/connectors/contract.ts'
import { type Stand, type Use, walk } from './bench.ts'

export function articleTests(use: Use): void {
  test('S10: a known number is found, an unknown one is not, a doubled one is ambiguous', async () => {
    const { bench, open } = use()
    const one = bench.addItem({ number: 'A-1', stock: 3 })
    const twins = bench.uniqueNumbers ? [] : [bench.addItem({ number: 'TWIN', stock: 1 }), bench.addItem({ number: 'TWIN', stock: 2 })]
    const found = await open().match(['A-1', 'NOPE', 'TWIN'])
    expect(found.map((m) => m.articleNumber)).toEqual(['A-1', 'NOPE', 'TWIN'])
    expect(found[0]?.itemRefs).toEqual([one])
    expect(found[1]?.itemRefs).toEqual([])
    expect(found[2]?.itemRefs.toSorted()).toEqual(twins.toSorted())
  })
  test('S10: only exactly the same text matches', async () => {
    const { bench, open } = use()
    bench.addItem({ number: 'abc-1', stock: 3 })
    bench.addItem({ number: '007', stock: 3 })
    bench.addItem({ number: 'x y', stock: 3 })
    for (const number of bench.uniqueNumbers ? [] : [null, '']) bench.addItem({ number, stock: 3 })
    const wrong = ['ABC-1', ' abc-1', 'abc-1 ', 'abc', 'abc-1*', '7', '0007', 'x', 'xy', 'x  y', '*', '"', "abc-1' OR 'x", '']
    for (const match of await open().match(wrong)) expect(match.itemRefs, `"${match.articleNumber}" matches nothing`).toEqual([])
    for (const match of await open().match(['abc-1', '007', 'x y'])) expect(match.itemRefs, match.articleNumber).toHaveLength(1)
  })
  test('L8: leading zeros, odd signs and refs beyond 2^53 survive every path', async () => {
    const here = use()
    const numbers = ['0012300', '9007199254740993', 'å/ä "ö"', '1e5', '-0']
    const refs = numbers.map((number) => here.bench.addItem({ number, stock: 4 }))
    const found = await here.open().match(numbers)
    expect(found.map((m) => m.itemRefs)).toEqual(refs.map((ref) => [ref]))
    const listed = await listings(here, refs)
    expect(listed.map((l) => [l.itemRef, l.articleNumber])).toEqual(refs.map((ref, i) => [ref, numbers[i]]))
  })
  test('L7: an absent level is absent, not zero, and a zero is a zero', async () => {
    const here = use()
    const absent = here.bench.addItem({ number: 'ABSENT', stock: null })
    const zero = here.bench.addItem({ number: 'ZERO', stock: 0 })
    const [first, second] = await listings(here, [absent, zero])
    expect(levelHere(here, first)).not.toBe(0)
    expect(levelHere(here, second)).toBe(0)
  })
  test('an item without count is seen as untracked', async (context) => {
    const here = use()
    if (here.bench.countsAll) return context.skip('everything is counted there')
    const [free, counted] = await listings(here, [here.bench.addItem({ number: 'FREE', stock: 3, tracked: false }), here.bench.addItem({ number: 'COUNTED', stock: 3 })])
    expect(free?.tracked).toBe(false)
    expect(counted?.tracked).not.toBe(false)
  })
  test('pull by keys answers every key: what it shows, or that it is gone', async () => {
    const here = use()
    const kept = here.bench.addItem({ number: 'KEPT', stock: 7 })
    const gone = here.bench.addItem({ number: 'GONE', stock: 7 })
    here.bench.removeItem(gone)
    for (const feed of here.connector.carries.in.filter((f) => f === 'articles' || f === 'stock')) {
      const { events, more } = await here.open().pull(feed, { keys: [gone, kept] })
      expect(more).toBe(false)
      expect(events.find((e) => e.kind === 'listing-gone')).toEqual({ kind: 'listing-gone', itemRef: gone })
      expect(events.flatMap((e) => (e.kind === 'listing-seen' ? [e.listing.itemRef] : []))).toEqual([kept])
    }
  })
  test('pull walks every page of items, and a walk taken up at any page loses none', async (context) => {
    const { bench, connector, open } = use()
    if (bench.onePage) return context.skip('walks are tested in other positions')
    const refs = Array.from({ length: bench.pageful + 1 }, (_, i) => bench.addItem({ number: `N-${i}`, stock: i }))
    for (const feed of connector.carries.in.filter((f) => f === 'articles' || f === 'stock')) {
      const whole = await walk(open(), feed)
      expect(new Set(refsOf(whole.events))).toEqual(new Set(refs))
      expect(whole.pages.length).toBeGreaterThan(1)
      for (const [i, page] of whole.pages.entries()) {
        if (!page.more) continue
        const rest = await walk(open(), feed, page.cursor)
        const before = whole.pages.slice(0, i + 1).flatMap((p) => refsOf(p.events))
        expect(new Set([...before, ...refsOf(rest.events)])).toEqual(new Set(refs))
      }
    }
  })
}

/** Those that can be told: a remote may list what only groups them as well. */
const refsOf = (events: Awaited<ReturnType<typeof walk>>['events']): string[] =>
  events.flatMap((e) => (e.kind === 'listing-seen' && e.listing.unwritable === null ? [e.listing.itemRef] : []))
async function listings(here: Stand<unknown>, refs: string[]): Promise<RemoteListing[]> {
  const { events } = await here.open().pull('stock', { keys: refs })
  return refs.map((ref) => events.flatMap((e) => (e.kind === 'listing-seen' && e.listing.itemRef === ref ? [e.listing] : []))[0] ?? expect.fail(`${ref} isn't there`))
}
const levelHere = (here: Stand<unknown>, listing: RemoteListing | undefined): number | null | undefined =>
  listing?.levels.find((l) => l.placeRef === here.bench.placeRef && l.active)?.value
