import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Owner, openWeb, type Web } from './web.ts'

let web: Web
let me: Owner
beforeAll(async () => {
  web = await openWeb()
  me = await web.owner()
})
afterAll(() => web.close())

test('L8: numbers and barcodes are text to the letter, found exactly', async () => {
  await me.does('articles.make', { body: { number: '007', name: 'Sju', barcodes: [{ code: '036000291452' }] } })
  await me.does('articles.make', { body: { number: '7', name: 'Bara sju' } })
  await me.does('articles.make', { body: { number: '90071992547409931', name: 'Stor' } })
  const by = async (query: Record<string, string>) => (await me.does('articles.list', { query })).items.map((each) => each.number)
  expect(await by({ number: '007' })).toEqual(['007'])
  expect(await by({ number: '7' })).toEqual(['7'])
  expect(await by({ number: '90071992547409931' })).toEqual(['90071992547409931'])
  expect(await by({ number: ' 7' })).toEqual([])
  expect(await by({ barcode: '00036000291452' })).toEqual(['007'])
  expect((await me.does('articles.list', { query: { number: '007' } })).items[0]?.barcodes).toEqual([{ code: '036000291452', pack: 1 }])
  expect(await me.call('articles.make', { body: { number: '8', name: 'x', barcodes: [{ code: '036000291453' }] } })).toMatchObject({
    status: 422,
    body: { code: 'barcode-invalid', field: 'barcodes.0.code' },
  })
  expect(await me.call('articles.make', { body: { number: '8', name: 'x', barcodes: [{ code: '0036000291452' }] } })).toMatchObject({
    status: 409,
    body: { code: 'barcode-taken' },
  })
  expect(await by({ number: '8' })).toEqual([])
})

test('a rename keeps the old number reserved: it still finds the article and is never given to another', async () => {
  const made = await me.does('articles.make', { body: { number: 'GAMMAL', name: 'Tröja' } })
  const params = { articleId: made.id }
  expect((await me.does('articles.change', { params, body: { number: 'NY' } })).formerNumbers.map((each) => each.number)).toEqual(['GAMMAL'])
  expect((await me.does('articles.list', { query: { number: 'GAMMAL' } })).items).toMatchObject([{ id: made.id, number: 'NY', moved: true }])
  expect((await me.does('articles.list', { query: { number: 'NY' } })).items).toMatchObject([{ moved: false }])
  expect(await me.call('articles.make', { body: { number: 'GAMMAL', name: 'x' } })).toMatchObject({ status: 409, body: { code: 'number-reserved' } })
  expect(await me.call('articles.make', { body: { number: 'NY', name: 'x' } })).toMatchObject({ status: 409, body: { code: 'number-taken' } })
  const sold = await me.does('sales.register', { body: { ref: 'old-number', locationId: me.locationId, lines: [{ articleNumber: 'GAMMAL', quantity: 1 }] } })
  expect(sold.lines[0]).toMatchObject({ articleId: made.id, articleNumber: 'NY' })
  expect(await me.does('articles.change', { params, body: { number: 'GAMMAL' } })).toMatchObject({ number: 'GAMMAL', formerNumbers: [{ number: 'NY' }] })
})

test('two that ask for one number at once: one gets it', async () => {
  const answers = await Promise.all(Array.from({ length: 6 }, () => me.call('articles.make', { body: { number: 'EN', name: 'x' } })))
  expect(answers.map((answer) => answer.status).sort()).toEqual([201, 409, 409, 409, 409, 409])
})

test('a product is made with all its variants or not at all', async () => {
  const variant = (number: string, size: string) => ({ number, optionValues: { Storlek: size } })
  const options = [{ name: 'Storlek', values: ['S', 'M'] }]
  const made = await me.does('products.make', { body: { name: 'T-shirt', options, variants: [variant('TS-S', 'S'), variant('TS-M', 'M')] } })
  expect(made.articles.map((each) => [each.number, each.name])).toEqual([
    ['TS-S', 'T-shirt, S'],
    ['TS-M', 'T-shirt, M'],
  ])
  expect(await me.call('products.make', { body: { name: 'Byxa', options, variants: [variant('B-S', 'S'), variant('B-X', 'XL')] } })).toMatchObject({
    status: 422,
    body: { code: 'variant-wrong', field: 'variants.1.optionValues' },
  })
  expect((await me.does('articles.list', { query: { number: 'B-S' } })).items).toEqual([])
  expect(await me.call('articles.make', { body: { number: 'TS-M2', name: 'x', productId: made.id, optionValues: { Storlek: 'M' } } })).toMatchObject({
    body: { code: 'variant-wrong' },
  })
})

test('a price of its own at a location, else the article’s; the VAT rate is the one of the day', async () => {
  const made = await me.does('articles.make', { body: { number: 'BRÖD', name: 'Bröd', priceMinor: 3500, vatClass: 'food' } })
  expect(made.vatRateBp).toBe(600)
  const params = { articleId: made.id }
  expect((await me.does('articles.price', { params, body: { locationId: me.locationId, priceMinor: 3200 } })).prices).toEqual([{ locationId: me.locationId, priceMinor: 3200 }])
  expect((await me.does('articles.price', { params, body: { locationId: me.locationId, priceMinor: null } })).prices).toEqual([])
  await me.does('vat-rates.make', { body: { class: 'food', validFrom: '2026-11-02', rateBp: 700 } })
  expect((await me.does('articles.show', { params })).vatRateBp).toBe(700)
  expect(await me.call('vat-rates.make', { body: { class: 'food', validFrom: '2026-11-02', rateBp: 800 } })).toMatchObject({ status: 409, body: { code: 'vat-rate-taken' } })
})

test('one bad line of a batch never blocks the rest', async () => {
  const lines = [{ number: 'M-1', name: 'Ett' }, { number: 'M-2' }, { number: 'M-1', name: 'Samma' }, { number: 'M-3', name: 'Tre' }]
  const made = await me.does('articles.make-many', { body: { articles: lines } })
  expect(made.lines.map((line) => (line.outcome === 'done' ? line.answer.number : [line.problem.code, line.problem.field]))).toEqual([
    'M-1',
    ['bad-input', 'name'],
    ['number-taken', 'number'],
    'M-3',
  ])
})

test('ten thousand articles: a page anywhere is quick, and paging shows each once', async () => {
  const other = await web.owner()
  await web.data.owner.run({
    text: `with p as (insert into product (company_id, name, created_at) select $1, 'p' || n, now() from generate_series(1, 10000) n returning id),
           a as (insert into article (company_id, product_id, number, name, created_at, changed_at) select $1, id, 'N' || lpad(id::text, 8, '0'), 'Artikel ' || id, now(), now() from p returning id, number)
           insert into article_number (company_id, number, article_id, since) select $1, number, id, now() from a`,
    values: [other.companyId],
  })
  await web.data.owner.run({ text: 'analyze article', values: [] })
  const seen = new Set<string>()
  let cursor: string | null = null
  const began = performance.now()
  let pages = 0
  do {
    const page: Awaited<ReturnType<typeof list>> = await list(cursor)
    for (const each of page.items) seen.add(each.number)
    cursor = page.next
    pages++
    if (pages === 1) expect(page.total).toBe(10_000)
  } while (cursor !== null)
  const msPerPage = (performance.now() - began) / pages
  expect(seen.size).toBe(10_000)
  expect(pages).toBe(50)
  expect(msPerPage).toBeLessThan(300)
  expect((await other.does('articles.list', { query: { q: 'artikel 77' } })).items.length).toBeGreaterThan(0)

  async function list(after: string | null) {
    return await other.does('articles.list', { query: { limit: 200, ...(after === null ? {} : { cursor: after }) } })
  }
})
