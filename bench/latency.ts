/** From a sale at the till to the moment the shop has the new number in its hands, one at a time on an idle system. */
import { start } from './children.ts'
import { bareHttp, bareInsert } from './floors.ts'
import { pause, ticks, until } from './load.ts'
import { sell } from './movements.ts'
import { type Figure, median, percentile } from './report.ts'
import { confirmFirstSync, connect, openStand, waiting } from './stand.ts'

/** Between two sales: the system is idle again, and what the shop's own hooks made us look at is over. */
const REST_MS = 150

export async function latency(scale: number): Promise<Figure[]> {
  return [...(await toShop('shopify', Math.ceil(200 * scale))), ...(await toShop('toy', Math.ceil(200 * scale)))]
}

async function toShop(code: 'shopify' | 'toy', sales: number): Promise<Figure[]> {
  const stand = await openStand(200)
  const shop = await start({ run: code, places: ['Odenplan'] })
  try {
    await shop.ask({ kind: 'items', numbers: stand.articles.map((a) => a.number), place: 'Odenplan', quantity: 1 })
    const id = await connect(stand, code, shop, true)
    await stand.call('POST', `/v1/connections/${id}/box`, { boxed: true, foundInShop: true })
    await confirmFirstSync(stand, id)
    await until('every article is in sync', async () => (await waiting(stand, id)) === 0, 120_000)
    const answered: number[] = []
    const seen: number[] = []
    const after: number[] = []
    for (let n = -10; n < sales; n++) {
      await pause(REST_MS)
      const arrived = new Promise<number>((resolve) => shop.onWrite(resolve))
      const began = ticks()
      await sell(stand, 0)
      const booked = ticks()
      const at = await arrived
      shop.onWrite(null)
      if (n < 0) continue
      answered.push(booked - began)
      seen.push(at - began)
      after.push(at - booked)
    }
    const commit = median((await bareInsert(stand, 1, 200)).ms)
    const request = median((await bareHttp(1, 200, Buffer.alloc(200, 32))).ms)
    const name = code === 'shopify' ? 'Shopify' : 'the toy shop'
    const floor = { what: '2 bare inserts + 2 bare requests', value: 2 * commit + 2 * request }
    return [
      {
        name: `sale -> call seen by ${name}, p50`,
        value: median(seen),
        unit: 'ms',
        floor,
        aim: { atMost: 10 },
        note: `of which the sale's own answer ${median(answered).toFixed(1)}`,
      },
      { name: `sale -> call seen by ${name}, p95`, value: percentile(seen, 95), unit: 'ms' },
      { name: `sale -> call seen by ${name}, p99`, value: percentile(seen, 99), unit: 'ms', aim: { atMost: 50 } },
      { name: `sale answered -> call seen by ${name}, p50`, value: median(after), unit: 'ms', floor: { what: 'a bare insert + a bare request', value: commit + request } },
    ]
  } finally {
    await stand.close()
    await shop.stop()
  }
}
