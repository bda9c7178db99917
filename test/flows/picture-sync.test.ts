/** "Why isn't it in sync?" of an article's pictures: those that stand alike are said once, one that was rejected by itself, and its press sends it again. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Answer } from '../../src/web/contract/routes.ts'
import { JPEG, PNG, WEBP } from '../pictures.ts'
import { type CatalogueStand, catalogueStand } from './catalogue-stand.ts'

let s: CatalogueStand
beforeAll(async () => {
  s = await catalogueStand()
})
afterAll(() => s.close())

const add = async (body: Buffer, query: Record<string, string> = {}) => (await s.owner.does('images.add', { params: { productId: s.product.id }, query, body })).id
const articleOf = (nth: number) => s.product.articles[nth]?.id ?? 0
const picturesOf = async (articleId: number, role: 'view' | 'webshop') =>
  (await s.owner.does('articles.sync', { params: { articleId } })).lines.filter((line) => line.about === 'image' && line.role === role)

test('a reader: queued with the rest, rejected in its words, sent again by the press; a picture of another variant is none of its own', async () => {
  const [all, mine, others] = [await add(PNG), await add(JPEG, { articleId: String(articleOf(0)) }), await add(WEBP, { articleId: String(articleOf(1)) })]
  const made = await s.owner.does('views.make', { body: { name: 'Sajten', entities: ['product', 'article', 'image'] } })
  const params = { viewId: made.id }
  const reader = s.web.withKey(made.key)
  await s.owner.does('views.link', { params, body: { products: [s.product.id] } })
  let after: string | undefined
  const round = async (refuse: number[]): Promise<Answer<'views.changes'>['items']> => {
    const page = await reader.does('views.changes', { params, query: { limit: 500, wait: 0, ...(after === undefined ? {} : { after }) } })
    const results = page.items.flatMap(({ entity, id, version }) =>
      entity === 'image' && refuse.includes(id) ? [{ entity, id, version, status: 'rejected', error: 'för stor' }] : [],
    )
    await reader.does('views.ack', { params, body: { cursor: page.nextCursor, results } })
    after = page.nextCursor
    return page.items
  }
  expect((await picturesOf(articleOf(0), 'view')).map(({ code, action }) => [code, action])).toEqual([['never-polled', 'view']])
  // Pictures come when their product has been acknowledged.
  const seen = [...(await round([mine])), ...(await round([mine]))].flatMap(({ entity, id }) => (entity === 'image' ? [id] : []))
  expect(seen.toSorted()).toEqual([all, mine, others].toSorted())
  const lines = await picturesOf(articleOf(0), 'view')
  expect(lines).toMatchObject([
    { code: 'rejected', standing: 'needs-somebody', said: 'för stor', action: 'retry', facts: { imageId: mine } },
    { code: 'acknowledged', standing: 'in-sync', facts: { imageId: all }, action: null },
  ])
  expect((await s.owner.does('articles.sync', { params: { articleId: articleOf(0) } })).standing).toBe('needs-somebody')
  expect((await picturesOf(articleOf(1), 'view')).map(({ code }) => code)).toEqual(['acknowledged'])

  await s.owner.does('views.retry', { params, body: { items: [{ entity: 'image', id: mine, locationId: null }] } })
  expect((await picturesOf(articleOf(0), 'view')).map(({ code }) => code).toSorted()).toEqual(['acknowledged', 'queued'])
  await round([])
  expect((await picturesOf(articleOf(0), 'view')).map(({ code }) => code)).toEqual(['acknowledged'])
})

test('a webshop that is told of products: its pictures are on their way until the shop has them', async () => {
  await s.set({ products: true })
  await s.tell()
  expect((await picturesOf(articleOf(0), 'webshop')).map(({ code }) => code)).toEqual(['acknowledged'])
  await s.owner.does('connections.pause', { params: s.at, body: {} })
  await s.owner.does('images.change', { params: { imageId: await add(PNG, { alt: 'En till' }) }, body: { alt: 'Bak' } })
  expect((await s.owner.does('articles.sync', { params: { articleId: articleOf(0) } })).lines.find((line) => line.role === 'webshop')).toMatchObject({
    about: 'connection',
    code: 'paused',
  })
  await s.owner.does('connections.resume', { params: s.at, body: {} })
  await s.settled()
  expect((await picturesOf(articleOf(0), 'webshop')).map(({ code }) => code)).toEqual(['acknowledged'])
})
