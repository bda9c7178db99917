/** A stop that was asked for: what was answered is in the ledger, whoever waits gets an answer or a broken line, turns are free for the next. */
import { expect, test } from 'vitest'
import { sql } from '../../src/db/sql.ts'
import { testProduct } from '../product.ts'

test('requests under way are answered, and nothing answered is lost', async () => {
  const p = await testProduct()
  const at = p.product.address
  const send = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    fetch(at + path, { method: 'POST', headers: { 'content-type': 'application/json', origin: 'http://lager.example', ...headers }, body: JSON.stringify(body) })
  const owner = { name: 'Kim', email: 'kim@example.com', password: 'en lång lösenfras', locale: 'sv' }
  const made = await send('/v1/setup', { company: { name: 'Stopp AB', country: 'SE' }, owner, location: { name: 'Odenplan' } })
  const cookie = made.headers
    .getSetCookie()
    .map((c) => c.split(';')[0])
    .join('; ')
  expect((await send('/v1/articles', { number: '007', name: 'Tröja' }, { cookie })).status).toBe(201)
  const { id } = await p.data.owner.one<{ id: number }>(sql`select id from location`)

  const sale = (n: number) => ({ ref: `K1-${n}`, locationId: id, occurredAt: new Date().toISOString(), lines: [{ articleNumber: '007', quantity: 1 }] })
  const sales = Array.from({ length: 40 }, (_, n) =>
    send('/v1/sales', sale(n), { cookie }).then(
      (answer) => answer.status,
      () => 0,
    ),
  )
  await Promise.race(sales)
  await p.product.close()
  const answered = await Promise.all(sales)

  const sold = await p.data.owner.one<{ pieces: number }>(sql`select coalesce(-sum(on_hand_delta), 0)::int as pieces from movement`)
  expect(answered.filter((status) => status === 201).length).toBe(sold.pieces)
  expect(answered.filter((status) => ![201, 503, 0].includes(status))).toEqual([])
  expect(sold.pieces).toBeGreaterThan(0)
  await expect(fetch(`${at}/healthz`)).rejects.toThrow()
  expect(await p.data.owner.rows(sql`select listener_id from turn where expires_at is not null`)).toEqual([])
  await p.close()
})
