/** The integration API as an outside system meets it: an address, an admin key, and four calls to the first item. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { must } from '../../src/kit/assert.ts'
import { type Owner, openWeb, type Web } from './web.ts'

let web: Web
let owner: Owner
beforeAll(async () => {
  web = await openWeb()
  owner = await web.owner('Ull & Lin')
})
afterAll(() => web.close())

async function article(number: string, quantity: number) {
  const made = await owner.does('articles.make', { body: { number, name: `Vara ${number}`, priceMinor: 9900 } })
  await owner.does('goods-receipts.register', { body: { ref: `r-${number}`, locationId: owner.locationId, lines: [{ articleId: made.id, quantity }] } })
  return made
}
const makeView = async (body: { name: string; byNumber?: boolean }) => {
  const made = await (await owner.key(['views:write'])).does('views.make', { body })
  return { made, reader: web.withKey(made.key), params: { viewId: made.id } }
}

test('V7: from an admin key to the first item in four calls; what is acknowledged is not served again', async () => {
  const first = await article('001', 5)
  const { reader, params } = await makeView({ name: 'Affärssystemet' })
  expect((await reader.does('views.changes', { params })).items).toEqual([])
  const run = await reader.does('views.resend', { params, body: {} })
  expect(run).toMatchObject({ repeated: false, expected: 4, state: 'filling' })
  expect(await reader.does('views.resend', { params, body: {} })).toMatchObject({ id: run.id, repeated: true })
  const page = await reader.does('views.changes', { params })
  expect(page.items.map((item) => item.entity)).toEqual(['product', 'article', 'price', 'stock'])
  expect(page.items.at(-1)).toMatchObject({ id: first.id, locationId: owner.locationId, data: { number: '001', onHand: 5, available: 5 } })
  // A reader that died before it acknowledged gets the same again.
  expect((await reader.does('views.changes', { params })).items).toEqual(page.items)
  expect(await reader.does('views.ack', { params, body: { cursor: page.nextCursor } })).toEqual({ acked: 4, results: [] })
  expect((await reader.does('views.changes', { params, query: { after: page.nextCursor } })).items).toEqual([])
  await owner.does('sales.register', { body: { ref: 's1', locationId: owner.locationId, lines: [{ articleId: first.id, quantity: 2 }] } })
  const live = await reader.does('views.changes', { params, query: { after: page.nextCursor } })
  expect(live.items).toMatchObject([{ entity: 'stock', op: 'upsert', data: { onHand: 3 } }])
  expect(await reader.does('views.show', { params })).toMatchObject({ lag: { live: 1, backfill: 0, rejected: 0 }, run: { id: run.id, state: 'done', acked: 4 } })
  const last = await reader.does('views.changes', { params, query: { after: live.nextCursor, ack: 'auto' } })
  expect(last.items).toEqual([])
  expect((await reader.does('views.show', { params })).lag.live).toBe(0)
})

test('V24: a view has a key of its own, which opens nothing else; people and other keys can’t read it', async () => {
  const a = await makeView({ name: 'A' })
  const b = await makeView({ name: 'B' })
  expect((await a.reader.call('views.changes', { params: b.params })).status).toBe(404)
  expect((await a.reader.call('articles.list')).status).toBe(403)
  expect((await a.reader.call('views.list')).status).toBe(403)
  expect((await a.reader.call('views.drop', { params: a.params })).status).toBe(403)
  expect((await owner.call('views.changes', { params: a.params })).status).toBe(403)
  expect((await (await owner.key()).call('views.changes', { params: a.params })).status).toBe(403)
  // Rotation with overlap: the new key works while the old one still does, until that is revoked.
  const next = await owner.does('views.make-key', { params: a.params, body: {} })
  expect((await web.withKey(next.key).call('views.changes', { params: a.params })).status).toBe(200)
  expect((await a.reader.call('views.changes', { params: a.params })).status).toBe(200)
  await owner.does('keys.revoke', { params: { keyId: (a.made.keys[0] as { id: number }).id } })
  expect((await a.reader.call('views.changes', { params: a.params })).status).toBe(401)
  await owner.does('views.drop', { params: a.params })
  expect((await web.withKey(next.key).call('views.changes', { params: a.params })).status).toBe(401)
})

test('V1, V13, R34: a tampered cursor, another view’s, a future one and one of another epoch are 409 with what to do', async () => {
  const a = await makeView({ name: 'C' })
  const b = await makeView({ name: 'D' })
  const mine = (await a.reader.does('views.changes', { params: a.params })).nextCursor
  const theirs = (await b.reader.does('views.changes', { params: b.params })).nextCursor
  const at = (after: string) => a.reader.call('views.changes', { params: a.params, query: { after } })
  const tampered = mine.slice(0, -2) + (mine.endsWith('AA') ? 'BB' : 'AA')
  for (const wrong of [tampered, theirs, 'x']) expect(await at(wrong)).toMatchObject({ status: 409, body: { code: 'cursor-wrong' } })
  await web.data.owner.run({ text: 'update listener set epoch = epoch + 1 where id = $1', values: [a.made.id] })
  expect(await at(mine)).toMatchObject({ status: 409, body: { code: 'epoch-changed' } })
  expect((await a.reader.call('views.ack', { params: a.params, body: { cursor: mine } })).status).toBe(409)
  await web.data.owner.run({ text: 'update listener set epoch = epoch - 1 where id = $1', values: [a.made.id] })
  await article('ahead', 1)
  const far = await a.reader.does('views.resend', { params: a.params, body: {} }).then(() => a.reader.does('views.changes', { params: a.params }))
  await web.data.owner.run({ text: 'update view_clock set head = 0 where company_id = $1', values: [owner.companyId] })
  expect(await at(far.nextCursor)).toMatchObject({ status: 409, body: { code: 'cursor-ahead' } })
})

test('V6: an item rejected is listed with the reader’s words, holds nobody up, and comes back when somebody retries', async () => {
  await article('R-1', 1)
  const { reader, params } = await makeView({ name: 'E', byNumber: true })
  await reader.does('views.resend', { params, body: {} })
  const page = await reader.does('views.changes', { params, query: { entity: 'article' } })
  const results = page.items.map((item, n) => ({
    entity: item.entity,
    id: item.id,
    version: item.version,
    ...(n === 0 ? { status: 'rejected' as const, error: 'saknar momssats' } : { status: 'applied' as const, externalId: `E-${n}` }),
  }))
  expect((await reader.does('views.ack', { params, body: { cursor: page.nextCursor, results } })).results).toEqual(results.map(() => 'taken'))
  expect((await owner.does('views.rejected', { params })).items).toMatchObject([{ entity: 'article', error: 'saknar momssats' }])
  expect((await reader.does('views.changes', { params, query: { entity: 'article', after: page.nextCursor } })).items).toEqual([])
  expect(await owner.does('views.retry', { params, body: {} })).toEqual({ items: 1 })
  expect((await reader.does('views.changes', { params, query: { entity: 'article', after: page.nextCursor } })).items).toHaveLength(1)
  // An id of theirs is never pointed elsewhere silently.
  const prices = (await reader.does('views.changes', { params, query: { entity: 'price' } })).items
  const [one, two] = [must(prices[0], 'a price'), must(prices[1], 'another')]
  const said = (item: typeof one) => ({ entity: 'price' as const, id: item.id, version: item.version, status: 'applied' as const, externalId: 'P-1' })
  expect((await reader.does('views.ack', { params, body: { results: [said(one), said(two)] } })).results).toEqual(['taken', 'external-id-taken'])
  expect(
    (
      await reader.does('views.ack', {
        params,
        body: {
          results: [
            { ...said(one), id: 999_999, externalId: null },
            { ...said(one), version: one.version + 9 },
          ],
        },
      })
    ).results,
  ).toEqual(['unknown-item', 'version-ahead'])
})

test('V18: a read says what it answered; asked with that again it is 304 until something is another', async () => {
  const { reader, params } = await makeView({ name: 'F' })
  const read = async (held?: string) => {
    const answer = await web.app.inject({
      url: `/v1/sync-views/${params.viewId}`,
      headers: { authorization: `Bearer ${key}`, ...(held === undefined ? {} : { 'if-none-match': held }) },
    })
    return { status: answer.statusCode, etag: String(answer.headers.etag), body: answer.body }
  }
  const { key } = await owner.key(['views:write'])
  const first = await read()
  expect(first).toMatchObject({ status: 200, etag: expect.stringMatching(/^"[\w-]{22}"$/) })
  expect(await read(first.etag)).toMatchObject({ status: 304, body: '', etag: first.etag })
  expect(await read(`"other", W/${first.etag}`)).toMatchObject({ status: 304 })
  await web.clock.advance(5_000)
  await reader.does('views.changes', { params })
  expect((await read(first.etag)).status).toBe(200)
})

test('a link is found by the reader’s id, ours, the number or the barcode, exactly; an id two things want is let go by a person first', async () => {
  const [one, two] = [await owner.does('articles.make', { body: { number: 'L-1', name: 'En', barcodes: [{ code: '7350053850019' }] } }), await article('L-2', 1)]
  const { reader, params } = await makeView({ name: 'G', byNumber: true })
  await reader.does('views.resend', { params, body: { products: [one.productId, two.productId] } })
  const { items, nextCursor } = await reader.does('views.changes', { params })
  const version = (id: number) => must(items.find((item) => item.entity === 'article' && item.id === id)?.version, 'its version')
  const name = async (id: number) =>
    (await reader.does('views.ack', { params, body: { cursor: nextCursor, results: [{ entity: 'article', id, version: version(id), status: 'applied', externalId: 'ART-77' }] } }))
      .results[0]
  expect(await name(one.id)).toBe('taken')
  const links = async (query: Record<string, string | number> = {}) => (await reader.does('views.links', { params, query })).items
  const expected = { entity: 'article', id: one.id, number: 'L-1', externalId: 'ART-77', acknowledged: true, op: 'upsert' }
  for (const query of [{ externalId: 'ART-77' }, {}, { id: one.id, entity: 'article' }, { gtin: '7350053850019', entity: 'article' }])
    expect(await links(query)).toMatchObject([expected])
  expect((await links({ number: 'L-1' })).map((link) => link.entity)).toEqual(['product', 'article', 'price'])
  expect(await links({ externalId: 'art-77' })).toEqual([])
  expect(await links({ number: 'L-9' })).toEqual([])
  const page = await reader.does('views.links', { params, query: { number: 'L-1', limit: 2 } })
  expect((await reader.does('views.links', { params, query: { number: 'L-1', cursor: String(page.next) } })).items.map((link) => link.entity)).toEqual(['price'])
  expect(await name(two.id)).toBe('external-id-taken')
  const forget = { params, body: { entity: 'article', externalId: 'ART-77' } }
  expect((await reader.call('views.forget-link', forget)).status).toBe(403)
  expect(await owner.does('views.forget-link', forget)).toEqual({ items: 1 })
  expect(await name(two.id)).toBe('taken')
  expect(await links({ externalId: 'ART-77' })).toMatchObject([{ id: two.id }])
})
