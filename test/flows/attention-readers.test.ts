/** What waits because of a sync view's reader: it comes into the list by what the reader does or leaves undone, the morning's letter says it, and it goes when the reader is in step again. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { purge } from '../../src/sync/chores.ts'
import { sendDue } from '../../src/sync/webhooks.ts'
import { type Morning, morningOf } from './morning.ts'
import { openWeb, type Someone, type Web } from './web.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
let web: Web
let owner: Someone & { companyId: number; locationId: number }
let morning: Morning
let refs = 0
/** Where a view's webhook is received, and what it says. */
let receiver: Server
let answer = 204
beforeAll(async () => {
  web = await openWeb()
  receiver = createServer((_, response) => void response.writeHead(answer).end())
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
})
beforeEach(async () => {
  const signedIn = await web.owner('Ull & Lin')
  owner = { ...signedIn, ...(await signedIn.key()) }
  morning = await morningOf(web, owner)
})
afterEach(() => morning.close())
afterAll(async () => {
  receiver.closeAllConnections()
  receiver.close()
  await web.close()
})

/** An article with a hundred pieces, and a view whose reader has read all there is. */
async function inStep() {
  const { id: articleId, productId } = await owner.does('articles.make', { body: { number: `L-${++refs}`, name: 'Vante', priceMinor: 19_900 } })
  await owner.does('goods-receipts.register', { body: { ref: `r-${++refs}`, locationId: owner.locationId, lines: [{ articleId, quantity: 100 }] } })
  const { id, key } = await owner.does('views.make', { body: { name: 'Kassan', joinsProducts: true } })
  const params = { viewId: id }
  const reader = web.withKey(key)
  const read = (query: Record<string, string> = {}) => reader.does('views.changes', { params, query })
  const ack = (cursor: string, results: object[] = []) => reader.does('views.ack', { params, body: { cursor, results } })
  const drain = async () => {
    for (let page = await read(); page.items.length > 0 || page.hasMore; page = await read()) await ack(page.nextCursor)
  }
  const sell = () => owner.does('sales.register', { body: { ref: `s-${++refs}`, locationId: owner.locationId, lines: [{ articleId, quantity: 1 }] } })
  await owner.does('views.resend', { params, body: {} })
  await drain()
  expect(await morning.counts()).toEqual({})
  return { params, articleId, productId, read, ack, drain, sell }
}

test('view-silent: something waits and nobody has asked for an hour; it is gone when the reader reads', async () => {
  const v = await inStep()
  web.clock.advance(DAY_MS)
  await v.sell()
  web.clock.advance(59 * MINUTE_MS)
  expect(await morning.counts()).toEqual({})
  web.clock.advance(MINUTE_MS)
  expect(await morning.counts()).toEqual({ 'view-silent': 1 })
  const said = await morning.says('view-silent', 1, 'view')
  expect(said).toMatchObject({ listener: { id: v.params.viewId, kind: 'view', name: 'Kassan' } })
  await v.drain()
  expect(await morning.counts()).toEqual({})
})

test('view-late: it is asked for and not acknowledged for a day, however busy the shop is; a reader that stops altogether is silent and nothing else', async () => {
  const v = await inStep()
  await v.sell()
  for (let hour = 0; hour < 25; hour++) {
    web.clock.advance(HOUR_MS - MINUTE_MS)
    await v.read()
    web.clock.advance(MINUTE_MS)
    await v.sell()
  }
  expect(await morning.counts()).toEqual({ 'view-late': 1 })
  web.clock.advance(HOUR_MS)
  expect(await morning.counts()).toEqual({ 'view-silent': 1 })
  await morning.says('view-silent', 1, 'view')
  await v.read()
  expect(await morning.counts()).toEqual({ 'view-late': 1 })
  await morning.says('view-late', 1, 'view', v.read)
  await v.drain()
  expect(await morning.counts()).toEqual({})
})

test('view-resync: what was deleted lay unacknowledged for half a year; it is gone when all is sent again', async () => {
  const v = await inStep()
  await owner.does('articles.change', { params: { articleId: v.articleId }, body: { archived: true } })
  web.clock.advance(181 * DAY_MS)
  await purge(web.deps, owner.companyId)
  expect(await morning.counts()).toEqual({ 'view-resync': 1 })
  await morning.says('view-resync', 1, 'view')
  await owner.does('views.resend', { params: v.params, body: {} })
  await v.drain()
  expect(await morning.counts()).toEqual({})
})

test('view-rejected: each thing with the reader’s own words; one press sends them again, and what is taken then is gone', async () => {
  const v = await inStep()
  await owner.does('articles.change', { params: { articleId: v.articleId }, body: { name: 'Vante Tjörn', priceMinor: 24_900 } })
  const page = await v.read()
  const results = page.items.map(({ entity, id, version }) => ({ entity, id, version, status: 'rejected', error: 'saknar momssats' }))
  expect(results.length).toBeGreaterThan(1)
  await v.ack(page.nextCursor, results)
  expect(await morning.counts()).toEqual({ 'view-rejected': results.length })
  const { items } = await morning.says('view-rejected', results.length, 'retry-view')
  expect(items.map(({ code, name }) => [code, name])).toEqual(results.map(() => ['saknar momssats', 'Vante Tjörn']))
  await owner.does('views.retry', { params: v.params, body: {} })
  expect((await morning.counts())['view-rejected']).toBeUndefined()
  await v.drain()
  expect(await morning.counts()).toEqual({})
})

test('view-crowded: two keys on one view take each other’s changes; a key that is exchanged is none, and one that stops ends it', async () => {
  const v = await inStep()
  const other = web.withKey((await owner.does('views.make-key', { params: v.params, body: {} })).key)
  const both = async () => {
    await v.read()
    await other.does('views.changes', { params: v.params })
  }
  await both()
  for (let n = 0; n < 20; n++) {
    web.clock.advance(MINUTE_MS)
    await other.does('views.changes', { params: v.params })
    expect(await morning.counts()).toEqual({})
  }
  for (let n = 0; n < 16; n++) {
    web.clock.advance(MINUTE_MS)
    await both()
  }
  expect(await owner.does('views.show', { params: v.params })).toMatchObject({ readers: 2 })
  await morning.says('view-crowded', 1, 'view', both)
  web.clock.advance(10 * MINUTE_MS)
  expect(await morning.counts()).toEqual({})
})

test('telling-paused: a resend that somebody paused, until it goes on', async () => {
  const v = await inStep()
  const { id: runId } = await owner.does('views.resend', { params: v.params, body: {} })
  await owner.does('views.pause-run', { params: { ...v.params, runId }, body: {} })
  expect(await morning.counts()).toEqual({ 'telling-paused': 1 })
  // Nobody is written to about what can wait alone.
  await owner.does('sales.register', { body: { ref: `s-${++refs}`, locationId: owner.locationId, lines: [{ articleId: v.articleId, quantity: 101 }] } })
  const { sample } = await morning.says('telling-paused', 1, 'resume-telling')
  expect(sample[0]?.id).toBe(runId)
  await owner.does('views.resume-run', { params: { ...v.params, runId }, body: {} })
  await v.drain()
  expect(await morning.counts()).toEqual({ negative: 1 })
})

test('webhook-failing: calls that don’t arrive for an hour; a test that does ends it', async () => {
  const v = await inStep()
  await owner.does('views.webhook', { params: v.params, body: { url: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/` } })
  answer = 500
  await v.sell()
  await sendDue(web.deps, owner.companyId)
  const pass = async (minutes: number) => {
    for (let n = 0; n < minutes; n++) {
      web.clock.advance(MINUTE_MS)
      await v.read()
      await sendDue(web.deps, owner.companyId)
    }
  }
  await pass(59)
  expect(await morning.counts()).toEqual({})
  await pass(1)
  expect(await morning.counts()).toEqual({ 'webhook-failing': 1 })
  const press = () => owner.does('views.webhook-test', { params: v.params, body: {} })
  expect(await press()).toMatchObject({ delivered: false, status: 500 })
  await morning.says('webhook-failing', 1, 'test-webhook')
  answer = 204
  expect(await press()).toMatchObject({ delivered: true })
  await v.drain()
  expect(await morning.counts()).toEqual({})
})
