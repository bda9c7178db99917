import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Connector } from '../../src/connectors/contract.ts'
import { toy } from '../../src/connectors/toy/toy.ts'
import { type Owner, openWeb, type Web } from './web.ts'

let web: Web
let me: Owner
let connectionId: number
let address: string
beforeAll(async () => {
  // The toy's translation, with a signature that is the word said in a header.
  const shop: Connector<unknown> = {
    ...(toy as Connector<unknown>),
    settings: { fields: [{ ...(toy.settings.fields[0] as (typeof toy.settings.fields)[number]), name: 'word', secret: true }], parse: (raw) => raw },
    manners: () => toy.carries.stock,
    verifyHook: (hook, settings) =>
      hook.headers['x-word'] === (settings as { word?: string }).word
        ? { kind: 'verified', deliveryKey: hook.headers['x-delivery'] ?? '', topic: 'orders/create', version: null }
        : { kind: 'forged', why: 'the word is another' },
  }
  web = await openWeb({ connectors: { toy: shop } })
  me = await web.owner()
  const made = await me.does('connections.make', { body: { code: 'toy', name: 'Butiken' } })
  connectionId = made.id
  address = new URL(made.hookUrl ?? '').pathname
  await me.does('connections.settings', { params: { connectionId }, body: { settings: { word: 'SESAM-HEMLIG' } } })
})
afterAll(() => web.close())

const post = (delivery: string, word: string, body: string | Buffer = '{"a":1}', url = address) =>
  web.app.inject({ method: 'POST', url, headers: { 'content-type': 'application/json', 'x-word': word, 'x-delivery': delivery, 'x-hmac-sha256': 'signed' }, payload: body })
const inbox = () =>
  web.data.owner.rows<{ body: Buffer; headers: Record<string, string> }>({ text: `select body, headers from inbox where source = 'hook' order by id`, values: [] })
const counters = async () => (await me.does('connections.show', { params: { connectionId } })).hooks

test('S8: a verified hook is stored, byte by byte, before it is answered; a doubled one once', async () => {
  const raw = Buffer.from('{ "å": 1.0 ,"x":  12345678901234567890 }\n')
  expect((await post('d1', 'SESAM-HEMLIG', raw)).statusCode).toBe(200)
  const [stored] = await inbox()
  expect(stored?.body.equals(raw)).toBe(true)
  expect((await post('d1', 'SESAM-HEMLIG', raw)).statusCode).toBe(200)
  expect(await inbox()).toHaveLength(1)
  expect((await counters()).doubled).toBe(1)
  expect(JSON.stringify(stored?.headers)).not.toContain('signed')
})

test('S8: a forged hook gets 401, is counted and leaves nothing else', async () => {
  const before = (await inbox()).length
  const forged = await Promise.all(Array.from({ length: 5 }, (_, n) => post(`f${n}`, 'fel')))
  expect(forged.every((response) => response.statusCode === 401)).toBe(true)
  expect((await counters()).forged).toBe(5)
  expect(await inbox()).toHaveLength(before)
})

test('a hook for an address nobody has is 404; GET is no hook', async () => {
  expect((await post('d2', 'SESAM-HEMLIG', '{}', '/hooks/finns-inte')).statusCode).toBe(404)
  expect((await web.app.inject({ method: 'GET', url: address })).statusCode).toBe(404)
})

test('a changed secret holds at once', async () => {
  await me.does('connections.settings', { params: { connectionId }, body: { settings: { word: 'NYTT' } } })
  expect((await post('d3', 'NYTT')).statusCode).toBe(200)
})

test('S8: what cannot be stored is answered 503, so that the sender comes again', async () => {
  await web.data.owner.run({ text: 'alter table inbox rename to away', values: [] })
  const response = await post('d4', 'NYTT')
  expect(response.statusCode).toBe(503)
  expect(response.headers['retry-after']).toBe('5')
  await web.data.owner.run({ text: 'alter table away rename to inbox', values: [] })
  expect((await post('d4', 'NYTT')).statusCode).toBe(200)
})

test('T2: a secret setting is never shown again, sealed in the database', async () => {
  const page = await me.does('connections.show', { params: { connectionId } })
  expect(page.settings).toEqual([{ name: 'word', secret: true, set: true, value: null }])
  const { dump } = await web.data.owner.one<{ dump: string }>({ text: `select string_agg(to_jsonb(l)::text, ' ') as dump from listener l`, values: [] })
  expect(dump).not.toContain('SESAM-HEMLIG')
  expect(dump).not.toContain(Buffer.from('SESAM-HEMLIG').toString('hex'))
})

test('a disconnected shop’s hooks find nobody within seconds', async () => {
  await me.does('connections.disconnect', { params: { connectionId } })
  web.clock.advance(6_000)
  expect((await post('d5', 'NYTT')).statusCode).toBe(404)
  expect((await me.call('connections.show', { params: { connectionId } })).status).toBe(404)
})
