/** Companies made in one go: from a template by API and by the command line, and a sandbox that is put back as often as one likes. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Connector } from '../../src/connectors/contract.ts'
import { shopify } from '../../src/connectors/index.ts'
import { toy } from '../../src/connectors/toy/toy.ts'
import { laidOver } from '../../src/template-file.ts'
import { type Owner, openWeb, type Someone, type Web } from './web.ts'

let web: Web
let agency: Owner
let key: Someone
beforeAll(async () => {
  web = await openWeb({ connectors: { toy: toy as Connector<unknown>, shopify: shopify as Connector<unknown> } })
  agency = await web.owner('Byrån')
  key = await agency.key(['companies:write'])
})
afterAll(() => web.close())

const settings = Object.fromEntries(
  toy.settings.fields.map(({ name, secret, options }) => [name, secret ? 'hemlig' : (options?.[0]?.value ?? (name === 'address' ? 'http://127.0.0.1:9' : '1000'))]),
)
const template = {
  company: { name: 'Kund AB', country: 'NO' },
  owner: { name: 'Kari Nordmann', email: 'kari@example.com', locale: 'nb', password: 'en lang passordfrase' },
  locations: [{ name: 'Grünerløkka' }, { name: 'Lager' }],
  vatRates: [{ class: 'standard', validFrom: '2027-01-01', rateBp: 2600 }],
  connections: [{ code: 'toy', name: 'Butikken', settings }],
  views: [{ name: 'ERP' }],
  keys: [{ name: 'Kasse', scopes: ['stock:read'] }],
}
const companies = async () => (await web.data.owner.one<{ n: number }>({ text: 'select count(*)::int as n from company', values: [] })).n

test('a key that may makes a whole company for somebody else, who signs in and owns it', async () => {
  const { status, body: made } = await key.call('company.from-template', { body: template })
  expect(status).toBe(201)
  expect(made).toMatchObject({
    company: { name: 'Kund AB', currency: 'NOK', sandbox: false },
    locations: [{ name: 'Grünerløkka' }, { name: 'Lager' }],
    connections: [{ code: 'toy' }],
  })
  expect(await web.withKey(made.keys[0]?.key ?? '').call('levels.list')).toMatchObject({ status: 200, body: { items: [] } })
  expect(await web.withKey(made.views[0]?.key ?? '').call('views.changes', { params: { viewId: made.views[0]?.id ?? 0 } })).toMatchObject({ status: 200 })
  const signedIn = await web.anybody.call('session.open', { body: { email: 'kari@example.com', password: 'en lang passordfrase' } })
  expect(signedIn.body.companies.map((company) => company.name)).toEqual(['Kund AB'])
  const kari = web.withCookie(String([signedIn.headers['set-cookie']].flat()[0]).split(';')[0] ?? '')
  const connection = await kari.does('connections.show', { params: { connectionId: made.connections[0]?.id ?? 0 } })
  expect(connection.settings).toContainEqual({ name: 'token', secret: true, set: true, value: null })
  expect(JSON.stringify(connection)).not.toContain('hemlig')
  expect((await kari.does('vat-rates.list')).items).toContainEqual({ class: 'standard', validFrom: '2027-01-01', rateBp: 2600 })
})

test('a template that isn’t right is refused by where it is wrong, and nothing is made', async () => {
  const before = await companies()
  const wrong = async (more: object) =>
    (await key.call('company.from-template', { body: { ...template, owner: undefined, ...more } })).body as unknown as { code: string; field: string }
  expect(await wrong({ locations: [] })).toMatchObject({ code: 'bad-input', field: 'locations' })
  expect(await wrong({ locations: [{ name: 'A' }, { name: 'a' }] })).toMatchObject({ code: 'name-taken', field: 'locations.1.name' })
  expect(await wrong({ connections: [{ code: 'toy', name: 'x', settings: { nej: '1' } }] })).toMatchObject({ code: 'settings-wrong', field: 'connections.0.settings.nej' })
  expect(await wrong({ connections: [{ code: 'okänd', name: 'x' }] })).toMatchObject({ code: 'bad-input', field: 'connections.0.code' })
  expect(await wrong({ owner: { ...template.owner, password: undefined, email: 'ny@example.com' } })).toMatchObject({ code: 'bad-input', field: 'owner.password' })
  expect(await wrong({ owner: template.owner })).toMatchObject({ code: 'email-taken', field: 'owner.email' })
  expect(await wrong({ colour: 'red' })).toMatchObject({ code: 'bad-input', field: 'colour' })
  expect(await companies()).toBe(before)
  expect(await (await agency.key(['articles:write'])).call('company.from-template', { body: template })).toMatchObject({ status: 403, body: { code: 'not-allowed' } })
})

test('without an owner those who own the asking company own the new one', async () => {
  const { owner: _, ...anonymous } = template
  const { company } = await key.does('company.from-template', { body: { ...anonymous, company: { name: 'Kund två', country: 'SE' } } })
  expect((await agency.does('session.show')).session?.companies).toContainEqual({ id: company.id, name: 'Kund två', role: 'owner' })
})

test('secrets from standard input are laid over the file', () => {
  expect(
    laidOver(
      { owner: { name: 'A' }, connections: [{ code: 'x', settings: { a: '1' } }, { code: 'y' }] },
      { owner: { password: 'p' }, connections: [{ settings: { token: 't' } }] },
    ),
  ).toEqual({
    owner: { name: 'A', password: 'p' },
    connections: [{ code: 'x', settings: { a: '1', token: 't' } }, { code: 'y' }],
  })
})

test('a sandbox is tried in, put back, and tried in again; its keys and ids stay', async () => {
  const made = await agency.does('sandbox.make', { body: {} })
  expect(made.company).toMatchObject({ name: 'Sandbox', sandbox: true })
  const mine = web.withKey(made.keys[0]?.key ?? '')
  const { id: viewId = 0, key: viewKey = '' } = made.views[0] ?? {}
  const reader = web.withKey(viewKey)
  const place = made.locations[0]?.id ?? 0
  const stock = async () => (await mine.does('levels.list')).items.map((item) => `${item.articleNumber} ${item.locationName} ${item.available}`)
  const before = await stock()
  expect(before).toHaveLength(6)
  expect(before).toContain('1001-M Butiken 12')
  const article = (await mine.does('articles.list', { query: { number: '007' } })).items[0]?.id ?? 0

  const order = { placedAt: web.clock.now().toISOString(), locationId: place, lines: [{ line: '1', articleNumber: '1001-M', quantity: 3 }] }
  await reader.does('views.put-order', { params: { viewId, externalId: 'E-1' }, body: order })
  await mine.does('sales.register', { body: { ref: 'K1', locationId: place, lines: [{ articleNumber: '007', quantity: 8 }] } })
  await mine.does('reservations.claim', { body: { key: 'bord', locationId: place, articleNumber: '1001-S', quantity: 2 } })
  await mine.does('articles.change', { params: { articleId: article }, body: { number: '008', name: 'Bägare', priceMinor: 1 } })
  await mine.does('articles.make', { body: { number: 'egen', name: 'Egen' } })
  await mine.does('locations.change', { params: { locationId: place }, body: { name: 'Torget' } })
  web.clock.advance(60_000)
  expect(await mine.does('sandbox.reset', { body: {} })).toEqual({ articles: 3, archived: 1 })
  expect(await stock()).toEqual(before)
  expect((await mine.does('articles.show', { params: { articleId: article } })).number).toBe('007')
  expect((await mine.does('reservations.list', { query: { key: 'bord' } })).items[0]?.state).toBe('released')
  web.clock.advance(60_000)
  expect(await mine.does('sandbox.reset', { body: {} })).toEqual({ articles: 3, archived: 0 })
  expect(await stock()).toEqual(before)

  expect((await mine.call('connections.make', { body: { code: 'shopify', name: 'Riktig' } })).body).toMatchObject({ code: 'in-sandbox' })
  expect((await mine.call('connections.make', { body: { code: 'toy', name: 'Leksak' } })).status).toBe(201)
})

test('a company that sells is never put back', async () => {
  expect((await agency.call('sandbox.reset', { body: {} })).body).toMatchObject({ code: 'not-a-sandbox' })
})
