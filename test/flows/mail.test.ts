/** Whoever looks after the shop is told by e-mail: once that a link broke, once that it works again, and each morning what waits. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type MailSim, startMail } from '../../sim/mail/mail.ts'
import { openPost } from '../../src/kit/mail.ts'
import { tellByMail } from '../../src/sync/send-letters.ts'
import { type ToyStand, toyStand } from './toy-stand.ts'

const MINUTE_MS = 60_000
let s: ToyStand
let post: MailSim
const settings = () => ({
  host: '127.0.0.1',
  port: post.port,
  security: 'none',
  sender: 'lager@example.com',
  recipients: ['anna@example.com', 'per@example.com'],
  locale: 'sv',
  digest: false,
})
const set = (more: Record<string, unknown> = {}) => s.owner.does('mail.set', { body: { ...settings(), ...more } })
/** So long passes, and all that is due is done. */
async function pass(ms: number): Promise<void> {
  s.web.clock.advance(ms)
  await s.connection.step()
  await tellByMail(s.web.deps, s.owner.companyId)
}
const subjects = () => post.taken.map(({ raw }) => decoded(/^Subject: (.*)$/m.exec(raw)?.[1] ?? ''))
const decoded = (text: string) =>
  text.replace(/=\?utf-8\?Q\?(.*?)\?=/gi, (_, q: string) =>
    Buffer.from(
      q.replace(/_/g, ' ').replace(/=([0-9A-F]{2})/gi, (__, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
      'latin1',
    ).toString('utf8'),
  )
const bodyOf = (raw: string) =>
  Buffer.from(
    raw.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString('utf8')

beforeAll(async () => {
  s = await toyStand(['100'])
  post = await startMail()
  s.web.deps.post = openPost({ allowLoopback: true })
})
afterAll(async () => {
  await post.close()
  await s.close()
})
beforeEach(() => {
  post.taken.length = 0
  post.refuse(null)
})

test('nobody is told before somebody has said where; the password is kept and never shown, and belongs to the server it was given for', async () => {
  expect(await s.owner.does('mail.show')).toEqual({ settings: null, letters: [] })
  expect(await s.owner.call('mail.test', { body: {} })).toMatchObject({ status: 409, body: { code: 'not-ready' } })
  const form = { ...settings(), host: 'smtp.example.com', port: 587, security: 'starttls', user: 'lager', password: 'mycket hemligt' }
  const shown = await s.owner.does('mail.set', { body: form })
  expect(JSON.stringify(shown)).not.toContain('mycket hemligt')
  expect((await s.owner.does('mail.set', { body: { ...form, password: null, digest: true } })).settings).toMatchObject({ user: 'lager', digest: true })
  expect(await s.owner.call('mail.set', { body: { ...form, host: 'smtp.evil.example', password: null } })).toMatchObject({
    status: 400,
    body: { code: 'bad-input', field: 'password' },
  })
  expect(await s.owner.call('mail.set', { body: { ...form, security: 'none' } })).toMatchObject({ status: 400, body: { field: 'security' } })
})

test('a test letter arrives, or the answer says why it did not', async () => {
  await set()
  await s.owner.does('mail.test', { body: {} })
  expect(post.taken).toEqual([expect.objectContaining({ from: 'lager@example.com', to: ['anna@example.com', 'per@example.com'] })])
  post.refuse({ at: 'recipient', code: 550, said: 'no such mailbox anna@example.com' })
  const refused = await s.owner.call('mail.test', { body: {} })
  expect(refused).toMatchObject({ status: 409, body: { code: 'mail-failed', facts: { reason: 'mail-recipient' } } })
  expect(JSON.stringify(refused.body)).not.toContain('anna@')
  post.refuse({ at: 'sender', code: 553, said: 'sender not allowed' })
  expect(await s.owner.call('mail.test', { body: {} })).toMatchObject({ body: { facts: { reason: 'mail-sender' } } })
  await set({ security: 'starttls' })
  expect(await s.owner.call('mail.test', { body: {} })).toMatchObject({ body: { code: 'mail-failed', facts: { reason: 'mail-not-secure' } } })
  await set({ port: 9 })
  expect(await s.owner.call('mail.test', { body: {} })).toMatchObject({ body: { facts: { reason: 'mail-unreachable' } } })
})

test('a server in a network of its own is refused', async () => {
  const guarded = openPost({ allowLoopback: false })
  const server = { port: 25, security: 'none', signIn: null } as const
  const mail = { from: 'lager@example.com', to: ['anna@example.com'], subject: '', text: '', messageId: '<1@example.com>' }
  for (const host of ['127.0.0.1', '10.0.0.1', '169.254.169.254', 'localhost']) await expect(guarded({ ...server, host }, mail)).rejects.toMatchObject({ code: 'address-refused' })
})

test('a link that breaks is told once, after a quarter of an hour, and once that it works again', async () => {
  await set()
  s.sim.fault({ kind: 'error-before', times: 'always' })
  for (let minute = 0; minute < 40; minute++) await pass(MINUTE_MS)
  expect(subjects()).toEqual(['Webben har stannat'])
  expect(bodyOf(post.taken[0]?.raw ?? '')).toContain(`https://lager.example.se/webshops/${s.at.connectionId}`)
  s.sim.clearFaults()
  for (let minute = 0; minute < 10; minute++) await pass(MINUTE_MS)
  expect(subjects()).toEqual(['Webben har stannat', 'Webben fungerar igen'])
  expect((await s.owner.does('mail.show')).letters.map(({ kind, problem }) => [kind, problem])).toEqual([
    ['recovered', null],
    ['broken', null],
  ])
})

test('a letter that is not taken is tried again and lost to nobody; the page says why', async () => {
  await set({ digest: true })
  await s.owner.does('sales.register', { body: { ref: 'K-1', locationId: s.owner.locationId, lines: [{ articleNumber: '100', quantity: 500 }] } })
  post.refuse({ at: 'data', code: 451, said: 'try again later' })
  for (let hour = 0; hour < 24; hour++) await pass(60 * MINUTE_MS)
  expect(post.taken).toEqual([])
  expect((await s.owner.does('mail.show')).letters[0]).toMatchObject({ kind: 'digest', problem: 'refused', sentAt: null })
  post.refuse(null)
  for (let hour = 0; hour < 7; hour++) await pass(60 * MINUTE_MS)
  expect(subjects().filter((subject) => subject.includes(' att åtgärda i '))).not.toEqual([])
  expect(bodyOf(post.taken[0]?.raw ?? '')).toContain('1 artikel har minus i lager')
})

test('a morning where nothing waits has no letter; one where something does has one, whoever asks', async () => {
  await set({ digest: true })
  await s.owner.does('goods-receipts.register', { body: { ref: 'G-9', locationId: s.owner.locationId, lines: [{ articleNumber: '100', quantity: 900 }] } })
  for (let hour = 0; hour < 48; hour++) {
    s.web.clock.advance(60 * MINUTE_MS)
    await tellByMail(s.web.deps, s.owner.companyId)
  }
  const before = post.taken.length
  await s.owner.does('sales.register', { body: { ref: 'K-2', locationId: s.owner.locationId, lines: [{ articleNumber: '100', quantity: 950 }] } })
  for (let hour = 0; hour < 24; hour++) {
    s.web.clock.advance(60 * MINUTE_MS)
    await Promise.all([tellByMail(s.web.deps, s.owner.companyId), tellByMail(s.web.deps, s.owner.companyId)])
  }
  expect(subjects().slice(before)).toEqual([expect.stringMatching(/^1 sak att åtgärda i /)])
})

test('taken away, nothing is sent any more', async () => {
  await set({ digest: true })
  expect(await s.owner.does('mail.unset', {})).toEqual({ settings: null, letters: expect.anything() })
  for (let hour = 0; hour < 24; hour++) await pass(60 * MINUTE_MS)
  expect(post.taken).toEqual([])
})
