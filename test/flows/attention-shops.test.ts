/** What waits because of a webshop's products, its runs and its guide, and of a bulk change: it comes into the list by what really makes it, the morning's letter says it, and it goes when it is settled. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { chores } from '../../src/sync/chores.ts'
import { type CatalogueStand, catalogueStand } from './catalogue-stand.ts'
import { type Morning, morningOf } from './morning.ts'

const MINUTE_MS = 60_000
let s: CatalogueStand
let morning: Morning
beforeAll(async () => {
  s = await catalogueStand(['100', '200'])
  const lines = s.product.articles.map(({ id: articleId }) => ({ articleId, quantity: 5 }))
  await s.owner.does('goods-receipts.register', { body: { ref: 'jumpers', locationId: s.owner.locationId, lines } })
  for (const number of ['100', '200']) await s.owner.does('articles.change', { params: { articleId: s.ids[number] ?? 0 }, body: { priceMinor: 9900 } })
  await s.set({ products: true })
  await s.settled()
  morning = await morningOf(s.web, s.owner)
})
afterAll(async () => {
  await morning.close()
  await s.close()
})
/** Nobody is written to about what can wait alone: an article that is short of ten makes a letter go. */
async function besideSomethingUrgent(work: () => Promise<unknown>): Promise<void> {
  const line = { locationId: s.owner.locationId, lines: [{ articleId: s.ids['200'] ?? 0, quantity: 20 }] }
  const at = () => s.web.clock.now().toISOString()
  await s.owner.does('sales.register', { body: { ref: `short ${at()}`, ...line } })
  await work()
  await s.owner.does('goods-receipts.register', { body: { ref: `again ${at()}`, ...line } })
  await s.settled()
}

test('product-refused: a product the shop doesn’t take, once whatever lies refused of it; mended and sent again it is gone', async () => {
  expect(await morning.counts()).toEqual({})
  const values = Array.from({ length: 101 }, (_, n) => `Nr ${n + 1}`)
  const { articles } = await s.owner.does('products.make', {
    body: {
      name: 'Alla nyanser',
      options: [{ name: 'Nyans', values }],
      variants: values.map((Nyans, n) => ({ number: `N${n}`, optionValues: { Nyans }, priceMinor: 100, stockTracked: false })),
    },
  })
  await s.settled()
  expect(await morning.counts()).toEqual({ 'product-refused': 1 })
  const said = await morning.says('product-refused', 1, 'retry-products')
  expect(said).toMatchObject({ listener: { name: 'Webben' }, sample: [{ name: 'Alla nyanser', code: 'too-many-variants', targetId: articles[0]?.id }] })
  expect(said.since).not.toBeNull()
  await s.owner.does('articles.change', { params: { articleId: articles[100]?.id ?? 0 }, body: { archived: true } })
  await s.owner.does('catalogues.retry', { params: s.at, body: {} })
  await s.settled()
  expect(await morning.counts()).toEqual({})
})

test('telling-paused: products are sent again and somebody paused it, until it goes on', async () => {
  const { id: runId } = await s.owner.does('catalogues.tell', { params: s.at, body: { mode: 'resend' } })
  await s.owner.does('catalogues.pause-run', { params: { ...s.at, runId }, body: {} })
  expect(await morning.counts()).toEqual({ 'telling-paused': 1 })
  await besideSomethingUrgent(async () => expect((await morning.says('telling-paused', 1, 'resume-telling')).items[0]?.id).toBe(runId))
  await s.owner.does('catalogues.resume-run', { params: { ...s.at, runId }, body: {} })
  await s.settled()
  expect(await morning.counts()).toEqual({})
})

test('run-ready: a preview nobody has answered for ten minutes; answered it is gone', async () => {
  s.sim.handEdit('100', 3)
  const run = await s.run('sync-all')
  expect(run.state).toBe('ready')
  s.web.clock.advance(9 * MINUTE_MS)
  expect((await morning.counts())['run-ready']).toBeUndefined()
  s.web.clock.advance(MINUTE_MS)
  expect((await morning.counts())['run-ready']).toBe(1)
  await besideSomethingUrgent(async () => expect((await morning.says('run-ready', 1, 'run')).sample).toMatchObject([{ id: run.id, targetId: run.id }]))
  await s.owner.does('runs.confirm', { params: { ...s.at, runId: run.id }, body: {} })
  await s.settle()
  expect(await morning.counts()).toEqual({})
})

test('setup-unfinished: a guide that was begun, until the webshop is switched on or taken away', async () => {
  const { id } = await s.owner.does('connections.make', { body: { code: 'toy', name: 'Utloppet' } })
  expect(await morning.counts()).toEqual({ 'setup-unfinished': 1 })
  await besideSomethingUrgent(async () => expect(await morning.says('setup-unfinished', 1, 'guide')).toMatchObject({ listener: { id, name: 'Utloppet' } }))
  await s.owner.does('connections.disconnect', { params: { connectionId: id }, body: {} })
  expect(await morning.counts()).toEqual({})
})

test('no-stock-yet: an article is ticked before anybody has counted it; counted, its number goes to the shop', async () => {
  s.sim.addItem({ number: '400', stock: 1 })
  const { id } = await s.owner.does('articles.make', { body: { number: '400', name: 'Vara 400', priceMinor: 9900 } })
  expect(await morning.counts()).toEqual({ uncounted: 1 })
  await s.owner.does('connections.box', { params: s.at, body: { boxed: true, articleIds: [id] } })
  await s.settled()
  expect(await morning.counts()).toEqual({ 'no-stock-yet': 1 })
  const said = await morning.says('no-stock-yet', 1, 'count')
  expect([said.sample[0]?.number, said.since !== null]).toEqual(['400', true])
  const countedAt = s.web.clock.now().toISOString()
  await s.owner.does('counts.register', { body: { ref: 'first', locationId: s.owner.locationId, lines: [{ articleId: id, counted: 7, countedAt }] } })
  await s.settle()
  expect(await morning.counts()).toEqual({})
})

test('bulk-failed: a row that didn’t go in; undone, or done again without a fault, it is gone', async () => {
  const work = () =>
    chores(s.web.deps)
      .find(({ name }) => name === 'bulk')
      ?.run(s.owner.companyId)
  const hand = async (rows: string) => {
    const { id } = await s.owner.does('bulk.file', {
      query: { name: 'varor.csv' },
      body: Buffer.from(`Artikelnummer;Benämning;EAN\n${rows}`),
      headers: { 'content-type': 'text/csv' },
    })
    await work()
    return id
  }
  const start = async (bulkId: number) => {
    await s.owner.does('bulk.start', { params: { bulkId }, body: {} })
    await work()
  }
  const first = await hand('100;Vara 100;7350053850026\n200;Vara 200 B;\n')
  // Between the preview and the yes another article gets the barcode.
  await s.owner.does('articles.make', { body: { number: '300', name: 'Vara 300', priceMinor: 9900, stockTracked: false, barcodes: [{ code: '7350053850026', pack: 1 }] } })
  await start(first)
  expect(await morning.counts()).toEqual({ 'bulk-failed': 1 })
  expect((await morning.says('bulk-failed', 1, 'bulk')).sample).toMatchObject([{ targetId: first, name: 'varor.csv' }])
  await start(await hand('100;Vara 100;7350053850033\n'))
  expect(await morning.counts()).toEqual({})
})
