/** A shop goes on where it was after its process ended. */
import { expect, test } from 'vitest'
import { ask, placeGid, stillTime } from './asking.ts'
import { startShopify } from './shopify.ts'

test('a kept shop has the same ids, numbers and orders, and gives new ids to new orders', async () => {
  const clock = stillTime()
  const first = await startShopify({ clock, places: ['Odenplan', 'Haga'] })
  first.shop.addItems([{ sku: 'A-1', levels: { Odenplan: 5, Haga: 2 } }])
  const order = first.shop.placeOrder({ lines: [{ sku: 'A-1', quantity: 1, at: 'Haga' }] })
  const before = first.state()
  const kept = first.keep()
  const [item, place] = [first.shop.handle({ sku: 'A-1' }), placeGid(first, 'Haga')]
  await first.close()

  const second = await startShopify({ clock, kept })
  expect({ ...second.state(), hits: {} }).toEqual({ ...before, hits: {} })
  expect([second.shop.handle({ sku: 'A-1' }), placeGid(second, 'Haga')]).toEqual([item, place])
  expect((await ask(second, '{ locations(first: 5) { nodes { name } } }')).status).toBe(200)
  expect(second.shop.cancel({ order: order.name, restock: true }).cancelledAt).not.toBeNull()
  expect(second.available('A-1', 'Haga')).toBe(2)
  const next = second.shop.placeOrder({ lines: [{ sku: 'A-1', quantity: 1 }] })
  expect(BigInt(next.id)).toBeGreaterThan(BigInt(order.id))
  expect(next.name).toBe('#1002')
  await second.close()
})

test('a port somebody else has is refused in words, and an idle shop stays the same bytes', async () => {
  const first = await startShopify({ clock: stillTime() })
  await expect(startShopify({ port: Number(new URL(first.address).port) })).rejects.toThrow('EADDRINUSE')
  const kept = first.keep()
  await ask(first, '{ shop { name } }')
  expect(Buffer.compare(first.keep(), kept)).toBe(0)
  await first.close()
})
