/** A shop in the middle of its work: a live sale while ten thousand numbers are synced, and how long an order takes to the ledger, by hook and with every hook lost. */
import { type Child, start } from './children.ts'
import { pause, ticks, until } from './load.ts'
import { sell } from './movements.ts'
import { type Figure, median, percentile } from './report.ts'
import { confirmFirstSync, connect, openStand, runToEnd, type Stand, waiting } from './stand.ts'

const PLACE = 'Odenplan'
const ORDERS = 20

export async function busy(scale: number): Promise<Figure[]> {
  const count = Math.ceil(10_000 * scale)
  const stand = await openStand(count)
  const shop = await start({ run: 'shopify', places: [PLACE], lanes: 8 })
  try {
    const numbers = stand.articles.map((a) => a.number)
    for (let n = 0; n < numbers.length; n += 1000) await shop.ask({ kind: 'items', numbers: numbers.slice(n, n + 1000), place: PLACE, quantity: 5 })
    const id = await connect(stand, 'shopify', shop, true)
    await stand.call('POST', `/v1/connections/${id}/box`, { boxed: true, foundInShop: true })
    // One article first, so that there is something live while the others are on their way.
    const first = await confirmFirstSync(stand, id)
    const during = await sales(stand, id, first)
    await until('everything is told', async () => (await waiting(stand, id)) === 0, 600_000, 200)
    const byHook = await orders(stand, shop, id, ORDERS)
    await stand.call('POST', `/v1/connections/${id}/settings`, { pollEveryMs: 60_000 })
    await stand.superuser.query('update hook_address set address = address || $1', ['-lost'])
    // A door is remembered for five seconds.
    await pause(6_000)
    const byPoll = await orders(stand, shop, id, 3)
    return [
      { name: `a live sale -> the shop shows it, while sync-all of ${count} runs: p50`, value: median(during), unit: 's' },
      { name: 'the same, p99', value: percentile(during, 99), unit: 's', aim: { atMost: 60 }, note: `${during.length} sales, the first before any number was known` },
      {
        name: 'order placed -> ledger by hook, p50',
        value: median(byHook),
        unit: 's',
        aim: { atMost: 2 },
        note: `slowest ${Math.max(...byHook).toFixed(2)} s of ${byHook.length}`,
      },
      {
        name: 'order placed -> ledger, every hook lost: slowest',
        value: Math.max(...byPoll),
        unit: 's',
        aim: { atMost: 65 },
        note: `${byPoll.length} orders, polled once a minute`,
      },
    ]
  } finally {
    await stand.close()
    await shop.stop()
  }
}

/** Sales one after the other while the run goes on: seconds until the shop was told of each. */
async function sales(stand: Stand, id: number, runId: number): Promise<number[]> {
  const seen: number[] = []
  let over = false
  const run = runToEnd(stand, id, runId).finally(() => {
    over = true
  })
  while (!over) {
    const began = ticks()
    await sell(stand, 0)
    await until('the sale is told', async () => (await liveWaiting(stand, id)) === 0, 120_000, 20)
    seen.push((ticks() - began) / 1000)
    await pause(100)
  }
  await run
  return seen
}

async function liveWaiting({ superuser }: Stand, id: number): Promise<number> {
  return Number((await superuser.query("select count(*) as n from told where listener_id = $1 and lane = 'live' and wanted > told", [id])).rows[0].n)
}

/** Orders placed in the shop, one at a time: seconds until the ledger holds each. */
async function orders(stand: Stand, shop: Child, id: number, count: number): Promise<number[]> {
  const seen: number[] = []
  for (let n = 0; n < count; n++) {
    const before = await taken(stand, id)
    const began = ticks()
    await shop.ask({ kind: 'orders', orders: [[{ number: stand.articles[n]?.number ?? '', quantity: 1 }]], place: PLACE })
    await until('the order is in the ledger', async () => (await taken(stand, id)) > before, 120_000, 5)
    seen.push((ticks() - began) / 1000)
  }
  return seen
}

async function taken({ superuser }: Stand, id: number): Promise<number> {
  return Number((await superuser.query("select count(*) as n from movement where kind = 'web-reserve' and actor = $1", [`listener:${id}`])).rows[0].n)
}
