/** First-time set-up with a shop that has products already: seen before it is done, done once, and nothing of it goes back to the shop. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openConnection } from '../../src/sync/connection.ts'
import { GIF, PNG } from '../pictures.ts'
import { type ToyStand, toyStand } from './toy-stand.ts'

const EVERYTHING = { makes: true, images: true, prices: true, stock: true, boxes: true }

/** What the tests ask of a stand. */
function importing(s: ToyStand) {
  const show = async () => (await s.owner.does('imports.show', { params: s.at })).import
  return {
    show,
    preview: async () => void (await s.owner.does('imports.preview', { params: s.at, body: {} })),
    start: async (choices = EVERYTHING) => void (await s.owner.does('imports.start', { params: s.at, body: choices })),
    items: async (query: Record<string, string> = {}) => (await s.owner.does('imports.items', { params: s.at, query })).items,
    article: async (number: string) => (await s.owner.does('articles.list', { query: { number } })).items[0],
    writes: () => [s.sim.state.writes.length, ...['product.made', 'product.changed', 'picture.added', 'picture.changed'].map((what) => s.sim.state.hits[what] ?? 0)],
    /** Until it waits for a person, or is over. */
    async settled() {
      for (let n = 0; n < 60; n++) {
        await s.settle()
        const now = await show()
        if (now === null || now.state === 'ready' || now.state === 'done') return now
        s.web.clock.advance(2_000)
      }
      throw new Error(`still ${(await show())?.state}`)
    },
  }
}

let s: ToyStand
let i: ReturnType<typeof importing>
beforeAll(async () => {
  s = await toyStand(['100'])
  i = importing(s)
  s.sim.addProduct({
    name: 'Tröja Tjörn',
    vendor: 'Tjörn AB',
    description: 'Stickad.',
    options: ['Storlek', 'Färg'],
    items: [
      { number: '0201', values: ['S', 'Blå'], barcode: '7350053850019', price: 59_900, stock: 3 },
      { number: '0202', values: ['M', 'Blå'], price: 39_900, before: 59_900, stock: 0 },
      { number: '', values: ['L', 'Blå'], price: 59_900, stock: 1 },
    ],
    pictures: [{ bytes: PNG, alt: 'Framifrån' }, { bytes: GIF, item: '0202' }, { bytes: Buffer.from('no picture at all') }],
  })
  s.sim.addProduct({ name: 'Mössa', items: [{ number: '0301', price: 19_900, stock: 7 }] })
  s.sim.addProduct({ name: 'Mössa, igen', items: [{ number: '0301', price: 19_900 }] })
})
afterAll(async () => {
  await s.close()
})

test('a preview says what would be linked, made and left out, and changes nothing; it may be thrown away and made again', async () => {
  expect(await s.owner.does('imports.show', { params: s.at })).toEqual({ can: true, import: null })
  expect(await s.owner.call('imports.start', { params: s.at, body: EVERYTHING })).toMatchObject({ status: 409, body: { code: 'not-ready' } })
  await i.preview()
  await i.settled()
  expect((await s.owner.does('imports.cancel', { params: s.at, body: {} })).import).toBeNull()
  await i.preview()
  expect(await i.settled()).toMatchObject({ state: 'ready', products: 4, variants: 6, images: 3, previewed: { link: 1, make: 2, leftOut: 3 }, choices: null })
  expect((await i.items()).map((item) => [item.number, item.verdict, item.code])).toEqual([
    ['100', 'link', null],
    ['0201', 'make', null],
    ['0202', 'make', null],
    [null, 'left-out', 'no-number'],
    ['0301', 'left-out', 'number-in-several'],
    ['0301', 'left-out', 'number-in-several'],
  ])
  expect(await i.items({ verdict: 'left-out', code: 'no-number' })).toMatchObject([{ title: 'Tröja Tjörn', optionValues: ['L', 'Blå'] }])
  expect(await i.article('0201')).toBeUndefined()
})

test('carried out, products are made with all that is theirs, numbers of goods nobody has counted are taken over, and the shop is written nothing', async () => {
  const before = i.writes()
  await i.start()
  expect(await i.settled()).toMatchObject({ state: 'done', became: { link: 1, make: 2, leftOut: 3 }, choices: EVERYTHING, notes: [{ code: 'image-refused', n: 1 }] })
  const small = await i.article('0201')
  const productId = small?.productId ?? 0
  expect(small).toMatchObject({ name: 'Tröja Tjörn, S, Blå', optionValues: { Storlek: 'S', Färg: 'Blå' }, priceMinor: 59_900, barcodes: [{ code: '7350053850019', pack: 1 }] })
  expect(small?.levels).toMatchObject([{ locationId: s.owner.locationId, onHand: 3 }])
  const medium = await i.article('0202')
  expect(medium).toMatchObject({ priceMinor: 59_900, levels: [{ onHand: 0 }] })
  expect(await s.owner.does('prices.show', { params: { articleId: medium?.id ?? 0 } })).toMatchObject({ priceMinor: 39_900, regularMinor: 59_900 })
  expect((await i.article('100'))?.levels).toMatchObject([{ onHand: 10 }])
  expect(await s.owner.does('products.show', { params: { productId } })).toMatchObject({ vendor: 'Tjörn AB', description: 'Stickad.' })
  expect((await s.owner.does('images.list', { params: { productId } })).items).toMatchObject([
    { alt: 'Framifrån', type: 'image/png', articleId: null },
    { type: 'image/gif', articleId: medium?.id },
  ])
  expect(await s.state('100')).toBe('in-sync')
  expect(i.writes()).toEqual(before)
})

test('it is done once: a second press says when, and by whom', async () => {
  const { endedAt } = (await i.show()) ?? {}
  for (const route of ['imports.preview', 'imports.cancel'] as const)
    expect(await s.owner.call(route, { params: s.at, body: {} })).toMatchObject({
      status: 409,
      body: { code: 'import-done', facts: { at: endedAt, by: expect.stringMatching(/^key:/) } },
    })
  expect(await s.owner.call('imports.start', { params: s.at, body: EVERYTHING })).toMatchObject({ status: 409, body: { code: 'import-done' } })
})

test('what was imported counts as told: turned on, nothing of it goes; then only what is changed here', async () => {
  const before = i.writes()
  await s.owner.does('catalogues.set', { params: s.at, body: { products: true } })
  const { productId } = (await i.article('0201')) ?? { productId: 0 }
  await s.owner.does('catalogues.tell', { params: s.at, body: { mode: 'verify', products: [productId] } })
  await s.settle()
  expect(i.writes()).toEqual(before)
  await s.owner.does('articles.change', { params: { articleId: (await i.article('0201'))?.id ?? 0 }, body: { priceMinor: 64_900 } })
  await s.settle()
  const item = [...s.sim.state.items.values()].find((each) => each.number === '0201')
  expect(s.sim.state.faces.get(item?.ref ?? '')).toMatchObject({ price: 64_900, values: ['S', 'Blå'] })
  expect(i.writes().slice(1)).toEqual([before[1], (before[2] ?? 0) + 1, before[3], before[4]])
})

test('a worker that dies in the middle makes nothing twice, and what has changed since the preview is left out and said', async () => {
  const stand = await toyStand(['100'])
  const other = importing(stand)
  for (let n = 0; n < 45; n++) stand.sim.addProduct({ name: `Vara nr ${n}`, items: [{ number: `N${n}`, price: 100, stock: 1 }], pictures: [{ bytes: GIF }] })
  await other.preview()
  await other.settled()
  await stand.owner.does('articles.make', { body: { number: 'N7', name: 'Gjord för hand' } })
  stand.sim.changeItem('N8', { number: 'N8-ny' })
  stand.sim.removeItem('N9')
  stand.sim.addProduct({ name: 'Kom senare', items: [{ number: 'SENT' }] })
  await other.start({ ...EVERYTHING, stock: false })
  let connection = stand.connection
  for (let n = 0; n < 400 && (await other.show())?.state !== 'done'; n++) {
    if (n % 25 === 24) {
      connection.die()
      connection = openConnection(stand.web.deps, stand.owner.companyId, stand.at.connectionId)
      stand.web.clock.advance(26_000)
    }
    await connection.step()
  }
  await connection.letGo()
  expect(await other.show()).toMatchObject({ state: 'done', became: { link: 1, make: 42, leftOut: 4 } })
  expect(Object.fromEntries((await other.items({ verdict: 'left-out' })).map((item) => [item.number, item.code]))).toEqual({
    N7: 'changed-since',
    'N8-ny': 'changed-since',
    N9: 'gone-since',
    SENT: 'new-since',
  })
  const all = (await stand.owner.does('products.list', { query: { limit: '200' } })).items.filter((product) => product.name.startsWith('Vara nr'))
  expect([all.length, new Set(all.map((product) => product.name)).size]).toEqual([42, 42])
  expect((await stand.owner.does('images.list', { params: { productId: all[0]?.id ?? 0 } })).items).toHaveLength(1)
  expect((await other.article('N0'))?.levels).toMatchObject([{ onHand: null }])
  await stand.close()
})

test('only linking makes nothing', async () => {
  const stand = await toyStand(['100'])
  const other = importing(stand)
  const { id } = await stand.owner.does('articles.make', { body: { number: '7', name: 'Har jag' } })
  stand.sim.addProduct({ name: 'Har jag', items: [{ number: '7', stock: 4 }] })
  stand.sim.addProduct({ name: 'Har jag inte', items: [{ number: '8', stock: 4 }] })
  await other.preview()
  await other.settled()
  await other.start({ ...EVERYTHING, makes: false })
  expect(await other.settled()).toMatchObject({ became: { link: 2, make: 0, leftOut: 1 }, reasons: [{ code: 'not-asked', n: 1 }] })
  expect(await stand.owner.does('articles.show', { params: { articleId: id } })).toMatchObject({ levels: [{ onHand: 4 }], connections: [{ boxed: true }] })
  expect(await other.article('8')).toBeUndefined()
  await stand.close()
})
