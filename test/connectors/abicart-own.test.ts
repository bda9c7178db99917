/** What only an Abicart shop can show: two kinds of things with numbers, a stock object that goes back whole, listeners of others, and stamps that stand still. */
import { afterEach, expect, test } from 'vitest'
import { type AbicartOptions, type AbicartSim, startAbicart } from '../../sim/abicart/abicart.ts'
import { abicart } from '../../src/connectors/abicart/abicart.ts'
import { tailOf, verifyHook } from '../../src/connectors/abicart/hooks.ts'
import { settingsForm } from '../../src/connectors/abicart/settings.ts'
import type { Change, Remote, Tools } from '../../src/connectors/contract.ts'
import { type FakeClock, fakeClock } from '../../src/kit/clock.ts'
import { openHttp } from '../../src/kit/http.ts'
import { newest, newKey, ordersOf, walk } from './bench.ts'

let sim: AbicartSim
let clock: FakeClock
afterEach(() => sim.close())

const urls: string[] = []
async function start(options: AbicartOptions = {}): Promise<Remote> {
  clock = fakeClock()
  sim = await startAbicart({ clock, eventBudgetMs: 1, ...options })
  const http = openHttp({ allowLoopback: true })
  const kept = new Map<string, string>()
  const tools: Tools = {
    http: (url, { label: _label, ...init }) => {
      urls.push(url)
      return http(url, init)
    },
    clock: { now: clock.now, sleep: async (ms) => clock.advance(ms) },
    log: { info: () => undefined, warn: () => undefined },
    keep: { get: async (name) => kept.get(name) ?? null, set: async (name, value) => void kept.set(name, value) },
  }
  return abicart.open(settings(), tools)
}
const settings = () => settingsForm.parse({ apiKey: sim.credentials.key, shopId: sim.credentials.webshop, address: sim.address })
const tshirt = (stock = 3) => ({
  articleNumber: 'TROJA',
  name: 'Tröja',
  choices: { Storlek: ['S', 'M'] },
  variants: [
    { options: ['S'], articleNumber: 'TROJA-S', stock },
    { options: ['M'], articleNumber: 'TROJA-M', stock },
  ],
})
const row = (itemRef: string, articleNumber: string, value: number, expected: number): Change => ({ kind: 'stock', itemRef, placeRef: 'webshop', articleNumber, value, expected })
const push = (remote: Remote, ...rows: Change[]) => remote.push({ key: newKey(), rows })
const cellOf = (articleNumber: string) => sim.shop.goods({ articleNumber }).cell

test('T2: the key stands encoded in the address and nowhere else', async () => {
  const remote = await start()
  urls.length = 0
  await remote.check()
  expect(urls.length).toBeGreaterThan(1)
  for (const url of urls) expect(new URL(url).searchParams.get('auth')).toBe(sim.credentials.key)
  expect(urls.every((url) => !url.includes(sim.credentials.key))).toBe(true)
})
test('a product with choices is no article: its variants are, and where both bear the number the variant is meant', async () => {
  const remote = await start()
  sim.shop.addArticles([tshirt(), { ...tshirt(), articleNumber: 'SAMMA', variants: [{ options: ['S'], articleNumber: 'SAMMA', stock: 1 }] }])
  const [whole, small, same] = await remote.match(['TROJA', 'TROJA-S', 'SAMMA'])
  expect(whole?.itemRefs).toEqual([cellOf('TROJA')])
  expect(small?.itemRefs).toEqual([cellOf('TROJA-S')])
  expect(same?.itemRefs).toEqual([expect.stringMatching(/^variant:/)])
  const { events } = await walk(remote, 'articles')
  const listings = events.flatMap((event) => (event.kind === 'listing-seen' ? [event.listing] : []))
  expect(listings.map((each) => [each.articleNumber, each.unwritable, each.parentRef === null])).toEqual([
    ['TROJA', 'has-choices', true],
    ['SAMMA', 'has-choices', true],
    ['TROJA-S', null, false],
    ['TROJA-M', null, false],
    ['SAMMA', null, false],
  ])
  expect(await push(remote, row(cellOf('TROJA'), 'TROJA', 1, 6))).toMatchObject([{ kind: 'refused', code: 'has-choices' }])
  expect(sim.state().writes).toEqual([])
})
test('S7: only what still shows what was looked at is written, its flags with it; a number that stands elsewhere is refused', async () => {
  for (const stockPatchMode of ['merge', 'replace'] as const) {
    const remote = await start({ knobs: { stockPatchMode } })
    sim.shop.addArticles([{ articleNumber: 'A', stock: 5 }, { articleNumber: 'B', stock: 5 }, { articleNumber: 'C', stock: 5 }, tshirt(5)])
    const [a, b, c, s] = ['A', 'B', 'C', 'TROJA-S'].map(cellOf) as [string, string, string, string]
    sim.shop.change({ cell: b, to: { articleNumber: 'BYTT' } })
    sim.shop.handEdit({ cell: c, stock: 4 })
    expect(await push(remote, row(a, 'A', 2, 5), row(b, 'B', 2, 5), row(c, 'C', 2, 5), row(s, 'TROJA-S', 2, 5))).toEqual([
      { kind: 'done' },
      { kind: 'refused', code: 'link-moved', said: 'BYTT' },
      { kind: 'stale', shows: 4 },
      { kind: 'done' },
    ])
    expect([a, b, c, s].map((cell) => sim.stockAt(cell))).toEqual([2, 5, 4, 2])
    expect(sim.shop.goods({ articleNumber: 'A' }).useStock).toBe(true)
    if (stockPatchMode === 'merge') await sim.close()
  }
})
test('S4: half a batch that went through before the connection broke is unknown, every row of it', async () => {
  const remote = await start()
  sim.shop.addArticles(['A', 'B'].map((articleNumber) => ({ articleNumber, stock: 5 })))
  sim.fault({ arm: { kind: 'reset-midway', on: 'write' } })
  await expect(push(remote, row(cellOf('A'), 'A', 2, 5), row(cellOf('B'), 'B', 2, 5))).rejects.toMatchObject({ kind: 'busy', executed: 'unknown' })
  expect(['A', 'B'].map((articleNumber) => sim.shop.stock({ articleNumber }))).toEqual([2, 5])
})
test('an order is read again when it changes without saying so: in the overlap at once, else at night', async () => {
  const remote = await start({ knobs: { changedBumpsOnItemEdit: false, changedBumpsOnDiscard: false } })
  sim.shop.addArticles([{ articleNumber: 'A', stock: 50 }])
  const { uid } = sim.shop.placeOrder({ lines: [{ articleNumber: 'A', quantity: 3 }] })
  const ref = String(uid)
  const first = await walk(remote, 'orders')
  expect(newest(first.events, ref).lines[0]?.ordered).toBe(3)
  const again = await walk(remote, 'orders', first.cursor)
  expect(ordersOf(again.events), 'nothing new').toEqual([])
  sim.shop.edit({ order: uid, lines: [{ articleNumber: 'A', quantity: 2 }] })
  const edited = await walk(remote, 'orders', again.cursor)
  expect(newest(edited.events, ref).lines[0]?.ordered).toBe(2)
  clock.advance(3_600_000)
  sim.shop.placeOrder({ lines: [{ articleNumber: 'A', quantity: 1 }] })
  const later = await walk(remote, 'orders', edited.cursor)
  sim.shop.discard({ order: uid })
  const unseen = await walk(remote, 'orders', later.cursor)
  expect(ordersOf(unseen.events).map((order) => order.orderRef)).not.toContain(ref)
  clock.advance(24 * 3_600_000)
  expect(newest((await walk(remote, 'orders', unseen.cursor)).events, ref).cancelledAt).not.toBeNull()
})
test('R25: where orders cannot be asked for by their change, those lately placed are, and none is missed', async () => {
  const remote = await start({ knobs: { changedFilterable: false } })
  sim.shop.addArticles([{ articleNumber: 'A', stock: 50 }])
  const first = await walk(remote, 'orders')
  const { uid } = sim.shop.placeOrder({ lines: [{ articleNumber: 'A', quantity: 1 }] })
  const second = await walk(remote, 'orders', first.cursor)
  expect(ordersOf(second.events).map((order) => order.orderRef)).toEqual([String(uid)])
  expect((await remote.check()).learned['orders-by-change']).toBe('no')
})
test('a cart is told to nobody, and an order without a number by its uid', async () => {
  const remote = await start()
  sim.shop.addArticles([{ articleNumber: 'A', stock: 50 }])
  const cart = sim.shop.cart({ lines: [{ articleNumber: 'A', quantity: 1 }] })
  expect(ordersOf((await walk(remote, 'orders')).events)).toEqual([])
  expect((await remote.pull('orders', { keys: [String(cart.uid), 'x'] })).events).toEqual([])
})
const CALLBACK = 'https://lagerbro.example/hooks/h-0123'
test("somebody else's listener on the same key is left as it was and told of; none of ours is made in its stead", async () => {
  const remote = await start()
  const { key, webshop } = sim.credentials
  const params = [{ authToken: key, eventName: 'Order/created', url: 'https://annan.example/in?hemlig=1' }, ['uid']]
  await fetch(`${sim.endpoint}?${new URLSearchParams({ webshop, auth: key })}`, {
    method: 'POST',
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'EventListener.create', params }),
  })
  const { topics } = await remote.subscribe(CALLBACK)
  expect(topics[0]).toEqual({ topic: 'Order/created', state: 'foreign', said: 'annan.example' })
  await remote.unsubscribe()
  expect(sim.state().shops[0]?.listeners.map((each) => each.url)).toEqual(['https://annan.example/in?hemlig=1'])
})
test('without an event for a new order the page is told so, and discarding has its own', async () => {
  const remote = await start({ knobs: { orderCreatedEventName: 'none' } })
  const { topics } = await remote.subscribe(CALLBACK)
  expect(topics.map((each) => [each.topic, each.state])).toEqual([
    ['Order/created', 'not-offered'],
    ['Order/discarded', 'created'],
    ['Order/paid', 'created'],
  ])
})
test('S8: each event has an address of its own, and another key has others', async () => {
  await start()
  const mine = settings()
  const tails = ['Order/created', 'Order/discarded'].map((name) => tailOf(mine, 'h-1', name))
  expect(new Set([...tails, tailOf(mine, 'h-2', 'Order/created'), tailOf({ apiKey: 'annan' }, 'h-1', 'Order/created')]).size).toBe(4)
  const hook = (webshop: string) => ({
    address: 'h-1',
    tail: tails[1] ?? '',
    headers: {},
    query: new URLSearchParams(),
    body: Buffer.from(`class=Order&event=discarded&uid=7&webshop=${webshop}`),
  })
  expect(verifyHook(hook(mine.shopId), mine)).toMatchObject({ kind: 'verified', topic: 'Order/discarded', deliveryKey: null })
  expect(verifyHook(hook('1'), mine)).toEqual({ kind: 'forged', why: 'other-shop' })
})
