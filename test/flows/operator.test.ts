/** What an operator asks of a running product, and what it does by the clock. */
import { expect, test } from 'vitest'
import { sql } from '../../src/db/sql.ts'
import { secretBox } from '../../src/kit/secret-box.ts'
import { chores, purge, RETENTION_MS } from '../../src/sync/chores.ts'
import { COMPARES, plant } from '../plant.ts'
import { testProduct } from '../product.ts'

const DAY_MS = 86_400_000

test('healthz, readyz and metrics say how it is, in counts and without names', async () => {
  const p = await testProduct()
  const ask = async (path: string) => {
    const answer = await fetch(p.product.address + path)
    return { status: answer.status, text: await answer.text() }
  }
  expect((await ask('/healthz')).status).toBe(200)
  expect(await ask('/readyz')).toMatchObject({ status: 200, text: JSON.stringify({ ready: true, checks: { database: true, bell: true } }) })
  await plantIn(p)
  const { text } = await ask('/metrics')
  expect(text).toContain('lagerbro_companies 1\n')
  expect(text).toContain('lagerbro_bell_alive 1\n')
  expect(text).toMatch(/lagerbro_told_oldest_seconds \d/)
  expect(text).toContain('process_cpu_user_seconds_total')
  expect(text).not.toContain('Ull')
  await p.close()
})

test('raw and personal data is deleted when its time is over, and no sooner', async () => {
  const p = await testProduct({ role: 'web' })
  const now = p.product.clock.now()
  const { companyId, listenerId } = await plantIn(p)
  for (const [name, kept] of Object.entries(RETENTION_MS)) {
    for (const [what, age] of [
      ['old', kept + DAY_MS],
      ['young', kept - DAY_MS],
    ] as const) {
      const at = new Date(now.getTime() - age)
      const key = `${name}-${what}`
      if (name === 'inbox') {
        for (const state of ['done', 'listed']) {
          await p.data.owner.run(
            sql`insert into inbox (company_id, listener_id, source, delivery_key, topic, body, received_at, state, done_at) values (${companyId}, ${listenerId}, 'hook', ${`${key}-${state}`}, 't', '', ${at}, ${state}, ${at})`,
          )
        }
      }
      if (name === 'calls')
        await p.data.owner.run(sql`insert into call (company_id, listener_id, direction, label, at, duration_ms) values (${companyId}, ${listenerId}, 'out', ${key}, ${at}, 1)`)
      if (name === 'answers')
        await p.data.owner.run(
          sql`insert into idempotency (company_id, caller, key, body_hash, status, answer, created_at) values (${companyId}, 'key:1', ${key}, '', 200, '{}', ${at})`,
        )
      if (name === 'customers') {
        await p.data.owner.run(sql`insert into web_order (company_id, listener_id, order_ref, name, stamp, snapshot, customer, state, placed_at, taken_from, taken_at)
          values (${companyId}, ${listenerId}, ${key}, '#1', '1', '{}', '{"name":"Kim"}', 'shipped', ${at}, 'read', ${at})`)
      }
    }
  }
  await purge(p.product.deps, companyId)
  const left = await p.data.owner.rows<{ key: string }>(sql`
    select delivery_key as key from inbox union all select label from call where label like 'calls-%' union all select key from idempotency
    union all select order_ref from web_order where customer is not null order by 1`)
  expect(left.map((row) => row.key)).toEqual(['answers-young', 'calls-young', 'customers-young', 'inbox-old-listed', 'inbox-young-done', 'inbox-young-listed'])
  expect((await p.data.owner.rows(sql`select id from web_order`)).length).toBe(2)
  await p.close()
})

test('L6: a claim ends by itself when its time is over', async () => {
  const p = await testProduct({ role: 'web' })
  const { companyId, articleId, locationIds } = await plantIn(p)
  const past = new Date(p.product.clock.now().getTime() - 1000)
  await p.data.owner.run(
    sql`insert into reservation (company_id, key, article_id, location_id, quantity, created_at, expires_at, actor) values (${companyId}, 'a', ${articleId}, ${locationIds[0]}, 2, ${past}, ${past}, 'key:1')`,
  )
  for (const chore of chores(p.product.deps)) if (chore.name === 'reservations') await chore.run(companyId)
  expect(await p.data.owner.rows(sql`select state from reservation`)).toEqual([{ state: 'expired' }])
  await p.close()
})

const plantIn = (p: Awaited<ReturnType<typeof testProduct>>) =>
  plant(p.data, {
    box: secretBox(new Uint8Array(32)),
    code: 'nobody',
    settings: {},
    manners: COMPARES,
    number: '007',
    itemRef: 'i1',
    places: ['Odenplan'],
    start: 5,
    now: p.product.clock.now(),
  })
