/** Whoever listens hears of a bulk change as of what a person does at the counter: shops, readers of views and their webhooks, each article once, and once more when it is undone. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sendDue } from '../../src/sync/webhooks.ts'
import { type BulkStand, bulkStand } from './bulk-stand.ts'
import { type ToyStand, toyStand } from './toy-stand.ts'
import type { Someone } from './web.ts'

const NUMBERS = ['A-1', 'A-2', 'A-3', 'A-4']
let s: ToyStand
let b: BulkStand
/** A second webshop, which nothing is sent to yet. */
let kiosk: number
let reader: Someone
let viewId: number
let called = 0
let hook: Server
beforeAll(async () => {
  s = await toyStand(NUMBERS)
  b = await bulkStand(s)
  kiosk = (await s.owner.does('connections.make', { body: { code: 'toy', name: 'Kiosken' } })).id
  hook = createServer((_request, answer) => {
    called++
    answer.writeHead(204).end()
  })
  await new Promise<void>((resolve) => hook.listen(0, '127.0.0.1', resolve))
  const view = await s.owner.does('views.make', { body: { name: 'Affärssystemet', byNumber: true, joinsProducts: true } })
  viewId = view.id
  reader = s.web.withKey(view.key)
  await s.owner.does('views.webhook', { params: { viewId }, body: { url: `http://127.0.0.1:${(hook.address() as AddressInfo).port}/` } })
  await s.owner.does('views.resend', { params: { viewId }, body: {} })
  await heard()
})
afterAll(async () => {
  hook.close()
  await s.close()
})

/** What the reader hears of until nothing is new, acknowledged as it comes: `upsert price A-1`. */
async function heard(): Promise<string[]> {
  const all: string[] = []
  for (;;) {
    const { items, nextCursor } = await reader.does('views.changes', { params: { viewId }, query: { limit: 500 } })
    if (items.length === 0) return all.sort()
    for (const { op, entity, data } of items) all.push(`${op} ${entity} ${(data as { number?: string } | null)?.number ?? ''}`.trim())
    await reader.does('views.ack', { params: { viewId }, body: { cursor: nextCursor } })
  }
}
async function calls(): Promise<number> {
  const before = called
  s.web.clock.advance(60_000)
  await sendDue(s.web.deps, s.owner.companyId)
  return called - before
}
const undone = async (bulkId: number) => {
  const { id } = await s.owner.does('bulk.undo', { params: { bulkId }, body: {} })
  return b.done(id)
}
const each = (what: string, numbers = NUMBERS) => numbers.map((number) => `upsert ${what} ${number}`)
/** The boxes of every article, by the connection's name. */
async function boxes(): Promise<Record<string, string[]>> {
  const { items } = await s.owner.does('articles.list', { query: { limit: 100 } })
  const all = await Promise.all(
    items.map(async ({ id, number }) => {
      const { connections } = await s.owner.does('articles.show', { params: { articleId: id } })
      return [
        number,
        connections
          .filter((connection) => connection.boxed)
          .map((connection) => connection.name)
          .sort(),
      ] as const
    }),
  )
  return Object.fromEntries(all)
}

test('prices and pieces from a file: a reader hears of each article once, its webhook calls once, the shop is written once; and so when it is undone', async () => {
  await calls()
  const shown = NUMBERS.map((number) => s.sim.value(number))
  const writes = s.sim.state.writes.length
  const { id } = await b.file(`Artikelnummer;Pris;Lagersaldo\n${NUMBERS.map((number, n) => `${number};19,90;${20 + n}`).join('\n')}\n`)
  expect(await b.done(id)).toMatchObject({ state: 'done', counts: { done: 4 } })
  expect(await calls()).toBe(1)
  expect(await heard()).toEqual([...each('price'), ...each('stock')].sort())
  expect(await heard()).toEqual([])
  await s.settle()
  expect(NUMBERS.map((number) => s.sim.value(number))).toEqual([20, 21, 22, 23])
  expect(s.sim.state.writes.length - writes).toBe(4)

  expect(await undone(id)).toMatchObject({ state: 'done', counts: { done: 4 } })
  expect(await calls()).toBe(1)
  expect(await heard()).toEqual([...each('price'), ...each('stock')].sort())
  await s.settle()
  expect(NUMBERS.map((number) => s.sim.value(number))).toEqual(shown)
  expect(s.sim.state.writes.length - writes).toBe(8)
})

test('new articles from a file are heard of once, with all that belongs to them', async () => {
  const { id } = await b.file('Artikelnummer;Benämning;Pris;Lagersaldo\nB-1;Sked;10,00;3\n')
  await b.done(id)
  const news = await heard()
  expect(news.filter((each) => each.endsWith(' B-1'))).toEqual(['upsert article B-1', 'upsert price B-1', 'upsert stock B-1'])
  expect(new Set(news).size).toBe(news.length)
})

test('boxes of two webshops by a file: seen first, ticked and unticked as it says, and put back', async () => {
  const before = await boxes()
  expect(before).toMatchObject({ 'A-1': ['Webben'], 'A-4': ['Webben'], 'B-1': [] })
  const { id, readAs } = await b.file('Artikelnummer;Benämning;Webshop: Webben;Webshop: Kiosken\nA-1;;nej;ja\nA-2;;ja;ja\nA-3;;;\nB-1;;ja;nej\nC-1;Ny;ja;ja\nA-4;;kanske;\n')
  expect(readAs?.columns).toEqual(['number', 'name', `webshop:${s.at.connectionId}`, `webshop:${kiosk}`])
  expect(await b.judged(id)).toMatchObject({ counts: { make: 1, change: 3, same: 1, fault: 1 }, fields: expect.arrayContaining([{ field: 'boxed', n: 4 }]) })
  expect((await b.rows(id))[0]).toMatchObject({ before: { boxed: { [s.at.connectionId]: true, [kiosk]: false } }, after: { boxed: { [s.at.connectionId]: false, [kiosk]: true } } })
  expect(await boxes()).toEqual(before)
  await b.done(id)
  expect(await boxes()).toEqual({ ...before, 'A-1': ['Kiosken'], 'A-2': ['Kiosken', 'Webben'], 'B-1': ['Webben'], 'C-1': ['Kiosken', 'Webben'] })
  expect(await undone(id)).toMatchObject({ counts: { done: 4, fault: 0 } })
  expect(await boxes()).toEqual(before)
})

test('boxes by an edit of many: seen first, and put back where nobody has changed them since', async () => {
  const before = await boxes()
  const { id } = await s.owner.does('bulk.edit', { body: { filter: { q: 'A-' }, change: { boxed: { connectionId: kiosk, boxed: true } } } })
  expect(await b.judged(id)).toMatchObject({ counts: { rows: 4, change: 4 } })
  expect(await boxes()).toEqual(before)
  await b.done(id)
  const [first = 0, second = 0] = NUMBERS.map((number) => s.ids[number])
  await s.owner.does('connections.box', { params: { connectionId: kiosk }, body: { boxed: false, articleIds: [first] } })
  await s.owner.does('connections.box', { params: { connectionId: kiosk }, body: { boxed: false, articleIds: [second] } })
  await s.owner.does('connections.box', { params: { connectionId: kiosk }, body: { boxed: true, articleIds: [second] } })
  expect(await undone(id)).toMatchObject({ counts: { done: 3, same: 1, fault: 0 } })
  expect(await boxes()).toEqual(before)
})
