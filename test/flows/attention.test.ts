/** Nothing waits unseen: each cause is in the list when it arises, counts what there is, and is gone by itself when it is mended. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { causeWords } from '../../src/core/notices/cause-words.ts'
import { CAUSES as OURS } from '../../src/core/notices/causes.ts'
import { CAUSES, type Cause } from '../../src/web/contract/attention.ts'
import { STATE_MEANS } from '../../src/web/contract/standings.ts'
import { ARTICLE_STATES } from '../../src/web/contract/states.ts'
import { type ToyStand, toyStand } from './toy-stand.ts'

const MINUTE_MS = 60_000
let s: ToyStand
beforeAll(async () => {
  s = await toyStand(['100', '200', '300'])
})
afterAll(() => s.close())

const groups = async () => (await s.owner.does('attention.show')).groups
/** Of each cause how many. */
const counts = async () => Object.fromEntries((await groups()).map(({ cause, count }) => [cause, count]))
const items = async (cause: Cause) => (await s.owner.does('attention.items', { query: { cause } })).items

test('the causes are the same in the house and in the contract, in the same order; every state of an article that needs somebody is one', () => {
  expect(Object.keys(CAUSES)).toEqual([...OURS])
  // What waits for the first sync is said once, of the link.
  const needing = ARTICLE_STATES.filter((state) => STATE_MEANS[state].standing === 'needs-somebody' && state !== 'not-synced-yet')
  expect(needing.length).toBeGreaterThan(10)
  expect(needing.filter((state) => !Object.keys(CAUSES).includes(state))).toEqual([])
})

test('a company whose shop is in step waits for nothing', async () => {
  expect(await counts()).toEqual({})
})

test('an article that goes away in the shop waits under its cause, with its name and its button, until it is found again', async () => {
  s.sim.changeItem('200', { tracked: false })
  s.sim.removeItem('100')
  await s.owner.does('sales.register', { body: { ref: 'k1', locationId: s.owner.locationId, lines: ['100', '200'].map((articleNumber) => ({ articleNumber, quantity: 1 })) } })
  await s.owner.does('connections.looks', { params: s.at, body: {} })
  await s.settle()
  const states = [await s.state('100'), await s.state('200')] as [Cause, Cause]
  expect(await counts()).toEqual(Object.fromEntries(states.map((state) => [state, 1])))
  const [first] = (await groups()).filter(({ cause }) => cause === states[0])
  expect(first).toMatchObject({ count: 1, action: 'find', listener: { id: s.at.connectionId, kind: 'connection', name: 'Webben' }, sample: [{ number: '100', name: 'Vara 100' }] })
  expect(first?.title).toContain('Webben')
  const now = s.web.clock.now().getTime()
  for (const { since } of await groups()) expect(Math.abs(now - Date.parse(since ?? ''))).toBeLessThan(10 * MINUTE_MS)
  expect(await items(states[0])).toMatchObject([{ number: '100', targetId: s.ids['100'] }])
  s.sim.addItem({ number: '100', stock: 4 })
  s.sim.changeItem('200', { tracked: true })
  await s.owner.does('connections.find', { params: s.at, body: { articleIds: [s.ids['100'] ?? 0, s.ids['200'] ?? 0] } })
  await s.owner.does('connections.looks', { params: s.at, body: {} })
  await s.settle()
  expect(await counts()).toEqual({})
})

test('a link that fails is said when it has lasted, and is gone when it answers; one that is paused says so at once', async () => {
  s.sim.fault({ kind: 'error-before', times: 'always' })
  await s.owner.does('sales.register', { body: { ref: 'k2', locationId: s.owner.locationId, lines: [{ articleNumber: '100', quantity: 1 }] } })
  await s.connection.step()
  expect(await counts()).toEqual({})
  for (let minute = 0; minute < 8; minute++) {
    s.web.clock.advance(MINUTE_MS)
    await s.connection.step()
  }
  expect(await counts()).toEqual({ 'link-failing': 1 })
  s.sim.clearFaults()
  for (let minute = 0; minute < 12; minute++) {
    s.web.clock.advance(MINUTE_MS)
    await s.connection.step()
  }
  await s.settle()
  expect(await counts()).toEqual({})
  await s.owner.does('connections.pause', { params: s.at, body: {} })
  expect(await counts()).toEqual({ 'link-paused': 1 })
  await s.owner.does('connections.resume', { params: s.at, body: {} })
  await s.settle()
  expect(await counts()).toEqual({})
})

test('less than nothing on a shelf, and what nobody has counted, wait until they are counted', async () => {
  const { id } = await s.owner.does('articles.make', { body: { number: 'NY', name: 'Vara NY' } })
  await s.owner.does('sales.register', { body: { ref: 'k3', locationId: s.owner.locationId, lines: [{ articleNumber: '300', quantity: 50 }] } })
  expect(await counts()).toEqual({ negative: 1, uncounted: 1 })
  const since = s.web.clock.now().toISOString()
  s.web.clock.advance(MINUTE_MS)
  await s.owner.does('sales.register', { body: { ref: 'k4', locationId: s.owner.locationId, lines: [{ articleNumber: '300', quantity: 1 }] } })
  expect((await groups()).find(({ cause }) => cause === 'negative')?.since).toBe(since)
  const count = (ref: string, articleId: number) =>
    s.owner.does('counts.register', { body: { ref, locationId: s.owner.locationId, lines: [{ articleId, counted: 5, countedAt: s.web.clock.now().toISOString() }] } })
  s.web.clock.advance(MINUTE_MS)
  await count('c1', id)
  await count('c2', s.ids['300'] ?? 0)
  await s.settle()
  expect(await counts()).toEqual({})
})

/** Planted where no short way leads there; each is counted under its cause alone, and gone when what caused it is. $1 company, $2 connection, $3 article, $4 location, $5 now. */
const PLANTED: [Cause, plant: string, mend: string][] = [
  [
    'link-stopped',
    `update listener set state = 'paused', state_why = jsonb_build_object('code', 'token-wrong', 'facts', '{}'::jsonb, 'at', $5::timestamptz) where company_id = $1 and id = $2`,
    `update listener set state = 'active', state_why = null where company_id = $1 and id = $2`,
  ],
  [
    'right-missing',
    `update listener set health = jsonb_set(health, '{rights}', '[{"scope":"read_orders","needed":true,"granted":false}]') where company_id = $1 and id = $2`,
    `update listener set health = jsonb_set(health, '{rights}', '[]') where company_id = $1 and id = $2`,
  ],
  [
    'hooks-foreign',
    `update listener set subscribed = '{"topics":[{"topic":"orders","state":"foreign","said":null}]}', subscribed_at = $5 where company_id = $1 and id = $2`,
    `update listener set subscribed = null, subscribed_at = null where company_id = $1 and id = $2`,
  ],
  ['first-sync', 'update listener set first_synced_at = null where company_id = $1 and id = $2', 'update listener set first_synced_at = $5 where company_id = $1 and id = $2'],
  [
    'run-paused',
    `insert into run (company_id, listener_id, kind, state, started_by, started_at) values ($1, $2, 'compare', 'paused', 'system', $5)`,
    `update run set state = 'cancelled' where company_id = $1 and listener_id = $2 and state = 'paused'`,
  ],
  [
    'run-failed',
    `insert into run (company_id, listener_id, kind, state, started_by, started_at, ended_at) values ($1, $2, 'take-over', 'failed', 'system', $5, $5)`,
    `update run set state = 'cancelled' where company_id = $1 and listener_id = $2 and state = 'failed'`,
  ],
  [
    'import-ready',
    `insert into shop_import (company_id, listener_id, state, started_by, started_at) values ($1, $2, 'ready', 'system', $5::timestamptz - interval '1 hour')`,
    `update shop_import set state = 'cancelled' where company_id = $1 and listener_id = $2`,
  ],
  [
    'difference',
    `insert into difference (company_id, listener_id, article_id, location_id, theirs, ours, seen_at, state) values ($1, $2, $3, $4, 1, 2, $5, 'open')`,
    `update difference set state = 'settled', settled_at = $5 where company_id = $1 and state = 'open'`,
  ],
  [
    'message',
    `insert into inbox (company_id, listener_id, source, delivery_key, topic, body, received_at, state) values ($1, $2, 'hook', 'd', 'orders', '', $5, 'listed')`,
    `update inbox set state = 'dismissed' where company_id = $1 and state = 'listed'`,
  ],
  ...(['missing', 'ambiguous', 'moved'] as const).map((state): [Cause, string, string] => [
    state === 'moved' ? 'link-moved' : state,
    `update link set state = '${state}' where company_id = $1 and listener_id = $2 and article_id = $3`,
    `update link set state = 'matched' where company_id = $1 and listener_id = $2 and article_id = $3`,
  ]),
  ...(['not-tracked', 'not-stocked', 'bundle', 'fulfilment-service', 'has-choices', 'item-gone', 'place-gone', 'value-refused', 'too-hot', 'remote-strange'] as const).map(
    (code): [Cause, string, string] => [
      code,
      `update told set refusal = '${code}' where company_id = $1 and listener_id = $2 and kind = 'stock' and entity_id = $3`,
      `update told set refusal = null where company_id = $1 and listener_id = $2 and kind = 'stock' and entity_id = $3`,
    ],
  ),
  [
    'privacy-request',
    `insert into privacy_request (company_id, listener_id, ask, asked_at) values ($1, $2, 'data', $5)`,
    'update privacy_request set done_at = $5 where company_id = $1',
  ],
  ['restored', 'insert into restore (company_id, epoch, data_until, restored_at) values ($1, 2, $5, $5)', 'update restore set ended_at = $5 where company_id = $1'],
  [
    'mail-untried',
    `insert into mail (company_id, host, port, security, sender, recipients, locale, digest, changed_at) values ($1, 'smtp.example.com', 25, 'none', 'a@example.com', '{a@example.com}', 'sv', true, $5)`,
    'update mail set taken_at = $5 where company_id = $1',
  ],
  [
    'mail-unsent',
    `insert into letter (company_id, kind, facts, made_at, problem) values ($1, 'digest', '{"lines":[]}', $5::timestamptz + interval '1 second', 'refused')`,
    'delete from letter where company_id = $1',
  ],
  [
    'bulk-ready',
    `insert into bulk_change (company_id, kind, state, started_by, started_at) values ($1, 'edit', 'ready', 'system', $5::timestamptz - interval '1 hour')`,
    `update bulk_change set state = 'cancelled' where company_id = $1`,
  ],
  [
    'order-unknown',
    `with o as (insert into web_order (company_id, listener_id, order_ref, name, stamp, snapshot, state, placed_at, taken_from, taken_at) values ($1, $2, 'U', '#U', '1', '{}', 'open', $5, 'read', $5) returning id)
     insert into web_order_line (company_id, order_id, line_ref, title, ordered, open, shipped, restocked, lost, returned) select $1, id, '1', 'Mössa', 1, 1, 0, 0, 0, 0 from o`,
    'delete from web_order_line where company_id = $1',
  ],
  [
    'order-unrouted',
    `update web_order set route_again_at = $5, effects = '{"unrouted":{"1":1}}' where company_id = $1 and order_ref = 'U'`,
    `update web_order set route_again_at = null, effects = '{}' where company_id = $1 and order_ref = 'U'`,
  ],
  [
    'order-elsewhere',
    `update web_order set effects = '{"elsewhere":{"p":1}}' where company_id = $1 and order_ref = 'U'`,
    `update web_order set effects = '{}' where company_id = $1 and order_ref = 'U'`,
  ],
  [
    'order-loss',
    `insert into web_loss (company_id, order_id, fact_key, article_id, location_id, quantity, at, state) select $1, id, 'f', $3, $4, 1, $5, 'asked' from web_order where company_id = $1 and order_ref = 'U'`,
    `update web_loss set state = 'written-off' where company_id = $1`,
  ],
  [
    'order-refused',
    `insert into told (company_id, listener_id, kind, entity_id, wanted, refusal, dirty_since) select $1, $2, 'order', id, 1, 'line-without-number', $5 from web_order where company_id = $1 and order_ref = 'U'`,
    `delete from told where company_id = $1 and kind = 'order'`,
  ],
  [
    'invoice-asks',
    `with d as (insert into erp_document (company_id, listener_id, document_ref, stage, credit, currency, booked_at, stamp, seen_at) values ($1, $2, 'D', 'booked', false, 'SEK', $5, '1', $5) returning id)
     insert into document_candidate (company_id, document_id, order_id) select $1, d.id, o.id from d, web_order o where o.company_id = $1 and o.order_ref = 'U'`,
    'delete from document_candidate where company_id = $1',
  ],
  [
    'invoice-no-pdf',
    `insert into invoice_pdf (company_id, document_id, wanted_at, found) select $1, id, $5, 'missing' from erp_document where company_id = $1`,
    'delete from invoice_pdf where company_id = $1',
  ],
  [
    'invoice-refused',
    `insert into told (company_id, listener_id, kind, entity_id, wanted, refusal, dirty_since) select $1, $2, 'invoice-pdf', id, 1, 'value-refused', $5 from erp_document where company_id = $1`,
    `delete from told where company_id = $1 and kind = 'invoice-pdf'`,
  ],
]

test.each(PLANTED)('%s: in the list alone, with a name and words in four languages, and gone when it is mended', async (cause, plant, mend) => {
  const all = [s.owner.companyId, s.at.connectionId, s.ids['100'], s.owner.locationId, s.web.clock.now()]
  // Only what a statement names may be given.
  const run = (text: string) => {
    const used = [...new Set([...text.matchAll(/\$(\d)/g)].map(([, n]) => Number(n)))].sort()
    return s.web.data.owner.run({ text: text.replaceAll(/\$(\d)/g, (_, n) => `$${used.indexOf(Number(n)) + 1}`), values: used.map((n) => all[n - 1]) })
  }
  await run(plant)
  const [only, ...more] = await groups()
  expect([only?.cause, only?.count, more.map((each) => each.cause)]).toEqual([cause, 1, []])
  expect(await items(cause)).toHaveLength(1)
  const titles = (['sv', 'nb', 'da', 'en'] as const).map((locale) => causeWords(locale, cause, 3, 'Webben'))
  expect(new Set(titles).size).toBeGreaterThan(2)
  expect(titles.join()).not.toMatch(/[{}]/)
  await run(mend)
  expect(await counts()).toEqual({})
})

test('ten thousand of one cause are a page at a time, each once', async () => {
  const { companyId } = s.owner
  await s.web.data.owner.run({
    text: `with p as (insert into product (company_id, name, created_at) select $1, 'Många ' || n, $2 from generate_series(1, 10000) n returning id)
           insert into article (company_id, product_id, number, name, created_at, changed_at) select $1, id, 'M' || id, 'Många', $2, $2 from p`,
    values: [companyId, s.web.clock.now()],
  })
  expect(await counts()).toEqual({ uncounted: 10_000 })
  const seen = new Set<number>()
  let cursor: string | null = ''
  for (let page = 0; page < 3 && cursor !== null; page++) {
    const answer: { items: { id: number }[]; next: string | null } = await s.owner.does('attention.items', {
      query: { cause: 'uncounted', limit: '200', ...(cursor === '' ? {} : { cursor }) },
    })
    for (const { id } of answer.items) seen.add(id)
    cursor = answer.next
  }
  expect(seen.size).toBe(600)
})
