/** What the shop tells by itself: signed, thin, in no certain order; and a shop goes on where it was after its process ended. */
import { createHmac } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { stillTime } from '../shopify/asking.ts'
import { type DandomainSim, startDandomain } from './dandomain.ts'

let sim: DandomainSim
const closing: (() => void)[] = []
afterEach(async () => {
  await sim.close()
  for (const close of closing.splice(0)) close()
})
async function listener(status = 200): Promise<{ url: string; heard: { topic: string; body: string; signature: string }[] }> {
  const heard: { topic: string; body: string; signature: string }[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (part) => {
      body += part
    })
    request.on('end', () => {
      heard.push({ topic: String(request.headers['x-webhook-topic']), body, signature: String(request.headers['x-hmac-sha256']) })
      response.writeHead(status).end()
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  closing.push(() => void server.close())
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/x`, heard }
}
test('an event is a signed post with the id alone', async () => {
  sim = await startDandomain({ clock: stillTime() })
  sim.shop.addProducts([{ itemNumber: 'A', stock: 5 }])
  const { url, heard } = await listener()
  for (const topic of ['orders/created', 'orders/cancelled', 'products/updated']) sim.shop.addWebhook({ topic, url })
  const { id } = sim.shop.placeOrder({ lines: [{ itemNumber: 'A', amount: 1 }] })
  sim.shop.setStatus({ order: id, status: 5 })
  sim.shop.handEdit({ itemNumber: 'A', stock: 8 })
  await sim.hooks.quiet()
  expect(heard.map(({ topic, body }) => [topic, body])).toEqual([
    ['orders/created', `{"id":"${id}"}`],
    ['orders/cancelled', `{"id":"${id}"}`],
    ['products/updated', '{"id":"1"}'],
  ])
  const { hookSecret } = sim.credentials
  for (const { body, signature } of heard) expect(signature).toBe(createHmac('sha256', hookSecret).update(body).digest('base64'))
  sim.turn({ hookSignature: 'hex', hookId: 'number' })
  const { body, headers } = sim.hookAbout('orders/updated', id)
  expect([body, headers['x-hmac-sha256']]).toEqual([`{"id":${id}}`, createHmac('sha256', hookSecret).update(body).digest('hex')])
})
test('events come twice, late, out of order or not at all, are held and lost by hand, and tried again', async () => {
  sim = await startDandomain({ clock: stillTime(), knobs: { hookDelivery: 'duplicates', hookRetries: 3 } })
  sim.shop.addProducts([{ itemNumber: 'A', stock: 500 }])
  const { url, heard } = await listener(500)
  sim.shop.addWebhook({ topic: 'orders/created', url })
  const sell = () => sim.shop.placeOrder({ lines: [{ itemNumber: 'A', amount: 1 }] }).id
  const first = sell()
  await sim.hooks.quiet()
  expect(heard.length).toBe(2)
  sim.advance(60_000)
  await sim.hooks.quiet()
  expect(heard.length).toBe(4)
  sim.turn({ hookDelivery: 'out-of-order', hookRetries: 'none' })
  heard.length = 0
  const [second, third] = [sell(), sell()]
  await sim.hooks.quiet()
  expect(heard.map(({ body }) => JSON.parse(body).id)).toEqual([String(third), String(second)])
  sim.turn({ hookDelivery: 'lost-tenth' })
  for (let n = 0; n < 60; n++) sell()
  expect(sim.state().hits['hook-lost']).toBeGreaterThan(0)
  await sim.hooks.quiet()
  sim.hooks.hold()
  sim.turn({ hookDelivery: 'once' })
  heard.length = 0
  sell()
  sell()
  const [one, two] = sim.hooks.waiting()
  sim.hooks.lose(one?.id ?? 0)
  expect(await sim.hooks.send(two?.id ?? 0)).toBe(500)
  await sim.hooks.release()
  expect(heard.length).toBe(1)
  expect(first).toBe(1001)
})
test('a kept shop has the same ids, numbers, orders, invoices and webhooks, and gives new ids to new orders', async () => {
  const clock = stillTime()
  const first = await startDandomain({ clock, locations: [1] })
  first.shop.addProducts([{ itemNumber: 'A', stock: 5 }])
  first.shop.addWebhook({ topic: 'orders/created', url: 'http://127.0.0.1:9/x' })
  first.hooks.hold()
  const order = first.shop.placeOrder({ lines: [{ itemNumber: 'A', amount: 1 }] })
  const [before, kept, credentials] = [first.state(), first.keep(), first.credentials]
  await fetch(`${first.address}/service.wsdl`)
  expect(Buffer.compare(first.keep(), kept)).toBe(0)
  await first.close()
  sim = await startDandomain({ clock, kept })
  expect({ ...sim.state(), hits: {}, hooksWaiting: [] }).toEqual({ ...before, hits: {}, hooksWaiting: [] })
  expect(sim.credentials).toEqual(credentials)
  sim.shop.setStatus({ order: order.id, status: 5 })
  expect([sim.shop.stock({ itemNumber: 'A' }), sim.shop.placeOrder({ lines: [{ itemNumber: 'A', amount: 1 }] }).id]).toEqual([5, order.id + 1])
})
