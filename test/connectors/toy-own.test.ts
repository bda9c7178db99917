/** What only the toy shop can show: held requests, moved links, a lagging feed, numbers that are null, and its own hook topics. */
import { afterEach, expect, test } from 'vitest'
import type { ToyOptions } from '../../sim/toy/shop.ts'
import { startToy, type ToySim } from '../../sim/toy/toy.ts'
import type { Change, Remote, Tools } from '../../src/connectors/contract.ts'
import { toy } from '../../src/connectors/toy/toy.ts'
import { openHttp } from '../../src/kit/http.ts'
import { newest, newKey, ordersOf, walk } from './bench.ts'

let sim: ToySim
afterEach(() => sim.close())

async function start(options: ToyOptions = {}, http?: Tools['http']): Promise<{ remote: Remote; item: string; row: (value: number, expected?: number) => Change }> {
  sim = await startToy(options)
  const door = openHttp({ allowLoopback: true })
  const tools: Tools = {
    http: http ?? ((url, { label: _label, ...init }) => door(url, init)),
    clock: { now: () => sim.clock.now(), sleep: async () => undefined },
    log: { info: () => undefined, warn: () => undefined },
    keep: { get: async () => null, set: async () => undefined },
  }
  const item = sim.addItem({ number: 'A', stock: 5 }).ref
  const row = (value: number, expected = 5): Change => ({ kind: 'stock', itemRef: item, placeRef: 'main', articleNumber: 'A', value, expected })
  return { remote: toy.open(toy.settings.parse(sim.settings()), tools), item, row }
}

test('R15: while the first request with a key still runs, its replay stays unknown; when it has landed, the replay gives its answer', async () => {
  const { remote, row } = await start()
  const batch = { key: newKey(), rows: [row(3)] }
  sim.fault({ kind: 'hold', on: 'write', where: 'inside' })
  await expect(remote.push(batch)).rejects.toMatchObject({ executed: 'unknown' })
  await expect(remote.push(batch)).rejects.toMatchObject({ kind: 'busy', code: 'key-in-use', executed: 'unknown' })
  sim.land()
  expect(await remote.push(batch)).toEqual([{ kind: 'done' }])
  expect(sim.state.writes).toHaveLength(1)
})
test('R15: a replay that overtakes a held request leaves it without effect', async () => {
  const { remote, row } = await start()
  const batch = { key: newKey(), rows: [row(3)] }
  sim.fault({ kind: 'hold', on: 'write' })
  await expect(remote.push(batch)).rejects.toMatchObject({ executed: 'unknown' })
  expect(await remote.push(batch)).toEqual([{ kind: 'done' }])
  sim.sell('A', 1)
  sim.land()
  expect(sim.value('A')).toBe(2)
})
test('S10: an item that carries another number by now is never written to', async () => {
  for (const compare of ['remote', 'read-first'] as const) {
    const { remote, row } = await start({ compare })
    sim.changeItem('A', { number: 'B' })
    expect(await remote.push({ key: newKey(), rows: [row(3)] })).toMatchObject([{ kind: 'refused', code: 'link-moved' }])
    sim.changeItem('B', { number: 'A', unwritable: 'bundle' })
    expect(await remote.push({ key: newKey(), rows: [row(3)] })).toMatchObject([{ kind: 'refused', code: 'bundle' }])
    expect(sim.value('A')).toBe(5)
    if (compare === 'remote') await sim.close()
  }
})
test('stale without saying what it shows is stale all the same', async () => {
  const { remote, row } = await start()
  sim.handEdit('A', 4)
  sim.fault({ kind: 'stale-silent' })
  expect(await remote.push({ key: newKey(), rows: [row(3)] })).toEqual([{ kind: 'stale', shows: null }])
})
test('an answer with fewer rows than were sent may have done anything', async () => {
  const { remote, row } = await start({}, async () => ({ status: 200, headers: {}, body: '{"rows":[]}', bytes: new Uint8Array() }))
  await expect(remote.push({ key: newKey(), rows: [row(3)] })).rejects.toMatchObject({ kind: 'strange', executed: 'unknown' })
})
test('L7: a number the shop does not keep is null, not zero', async () => {
  const { remote, item } = await start()
  sim.changeItem('A', { tracked: false })
  const { events } = await remote.pull('stock', { keys: [item] })
  expect(events).toMatchObject([{ kind: 'listing-seen', listing: { tracked: false, levels: [{ placeRef: 'main', value: null }] } }])
})
test('R25: an order that appears in the feed behind the cursor is still found, for the next walk begins one lag earlier', async () => {
  let time = Date.parse('2026-11-02T08:00:00.000Z')
  const { remote } = await start({ feedLagMs: 15_000, now: () => new Date(time) })
  const late = sim.sell('A', 1)
  time += 1000
  const soon = sim.sell('A', 1)
  sim.show(soon)
  const first = await walk(remote, 'orders')
  expect(ordersOf(first.events).map((o) => o.orderRef)).toEqual([soon.ref])
  time += 14_000
  const second = await walk(remote, 'orders', first.cursor)
  expect(newest(second.events, late.ref).lines).toHaveLength(1)
  time += 60_000
  const third = await walk(remote, 'orders', second.cursor)
  expect((await walk(remote, 'orders', third.cursor)).events).toEqual([])
})
test('S9: a hook with the whole order is itself the snapshot; a thin one, and those about items, stock and the shop, say where to look', async () => {
  await start()
  const settings = toy.settings.parse(sim.settings())
  const order = sim.sell('A', 1)
  const translate = (topic: string, body: unknown) =>
    toy.translateHook({ topic, headers: {}, body: Buffer.from(JSON.stringify(body)), receivedAt: '2026-11-02T08:00:00.000Z' }, settings)
  expect(translate('order.changed', JSON.parse(sim.hooks.ofOrder(order).body.toString('utf8')))).toMatchObject([
    { kind: 'order-snapshot', order: { orderRef: order.ref, complete: true } },
  ])
  expect(translate('order.changed', { ref: '0071' })).toEqual([{ kind: 'look', feed: 'orders', key: '0071' }])
  expect(translate('item.changed', { ref: '0071' })).toEqual([{ kind: 'look', feed: 'articles', key: '0071' }])
  expect(translate('stock.changed', { ref: '0071' })).toEqual([{ kind: 'look', feed: 'stock', key: '0071' }])
  expect(translate('shop.changed', {})).toEqual([{ kind: 'check' }])
  expect(() => translate('order.changed', { moon: 'full' })).toThrow()
})
test('a hook that is not granted is said so, and the others are made', async () => {
  const { remote } = await start({ rights: ['items:read', 'orders:read', 'stock:write', 'hooks:orders'] })
  const { topics } = await remote.subscribe('https://lagerbro.example/hooks/h-1')
  expect(topics.filter((t) => t.state === 'not-granted').map((t) => [t.topic, t.said])).toEqual([
    ['item.changed', 'hooks:items'],
    ['stock.changed', 'hooks:stock'],
  ])
  expect(topics.find((t) => t.topic === 'order.changed')?.state).toBe('created')
})
test('a topic another integration listens to with the same key is left as it is, and one the shop has not is said so', async () => {
  const { remote } = await start({ topicsMissing: ['stock.changed'] })
  sim.hooks.subscribeOther('order.changed', 'https://other.example/hook')
  const { topics } = await remote.subscribe('https://lagerbro.example/hooks/h-1')
  expect(topics.map((t) => [t.topic, t.state, t.said])).toEqual([
    ['order.changed', 'foreign', 'https://other.example/hook'],
    ['item.changed', 'created', null],
    ['stock.changed', 'not-offered', null],
    ['shop.changed', 'created', null],
  ])
  await remote.unsubscribe()
  expect([...sim.hooks.subscriptions.values()].map((s) => [s.topic, s.owner])).toEqual([['order.changed', 'other']])
})
