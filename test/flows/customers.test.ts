/** Customers: made, found, changed and forgotten here; handed in and followed through a view; named by orders. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { customersToForget } from '../../src/core/orders/order-customers.sql.ts'
import { sql } from '../../src/db/sql.ts'
import { must } from '../../src/kit/assert.ts'
import { purge, RETENTION_MS } from '../../src/sync/chores.ts'
import { type Owner, openWeb, type Someone, type Web } from './web.ts'

let web: Web
let owner: Owner
let reader: Someone
let params: { viewId: number }
beforeAll(async () => {
  web = await openWeb()
  owner = await web.owner('Ull & Lin')
  const made = await owner.does('views.make', { body: { name: 'Affärssystemet', entities: ['order', 'customer'], writes: ['orders:write', 'customers:write'] } })
  reader = web.withKey(made.key)
  params = { viewId: made.id }
  await owner.does('articles.make', { body: { number: 'V-1', name: 'Vante' } })
})
afterAll(() => web.close())

const read = async () => await reader.does('views.changes', { params, query: { limit: '500' } })
async function readAll() {
  const page = await read()
  await reader.does('views.ack', { params, body: { cursor: page.nextCursor } })
  return page.items
}
const put = (externalId: string, body: object, headers: Record<string, string> = {}) => reader.call('views.put-customer', { params: { ...params, externalId }, body, headers })
const order = (externalId: string, customer: object | null, more: object = {}) =>
  reader.does('views.put-order', {
    params: { ...params, externalId },
    body: { placedAt: '2026-11-02T07:00:00Z', locationId: owner.locationId, lines: [{ line: '1', articleNumber: 'V-1', quantity: 1 }], customer, ...more },
  })
const anna = { name: 'Anna Alm', email: 'anna@example.com', phone: '070-123 45 67' }

test('a customer is made, found by any part of name, e-mail or phone, and to the letter; changed, and may have nothing personal', async () => {
  const made = await owner.does('customers.make', { body: { ...anna, name: '  Anna Alm ' } })
  const nobody = await owner.does('customers.make', { body: {} })
  expect(made).toMatchObject({ ...anna, source: null, orders: 0, version: 1 })
  expect(nobody).toMatchObject({ name: null, email: null, phone: null })
  const found = async (query: Record<string, string>) => (await owner.does('customers.list', { query })).items.map((each) => each.id)
  for (const query of [{ q: 'alm' }, { q: '0701234' }, { q: '+46 70' }, { q: 'ANNA@' }, { email: 'Anna@Example.com' }, { phone: '070-123 45 67' }]) {
    const wanted = query.q === '+46 70' ? [] : [made.id]
    expect(await found(query), JSON.stringify(query)).toEqual(wanted)
  }
  for (const query of [{ q: 'nobody' }, { q: '%' }, { email: 'anna@example' }, { phone: '0701234567' }, { externalId: 'K-1' }] as Record<string, string>[])
    expect(await found(query)).toEqual([])
  expect(await found({ limit: '1' })).toEqual([nobody.id])
  web.clock.advance(60_000)
  const changedAt = web.clock.now().toISOString()
  expect(await owner.does('customers.change', { params: { customerId: made.id }, body: { phone: null } })).toMatchObject({ name: 'Anna Alm', phone: null, version: 2 })
  expect(await found({ changedAfter: new Date(Date.parse(changedAt) - 1).toISOString() })).toEqual([made.id])
  await owner.does('customers.erase', { params: { customerId: made.id }, body: {} })
  await owner.does('customers.erase', { params: { customerId: nobody.id }, body: {} })
  await readAll()
})

test('V15, V17: a customer handed in is one however often, isn’t echoed, and later changes flow back', async () => {
  const answers = await Promise.all(Array.from({ length: 5 }, () => put('K-1', { ...anna, email: 'kund1@example.com' })))
  expect(answers.map((answer) => answer.status)).toEqual(Array(5).fill(200))
  expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1)
  expect(answers.filter((answer) => answer.body.changed)).toHaveLength(1)
  expect(await readAll()).toEqual([])
  const { id } = must(answers[0], 'an answer').body
  expect((await owner.does('customers.list', { query: { externalId: 'K-1' } })).items).toMatchObject([{ id, source: { id: params.viewId, ref: 'K-1' } }])
  await owner.does('customers.change', { params: { customerId: id }, body: { phone: '08-11' } })
  expect(await readAll()).toMatchObject([
    { entity: 'customer', op: 'upsert', id, corrected: false, link: { externalId: 'K-1' }, data: { name: 'Anna Alm', phone: '08-11', ref: 'K-1' } },
  ])
  expect(await put('K-1', { name: ' Anna ', email: null, phone: null })).toMatchObject({ body: { corrected: true } })
  expect(await readAll()).toMatchObject([{ id, corrected: true, data: { name: 'Anna', email: null } }])
})

test('V18: If-Match changes the version of the customer that was read and no other', async () => {
  const first = await put('K-2', { name: 'Bo' })
  expect(first.headers.etag).toBe('"1"')
  expect((await put('K-2', { name: 'Bo Ek' }, { 'if-match': '"1"' })).status).toBe(200)
  expect(await put('K-2', { name: 'Bosse' }, { 'if-match': '"1"' })).toMatchObject({ status: 412, body: { code: 'version-changed', facts: { version: 2 } } })
  expect(await put('K-3', { name: 'Ny' }, { 'if-match': '"7"' })).toMatchObject({ status: 412 })
})

test('V3: an order waits for its customer, and leads to them by id or by e-mail; it fills in what is unknown and changes nothing', async () => {
  await readAll()
  const first = await order('O-1', { email: 'Siv@example.com', name: 'Siv' })
  const taken = await order('O-2', { email: 'siv@example.com', name: 'Någon annan', phone: '123' })
  const siv = must((await owner.does('orders.show', { params: { orderId: first.id } })).customerId, 'the customer')
  const shown = await owner.does('orders.show', { params: { orderId: taken.id } })
  expect(shown).toMatchObject({ customerId: siv, customer: { name: 'Siv', email: 'Siv@example.com', phone: '123' } })
  expect((await owner.does('orders.list', { query: { customerId: siv } })).items).toHaveLength(2)
  const page = await read()
  expect(page.items).toMatchObject([{ entity: 'customer', id: siv, origin: params.viewId, data: { name: 'Siv', phone: '123' } }])
  // The order is told of, and the customer changes before the reader has them: the order waits.
  await web.data.owner.run(sql`update web_order set version = version + 1 where id = ${first.id}`)
  await owner.does('customers.change', { params: { customerId: siv }, body: { phone: '456' } })
  expect((await readAll()).map((item) => item.entity)).toEqual(['customer'])
  expect(await readAll()).toMatchObject([{ entity: 'order', data: { customerId: siv } }])

  await put('K-9', { name: 'Ove' })
  const third = await order('O-3', { externalId: 'K-9', email: 'ove@example.com', name: 'Fel namn' })
  const ove = (await owner.does('customers.list', { query: { externalId: 'K-9' } })).items[0]
  expect(ove).toMatchObject({ name: 'Ove', email: 'ove@example.com', orders: 1, openOrders: 1 })
  expect((await owner.does('orders.show', { params: { orderId: third.id } })).customerId).toBe(ove?.id)
  await order('O-4', { name: 'Bara ett namn' })
  expect((await owner.does('orders.list', { query: { q: 'O-4' } })).items).toMatchObject([{ customerId: null, customer: { name: 'Bara ett namn' } }])
})

test('a view that is younger than a customer gets them with their next order', async () => {
  await order('O-10', { email: 'old@example.com' })
  const young = await owner.does('views.make', { body: { name: 'Nytt', entities: ['order', 'customer'] } })
  await order('O-11', { email: 'old@example.com' })
  const items = (await web.withKey(young.key).does('views.changes', { params: { viewId: young.id } })).items
  expect(items.map((item) => item.entity)).toEqual(['customer', 'order'])
  expect(items[1]?.data).toMatchObject({ customerId: items[0]?.id })
  await readAll()
})

test('erased: the person is nowhere, the orders stay, the reader is told, and nothing personal is taken in again', async () => {
  const secret = { name: 'Sigrid Hemlig', email: 'sigrid.hemlig@example.com', phone: '0709999999' }
  const { id } = (await put('K-5', secret)).body
  const taken = await order('O-5', { externalId: 'K-5', ...secret })
  const mine = await owner.key()
  await mine.does('customers.change', { params: { customerId: id }, body: { name: 'Sigrid Hemlig-Ek' }, headers: { 'idempotency-key': 'k1' } })
  await web.data.owner.run(sql`insert into inbox (company_id, listener_id, source, delivery_key, topic, body, received_at, state)
    values (${owner.companyId}, ${params.viewId}, 'hook', 'h', 't', ${Buffer.from(JSON.stringify(secret))}, ${web.clock.now()}, 'done')`)
  await readAll()
  const exported = await owner.does('customers.export', { params: { customerId: id } })
  expect(exported).toMatchObject({ customer: { email: secret.email }, orders: [{ ref: 'O-5', lines: [{ number: 'V-1', quantity: 1 }] }] })

  expect(await owner.does('customers.erase', { params: { customerId: id }, body: {} })).toMatchObject({
    name: null,
    email: null,
    phone: null,
    erasedAt: expect.any(String),
    orders: 1,
  })
  expect(await everyRow()).not.toMatch(/hemlig|0709999999/i)
  expect(await owner.does('orders.show', { params: { orderId: taken.id } })).toMatchObject({ customerId: id, customer: null, lines: [{ ordered: 1 }] })
  expect((await owner.does('customers.list', { query: { q: 'Sigrid' } })).items).toEqual([])
  expect((await readAll()).map((item) => `${item.op} ${item.entity} ${String(item.data?.customerId)}`)).toEqual(['delete customer undefined', 'upsert order null'])

  expect(await put('K-5', secret)).toMatchObject({ status: 409, body: { code: 'customer-erased' } })
  expect(await owner.call('customers.change', { params: { customerId: id }, body: { name: 'x' } })).toMatchObject({ status: 409 })
  await order('O-5', { externalId: 'K-5', ...secret }, { paid: true })
  await order('O-5', secret, { paid: true, name: 'nytt' })
  expect(await everyRow()).not.toMatch(/hemlig|0709999999/i)
  // Later changes of the order wait for nobody.
  expect(await owner.does('customers.erase', { params: { customerId: id }, body: {} })).toMatchObject({ erasedAt: expect.any(String) })
  await web.data.owner.run(sql`update web_order set version = version + 1 where id = ${taken.id}`)
  expect((await readAll()).map((item) => item.entity)).toEqual(['order'])
})

test('whom only orders told of is forgotten when the orders are over and old; whom somebody keeps stays', async () => {
  const forgotten = await order('O-20', { email: 'gammal@example.com' }, { cancelledAt: '2026-11-02T08:00:00Z' })
  await order('O-21', { email: 'vantar@example.com' })
  await order('O-22', { email: 'kvar@example.com' }, { cancelledAt: '2026-11-02T08:00:00Z' })
  const kept = must((await owner.does('customers.list', { query: { email: 'kvar@example.com' } })).items[0], 'the customer')
  await owner.does('customers.change', { params: { customerId: kept.id }, body: { name: 'Stammis' } })
  const later = await owner.key()
  const { customerId } = await owner.does('orders.show', { params: { orderId: forgotten.id } })
  web.clock.advance(RETENTION_MS.customers + 1000)
  const before = new Date(web.clock.now().getTime() - RETENTION_MS.customers)
  expect(await web.data.db.inCompany(owner.companyId, (tx) => customersToForget(tx, before, 10))).toContain(customerId)
  await purge(web.deps, owner.companyId)
  const left = async (email: string) => (await later.does('customers.list', { query: { email } })).items.length
  expect([await left('gammal@example.com'), await left('vantar@example.com'), await left('kvar@example.com')]).toEqual([0, 1, 1])
})

/** Every row of every table as text; bytes as text too. */
async function everyRow(): Promise<string> {
  const tables = await web.data.owner.rows<{ name: string }>(sql`select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`)
  const parts = await Promise.all(
    tables.map(({ name }) => web.data.owner.one<{ text: string }>({ text: `select coalesce(string_agg(t::text, ' '), '') as text from "${name}" t`, values: [] })),
  )
  const bodies = await web.data.owner.rows<{ body: Buffer }>(sql`select body from inbox`)
  return [...parts.map((part) => part.text), ...bodies.map((row) => row.body.toString('utf8'))].join('\n')
}
