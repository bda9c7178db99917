/** The toy shop is an instrument, so it is itself measured: its own number, its lag, its held requests, its hooks and its control routes. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import type { ToyOptions } from './shop.ts'
import { startToy, type ToySim } from './toy.ts'

let sim: ToySim
const time = Date.parse('2026-11-02T08:00:00.000Z')
const start = async (options: ToyOptions = {}): Promise<ToySim> => {
  sim = await startToy({ places: ['D', 'B'], now: () => new Date(time), ...options })
  return sim
}
afterEach(() => sim.close())

async function ask(path: string, body?: unknown, token = 'toy-token-1') {
  const answer = await fetch(sim.address + path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${token}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Record<string, unknown> }
}
const write = (value: number, expected: number | null, key: string) =>
  ask('/stock', { key, rows: [{ op: 'set', item: sim.state.items.keys().next().value, place: 'D', value, expected }] })
const lost = (call: Promise<unknown>) => expect(call).rejects.toThrow()
const feed = async (query = '') => ((await ask(`/orders${query}`)).body.orders as { ref: string; changed: string }[]).map((o) => o.ref)

describe('its own number', () => {
  // sold 4, 1 put back, 1 lost, 2 shipped of which 1 came back; then cancelled and un-cancelled
  const cases: [string, ToyOptions, number[]][] = [
    ['placed, restores', {}, [6, 7, 7, 7, 8]],
    ['placed, restores nothing', { restores: false }, [6, 6, 6, 6, 7]],
    ['never', { rule: 'never' }, [10, 10, 10, 10, 10]],
    ['paid, never paid', { rule: 'paid' }, [10, 10, 10, 10, 10]],
  ]
  test.each(cases)('%s', async (_name, options, expected) => {
    await start(options)
    sim.addItem({ number: 'A', stock: { D: 10 } })
    const order = sim.sell('A', 4)
    const seen = [sim.value('A')]
    sim.refund(order, 'A', 1)
    seen.push(sim.value('A'))
    sim.refund(order, 'A', 1, { restock: false })
    seen.push(sim.value('A'))
    sim.ship(order, 'A', 2)
    seen.push(sim.value('A'))
    sim.takeBack(order, 'A', 1)
    seen.push(sim.value('A'))
    expect(seen).toEqual(expected)
  })
  test('paying lowers by what still counts, moving takes the open pieces along, un-cancelling takes them again', async () => {
    await start({ rule: 'paid' })
    sim.addItem({ number: 'A', stock: { D: 5, B: 5 } })
    const order = sim.sell('A', 3)
    sim.refund(order, 'A', 1)
    sim.pay(order)
    expect([sim.value('A', 'D'), sim.value('A', 'B')]).toEqual([3, 5])
    sim.ship(order, 'A', 1)
    sim.move(order, 'B')
    expect([sim.value('A', 'D'), sim.value('A', 'B')]).toEqual([4, 4])
    sim.cancel(order)
    expect(sim.value('A', 'B')).toBe(5)
    sim.uncancel(order)
    expect([sim.value('A', 'D'), sim.value('A', 'B')]).toEqual([4, 4])
    sim.edit(order, 'A', 4)
    expect(sim.value('A', 'B')).toBe(2)
  })
  test('sold out refuses and changes nothing; an untracked item never moves', async () => {
    await start()
    sim.addItem({ number: 'A', stock: { D: 1 } })
    sim.addItem({ number: 'F', stock: { D: 1 }, tracked: false })
    expect(() =>
      sim.sellLines([
        { sku: 'F', quantity: 5 },
        { sku: 'A', quantity: 2 },
      ]),
    ).toThrow('sold out')
    expect([sim.state.orders.size, sim.value('A'), sim.state.hits['sold-out']]).toEqual([0, 1, 1])
    sim.sell('F', 5)
    expect(sim.value('F')).toBe(1)
    Object.assign(sim.options, { sellsBelowZero: true })
    sim.sell('A', 3)
    expect(sim.value('A')).toBe(-2)
  })
})

describe('the feed', () => {
  test('a change is seen after the lag, or when it is shown; by ref at once; stamps rise strictly while the clock stands', async () => {
    await start({ feedLagMs: 15_000 })
    sim.addItem({ number: 'A', stock: { D: 9 } })
    const [one, two] = [sim.sell('A', 1), sim.sell('A', 1)]
    expect(two.stamp > one.stamp).toBe(true)
    expect(await feed()).toEqual([])
    expect((await ask('/orders/read', { refs: [one.ref] })).body.orders).toHaveLength(1)
    sim.show(two)
    expect(await feed()).toEqual([two.ref])
    sim.clock.advance(15_000)
    expect(await feed()).toEqual([one.ref, two.ref])
    const before = one.stamp
    sim.cancel(one)
    expect(((await ask('/orders')).body.orders as { changed: string }[])[0]?.changed).toBe(before)
    expect(sim.state.hits).toMatchObject({ 'feed.behind': 1, 'order.cancelled': 1 })
  })
  test('late routing says nothing of the place until it is routed', async () => {
    await start({ lateRouting: true })
    sim.addItem({ number: 'A', stock: { D: 9, B: 9 } })
    const order = sim.sell('A', 1, { place: 'B' })
    expect(sim.value('A', 'B')).toBe(8)
    expect((await ask('/orders')).body.orders).toMatchObject([{ routing: null }])
    sim.route(order)
    expect((await ask('/orders')).body.orders).toMatchObject([{ routing: [{ place: 'B', quantity: 1 }] }])
  })
  test('sabotage: no orders, and writes that keep nothing', async () => {
    await start()
    sim.addItem({ number: 'A', stock: { D: 9 } })
    sim.fault({ kind: 'no-orders' })
    sim.fault({ kind: 'lost-writes' })
    const order = sim.sell('A', 1)
    expect(await feed()).toEqual([])
    expect((await ask('/orders/read', { refs: [order.ref] })).body.orders).toEqual([])
    expect((await write(3, 8, 'k1')).body.rows).toEqual([{ result: 'done' }])
    expect([sim.value('A'), sim.state.hits['fault.lost-writes']]).toEqual([8, 1])
  })
})

describe('requests that hang', () => {
  test('held at the door: the replay is executed, and the first one lands without effect', async () => {
    await start()
    sim.addItem({ number: 'A', stock: { D: 5 } })
    sim.fault({ kind: 'hold', on: 'write' })
    await lost(write(3, 5, 'k1'))
    expect(sim.value('A')).toBe(5)
    expect((await write(3, 5, 'k1')).body.rows).toEqual([{ result: 'done' }])
    sim.sell('A', 1)
    sim.land()
    expect([sim.value('A'), sim.state.writes.length, sim.state.hits['key.late-replay']]).toEqual([2, 1, 1])
  })
  test('held inside: the key is running until it lands, then gives its answer', async () => {
    await start()
    sim.addItem({ number: 'A', stock: { D: 5 } })
    sim.fault({ kind: 'hold', on: 'write', where: 'inside' })
    await lost(write(3, 5, 'k1'))
    expect((await write(3, 5, 'k1')).status).toBe(409)
    sim.land()
    expect((await write(3, 5, 'k1')).body.rows).toEqual([{ result: 'done' }])
    expect(sim.state.writes).toMatchObject([{ value: 3, late: true }])
  })
  test('without keys a held write lands over what was sold since; one older than a flight never lands', async () => {
    await start({ keys: false })
    sim.addItem({ number: 'A', stock: { D: 5 } })
    sim.fault({ kind: 'hold', on: 'write', times: 2 })
    const bare = (value: number) => ask('/stock', { rows: [{ op: 'set', item: sim.state.items.keys().next().value, place: 'D', value }] })
    await lost(bare(4))
    await lost(bare(3))
    sim.sell('A', 2)
    sim.land()
    expect(sim.value('A')).toBe(4)
    sim.clock.advance(120_000)
    expect(sim.land()).toBeNull()
    expect([sim.value('A'), sim.state.hits['hold.too-old']]).toEqual([4, 1])
  })
  test('a test can act between receiving, executing and answering', async () => {
    await start()
    sim.addItem({ number: 'A', stock: { D: 5 } })
    const story: string[] = []
    sim.onWrite = (w) => story.push(`write ${w.before} -> ${w.value}`)
    sim.onRequest = async (phase, _request, purpose) => {
      story.push(`${phase} ${purpose} ${sim.value('A')}`)
      if (phase === 'before') sim.sell('A', 1)
      return phase === 'after' && story.length > 4 ? 'hangup' : undefined
    }
    expect((await write(3, 5, 'k1')).body.rows).toEqual([{ result: 'stale', shows: 4 }])
    await lost(write(1, 3, 'k2'))
    expect(story).toEqual(['before write 5', 'after write 4', 'before write 4', 'write 3 -> 1', 'after write 1'])
  })
})

describe('hooks', () => {
  test('delivered by hand: in any order, doubled, lost; signed and with an id of their own', async () => {
    const { url, got, close } = await ear()
    await start()
    sim.addItem({ number: 'A', stock: { D: 9 } })
    await ask('/subscriptions', { topic: 'order.changed', url })
    for (let i = 0; i < 3; i++) sim.sell('A', i + 1)
    const [first, second, third] = sim.hooks.pending()
    await sim.hooks.double(third?.id)
    await sim.hooks.deliver(third?.id)
    sim.hooks.lose(second?.id)
    await sim.hooks.deliverAll()
    expect(got).toEqual([third?.id, third?.id, first?.id])
    expect(sim.hooks.pending()).toEqual([])
    expect(sim.state.hits).toMatchObject({ 'hook.lost': 1, 'hook.doubled': 1, 'hook.reordered': 2 })
    await close()
  })
  test('by themselves: late ones wait, doubled ones come twice, one not taken stays', async () => {
    const { url, got, close } = await ear()
    await start({ hooks: 'auto', stockHooks: 'hand' })
    sim.addItem({ number: 'A', stock: { D: 9 } })
    await ask('/subscriptions', { topic: 'order.changed', url })
    sim.fault({ kind: 'hook-doubled' })
    sim.fault({ kind: 'hook-late', after: 1 })
    sim.sell('A', 1)
    sim.sell('A', 1)
    await sim.hooks.quiet()
    expect([got.length, sim.hooks.pending().length]).toEqual([2, 1])
    await close()
    expect(await sim.hooks.deliver()).toBe(0)
    expect(sim.hooks.pending()).toHaveLength(1)
  })
})

test('the control routes do what the driver does', async () => {
  await start()
  await ask('/_sim/addItem', { args: [{ number: 'A', stock: { D: 5 } }] })
  const sold = (await ask('/_sim/sell', { args: ['A', 2] })).body.result as { ref: string }
  await ask('/_sim/cancel', { args: [sold.ref] })
  await ask('/_sim/fault', { kind: 'busy', retryAfter: 7 })
  const busy = await ask('/shop')
  expect([busy.status, busy.headers.get('retry-after')]).toEqual([429, '7'])
  expect((await ask('/shop', undefined, 'another')).status).toBe(401)
  await ask('/_sim/clock', { advanceMs: 5000 })
  expect((await ask('/_sim/state')).body).toMatchObject({
    now: new Date(time + 5000).toISOString(),
    items: [{ number: 'A', levels: { D: { value: 5 } } }],
    hits: { 'fault.busy': 1 },
  })
  expect((await ask('/_sim/log')).body).toMatchObject([{ path: '/shop', note: 'shop', status: 429 }, { status: 401 }])
  expect((await ask('/_sim/fault', { kind: 'moon' })).status).toBe(400)
  await ask('/_sim/reset', {})
  expect((await ask('/_sim/state')).body).toMatchObject({ items: [], orders: [], hits: {} })
})

/** Somebody who listens, and remembers the delivery ids. */
async function ear() {
  const got: (string | undefined)[] = []
  const server = createServer((request, response) => {
    got.push(request.headers['x-toy-delivery'] as string)
    request.resume().on('end', () => response.writeHead(200).end())
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    got,
    close: () =>
      new Promise((done) => {
        server.close(done)
        server.closeAllConnections()
      }),
  }
}
