/** Everything that goes wrong on the way, each switched on while the simulator runs, over its control routes. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { stillTime } from '../shopify/asking.ts'
import { session } from './asking.ts'
import { type DandomainSim, startDandomain } from './dandomain.ts'
import type { ArmedFault } from './faults.ts'
import { KNOBS, knobPositions } from './knobs.ts'

let sim: DandomainSim
let open: Awaited<ReturnType<typeof session>>
beforeEach(async () => {
  sim = await startDandomain({ clock: stillTime() })
  sim.shop.addProducts([{ itemNumber: 'A', stock: 5 }])
  open = await session(sim)
})
afterEach(() => sim.close())
const control = async (name: string, body: unknown = {}) => {
  const response = await fetch(`${sim.address}/_sim/${name}`, { method: 'POST', body: JSON.stringify(body) })
  return { status: response.status, ...((await response.json()) as { result?: unknown; error?: string }) }
}
const arm = (fault: ArmedFault) => control('fault', { arm: fault })
const stock = () => sim.shop.stock({ itemNumber: 'A' })
const write = (value: number) => open.told('Product_Update', { ProductData: { Id: 1, Stock: value } })
const broken = (call: Promise<unknown>) =>
  call.then(
    () => 'answered',
    () => 'broken',
  )

test('the connection ends before or after the work, or in the middle of the answer', async () => {
  await arm({ kind: 'reset-before', on: 'Product_Update' })
  expect([await broken(write(1)), stock()]).toEqual(['broken', 5])
  await arm({ kind: 'reset-after', on: 'write' })
  expect([await broken(write(2)), stock()]).toEqual(['broken', 2])
  await arm({ kind: 'half-body' })
  expect([await broken(write(3)), stock()]).toEqual(['broken', 3])
})
test('no answer comes, or a late one; a held call lands when it is let go', async () => {
  for (const [kind, left] of [
    ['silence-before', 5],
    ['silence-after', 9],
  ] as const) {
    await arm({ kind })
    const waiting = broken(write(9))
    while (sim.state().hits[`fault:${kind}`] === undefined) await control('state')
    expect(stock(), kind).toBe(left)
    // Nobody answers until the simulator ends.
    void waiting
  }
  await arm({ kind: 'latency', ms: 500 })
  const late = write(1)
  while (sim.state().hits['fault:latency'] === undefined) await control('state')
  sim.advance(500)
  expect([(await late).status, stock()]).toEqual([200, 1])
  await arm({ kind: 'hold', on: 'Product_Update' })
  const held = write(7)
  while (sim.state().requestsHeld === 0) await control('state')
  expect([stock(), sim.release(), (await held).status, stock()]).toEqual([1, 1, 200, 7])
})
test('HTML, a bare status, a SOAP fault: before the work, or after it', async () => {
  await arm({ kind: 'html' })
  expect([(await write(1)).status, stock()]).toEqual([502, 5])
  await arm({ kind: 'html', status: 200, after: true })
  const strange = await write(2)
  expect([strange.status, strange.fault, strange.result, stock()]).toEqual([200, null, null, 2])
  await arm({ kind: 'status', status: 429, retryAfter: 2 })
  expect((await write(3)).status).toBe(429)
  await arm([{ kind: 'soap-fault' }, { kind: 'soap-fault', code: 'Receiver', after: true }] as never)
  expect([(await write(4)).fault?.code, (await write(6)).fault?.code, stock()]).toEqual(['INTERNAL', 'Receiver', 6])
  await control('fault', { knobs: { faultStatus: 200 }, arm: { kind: 'soap-fault' } })
  expect((await write(4)).status).toBe(200)
})
test('a sale in between, a write that hits nothing, one that is not kept, orders that are never shown', async () => {
  await arm({ kind: 'sale-before', on: 'Product_GetByIds', itemNumber: 'A', quantity: 2 })
  await open.records('Product_GetByIds', { ProductIds: [1] })
  expect(stock()).toBe(3)
  await arm({ kind: 'none-hit' })
  expect([(await write(8)).result?.children, stock()]).toEqual([[], 3])
  await arm({ kind: 'lost-write' })
  expect([(await write(8)).result?.children.length, stock()]).toEqual([1, 3])
  await arm({ kind: 'hidden-orders' })
  expect(await open.records('Order_GetByNumber', { Start: 1, End: '' })).toEqual([])
  expect(await open.records('Order_GetByNumber', { Start: 1, End: '' })).toHaveLength(1)
  sim.beforeNext('Product_GetByIds', () => sim.shop.handEdit({ itemNumber: 'A', stock: 40 }))
  await open.records('Product_GetByIds', { ProductIds: [1] })
  expect(stock()).toBe(40)
})
test('the user is shut out, and calls above ten in a second are turned away', async () => {
  sim.turn({ rateLimit: '503' })
  for (let n = 0; n < 10; n++) expect((await open.told('Solution_GetWebinfo')).status).toBe(200)
  expect((await open.told('Solution_GetWebinfo')).status).toBe(503)
  sim.turn({ rateLimit: '429' })
  expect((await open.told('Solution_GetWebinfo')).status).toBe(429)
  sim.turn({ rateLimit: 'off' })
  await arm({ kind: 'shut-out' })
  expect((await open.told('Solution_GetWebinfo')).fault?.code).toBe('AUTH')
  expect((await (await session(sim)).told('Solution_GetWebinfo')).fault?.code).toBe('AUTH')
})
test('control refuses what there is not, moves the clock, and starts anew', async () => {
  expect((await control('fault', { knobs: { mode: 'x' } })).error).toContain('no knob')
  expect((await arm({ kind: 'rain' } as never)).error).toContain('no fault')
  expect((await control('shop/placeOrder', { lines: [{ itemNumber: 'A', amount: 1 }] })).result).toMatchObject({ id: 1001 })
  await control('clock', { advanceMs: 1000 })
  await control('reset')
  expect(sim.state()).toMatchObject({ products: [], orders: [], knobs: { soapVersion: 'both' } })
})
test('the matrix is as documented, each alternative alone, and combinations that are the same every time', () => {
  const positions = knobPositions()
  expect(positions).toHaveLength(1 + Object.values(KNOBS).reduce((sum, values) => sum + values.length - 1, 0) + 12)
  expect(positions).toEqual(knobPositions())
  expect(new Set(positions.map(({ knobs }) => JSON.stringify(knobs))).size).toBe(positions.length)
})
