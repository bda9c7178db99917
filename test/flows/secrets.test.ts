/** T2: secrets are planted everywhere one can be given, and then looked for in the database, the log and every answer there is. */
import { expect, test } from 'vitest'
import type { Connector } from '../../src/connectors/contract.ts'
import { toy } from '../../src/connectors/toy/toy.ts'
import type { Log } from '../../src/kit/log.ts'
import { routeIds, routeOf } from '../../src/web/contract/routes.ts'
import { everything } from './everything.ts'
import { openWeb } from './web.ts'

const CANARY = 'KANARIEFAGEL'

test('T2: planted secrets are nowhere in the database, the log or any answer', { timeout: 120_000 }, async () => {
  const lines: string[] = []
  const log: Log = {
    info: (facts, message) => void lines.push(JSON.stringify([facts, message])),
    warn: (facts, message) => void lines.push(JSON.stringify([facts, message])),
    error: (facts, message) => void lines.push(JSON.stringify([facts, message])),
    child: () => log,
  }
  const web = await openWeb({ connectors: { toy: toy as Connector<unknown>, shopify: toy as Connector<unknown> }, log })
  const me = await web.owner()
  const ids = await everything(web, me, 'MITT')
  const secrets = new Map<string, string>([
    ['the session token', /=(.+)$/.exec(me.cookie)?.[1] ?? ''],
    ['the password', 'en lång lösenfras'],
  ])
  const made = await me.does('keys.make', { body: { name: 'Kassa', scopes: ['stock:read'] } })
  secrets.set('the API key', made.key)

  const answers: string[] = []
  const keep = (name: string, answer: unknown) => void answers.push(`${name} ${JSON.stringify(answer)}`)
  const settings: Record<string, string> = {}
  for (const field of toy.settings.fields) {
    settings[field.name] = field.secret ? `${CANARY}-${field.name}` : (field.options?.[0]?.value ?? (field.name === 'address' ? 'http://127.0.0.1:9' : '1000'))
    if (field.secret) secrets.set(`the setting ${field.name}`, settings[field.name] ?? '')
  }
  expect(secrets.size).toBeGreaterThan(3)
  const params = { connectionId: ids.connection }
  keep('settings', (await me.call('connections.settings', { params, body: { settings } })).body)
  expect(answers[0]).toContain('"name":"token","secret":true,"set":true')
  // The shop isn't there: whatever is said about that may not hold what would have been sent.
  for (const step of ['connections.check', 'connections.activate', 'connections.subscribe', 'connections.resume'] as const)
    keep(step, (await me.call(step, { params, body: {} })).body)
  keep('wrong password', (await web.anybody.call('session.open', { body: { email: 'owner1@example.com', password: `${CANARY}-wrong` } })).body)
  keep(
    'weak password',
    (
      await web.anybody.call('setup.make', {
        body: { company: { name: 'x', country: 'SE' }, owner: { name: 'x', email: 'x@y', password: CANARY.slice(0, 9), locale: 'sv' }, location: { name: 'x' } },
      })
    ).body,
  )
  keep('wrong settings', (await me.call('connections.settings', { params, body: { settings: { ...settings, fremmande: CANARY } } })).body)
  const reader = web.withKey((await me.does('views.make-key', { params: { viewId: ids.view }, body: {} })).key)
  for (const id of routeIds.filter((each) => routeOf(each).method === 'GET')) {
    const names = [...routeOf(id).path.matchAll(/:(\w+)/g)].map((found) => found[1] ?? '')
    const { status, body } = await (routeOf(id).auth === 'view' ? reader : me).call(id, {
      params: Object.fromEntries(names.map((name) => [name, ids[name.replace('Id', '') as keyof typeof ids] ?? 0])),
    })
    expect(status, id).toBe(200)
    keep(id, body)
  }
  const tables = await web.data.owner.rows<{ name: string }>({
    text: `select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`,
    values: [],
  })
  const dump: string[] = []
  for (const { name } of tables)
    dump.push((await web.data.owner.one<{ all: string }>({ text: `select coalesce(string_agg(to_jsonb(t)::text, ' '), '') as all from ${name} t`, values: [] })).all)

  const found: string[] = []
  for (const [what, secret] of [...secrets, ['what was typed wrong', CANARY] as const])
    for (const form of [secret, Buffer.from(secret).toString('hex'), Buffer.from(secret).toString('base64').replace(/=+$/, '')]) {
      if (dump.some((text) => text.includes(form))) found.push(`${what} is in the database`)
      if (lines.some((text) => text.includes(form))) found.push(`${what} is in the log`)
      for (const answer of answers) if (answer.includes(form)) found.push(`${what} is in the answer of ${answer.slice(0, 40)}`)
    }
  expect(found).toEqual([])
  await web.close()
})
