/** The battery's part on hooks: signature before anything, the same story as a pull, and one subscription per topic. */
import { expect, test } from 'vitest'
import type { RemoteEvent } from '../../src/connectors/contract.ts'
import { newest, type Stand, type Use, walk } from './bench.ts'

const ADDRESS = 'h-0123'
const CALLBACK = `https://lagerbro.example/hooks/${ADDRESS}`
const NOW = '2026-11-02T08:00:00.000Z'

/** A topic that isn't granted, or that the remote hasn't, has no subscription. */
const STANDS = ['standing', 'created', 'repaired']

export function hookTests(use: Use): void {
  test('S9: a hook and a pull tell the same story', async () => {
    const here = use()
    here.bench.addItem({ number: '0071', stock: 9 })
    const ref = here.bench.sell('0071', 2)
    here.bench.ship(ref, 1)
    const hook = theHook(here, ref)
    const verdict = verify(here, hook)
    if (verdict.kind !== 'verified') return expect.fail(verdict.why)
    expect(verdict.topic).toBe(hook.topic)
    // Null = its deliveries have no names; then each is stored.
    expect(verdict.deliveryKey).not.toBe('')
    here.bench.feedCatchesUp()
    const pulled = newest((await walk(here.open(), 'orders')).events, ref)
    const told = here.connector.translateHook({ topic: verdict.topic, headers: hook.headers, body: hook.body, receivedAt: NOW }, here.settings)
    const story = await follow(here, told)
    // What a hook can't know it leaves open (unknown routing); what it says must be what the pull says.
    const order = newest(story, ref)
    expect({ ...order, routing: null, name: null, itemRefs: null }).toEqual({ ...pulled, routing: null, name: null, itemRefs: null })
    if (order.routing !== 'unknown') expect(order.routing).toEqual(pulled.routing)
  })
  test('S8: an unsigned hook is taken only at its own address', (context) => {
    const here = use()
    if (!here.bench.hooksUnsigned) return context.skip('hooks are signed here')
    here.bench.addItem({ number: 'A-1', stock: 9 })
    const hook = theHook(here, here.bench.sell('A-1', 2))
    expect(verify(here, hook).kind).toBe('verified')
    const { tail = '' } = hook
    expect(tail.length, 'at least 128 bits').toBeGreaterThanOrEqual(22)
    for (const wrong of ['', 'é', tail.slice(1), `${tail}A`, tail.toLowerCase(), [...tail].reverse().join('')])
      expect(verify(here, { ...hook, tail: wrong }).kind, wrong).toBe('forged')
    expect(verify(here, { topic: hook.topic, headers: hook.headers, body: hook.body }).kind).toBe('forged')
    for (const body of ['', 'moon=full', '{}', '\u0000']) expect(verify(here, { ...hook, body: Buffer.from(body) }).kind, body).toBe('forged')
  })
  test('S8: a forged hook is turned away: another body, another secret, no signature', (context) => {
    const here = use()
    if (here.bench.hooksUnsigned) return context.skip('hooks carry no signature here')
    here.bench.addItem({ number: 'A-1', stock: 9 })
    const hook = theHook(here, here.bench.sell('A-1', 2))
    expect(verify(here, hook).kind).toBe('verified')
    const text = Buffer.from(hook.body).toString('utf8')
    const forged: Uint8Array[] = [Buffer.from(`${text} `), Buffer.from(text.replace('1', '2')), Buffer.alloc(0), Buffer.from(text.replace(/[{&]/, '$& '))]
    for (const body of forged) expect(verify(here, { ...hook, body }).kind).toBe('forged')
    for (const name of Object.keys(hook.headers).filter((n) => /signature|hmac/i.test(n))) {
      for (const value of ['', 'AAAA', 'é', hook.headers[name]?.slice(0, -2) ?? '', `AA${hook.headers[name]}`])
        expect(verify(here, { ...hook, headers: { ...hook.headers, [name]: value } }).kind, `signature "${value}"`).toBe('forged')
      const { [name]: _gone, ...rest } = hook.headers
      expect(verify(here, { ...hook, headers: rest }).kind).toBe('forged')
    }
    expect(verify(here, { ...hook, headers: {} }).kind).toBe('forged')
  })
  test('a topic nobody knows gives no events', () => {
    const here = use()
    expect(here.connector.translateHook({ topic: 'moon.full', headers: {}, body: Buffer.from('{}'), receivedAt: NOW }, here.settings)).toEqual([])
  })
  test('subscribing twice leaves one subscription per topic', async () => {
    const { bench, open } = use()
    const first = await open().subscribe(CALLBACK)
    expect(first.topics.length).toBeGreaterThan(0)
    const granted = first.topics.filter((t) => STANDS.includes(t.state)).map((t) => t.topic)
    const second = await open().subscribe(CALLBACK)
    expect(second.topics.filter((t) => t.state === 'standing').map((t) => t.topic)).toEqual(granted)
    expect(topics(bench)).toEqual(granted.toSorted())
    expect(bench.subscriptions().every((s) => s.url === CALLBACK)).toBe(true)
  })
  test('a subscription that vanished is repaired, one to an old address too', async (context) => {
    const { bench, open } = use()
    if (bench.hooksByHand) return context.skip('a person makes them there')
    await open().subscribe('https://old.example/hooks/h-0123')
    await open().subscribe(CALLBACK)
    const all = topics(bench)
    expect(new Set(all).size).toBe(all.length)
    expect(bench.subscriptions().every((s) => s.url === CALLBACK)).toBe(true)
    await bench.dropSubscription()
    expect(bench.subscriptions()).toHaveLength(all.length - 1)
    const { topics: said } = await open().subscribe(CALLBACK)
    expect(said.filter((t) => t.state === 'created' || t.state === 'repaired')).toHaveLength(1)
    expect(topics(bench)).toEqual(all)
  })
  test('unsubscribing takes them all away, also when there are none', async () => {
    const { bench, open } = use()
    await open().subscribe(CALLBACK)
    await open().unsubscribe()
    expect(bench.subscriptions()).toEqual([])
    await open().unsubscribe()
  })
}

type Hook = NonNullable<ReturnType<Stand<unknown>['bench']['orderHook']>>
const theHook = (here: Stand<unknown>, orderRef: string): Hook => here.bench.orderHook(orderRef, ADDRESS) ?? expect.fail('hooks are carried, so the bench must make one')
const verify = (here: Stand<unknown>, hook: Hook) =>
  here.connector.verifyHook(
    {
      address: ADDRESS,
      tail: hook.tail ?? null,
      headers: Object.fromEntries(Object.entries(hook.headers).map(([name, value]) => [name.toLowerCase(), value])),
      query: new URLSearchParams(),
      body: hook.body,
    },
    here.settings,
  )
const topics = (bench: Stand<unknown>['bench']): string[] =>
  bench
    .subscriptions()
    .map((s) => s.topic)
    .toSorted()
/** Looks and snapshots cut short are pulled by key, as the inbox does. */
async function follow(here: Stand<unknown>, events: RemoteEvent[]): Promise<RemoteEvent[]> {
  const keys = events.flatMap((e) => (e.kind === 'look' && e.feed === 'orders' ? [e.key] : e.kind === 'order-snapshot' && !e.order.complete ? [e.order.orderRef] : []))
  return keys.length === 0 ? events : (await here.open().pull('orders', { keys })).events
}
