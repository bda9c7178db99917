/** Everything that goes wrong on the way, each switched on while the simulator runs, over its control routes; and what is kept. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { stillTime } from '../shopify/asking.ts'
import { ask, get, headersOf, line, minimal } from './asking.ts'
import { type EconomicSim, startEconomic } from './economic.ts'
import type { Fault } from './faults.ts'

let sim: EconomicSim
beforeEach(async () => {
  sim = await startEconomic({ clock: stillTime() })
  sim.office.addProducts([{ productNumber: 'K', inStock: 10 }])
  sim.office.addCustomer({ name: 'Anna' })
})
afterEach(() => sim.close())
const control = async (name: string, body: unknown = {}) => {
  const response = await fetch(`${sim.address}/_sim/${name}`, { method: 'POST', body: JSON.stringify(body) })
  return { status: response.status, ...((await response.json()) as { result?: unknown; error?: string }) }
}
const arm = (fault: Fault) => control('fault', { arm: fault })
const drafts = () => sim.state().documents['draft-invoice'].length
const post = () => ask(sim, 'POST', '/invoices/drafts', minimal({ lines: [line('K')] }))
const broken = (call: Promise<unknown>) =>
  call.then(
    () => 'answered',
    () => 'broken',
  )

test('the connection ends before anything, or after everything', async () => {
  await arm({ kind: 'reset-before', on: 'POST invoices/drafts' })
  expect([await broken(post()), drafts()]).toEqual(['broken', 0])
  await arm({ kind: 'reset-after', on: 'write' })
  expect([await broken(post()), drafts()]).toEqual(['broken', 1])
  expect(await broken(post())).toBe('answered')
})
test('no answer ever comes, done or not', async () => {
  for (const [kind, there] of [
    ['silence-before', 0],
    ['silence-after', 1],
  ] as const) {
    await arm({ kind })
    const left = new AbortController()
    const waiting = broken(fetch(`${sim.address}/invoices/drafts`, { method: 'POST', headers: headersOf(sim), body: JSON.stringify(minimal()), signal: left.signal }))
    while (sim.state().hits[`fault:${kind}`] === undefined) await control('hooks/quiet')
    left.abort()
    expect([await waiting, drafts()]).toEqual(['broken', there])
  }
})
test('half a body, a page of HTML, a bare status with Retry-After; done or not', async () => {
  await arm({ kind: 'half-body' })
  expect(await broken(get(sim, '/self'))).toBe('broken')
  await arm({ kind: 'html', status: 200 })
  expect((await get(sim, '/self')).body).toContain('<html>')
  await arm({ kind: 'status', status: 503, retryAfter: 7, pass: 1 })
  expect((await get(sim, '/self')).status).toBe(200)
  const busy = await get(sim, '/self')
  expect([busy.status, busy.headers.get('retry-after')]).toEqual([503, '7'])
  await arm({ kind: 'status', status: 500, after: true })
  expect([(await post()).status, drafts()]).toEqual([500, 1])
})
test('an answer comes late, or stands still until it is let go; somebody counts in between', async () => {
  await arm({ kind: 'latency', ms: 5000, on: 'GET products/*' })
  const slow = get(sim, '/products/K')
  while (sim.state().hits['fault:latency'] === undefined) await control('hooks/quiet')
  sim.advance(5000)
  expect((await slow).status).toBe(200)
  await arm({ kind: 'hold' })
  const held = post()
  while (sim.state().requestsHeld === 0) await control('hooks/quiet')
  expect([drafts(), (await control('release')).result]).toEqual([0, 1])
  expect((await held).status).toBe(201)
  await arm({ kind: 'count-before', on: 'GET products/*', productNumber: 'K', inStock: 3 })
  expect((await get(sim, '/products/K')).body.inventory.inStock).toBe(3)
  sim.beforeNext('GET products/*', () => sim.office.count({ productNumber: 'K', inStock: 2 }))
  expect((await get(sim, '/products/K')).body.inventory.inStock).toBe(2)
})
test("a PDF isn't there yet for a while, or is none", async () => {
  const { number } = sim.office.book({ draft: sim.office.makeInvoice({ lines: [{ productNumber: 'K', quantity: 1 }] }).number })
  const pdf = () => get(sim, `/invoices/booked/${number}/pdf`)
  await arm({ kind: 'pdf-late', ms: 8000 })
  expect([(await pdf()).status, (await pdf()).status]).toEqual([404, 404])
  sim.advance(8000)
  expect((await pdf()).body.slice(0, 5)).toBe('%PDF-')
  await arm({ kind: 'pdf-broken' })
  expect((await pdf()).body).toContain('<html>')
})
test('control: what is unknown is refused, state and log are shown, the office can be worked from outside', async () => {
  expect((await arm({ kind: 'flood' as never })).error).toContain('no fault is called flood')
  expect((await control('fault', { knobs: { hookMethod: 'PATCH' } })).error).toContain('hookMethod can be')
  expect((await control('office/count', { productNumber: 'K', inStock: 4 })).result).toMatchObject({ inStock: 4 })
  await get(sim, '/products/K')
  expect(sim.log.at(-1)).toMatchObject({ note: 'GET products/*', status: 200 })
  expect(sim.state().writes).toMatchObject([{ what: 'count', inStock: 400 }])
})
test('kept accounts go on where they were; idle ones are the same bytes', async () => {
  await post()
  sim.office.addWebhook({ type: 'Varelager opdateret', url: 'http://127.0.0.1:9/x', postData: '' })
  const [before, kept] = [sim.state(), sim.keep()]
  await get(sim, '/products')
  expect(Buffer.compare(sim.keep(), kept)).toBe(0)
  const second = await startEconomic({ clock: stillTime(), kept })
  expect({ ...second.state(), hits: {}, budget: {} }).toEqual({ ...before, hits: {}, budget: {} })
  expect(second.office.book({ draft: 31 }).number).toBe(300)
  await second.close()
})
