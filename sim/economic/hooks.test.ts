/** Webhooks people set up: what calls them, what is sent, what is repeated, and the log. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { listener, stillTime } from '../shopify/asking.ts'
import { type EconomicSim, startEconomic } from './economic.ts'
import { requestOf } from './hooks.ts'
import { KNOBS, knobPositions } from './knobs.ts'
import { newWorld } from './world.ts'

const DATA = 'type=stockUpdate&username=shop1&password=x&number=[NUMBER]'
let sim: EconomicSim
let ear: Awaited<ReturnType<typeof listener>>
beforeEach(async () => {
  sim = await startEconomic({ clock: stillTime() })
  ear = await listener()
  sim.office.addProducts([{ productNumber: 'A&B+1', inStock: 10 }])
})
afterEach(async () => {
  await sim.close()
  await ear.close()
})
const listen = (type: 'Varelager opdateret' | 'Faktura bogført' | 'Produkt opdateret' = 'Varelager opdateret', postData = DATA) =>
  sim.office.addWebhook({ type, url: `${ear.uri}/webhooks.php?`, postData })
const count = (inStock: number) => sim.office.count({ productNumber: 'A&B+1', inStock })
const heard = async () => {
  await sim.hooks.quiet()
  return ear.heard.map((each) => each.body)
}
const log = (id = 1) => sim.state().webhooks.find((each) => each.id === id)?.log ?? []

test('one request per event: the data as a form, the number in its place as it is, unsigned', async () => {
  listen()
  count(9)
  count(8)
  expect(await heard()).toEqual(Array(2).fill('type=stockUpdate&username=shop1&password=x&number=A&B+1'))
  expect(ear.heard[0]?.headers['content-type']).toBe('application/x-www-form-urlencoded')
  count(8)
  expect(await heard()).toHaveLength(2)
})
test('an invoice that is booked tells its number, and the goods it took; a product that is changed tells both numbers', async () => {
  listen()
  listen('Faktura bogført', 'number=[INVOICENO]')
  listen('Produkt opdateret', '{"from":"[OLDNUMBER]","to":"[NEWNUMBER]"}')
  sim.office.book({ draft: sim.office.makeInvoice({ lines: [{ productNumber: 'A&B+1', quantity: 1 }] }).number })
  sim.office.change({ productNumber: 'A&B+1', to: { name: 'Ny' } })
  sim.office.remove({ productNumber: 'A&B+1' })
  expect((await heard()).map((body) => body.slice(-22))).toEqual([
    expect.stringMatching(/number=A&B\+1$/),
    'number=300',
    expect.stringContaining('"to":"A&B+1"'),
    expect.stringContaining('"to":""'),
  ])
})
test('knobs hookMethod and hookValues: GET puts the data behind the address, values as they stand in an address or not', () => {
  const hook = { url: 'https://hub.example/webhooks.php?', postData: DATA }
  const world = newWorld({ now: () => new Date(0), ms: () => 0, advance() {}, after() {}, forget() {} }, { hookMethod: 'GET' })
  expect(requestOf(world, hook, { NUMBER: 'A B' })).toEqual({
    method: 'GET',
    address: 'https://hub.example/webhooks.php?type=stockUpdate&username=shop1&password=x&number=A B',
    body: '',
  })
  expect(requestOf(world, { ...hook, url: 'https://hub.example/h' }, {}).address).toBe(`https://hub.example/h?${DATA}`)
  world.knobs.hookValues = 'encoded'
  expect(requestOf(world, hook, { NUMBER: 'A&B' }).address.slice(-8)).toBe('=A%26B'.padStart(8, 'r'.padStart(2, 'e')).slice(-8))
  world.knobs.hookMethod = 'POST'
  expect(requestOf(world, { ...hook, url: 'https://hub.example/h/[NUMBER]' }, { NUMBER: 'æ#1' })).toMatchObject({
    address: 'https://hub.example/h/%C3%A6%231',
    body: expect.stringMatching(/=%C3%A6%231$/),
  })
})
test('knob stockHookOn: any of the numbers, only the shelf, or only what people count', async () => {
  listen()
  const told = async (stockHookOn: (typeof KNOBS.stockHookOn)[number]) => {
    sim.turn({ stockHookOn })
    ear.heard.length = 0
    sim.office.order({ productNumber: 'A&B+1', orderedByCustomers: ear.heard.length + (stockHookOn === 'any' ? 1 : 2) })
    sim.office.book({ draft: sim.office.makeInvoice({ lines: [{ productNumber: 'A&B+1', quantity: 1 }] }).number })
    count(stockHookOn === 'any' ? 50 : stockHookOn === 'count' ? 60 : 70)
    return (await heard()).length
  }
  expect([await told('any'), await told('in-stock'), await told('count')]).toEqual([3, 2, 1])
})
test('knobs hookRetries and hookRetryAfter: a failure is repeated, so often and with such pauses', async () => {
  listen()
  ear.answers(500)
  count(9)
  await heard()
  for (let minute = 1; minute <= 6; minute += 1) {
    sim.advance(60_000)
    await sim.hooks.quiet()
  }
  expect([ear.heard.length, log()[0]]).toEqual([6, expect.objectContaining({ outcome: 'HTTP 500', tries: 6 })])
  sim.turn({ hookRetries: 0 })
  count(8)
  await heard()
  sim.advance(3_600_000)
  expect(await heard()).toHaveLength(7)
  sim.turn({ hookRetries: 5, hookRetryAfter: 'hour' })
  count(7)
  await heard()
  sim.advance(60_000)
  expect(await heard()).toHaveLength(8)
  ear.answers(200)
  sim.advance(3_600_000)
  expect([(await heard()).length, log()[2]?.outcome]).toEqual([9, 'HTTP 200'])
})
test('knob hookSwitchedOffAfter: after ten failures in a row nobody is called any more', async () => {
  sim.turn({ hookSwitchedOffAfter: 10, hookRetries: 0 })
  listen()
  ear.answers(500)
  for (let n = 0; n < 12; n += 1) count(20 + n)
  expect([(await heard()).length, sim.state().webhooks[0]?.isDisabled]).toEqual([10, true])
  sim.office.changeWebhook({ id: 1, isDisabled: false })
  ear.answers(200)
  count(1)
  expect(await heard()).toHaveLength(11)
})
test('knob hookDelivery: in order, twice, overtaken, one in ten lost, or many at the same time', async () => {
  listen('Faktura bogført', '[INVOICENO]')
  const book = () => sim.office.book({ draft: sim.office.makeInvoice({ lines: [{ productNumber: 'A&B+1', quantity: 1 }] }).number }).number
  const told = async (hookDelivery: (typeof KNOBS.hookDelivery)[number], times: number) => {
    sim.turn({ hookDelivery })
    ear.heard.length = 0
    const numbers = Array.from({ length: times }, () => String(book()))
    const bodies = await heard()
    return { numbers, bodies }
  }
  const twice = await told('duplicates', 1)
  expect(twice.bodies).toEqual([twice.numbers[0], twice.numbers[0]])
  const over = await told('out-of-order', 3)
  expect(over.bodies).toEqual([over.numbers[1], over.numbers[0]])
  sim.advance(2000)
  expect((await heard()).at(-1)).toBe(over.numbers[2])
  const burst = await told('parallel', 30)
  expect([...burst.bodies].sort()).toEqual(burst.numbers)
  const lossy = await told('lost-tenth', 60)
  expect(lossy.bodies.length).toBeGreaterThan(45)
  expect(lossy.bodies.length).toBeLessThan(60)
})
test('the log keeps what was sent and answered, and sends it once more; calls can be held, lost and let go in another order', async () => {
  listen()
  count(9)
  await heard()
  expect(log()).toMatchObject([{ method: 'POST', outcome: 'HTTP 200', tries: 1, body: expect.stringContaining('stockUpdate') }])
  sim.hooks.resend(1, log()[0]?.id ?? 0)
  expect(await heard()).toHaveLength(2)
  sim.hooks.hold()
  for (const n of [1, 2, 3]) count(n)
  const [a, b, c] = sim.hooks.waiting().map((each) => each.id)
  sim.hooks.lose(a ?? 0)
  expect(await sim.hooks.send(c ?? 0)).toBe(200)
  await sim.hooks.release([b ?? 0])
  expect(await heard()).toHaveLength(4)
})
test('the matrix is as documented, each alternative alone, and combinations that are the same every time', () => {
  const positions = knobPositions()
  expect(positions).toHaveLength(1 + Object.values(KNOBS).reduce((sum, values) => sum + values.length - 1, 0) + 20)
  expect(positions).toEqual(knobPositions())
})
