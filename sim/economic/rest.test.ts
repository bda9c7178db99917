/** The legacy REST: tokens, pages, filters, addresses, and what it refuses. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { stillTime } from '../shopify/asking.ts'
import { ask, filtered, get, line, minimal } from './asking.ts'
import { type EconomicSim, startEconomic } from './economic.ts'
import { KNOBS } from './knobs.ts'

let sim: EconomicSim
beforeAll(async () => {
  sim = await startEconomic({ clock: stillTime() })
})
afterAll(() => sim.close())
beforeEach(() => {
  sim.reset()
  sim.office.addProducts([
    { productNumber: '0571527051', name: 'Krus, blåt', inStock: 12.5, orderedByCustomers: 9.5, salesPrice: 80 },
    { productNumber: 'A.B/1', name: 'Skål', inStock: 3 },
    { productNumber: 'Fragt', name: 'Fragt (Danmark)', group: 3, barred: true },
  ])
  sim.office.addCustomer({ name: 'Anna Ø', email: 'anna@butik.example' })
})
const numbers = (answer: { body: { collection: { productNumber: string }[] } }) => answer.body.collection.map((each) => each.productNumber)

test('both tokens on every call; demo may only read; a grant can be taken back', async () => {
  expect((await get(sim, '/self')).status).toBe(200)
  expect((await get(sim, '/self', { app: null })).status).toBe(401)
  expect((await get(sim, '/self', { grant: 'another' })).status).toBe(401)
  expect((await get(sim, '/self', { app: 'demo', grant: 'demo' })).status).toBe(200)
  expect((await get(sim, '/self?demo=true', { app: null })).status).toBe(200)
  expect((await ask(sim, 'POST', '/products', {}, { app: 'demo', grant: 'demo' })).status).toBe(403)
  sim.office.revoke({ revoked: true })
  expect((await get(sim, '/self')).status).toBe(401)
})
test('knob turnedAwayBody: 401, 403 and 429 say it in JSON, with nothing, or in HTML', async () => {
  const bodies = []
  for (const turnedAwayBody of KNOBS.turnedAwayBody) {
    sim.turn({ turnedAwayBody })
    bodies.push((await get(sim, '/self', { app: null })).body)
  }
  expect(bodies).toEqual([expect.objectContaining({ httpStatusCode: 401 }), '', expect.stringContaining('<h1>401')])
})
test('knob moduleNames: /self names the company and its modules, in the language of the agreement', async () => {
  expect((await get(sim, '/self')).body).toMatchObject({ agreementNumber: 1_234_567, company: { name: 'Uld & Lærred ApS' }, modules: [{ name: 'Lager' }, { name: 'Ordre' }] })
  sim.turn({ moduleNames: 'en' })
  sim.office.modules({ names: ['Lager', 'Rackbeat'] })
  expect((await get(sim, '/self')).body.modules.map((each: { name: string }) => each.name)).toEqual(['Inventory', 'Rackbeat'])
})
test('every answer, also a failure, says what it cost and what is left; over the budget is 429 until the minute is over', async () => {
  sim.fault({ budget: 9 })
  expect((await get(sim, '/self')).headers.get('x-ratelimiting')).toBe('token-limit-9-per-60-seconds: 3/9')
  const missing = await get(sim, '/products/none')
  expect([missing.status, missing.headers.get('x-callcost'), missing.headers.get('x-ratelimiting')]).toEqual([404, '3', 'token-limit-9-per-60-seconds: 6/9'])
  await get(sim, '/self')
  const full = await get(sim, '/self')
  expect([full.status, full.headers.get('retry-after')]).toEqual([429, '60'])
  sim.turn({ retryAfter: 'date' })
  expect(Date.parse((await get(sim, '/self')).headers.get('retry-after') ?? '')).toBe(Date.parse(sim.state().now) + 60_000)
  sim.turn({ retryAfter: 'absent' })
  expect((await get(sim, '/self')).headers.get('retry-after')).toBeNull()
  sim.advance(60_000)
  expect((await get(sim, '/self')).status).toBe(200)
})
test('twenty a page unless asked, a thousand at most; behind the end there is nothing, with true totals', async () => {
  sim.office.addProducts(Array.from({ length: 25 }, (_, n) => ({ productNumber: `P${n}` })))
  const first = (await get(sim, '/products')).body
  expect([first.collection.length, first.pagination.results, first.pagination.nextPage !== undefined]).toEqual([20, 28, true])
  const last = (await get(sim, '/products?skippages=1&pagesize=20')).body
  expect([last.collection.length, last.pagination.nextPage]).toEqual([8, undefined])
  expect((await get(sim, '/products?skippages=9&pagesize=20')).body).toMatchObject({ collection: [], pagination: { results: 28, resultsWithoutFilter: 28 } })
  expect((await get(sim, '/products?pagesize=1001')).body).toMatchObject({ httpStatusCode: 400, errorCode: 'E04810' })
})
test('a product is read by its escaped number; knob pathForms: the plain form is taken too, or not', async () => {
  const { body } = await filtered(sim, 'products', 'productNumber$eq:A.B/1')
  expect(body.collection[0].self).toBe(`${sim.address}/products/A_11_B_6_1`)
  expect((await get(sim, '/products/A_11_B_6_1')).body.name).toBe('Skål')
  expect((await get(sim, `/products/${encodeURIComponent('A.B/1')}`)).status).toBe(200)
  sim.turn({ pathForms: 'escaped-only' })
  expect((await get(sim, `/products/${encodeURIComponent('A.B/1')}`)).status).toBe(404)
  expect((await get(sim, '/products/0571527051')).body.productNumber).toBe('0571527051')
})
test('numbers with every kind of sign round-trip by path, by filter and by self', async () => {
  const all = ['A_B', 'A/B', 'A.B', 'A&B', 'A+B', 'A#B', 'A B', 'æøå-Å', '007', 'A_1_', '50%', 'x:y*z?', 'p<q>r\\s', '$100', '(1),2', '[a]']
  sim.office.addProducts(all.map((productNumber) => ({ productNumber })))
  const filterText = (text: string) => text.replace(/[$(),*]/g, '$$$&')
  for (const number of all) {
    const [found] = (await filtered(sim, 'products', `productNumber$eq:${filterText(number)}`)).body.collection
    expect(found?.productNumber, number).toBe(number)
    expect((await get(sim, found.self.slice(sim.address.length))).body.productNumber, number).toBe(number)
  }
})
test('filters: comparisons, wildcards, lists, null, and, or and parentheses; text without regard to case', async () => {
  const find = async (filter: string) => numbers(await filtered(sim, 'products', filter))
  expect(await find('name$like:krus')).toEqual(['0571527051'])
  expect(await find('name$like:*$(Danmark$)')).toEqual(['Fragt'])
  expect(await find('name$eq:SKÅL$or:productNumber$eq:fragt')).toEqual(['A.B/1', 'Fragt'])
  expect(await find('(name$eq:skål$or:name$like:krus)$and:salesPrice$lt:90')).toEqual(['0571527051'])
  expect(await find('barCode$eq:$null:$and:barred$eq:true')).toEqual(['Fragt'])
  expect(await find('productGroup.productGroupNumber$in:[2,3]')).toEqual(['Fragt'])
  expect(await find('name$nin:[Skål,Krus$, blåt]')).toEqual(['Fragt'])
  expect(await find('name$eq:$[Skål')).toEqual([])
})
test('knob textIn: $in finds text, or never does', async () => {
  const find = async () => numbers(await filtered(sim, 'products', 'productNumber$in:[0571527051,A.B/1]'))
  expect(await find()).toEqual(['0571527051', 'A.B/1'])
  sim.turn({ textIn: 'never' })
  expect(await find()).toEqual([])
})
test('what cannot be asked about is refused with the list of what can; some questions break the server; two hundred values at most', async () => {
  expect((await filtered(sim, 'products', 'inventory.inStock$gt:1')).body).toMatchObject({ httpStatusCode: 400, allowedFilteringFields: expect.arrayContaining(['lastUpdated']) })
  expect((await filtered(sim, 'products', 'barred$ne:true')).status).toBe(500)
  expect((await filtered(sim, 'products', 'name=x')).body.message).toBe('Could not parse query string filter.')
  expect((await filtered(sim, 'products', `name$in:[${Array(201).fill('x').join(',')}]`)).status).toBe(400)
  expect((await get(sim, '/products?sort=inventory.inStock')).status).toBe(400)
  expect(numbers(await get(sim, '/products?sort=-salesPrice,name'))).toEqual(['Fragt', 'A.B/1', '0571527051'])
})
test('a product is made, replaced whole and taken away; PUT makes what is missing', async () => {
  const body = { productNumber: '01', name: 'Ny', productGroup: { productGroupNumber: 1 }, barCode: '5701234567899', barred: true, inventory: { inStock: 99 } }
  const made = await ask(sim, 'POST', '/products', body)
  expect([made.status, made.headers.get('location'), made.body.inventory.inStock]).toEqual([201, `${sim.address}/products/01`, 0])
  expect((await ask(sim, 'POST', '/products', body)).status).toBe(400)
  const put = await ask(sim, 'PUT', '/products/01', { name: 'Ny 2', productGroup: { self: `${sim.address}/product-groups/1` } })
  expect([put.status, put.body.barCode, put.body.barred]).toEqual([200, undefined, undefined])
  expect((await ask(sim, 'PUT', '/products/02', { name: 'Ny 3', productGroup: { productGroupNumber: 1 } })).status).toBe(201)
  expect((await ask(sim, 'DELETE', '/products/01')).status).toBe(204)
  expect((await get(sim, '/products/01')).body).toMatchObject({ httpStatusCode: 404, errorCode: 'E06000' })
})
test('null and 0 are refused, references that name nothing too; what is unknown is passed over; texts have their length', async () => {
  const wrong = async (body: Record<string, unknown>) =>
    JSON.stringify((await ask(sim, 'POST', '/products', { productNumber: 'n', name: 'N', productGroup: { productGroupNumber: 1 }, ...body })).body.errors ?? 'made')
  expect(await wrong({ description: null })).toContain('Expected String but got Null.')
  expect(await wrong({ productGroup: { productGroupNumber: 0 } })).toContain('greater than 0')
  expect(await wrong({ productGroup: {} })).toContain('E04500')
  expect(await wrong({ productGroup: { productGroupNumber: 77 } })).toContain('E06000')
  expect(await wrong({ productNumber: 'x'.repeat(26) })).toContain('at most 25')
  expect(await wrong({ salesPrice: 1.005 })).toContain('E04740')
  expect(await wrong({ hello: 1 })).toBe('"made"')
})
test('customers: what must be there; the next number, and one that was freed is given again', async () => {
  const body = {
    name: 'Bo',
    currency: 'DKK',
    customerGroup: { customerGroupNumber: 1 },
    paymentTerms: { paymentTermsNumber: 1 },
    vatZone: { vatZoneNumber: 1 },
    email: 'bo@butik.example',
  }
  expect((await ask(sim, 'POST', '/customers', body)).body.customerNumber).toBe(2)
  expect((await filtered(sim, 'customers', 'email$eq:BO@butik.example')).body.collection).toHaveLength(1)
  expect((await ask(sim, 'DELETE', '/customers/2')).status).toBe(204)
  expect((await ask(sim, 'POST', '/customers', { ...body, name: 'Cai' })).body.customerNumber).toBe(2)
  const { errors } = (await ask(sim, 'POST', '/customers', { name: 'Bo' })).body
  expect(Object.keys(errors)).toEqual(['currency', 'customerGroup', 'paymentTerms', 'vatZone'])
  for (const name of ['customer-groups', 'payment-terms', 'vat-zones', 'layouts', 'units', 'product-groups', 'currencies'])
    expect((await get(sim, `/${name}`)).body.collection.length, name).toBeGreaterThan(0)
  expect((await get(sim, '/vat-zones/1')).body.name).toBe('Indenlandsk')
})
test('a key is remembered for an hour; knob keyOtherBody: another body gives the first answer, or is refused', async () => {
  const post = (heading: string) => ask(sim, 'POST', '/invoices/drafts', minimal({ lines: [line('0571527051')], notes: { heading } }), { key: 'k1' })
  const first = await post('a')
  const again = await post('a')
  expect([again.status, again.headers.get('x-resultfromcache'), again.body]).toEqual([201, 'true', first.body])
  expect((await post('b')).body.notes.heading).toBe('a')
  sim.turn({ keyOtherBody: 'refused' })
  expect((await post('b')).status).toBe(409)
  expect(sim.state().documents['draft-invoice']).toHaveLength(1)
  sim.advance(3_600_001)
  expect((await post('a')).headers.get('x-resultfromcache')).toBeNull()
  expect(sim.state().documents['draft-invoice']).toHaveLength(2)
})
