/** A shop goes on where it was after its process ended. */
import { expect, test } from 'vitest'
import { stillTime } from '../shopify/asking.ts'
import { startAbicart } from './abicart.ts'
import { ask } from './asking.ts'

test('a kept shop has the same uids, numbers, orders, keys and listeners, and gives new uids to new orders', async () => {
  const clock = stillTime()
  const first = await startAbicart({ clock, knobs: { decrementOn: 'paid' } })
  first.shop.addArticles([{ articleNumber: 'A-1', stock: 5 }])
  const order = first.shop.placeOrder({ lines: [{ articleNumber: 'A-1', quantity: 1 }] })
  await ask(first, 'EventListener.create', [{ authToken: first.credentials.key, eventName: 'Order/paid', url: 'http://127.0.0.1:9/x' }])
  first.advance(1000)
  const [before, kept, credentials] = [first.state(), first.keep(), first.credentials]
  first.advance(1000)
  await ask(first, 'Article.list', [true, {}])
  const idle = first.keep()
  await first.close()

  const second = await startAbicart({ clock, kept })
  second.advance(1000)
  expect({ ...second.state(), hits: {}, writes: [] }).toEqual({ ...before, hits: {}, writes: [] })
  expect(second.credentials).toEqual(credentials)
  expect(Buffer.compare(idle, kept)).toBe(0)
  expect(second.shop.discard({ order: order.uid }).discarded).toBe(true)
  expect(second.shop.stock({ articleNumber: 'A-1' })).toBe(5)
  const next = second.shop.placeOrder({ lines: [{ articleNumber: 'A-1', quantity: 1 }] })
  expect(next.uid).toBeGreaterThan(order.uid)
  expect(next.orderNumber).toBe('1002')
  await second.close()
})
