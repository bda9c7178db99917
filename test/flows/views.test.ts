/** Sync views on the database: what is served, in which order, what an acknowledgement means (R30-R34, docs/sync.md rules of views). */
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { changeArticle } from '../../src/core/articles/change-article.ts'
import { createProduct } from '../../src/core/articles/create-product.ts'
import type { By } from '../../src/core/by.ts'
import { postMovements } from '../../src/core/stock/post-movements.ts'
import { acknowledge } from '../../src/core/views/ack.ts'
import type { ChangesPage } from '../../src/core/views/changes.ts'
import type { Cursor } from '../../src/core/views/cursor.ts'
import { makeView } from '../../src/core/views/make-view.ts'
import { startResend } from '../../src/core/views/resend.ts'
import { ENTITIES, type Entity, type ViewRow } from '../../src/core/views/view.ts'
import { viewById } from '../../src/core/views/views.sql.ts'
import type { Tx } from '../../src/db/open.ts'
import { sql } from '../../src/db/sql.ts'
import { must } from '../../src/kit/assert.ts'
import { secretBox } from '../../src/kit/secret-box.ts'
import { serveChanges } from '../../src/sync/serve-changes.ts'
import { type TestDatabase, testDatabase } from '../database.ts'

let on: TestDatabase
let companyId: number
let place: number
let now: Date
const box = secretBox(randomBytes(32))
beforeAll(async () => {
  on = await testDatabase()
})
afterAll(() => on.close())
beforeEach(async () => {
  now = new Date('2026-03-02T09:00:00Z')
  companyId = (
    await on.owner.one<{ id: number }>(
      sql`insert into company (name, country, currency, time_zone, created_at) values ('Ull & Lin', 'SE', 'SEK', 'Europe/Stockholm', ${now}) returning id`,
    )
  ).id
  place = (await on.owner.one<{ id: number }>(sql`insert into location (company_id, name, created_at) values (${companyId}, 'Butiken', ${now}) returning id`)).id
})

const by = (): By => ({ actor: 'system', now })
const within = <T>(work: (tx: Tx) => Promise<T>) => on.db.inCompany(companyId, work)
const later = (ms: number) => {
  now = new Date(now.getTime() + ms)
}
const view = (options: Partial<Parameters<typeof makeView>[1]> = {}): Promise<ViewRow> =>
  within((tx) => makeView(tx, { name: 'Affärssystemet', entities: [...ENTITIES], locations: null, joinsProducts: true, joinsOrders: true, byNumber: false, ...options }, box, by()))
const product = (name: string, numbers: string[]) =>
  within((tx) =>
    createProduct(
      tx,
      {
        name,
        options: numbers.length > 1 ? [{ name: 'Storlek', values: numbers }] : [],
        variants: numbers.map((number) => ({ number, optionValues: numbers.length > 1 ? { Storlek: number } : {}, priceMinor: 10_000 })),
      } as never,
      by(),
    ),
  )
const receive = (articleId: number, quantity: number, key: string) =>
  within((tx) => postMovements(tx, [{ key, articleId, locationId: place, kind: 'receipt', onHand: quantity, at: now, source: { type: 'goods-receipt' }, actor: 'system' }], now))
const next = (v: ViewRow, after: Cursor | null = null, limit = 100, only: Entity[] | null = null): Promise<ChangesPage> =>
  serveChanges({ db: on.db, clock: { now: () => now } }, companyId, v.id, { after, limit, only, reader: null })
const ack = (v: ViewRow, cursor: Cursor | null, results: Parameters<typeof acknowledge>[2]['results'] = []) =>
  within(async (tx) => acknowledge(tx, must(await viewById(tx, v.id), 'the view'), { cursor, results }, by()))
const said = (page: ChangesPage) => page.items.map((item) => `${item.op} ${item.entity}`)

test('V3: a new product comes before its articles; what belongs to an article waits until the reader has it', async () => {
  const v = await view()
  const made = await product('Tröja', ['T-S', 'T-M'])
  await receive(must(made.articles[0], 'an article').id, 5, 'r1')
  const first = await next(v)
  expect(said(first)).toEqual(['upsert product', 'upsert article', 'upsert article'])
  expect(said(await next(v, first.next))).toEqual([])
  await ack(v, first.next)
  const third = await next(v, first.next)
  expect(said(third)).toEqual(['upsert stock', 'upsert price', 'upsert price'])
  expect(third.items[0]?.data).toMatchObject({ number: 'T-S', onHand: 5, reserved: 0, available: 5 })
  await ack(v, third.next)
  expect(said(await next(v))).toEqual([])
})

test('V10, R31, R32: a resend fills the view in order, live changes overtake it, pressed again it is the same run', async () => {
  const v = await view({ joinsProducts: null })
  for (let n = 0; n < 5; n++) {
    const made = await product(`Vara ${n}`, [`V-${n}`])
    await receive(must(made.articles[0], 'an article').id, n, `r${n}`)
  }
  expect(said(await next(v))).toEqual([])
  const resend = () => within(async (tx) => startResend(tx, must(await viewById(tx, v.id), 'the view'), { mode: 'resend', products: null }, by()))
  const run = await resend()
  expect(run).toMatchObject({ repeated: false, run: { expected: 20 } })
  expect(await resend()).toMatchObject({ repeated: true, run: { id: run.run.id } })
  const page = await next(v, null, 10)
  expect(said(page)).toEqual([...Array(5).fill('upsert product'), ...Array(5).fill('upsert article')])
  await ack(v, page.next)
  const rest = await next(v, page.next, 100)
  expect(said(rest).sort()).toEqual([...Array(5).fill('upsert price'), ...Array(5).fill('upsert stock')].sort())
  const articleId = must(
    rest.items.find((item) => item.entity === 'stock'),
    'a stock item',
  ).id
  await receive(articleId, 7, 'live')
  // Acknowledged as it was: what changed since stays.
  await ack(v, rest.next)
  const live = await next(v, rest.next)
  expect(said(live)).toEqual(['upsert stock'])
  await ack(v, live.next)
  await next(v, live.next)
  expect((await resend()).repeated).toBe(false)
})

test('V6: what is rejected is listed and in nobody’s way; it comes back when it changes', async () => {
  const v = await view({ byNumber: true })
  const made = await product('Mössa', ['M'])
  const articleId = must(made.articles[0], 'an article').id
  const page = await next(v)
  const article = must(
    page.items.find((item) => item.entity === 'article'),
    'the article',
  )
  const result = { entity: 'article' as const, id: article.id, locationId: 0, version: article.version, externalId: null, externalVersion: null, retryAt: null }
  expect(await ack(v, page.next, [{ ...result, status: 'rejected', error: 'no VAT class' }])).toMatchObject({ results: ['taken'] })
  expect(said(await next(v))).toEqual([])
  await within((tx) => changeArticle(tx, articleId, { name: 'Mössa, röd' }, by()))
  const again = await next(v)
  expect(again.items).toMatchObject([{ entity: 'article', data: { name: 'Mössa, röd' } }])
  expect(must(again.items[0], 'it').version).toBeGreaterThan(article.version)
})

test('V2, R33: what was served and never acknowledged is served again', async () => {
  const v = await view({ byNumber: true })
  await product('Mössa', ['M'])
  const page = await next(v)
  expect(page.items.length).toBe(3)
  expect(said(await next(v, page.next))).toEqual([])
  later(61_000)
  expect(said(await next(v, page.next))).toEqual(said(page))
})

test('V8, V9: an archived article is a tombstone until acknowledged, with what was its own', async () => {
  const v = await view({ byNumber: true })
  const made = await product('Mössa', ['M'])
  const articleId = must(made.articles[0], 'an article').id
  await receive(articleId, 3, 'r')
  const page = await next(v)
  await ack(v, page.next)
  await within((tx) => changeArticle(tx, articleId, { archived: true }, by()))
  const gone = await next(v, page.next)
  expect(said(gone).sort()).toEqual(['delete article', 'delete price', 'delete stock'])
  expect(said(await next(v)).sort()).toEqual(said(gone).sort())
})

test('R30: a change written first and committed last is served to a reader that has passed all others', async () => {
  const v = await view({ byNumber: true })
  const early = must((await product('Tidig', ['E'])).articles[0], 'an article').id
  const late = must((await product('Sen', ['S'])).articles[0], 'an article').id
  const before = await next(v)
  await ack(v, before.next)
  let commit = () => {}
  const gate = new Promise<void>((resolve) => {
    commit = resolve
  })
  let written = () => {}
  const wrote = new Promise<void>((resolve) => {
    written = resolve
  })
  const open = within(async (tx) => {
    await changeArticle(tx, early, { name: 'Skriven först' }, by())
    written()
    await gate
  })
  await wrote
  await within((tx) => changeArticle(tx, late, { name: 'Klar först' }, by()))
  const first = await next(v, before.next)
  expect(first.items.map((item) => item.data?.name)).toEqual(['Klar först'])
  await ack(v, first.next)
  commit()
  await open
  expect((await next(v, first.next)).items.map((item) => item.data?.name)).toEqual(['Skriven först'])
})
