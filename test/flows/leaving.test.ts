/** The shop's webhooks: repaired by a button, watched for their version, and taken down when a person leaves, whether the shop answers or not. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startToy, type ToySim } from '../../sim/toy/toy.ts'
import * as connectors from '../../src/connectors/index.ts'
import { makeApiKey } from '../../src/core/people/api-key.ts'
import { sql } from '../../src/db/sql.ts'
import { journalSettled } from '../../src/sync/calls.ts'
import { COMPARES, type Planted, plant } from '../plant.ts'
import { openWeb, type Someone, type Web } from './web.ts'

let web: Web
let sim: ToySim
let it: Planted
let me: Someone
beforeEach(async () => {
  web = await openWeb({ connectors })
  const { clock, data, deps } = web
  sim = await startToy({ places: ['D'], now: () => clock.now(), hooks: 'manual' })
  const { ref } = sim.addItem({ number: 'TROJA-M', stock: 10 })
  it = await plant(data, { box: deps.box, code: 'toy', settings: sim.settings(), manners: COMPARES, number: 'TROJA-M', itemRef: ref, places: ['D'], start: 10, now: clock.now() })
  const { key } = await data.db.inCompany(it.companyId, (tx) =>
    makeApiKey(tx, { name: 'kassa', scopes: ['connections:read', 'connections:write'] }, { actor: 'person:1', now: clock.now() }),
  )
  me = web.withKey(key)
})
afterEach(async () => {
  await journalSettled(web.deps)
  await sim.close()
  await web.close()
})
const params = () => ({ params: { connectionId: it.listenerId } })
const standing = () => sim.hooks.subscriptions.size

test('a webhook that is gone is put back by Repair, and the page says which', async () => {
  await me.does('connections.subscribe', params())
  const all = standing()
  expect(all).toBeGreaterThan(2)
  sim.hooks.subscriptionsVanish('order.changed')
  const page = await me.does('connections.subscribe', params())
  expect(standing()).toBe(all)
  expect(page.subscribed?.topics.map((topic) => topic.state).sort()).toEqual([...Array.from({ length: all - 1 }, () => 'standing'), 'created'].sort())
})

test('leaving takes our webhooks down in the shop and keeps its numbers; the links stay, unticked', async () => {
  await me.does('connections.subscribe', params())
  const left = await me.does('connections.disconnect', params())
  expect(left).toMatchObject({ state: 'gone', subscriptionsLeft: false })
  expect(standing()).toBe(0)
  expect(sim.value('TROJA-M')).toBe(10)
  expect(await web.data.owner.rows(sql`select boxed, item_ref is not null as linked from link`)).toEqual([{ boxed: false, linked: true }])
  expect((await me.call('connections.show', params())).status).toBe(404)
})

test('a shop that no longer answers keeps nobody: it says that the webhooks may stand there, and they lead nowhere', async () => {
  await me.does('connections.subscribe', params())
  await sim.close()
  expect(await me.does('connections.disconnect', params())).toMatchObject({ state: 'gone', subscriptionsLeft: true })
  expect(await web.data.owner.rows(sql`select address from hook_address`)).toEqual([])
  sim = await startToy()
})

test('hooks of another version than asked for are one line on the page and never a lost delivery', async () => {
  const hook = sim.hooks.ofOrder(sim.sell('TROJA-M', 1))
  const send = (version: string, delivery: string) =>
    web.app.inject({
      method: 'POST',
      url: `/hooks/hook-${it.companyId}`,
      headers: { ...hook.headers, 'x-toy-version': version, 'x-toy-delivery': delivery },
      payload: Buffer.from(hook.body),
    })
  expect((await send('2', 'a')).statusCode).toBe(200)
  await journalSettled(web.deps)
  expect((await me.does('connections.show', params())).hookVersion).toBe('2')
  expect((await send('3', 'b')).statusCode).toBe(200)
  await journalSettled(web.deps)
  expect((await me.does('connections.show', params())).hookVersion).toBe('3')
  expect(await web.data.owner.one(sql`select count(*)::int as n from inbox where source = 'hook'`)).toEqual({ n: 2 })
})
