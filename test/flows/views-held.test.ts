/** What a reader holds is what counts: only what differs from it is sent again, and a reader may state it itself (V11). */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { must } from '../../src/kit/assert.ts'
import type { Answer } from '../../src/web/contract/routes.ts'
import { type Owner, openWeb, type Web } from './web.ts'

type Item = Answer<'views.changes'>['items'][number]
let web: Web
let owner: Owner
beforeAll(async () => {
  web = await openWeb()
})
beforeEach(async () => {
  owner = await web.owner('Ull & Lin')
})
afterAll(() => web.close())

async function article(number: string) {
  const made = await owner.does('articles.make', { body: { number, name: `Vara ${number}`, priceMinor: 9900 } })
  await owner.does('goods-receipts.register', { body: { ref: `r-${number}`, locationId: owner.locationId, lines: [{ articleId: made.id, quantity: 5 }] } })
  return made
}
async function view(body: object = {}) {
  const { id, key } = await owner.does('views.make', { body: { name: 'Affärssystemet', byNumber: true, ...body } })
  const reader = web.withKey(key)
  const params = { viewId: id }
  const held: Item[] = []
  return {
    params,
    held,
    resend: (ask: object) => reader.does('views.resend', { params, body: ask }),
    size: async (ask: object) => (await owner.does('views.resend-size', { params, body: ask })).items,
    compare: (items: object[]) => reader.does('views.compare', { params, body: { items } }),
    tryCompare: (items: object[]) => reader.call('views.compare', { params, body: { items } }),
    run: async (id: number) => owner.does('views.run', { params: { ...params, runId: id } }),
    ack: (items: Item[], results: object) =>
      reader.does('views.ack', { params, body: { results: items.map(({ entity, id, locationId, version }) => ({ entity, id, locationId, version, ...results })) } }),
    read: () => reader.does('views.changes', { params }),
    /** Reads and acknowledges all there is. */
    async drain(): Promise<Item[]> {
      const all: Item[] = []
      for (;;) {
        const page = await reader.does('views.changes', { params })
        if (page.items.length === 0) return all
        all.push(...page.items)
        held.push(...page.items)
        await reader.does('views.ack', { params, body: { cursor: page.nextCursor } })
      }
    },
  }
}
const names = (items: Item[]) => items.map((item) => item.entity)

test('V11: verify sends what isn’t now what was acknowledged, and nothing else; the run expects just that', async () => {
  const [a] = [await article('V-1'), await article('V-2')]
  const v = await view()
  await v.resend({})
  expect(await v.drain()).toHaveLength(8)
  expect(await v.size({ mode: 'verify' })).toBe(0)
  const nothing = await v.resend({ mode: 'verify' })
  expect(nothing.expected).toBe(0)
  expect(await v.drain()).toEqual([])
  expect(await v.run(nothing.id)).toMatchObject({ state: 'done', queued: 0 })
  // The currency is part of what a price says, and no article hears of it.
  await web.data.owner.run({ text: "update company set currency = 'NOK' where id = $1", values: [owner.companyId] })
  expect(await v.size({ mode: 'verify', products: [a.productId] })).toBe(1)
  const run = await v.resend({ mode: 'verify' })
  expect(run.expected).toBe(2)
  const sent = await v.drain()
  expect(sent.map((item) => [item.entity, (item.data as { currency: string }).currency])).toEqual([
    ['price', 'NOK'],
    ['price', 'NOK'],
  ])
  await v.read()
  expect(await v.run(run.id)).toMatchObject({ state: 'done', queued: 2, acked: 2 })
  expect(await v.size({ mode: 'verify' })).toBe(0)
})

test('V11: what was acknowledged in an older version isn’t what is held; from_now counts as held, as it was then', async () => {
  const a = await article('W-1')
  const v = await view()
  await v.resend({ mode: 'from_now' })
  expect(await v.size({ mode: 'verify' })).toBe(0)
  await web.data.owner.run({ text: "update company set currency = 'DKK' where id = $1", values: [owner.companyId] })
  expect(await v.size({ mode: 'verify' })).toBe(1)
  await v.resend({ mode: 'verify' })
  const [price] = (await v.read()).items
  // It changes between fetching and acknowledging: the older version is acknowledged, the newer is served.
  await owner.does('articles.change', { params: { articleId: a.id }, body: { priceMinor: 100 } })
  await v.ack([must(price, 'the price')], { status: 'applied' })
  expect(names(await v.drain())).toEqual(['price'])
  expect(await v.size({ mode: 'verify' })).toBe(0)
})

test('V11: a reader states what it holds, by hash, version or quantity; what differs is queued with a higher version', async () => {
  const a = await article('C-1')
  const v = await view({ joinsProducts: true })
  await v.resend({})
  await v.drain()
  const other = await article('C-2')
  const held = (entity: Item['entity']) =>
    must(
      v.held.find((item) => item.entity === entity),
      entity,
    )
  const [product, thing, price, stock] = (['product', 'article', 'price', 'stock'] as const).map(held) as [Item, Item, Item, Item]
  await v.ack([thing], { status: 'applied', externalId: 'ART-1' })
  const of = ({ entity, id, locationId }: Item) => ({ entity, id, locationId })
  const same = [
    { ...of(product), hash: product.hash },
    { ...of(thing), version: thing.version },
    { entity: 'stock', externalId: 'ART-1', locationId: owner.locationId, quantity: 5 },
    { entity: 'price', externalId: 'ART-1', hash: price.hash },
  ]
  expect(await v.compare(same)).toEqual({ items: ['same', 'same', 'same', 'same'], queued: 0 })
  expect(names(await v.drain())).toEqual(['stock', 'price', 'product', 'article'])
  const wrong = [
    { ...of(product), hash: 'x' },
    { ...of(thing), version: thing.version - 1 },
    { ...of(stock), quantity: null },
    { ...of(stock), quantity: 4 },
    { entity: 'article', id: 999_999, version: 1 },
    { entity: 'article', externalId: 'ART-9', version: 1 },
  ]
  expect(await v.compare(wrong)).toEqual({ items: ['differs', 'differs', 'differs', 'differs', 'unknown', 'unknown'], queued: 4 })
  const again = await v.drain()
  expect(names(again)).toEqual(['product', 'article', 'stock'])
  for (const item of again)
    expect(item.version).toBeGreaterThan(
      must(
        v.held.find((each) => each.entity === item.entity && each.id === item.id),
        'it',
      ).version,
    )
  // What has left the view isn't linked; what was deleted here and is still held there is said to be deleted once more.
  await owner.does('views.unlink', { params: v.params, body: { products: [other.productId] } })
  await owner.does('articles.change', { params: { articleId: a.id }, body: { archived: true } })
  await v.drain()
  expect(
    await v.compare([
      { entity: 'article', id: other.id, hash: 'x' },
      { ...of(thing), hash: thing.hash },
    ]),
  ).toEqual({ items: ['not-linked', 'differs'], queued: 1 })
  expect((await v.drain()).map((item) => item.op)).toEqual(['delete'])
})

test('V11: what is stated must name one thing in one way', async () => {
  const v = await view()
  const stock = { entity: 'stock', id: 1, locationId: 1 }
  for (const [items, field] of [
    [[], 'items'],
    [[{ ...stock, quantity: 1, version: 1 }], 'items.0.hash'],
    [[{ ...stock }], 'items.0.hash'],
    [[{ ...stock, externalId: 'x', quantity: 1 }], 'items.0.id'],
    [[{ entity: 'price', id: 1, quantity: 1 }], 'items.0.quantity'],
    [Array(501).fill({ ...stock, quantity: 1 }), 'items'],
  ] as const)
    expect(await v.tryCompare(items as object[])).toMatchObject({ status: 400, body: { code: 'bad-input', field } })
})

test('V6: what lies rejected is sent again as one run, which says how far it is; paused and resumed it sends nothing else', async () => {
  await article('R-1')
  const v = await view()
  await v.resend({ mode: 'from_now' })
  await article('R-2')
  await v.resend({})
  const items = (await v.read()).items
  await v.ack(items.slice(0, 3), { status: 'rejected', error: 'okänd' })
  await v.drain()
  expect(await v.size({ mode: 'rejected' })).toBe(3)
  const run = await v.resend({ mode: 'rejected' })
  expect(run).toMatchObject({ mode: 'rejected', state: 'draining', expected: 3, queued: 3, acked: 0 })
  const turn = (verb: 'pause' | 'resume') => owner.does(`views.${verb}-run`, { params: { ...v.params, runId: run.id } })
  await turn('pause')
  expect((await turn('resume')).state).toBe('draining')
  expect(await v.drain()).toHaveLength(3)
  expect(await v.run(run.id)).toMatchObject({ state: 'done', acked: 3, rejected: 0 })
})
