/** Search everywhere: one field finds whatever bears the text, and shows nobody what they may not see. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Owner, openWeb, type Web } from './web.ts'

let web: Web
let me: Owner
beforeAll(async () => {
  web = await openWeb()
  me = await web.owner()
})
afterAll(() => web.close())
const find = (q: string) => me.does('search.find', { query: { q } })

test('a number, a number from before and a scanned barcode lead to the article, whatever else has the text', async () => {
  const seven = await me.does('articles.make', { body: { number: '007', name: 'Sju', barcodes: [{ code: '036000291452' }] } })
  await me.does('articles.make', { body: { number: '0071', name: 'Hör till 007' } })
  expect((await find('007')).exact).toEqual({ articleId: seven.id })
  expect((await find('007')).articles).toMatchObject({
    items: [
      { number: '007', by: 'number' },
      { number: '0071', by: 'part' },
    ],
    more: false,
  })
  expect((await find('00036000291452')).articles.items).toMatchObject([{ id: seven.id, by: 'barcode' }])
  await me.does('articles.change', { params: { articleId: seven.id }, body: { number: 'BOND' } })
  expect(await find('007')).toMatchObject({ exact: { articleId: seven.id }, articles: { items: [{ number: 'BOND', by: 'former-number' }, {}] } })
  expect((await find('7')).exact).toBeNull()
})

test('a number by its beginning in any case, a name by its words in any order, and % is only a sign', async () => {
  await me.does('articles.make', { body: { number: 'TRÖJA-M', name: 'Stickad tröja Tjörn, blå' } })
  for (const q of ['TRÖ', 'trö', 'blå stickad', 'TJÖRN']) expect([q, (await find(q)).articles.items.map(({ number }) => number)]).toEqual([q, ['TRÖJA-M']])
  expect((await find('%')).articles.items).toEqual([])
  expect((await find('finns inte')).articles).toEqual({ items: [], more: false })
})

test('customers by name, e-mail and phone; documents by their own number', async () => {
  const customer = await me.does('customers.make', { body: { name: 'Åsa Öberg', email: 'asa@example.se', phone: '070-123 45 67' } })
  for (const q of ['åsa', 'ASA@EXAMPLE', '0701234567']) expect([q, (await find(q)).customers?.items.map(({ id }) => id)]).toEqual([q, [customer.id]])
  await me.does('articles.make', { body: { number: 'K', name: 'Kopp' } })
  await me.does('goods-receipts.register', { body: { ref: 'FS-2001', locationId: me.locationId, lines: [{ articleNumber: 'K', quantity: 3 }] } })
  expect((await find('FS-20')).documents?.items).toMatchObject([{ type: 'goods-receipt', ref: 'FS-2001' }])
})

test('at most eight of each, and that there are more; a key sees what its scopes say', async () => {
  await me.does('articles.make-many', { body: { articles: Array.from({ length: 12 }, (_, n) => ({ number: `SERIE-${n}`, name: 'En av tolv' })) } })
  expect(await find('serie')).toMatchObject({ articles: { items: Array.from({ length: 8 }, () => ({})), more: true } })
  const key = await me.key(['articles:read'])
  expect(await key.does('search.find', { query: { q: 'åsa' } })).toMatchObject({ orders: null, customers: null, invoices: null, documents: null })
  expect((await me.call('search.find', { query: { q: '' } })).status).toBe(400)
})
