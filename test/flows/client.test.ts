/** @lagerbro/client against a real server: it takes each change once and in order, survives what goes wrong on the way, and stops when going on is no use. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Ended, type Item, Later, openReader, type ReaderEvent, type ReaderState, Reject } from '../../client/index.ts'
import { must } from '../../src/kit/assert.ts'
import { type Owner, openWeb, type Web } from './web.ts'

let web: Web
let owner: Owner
let address: string
beforeAll(async () => {
  web = await openWeb()
  owner = await web.owner('Ull & Lin')
  address = await web.app.listen({ port: 0, host: '127.0.0.1' })
})
afterAll(() => web.close())

async function article(number: string, quantity: number) {
  const made = await owner.does('articles.make', { body: { number, name: `Vara ${number}`, priceMinor: 9900 } })
  await owner.does('goods-receipts.register', { body: { ref: `r-${number}`, locationId: owner.locationId, lines: [{ articleId: made.id, quantity }] } })
  return made
}
const view = (name: string) => owner.does('views.make', { body: { name } })
const sell = (articleId: number, ref: string) => owner.does('sales.register', { body: { ref, locationId: owner.locationId, lines: [{ articleId, quantity: 1 }] } })

/** What an outside system holds, in memory; `shelf` outlives a reader as a database would. */
interface Shelf {
  cursor: string | null
  held: Map<string, Item>
}
const shelf = (): Shelf => ({ cursor: null, held: new Map() })
const keyOf = (item: Item) => `${item.entity} ${item.id} ${item.locationId ?? ''}`
const stateOf = (on: Shelf, apply: (item: Item) => Promise<void> = async () => {}): ReaderState => ({
  cursor: async () => on.cursor,
  async saveCursor(cursor) {
    on.cursor = cursor
  },
  version: async (item) => on.held.get(keyOf(item))?.version ?? null,
  async apply(item) {
    await apply(item)
    on.held.set(keyOf(item), item)
    return item.entity === 'article' ? { externalId: `E-${item.id}` } : null
  },
})

/** Runs a reader until `enough` holds of what it told; the way to the server can be bent with `fetch`. */
async function reads(
  made: { id: number; key: string },
  on: Shelf,
  { apply, enough, fetch: way }: { apply?: (item: Item) => Promise<void>; enough: (told: ReaderEvent[]) => boolean; fetch?: typeof fetch },
): Promise<{ told: ReaderEvent[]; pauses: number[]; ended: Ended }> {
  const told: ReaderEvent[] = []
  const pauses: number[] = []
  const reader = openReader({
    address,
    key: made.key,
    viewId: made.id,
    limit: 3,
    waitSeconds: 0,
    state: stateOf(on, apply),
    ...(way === undefined ? {} : { fetch: way }),
    tell(event) {
      told.push(event)
      if (enough(told)) void reader.stop()
    },
    pause: async (ms) => void pauses.push(ms),
  })
  return { told, pauses, ended: await reader.ended }
}
const applied = (told: ReaderEvent[]) => told.reduce((sum, event) => sum + (event.kind === 'page' ? event.applied : 0), 0)
/** Answers of its own while there are any, then the real ones. */
function answersFirst(...answers: (Response | Error)[]): typeof fetch {
  return async (input, init) => {
    const next = answers.shift()
    if (next instanceof Error) throw next
    return next ?? fetch(input, init)
  }
}
const problem = (status: number, code: string, headers: Record<string, string> = {}) => new Response(JSON.stringify({ code, title: `words of ${code}` }), { status, headers })

test('a view is read page by page, acknowledged with the reader’s ids, and read on from the stored cursor', async () => {
  const first = await article('K-1', 5)
  const made = await view('Klient')
  await owner.does('views.resend', { params: { viewId: made.id }, body: {} })
  const on = shelf()
  const { ended } = await reads(made, on, { enough: (told) => applied(told) >= 4 })
  expect(ended).toEqual({ why: 'stopped' })
  expect([...on.held.values()].map((item) => item.entity)).toEqual(['product', 'article', 'price', 'stock'])
  await sell(first.id, 's1')
  const more = await reads(made, on, { enough: (told) => applied(told) >= 1 })
  expect(applied(more.told)).toBe(1)
  expect(on.held.get(`stock ${first.id} ${owner.locationId}`)).toMatchObject({ op: 'upsert', data: { onHand: 4 } })
  expect(await owner.does('views.show', { params: { viewId: made.id } })).toMatchObject({ lag: { live: 0, backfill: 0, rejected: 0 } })
  expect(must(on.held.get(`article ${first.id} `), 'the article').link).toBeNull()
  await owner.does('articles.change', { params: { articleId: first.id }, body: { name: 'Nytt namn' } })
  await reads(made, on, { enough: (told) => applied(told) >= 1 })
  expect(on.held.get(`article ${first.id} `)).toMatchObject({ link: { externalId: `E-${first.id}` }, data: { name: 'Nytt namn' } })
})

test('V2: an acknowledgement that is lost brings the same page again, and nothing is applied twice', async () => {
  await article('K-2', 5)
  const made = await view('Tappad')
  await owner.does('views.resend', { params: { viewId: made.id }, body: {} })
  const handed: string[] = []
  let acks = 0
  const { told } = await reads(made, shelf(), {
    fetch: async (input, init) => {
      if (String(input).endsWith('/ack') && acks++ === 0) throw new Error('the line broke')
      return fetch(input, init)
    },
    apply: async (item) => void handed.push(keyOf(item)),
    enough: (events) => applied(events) > 0,
  })
  expect(told).toMatchObject([
    { kind: 'waiting', why: 'the line broke' },
    { kind: 'page', applied: 0, old: 3 },
    { kind: 'page', applied: 3, old: 0 },
  ])
  expect(new Set(handed).size).toBe(6)
  expect(handed).toHaveLength(6)
})

test('V5: an empty page that says there is more is read on from at once', async () => {
  await article('C-empty', 1)
  const made = await view('Tom sida')
  const admin = web.withKey(made.key)
  const { nextCursor } = await admin.does('views.changes', { params: { viewId: made.id } })
  await admin.does('views.resend', { params: { viewId: made.id }, body: {} })
  const empty = new Response(JSON.stringify({ items: [], nextCursor, hasMore: true, head: 1 }))
  const { told, pauses } = await reads(made, shelf(), { fetch: answersFirst(empty), enough: (all) => all.some((event) => event.kind === 'page') })
  expect(told.map((event) => event.kind)).toEqual(['page'])
  expect(pauses).toEqual([])
})

test('what can’t be taken is rejected with its words and the rest goes on; what can’t be taken now is not acknowledged', async () => {
  const made = await view('Avvisar')
  await owner.does('views.resend', { params: { viewId: made.id }, body: {} })
  const on = shelf()
  let away = true
  const { told, pauses } = await reads(made, on, {
    apply: async (item) => {
      if (away) {
        away = false
        throw new Later('our database is away')
      }
      if (item.entity === 'price') throw new Reject('saknar momssats', 60)
    },
    enough: (events) => events.some((event) => event.kind === 'page' && event.rejected.length > 0),
  })
  expect(told[0]).toMatchObject({ kind: 'waiting', why: 'our database is away' })
  expect(pauses).toHaveLength(1)
  expect((await owner.does('views.rejected', { params: { viewId: made.id } })).items[0]).toMatchObject({ entity: 'price', error: 'saknar momssats', retryAt: expect.any(String) })
})

test('too many, away and broken are waited out, as long as the server asks for', async () => {
  const made = await view('Tålig')
  await owner.does('views.resend', { params: { viewId: made.id }, body: {} })
  const { told, pauses } = await reads(made, shelf(), {
    fetch: answersFirst(
      problem(429, 'too-many-requests', { 'retry-after': '7' }),
      problem(503, 'unavailable', { 'retry-after': '5' }),
      new Error('no route'),
      new Response('<html>', { status: 502 }),
    ),
    enough: (events) => applied(events) > 0,
  })
  const [asked = 0, away = 0, ...ours] = pauses
  expect([asked >= 7000 && asked <= 8000, away >= 5000 && away <= 6000]).toEqual([true, true])
  expect(ours.every((ms, n) => ms >= 500 * 2 ** (n + 2) && ms <= 1000 * 2 ** (n + 2))).toBe(true)
  expect(told.filter((event) => event.kind === 'waiting').map((event) => event.why)).toEqual([
    'words of too-many-requests',
    'words of unavailable',
    'no route',
    expect.stringContaining('502'),
  ])
})

test('R34: a cursor of another epoch, another view or the future is forgotten, and nothing is applied twice', async () => {
  const third = await article('K-3', 1)
  const [made, other] = [await view('Epok'), await view('Annan')]
  const resend = () => owner.does('views.resend', { params: { viewId: made.id }, body: { products: [third.productId] } })
  await resend()
  const on = shelf()
  await reads(made, on, { enough: (told) => applied(told) >= 4 })
  const versions = [...on.held.values()].map((item) => item.version)
  on.cursor = (await web.withKey(other.key).does('views.changes', { params: { viewId: other.id } })).nextCursor
  await sell(third.id, 's3')
  const { told } = await reads(made, on, { enough: (events) => applied(events) > 0 })
  expect(told).toMatchObject([
    { kind: 'from-start', code: 'cursor-wrong' },
    { kind: 'page', applied: 1, old: 0 },
  ])
  await web.data.owner.run({ text: 'update listener set epoch = epoch + 1 where id = $1', values: [made.id] })
  await resend()
  const later = await reads(made, on, { enough: (events) => applied(events) >= 4 })
  expect(later.told[0]).toEqual({ kind: 'from-start', code: 'epoch-changed' })
  expect([...on.held.values()].every((item, n) => item.version > (versions[n] ?? 0))).toBe(true)
})

test('a revoked key, another view’s key and a view that is gone end it with words', async () => {
  const [made, other] = [await view('Slut'), await view('Slut 2')]
  const never = () => false
  expect((await reads({ ...made, key: other.key }, shelf(), { enough: never })).ended).toMatchObject({ why: 'refused', status: 404 })
  expect((await reads({ ...made, key: (await owner.key()).key }, shelf(), { enough: never })).ended).toMatchObject({ why: 'refused', status: 403, code: 'not-allowed' })
  await owner.does('keys.revoke', { params: { keyId: must(made.keys[0], 'the key').id } })
  expect((await reads(made, shelf(), { enough: never })).ended).toMatchObject({ why: 'refused', status: 401, words: expect.any(String) })
})
