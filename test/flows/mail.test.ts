/** Whoever looks after the shop is told by e-mail: once that a link broke, once that it works again, and each morning what waits. */
import { readFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type MailSim, startMail } from '../../sim/mail/mail.ts'
import { openPost } from '../../src/kit/mail.ts'
import { tellByMail } from '../../src/sync/send-letters.ts'
import { MAIL_PROBLEMS } from '../../src/web/contract/mail.ts'
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
const subjects = () => post.taken.map(({ subject }) => subject)

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

const MAIL = { from: 'lager@example.com', to: ['anna@example.com'], subject: '', text: '', messageId: '<1@example.com>' }
const open = { host: '127.0.0.1', security: 'none', signIn: null } as const

test('a wrong password, no password where one is needed, a certificate nobody knows, a server in the clear, a closed door and one that says nothing are told apart', async () => {
  const within = openPost({ allowLoopback: true, timeoutMs: 200 })
  const [users, strange] = [await startMail('users'), await startMail('strange')]
  const silent = createServer(() => {})
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  const signIn = { user: 'lager', password: 'fel' }
  users.refuse({ at: 'sign-in', code: 535, said: 'bad credentials for anna@example.com' })
  await expect(within({ ...open, port: users.port, signIn }, MAIL)).rejects.toMatchObject({ code: 'sign-in', said: expect.not.stringContaining('anna@') })
  users.refuse({ at: 'sender', code: 530, said: 'authentication required' })
  await expect(within({ ...open, port: users.port }, MAIL)).rejects.toMatchObject({ code: 'sign-in' })
  users.refuse({ at: 'recipient', code: 450, said: 'come back in five minutes' })
  await expect(within({ ...open, port: users.port }, MAIL)).rejects.toMatchObject({ code: 'refused' })
  await expect(within({ ...open, security: 'tls', port: strange.port }, MAIL)).rejects.toMatchObject({ code: 'not-secure' })
  await expect(within({ ...open, security: 'tls', port: users.port }, MAIL)).rejects.toMatchObject({ code: 'not-secure' })
  await expect(within({ ...open, security: 'starttls', port: users.port }, MAIL)).rejects.toMatchObject({ code: 'not-secure' })
  await expect(within({ ...open, port: (silent.address() as AddressInfo).port }, MAIL)).rejects.toMatchObject({ code: 'unreachable' })
  await expect(within({ ...open, port: 9 }, MAIL)).rejects.toMatchObject({ code: 'unreachable' })
  expect([users.taken, strange.taken]).toEqual([[], []])
  await Promise.all([users.close(), strange.close(), new Promise((resolve) => silent.close(resolve))])
})

test.each(['sv', 'nb', 'da', 'en'])('the test button says each in %s, and nobody reads a code', async (locale) => {
  const said = new Set<string>()
  await set()
  for (const refusal of [
    { at: 'recipient', code: 550, said: 'no such mailbox' },
    { at: 'sender', code: 553, said: 'sender not allowed' },
    { at: 'data', code: 554, said: 'spam' },
  ] as const) {
    post.refuse(refusal)
    const { body } = await s.owner.call('mail.test', { body: {}, headers: { 'accept-language': locale } })
    said.add((body as unknown as { title: string }).title)
  }
  expect([...said].join(' ')).not.toMatch(/mail-|[{}]/)
  const words = JSON.parse(readFileSync(new URL(`../../ui/words/${locale}.json`, import.meta.url), 'utf8'))
  for (const problem of MAIL_PROBLEMS) expect(words.reasons[`mail-${problem}`]).toMatch(/\S{3,} \S/)
})

test('a server in a network of its own is refused', async () => {
  const guarded = openPost({ allowLoopback: false })
  const server = { port: 25, security: 'none', signIn: null } as const
  for (const host of ['127.0.0.1', '10.0.0.1', '169.254.169.254', 'localhost']) await expect(guarded({ ...server, host }, MAIL)).rejects.toMatchObject({ code: 'address-refused' })
})

test('a link that breaks is told once, after a quarter of an hour, and once that it works again', async () => {
  await set()
  s.sim.fault({ kind: 'error-before', times: 'always' })
  for (let minute = 0; minute < 40; minute++) await pass(MINUTE_MS)
  expect(subjects()).toEqual(['Webben har stannat'])
  expect(post.taken[0]?.text).toContain(`https://lager.example.se/webshops/${s.at.connectionId}`)
  s.sim.clearFaults()
  for (let minute = 0; minute < 10; minute++) await pass(MINUTE_MS)
  expect(subjects()).toEqual(['Webben har stannat', 'Webben fungerar igen'])
  expect((await s.owner.does('mail.show')).letters.map(({ kind, problem }) => [kind, problem])).toEqual([
    ['recovered', null],
    ['broken', null],
  ])
})

const waiting = async () => Object.fromEntries((await s.owner.does('attention.show')).groups.map(({ cause, sample }) => [cause, sample[0]?.code]))
const letters = async () => (await s.owner.does('mail.show')).letters
const sold = (ref: string, quantity: number) => s.owner.does('sales.register', { body: { ref, locationId: s.owner.locationId, lines: [{ articleNumber: '100', quantity }] } })
const received = (ref: string, quantity: number) =>
  s.owner.does('goods-receipts.register', { body: { ref, locationId: s.owner.locationId, lines: [{ articleNumber: '100', quantity }] } })

test('a link that broke and works again while the mail server says no is told to nobody afterwards', async () => {
  await set()
  post.refuse({ at: 'data', code: 451, said: 'try again later' })
  s.sim.fault({ kind: 'error-before', times: 'always' })
  for (let minute = 0; minute < 40; minute++) await pass(MINUTE_MS)
  expect((await letters())[0]).toMatchObject({ kind: 'broken', problem: 'refused' })
  s.sim.clearFaults()
  for (let minute = 0; minute < 10; minute++) await pass(MINUTE_MS)
  post.refuse(null)
  for (let hour = 0; hour < 7; hour++) await pass(60 * MINUTE_MS)
  expect([subjects(), (await letters()).filter(({ sentAt }) => sentAt === null)]).toEqual([[], []])
})

test('a server that says no for days: the list says why, nobody gets a pile of letters, and a test that arrives sends what waits', async () => {
  await set({ digest: true })
  await s.owner.does('mail.test', { body: {} })
  await sold('K-1', 500)
  post.refuse({ at: 'data', code: 451, said: 'try again later' })
  for (let hour = 0; hour < 24 * 4; hour++) await pass(60 * MINUTE_MS)
  post.refuse(null)
  expect(await waiting()).toMatchObject({ negative: null, 'mail-unsent': 'mail-refused' })
  const [unsent, ...before] = await letters()
  expect(unsent).toMatchObject({ kind: 'digest', problem: 'refused', sentAt: null })
  expect(before.filter(({ kind, sentAt }) => kind === 'digest' && sentAt === null)).toEqual([])
  post.taken.length = 0
  await s.owner.does('mail.test', { body: {} })
  expect(await waiting()).not.toHaveProperty('mail-unsent')
  await pass(MINUTE_MS)
  expect(subjects()).toEqual([expect.any(String), expect.stringMatching(/^1 sak att åtgärda i /)])
  expect(post.taken[1]?.text).toContain('1 artikel har minussaldo')
  await received('G-1', 500)
})

test('it works again by itself: what waited comes the next time it is tried', async () => {
  await set({ digest: true })
  await sold('K-1b', 500)
  post.refuse({ at: 'sender', code: 553, said: 'sender not allowed' })
  for (let hour = 0; hour < 24; hour++) await pass(60 * MINUTE_MS)
  expect([subjects(), (await waiting())['mail-unsent']]).toEqual([[], 'mail-sender'])
  post.refuse(null)
  for (let hour = 0; hour < 7 && post.taken.length === 0; hour++) await pass(60 * MINUTE_MS)
  expect(subjects()).toEqual([expect.stringContaining(' att åtgärda i ')])
  expect(await waiting()).not.toHaveProperty('mail-unsent')
  await received('G-1b', 500)
})

test('one of the recipients is refused: the other has the letter once, and whoever is put in its place gets it', async () => {
  await set({ digest: true })
  await sold('K-1c', 500)
  post.refuse({ at: 'recipient', code: 550, said: 'no such mailbox', only: 'per@example.com' })
  for (let hour = 0; hour < 24; hour++) await pass(60 * MINUTE_MS)
  expect(post.taken.map(({ to }) => to)).toEqual([['anna@example.com']])
  expect((await waiting())['mail-unsent']).toBe('mail-recipient')
  await set({ digest: true, recipients: ['anna@example.com', 'siv@example.com'] })
  await s.owner.does('mail.test', { body: {} })
  post.taken.length = 0
  await pass(MINUTE_MS)
  expect(post.taken.map(({ to }) => to)).toEqual([['siv@example.com']])
  expect(await waiting()).not.toHaveProperty('mail-unsent')
  await received('G-1c', 500)
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
