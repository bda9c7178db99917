/** "Why isn't it in sync?" says what to press; pressed, by the very route the button uses, the article is in sync. */
import { afterEach, expect, test } from 'vitest'
import type { Answer } from '../../src/web/contract/routes.ts'
import { catalogueStand } from './catalogue-stand.ts'
import { economicStand, MINUTE_MS } from './economic-stand.ts'
import { toyStand } from './toy-stand.ts'
import type { Someone, Web } from './web.ts'

type Line = Answer<'articles.sync'>['lines'][number]
const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})
/** Stands are closed when the test is over. */
function kept<S extends { close(): Promise<void> }>(stand: S): S {
  closing.push(() => stand.close())
  return stand
}
const lines = async (owner: Someone, articleId: number, role: Line['role']) =>
  (await owner.does('articles.sync', { params: { articleId } })).lines.filter((line) => line.role === role && line.standing !== 'left-alone')
const said = (of: Line[]) => [...new Set(of.map(({ code, action }) => `${code}: ${action}`))].sort()

/** The till's view with one article in it that its reader has taken. */
async function till(web: Web, owner: Someone & { locationId: number }) {
  const article = await owner.does('articles.make', { body: { number: '0900', name: 'Vante', priceMinor: 19_900 } })
  await owner.does('goods-receipts.register', { body: { ref: 'in', locationId: owner.locationId, lines: [{ articleId: article.id, quantity: 5 }] } })
  const { id: viewId, key } = await owner.does('views.make', { body: { name: 'Kassan' } })
  const params = { viewId }
  const reader = web.withKey(key)
  const read = () => reader.does('views.changes', { params })
  const ack = (cursor: string, results: object[] = []) => reader.does('views.ack', { params, body: { cursor, results } })
  const drain = async () => {
    for (let page = await read(); page.items.length > 0 || page.hasMore; page = await read()) await ack(page.nextCursor)
  }
  return { article, params, read, ack, drain, standing: async () => said(await lines(owner, article.id, 'view')) }
}

test('a number in the shop that isn’t ours: ours is sent again at once', async () => {
  const { sim, owner, ids, connection, at, settle } = kept(await toyStand(['100']))
  const articleId = ids['100'] ?? 0
  sim.handEdit('100', 7)
  await owner.does('runs.start', { params: at, body: { kind: 'compare' } })
  while ((await connection.step()).did);
  const [differs] = await lines(owner, articleId, 'webshop')
  expect(differs).toMatchObject({ code: 'differs', action: 'send', standing: 'needs-somebody', facts: { theirs: 7, ours: 10 } })
  await owner.does('differences.send', { params: { ...at, differenceId: Number(differs?.facts.differenceId) }, body: {} })
  await settle()
  expect([said(await lines(owner, articleId, 'webshop')), sim.value('100')]).toEqual([['in-sync: null'], 10])
  // Not by itself: by whoever pressed.
  expect((await owner.does('differences.list', { params: at })).items).toMatchObject([{ state: 'settled', settledHow: 'sent', settledBy: { kind: 'key' } }])
})

test('an article the ERP didn’t have: it is asked again, and its number is taken', async () => {
  const { erp, owner, at, pass } = kept(await economicStand())
  const { id } = await owner.does('articles.make', { body: { number: '0999', name: 'Ny' } })
  await pass(5 * MINUTE_MS)
  const press = () => owner.does('masters.ask', { params: at, body: { numbers: ['0999'] } })
  await press()
  await pass(MINUTE_MS)
  expect(said(await lines(owner, id, 'erp'))).toEqual(['not-there: ask'])
  erp.office.addProducts([{ productNumber: '0999', name: 'Ny', inStock: 4 }])
  await press()
  await pass(MINUTE_MS)
  const [taken] = await lines(owner, id, 'erp')
  expect(taken).toMatchObject({ code: 'taken-over', standing: 'in-sync', facts: { theirs: 4 } })
  expect((await owner.does('levels.list', { query: { number: '0999' } })).items).toMatchObject([{ onHand: 4 }])
})

test('an article that isn’t in the view is linked; one its reader rejected is sent again', async () => {
  const { web, owner } = kept(await toyStand(['100']))
  const { article, params, read, ack, drain, standing } = await till(web, owner)
  await drain()
  expect(await standing()).toEqual(['not-linked: link'])
  await owner.does('views.link', { params, body: { products: [article.productId] } })
  expect(await standing()).toEqual(['queued: wait'])
  const first = await read()
  const refused = first.items.find((item) => item.entity === 'article')
  const results = [{ entity: 'article', id: article.id, version: refused?.version, status: 'rejected', error: 'saknar momssats' }]
  await ack(first.nextCursor, results)
  await drain()
  const rejected = (await lines(owner, article.id, 'view')).filter(({ action }) => action === 'retry')
  expect(rejected).toMatchObject([{ code: 'rejected', about: 'article', said: 'saknar momssats' }])
  await owner.does('views.retry', { params, body: { items: [{ entity: 'article', id: article.id, locationId: null }] } })
  await drain()
  expect(await standing()).toEqual(['acknowledged: null'])
})

test('a product the shop was never told of is sent; one it refused is tried again when it is mended', async () => {
  const { owner, at, product, set, settled, settle } = kept(await catalogueStand())
  const [small, medium] = product.articles
  await owner.does('goods-receipts.register', {
    body: { ref: 'in', locationId: owner.locationId, lines: product.articles.map(({ id: articleId }) => ({ articleId, quantity: 5 })) },
  })
  await set({ products: true })
  const standing = async (articleId = 0) => said((await lines(owner, articleId, 'webshop')).filter(({ about }) => about !== 'stock'))
  expect(await standing(small?.id)).toEqual(['not-linked: resend'])
  await owner.does('articles.change', { params: { articleId: small?.id ?? 0 }, body: { priceMinor: null } })
  await owner.does('catalogues.tell', { params: at, body: { products: [product.id] } })
  await settled()
  await settle()
  expect(await standing(medium?.id)).toEqual(['acknowledged: null'])
  expect(await standing(small?.id)).toEqual(['acknowledged: null', 'rejected: retry'])
  await owner.does('catalogues.set', { params: at, body: { live: false } })
  await owner.does('articles.change', { params: { articleId: small?.id ?? 0 }, body: { priceMinor: 59_900 } })
  await owner.does('catalogues.retry', { params: at, body: {} })
  await settled()
  expect(await standing(small?.id)).toEqual(['acknowledged: null'])
})
