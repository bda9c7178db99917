/** A shop that compares nothing and is asked four times a second: a till sale to the shop idle and while everything is synced, an order to the ledger, and ten thousand articles. */
import { type Child, start } from './children.ts'
import { bareHttp, bareInsert } from './floors.ts'
import { openClient, pause, ticks, until } from './load.ts'
import { type Figure, median, percentile } from './report.ts'
import { type Article, callCount, confirmFirstSync, connect, openStand, runToEnd, type Stand, waiting } from './stand.ts'

const PLACE = 'Odenplan'
/** What the connector allows itself against a shop that says nothing of its limits. */
const CALLS_PER_S = 4
/** More than any shelf, so that the first sync lowers every number, and so does a sale meanwhile. */
const IN_SHOP = 2_000
const MOST_MS = 1_800_000
/** What the connector allows an order to take until its feed shows it: a number isn't raised before (R18). */
const FEED_LAG_S = 5
/** Between two sales of a busy till. */
const TILL_MS = 5_000

export async function abicart(scale: number): Promise<Figure[]> {
  const count = Math.ceil(10_000 * scale)
  const stand = await openStand(count)
  const shop = await start({ run: 'abicart', places: [PLACE] })
  try {
    await shop.ask({ kind: 'items', numbers: stand.articles.map((a) => a.number), place: PLACE, quantity: IN_SHOP })
    const [matching, id] = await matched(stand, shop, count)
    await stand.call('POST', `/v1/connections/${id}/box`, { boxed: true, foundInShop: true })
    const calls = await callCount(shop)
    const from = ticks()
    const run = await confirmFirstSync(stand, id)
    const during = await salesDuring(stand, shop, id, run)
    await until('everything is told', async () => (await waiting(stand, id)) === 0, MOST_MS, 200)
    const [seconds, spent] = [(ticks() - from) / 1000, (await callCount(shop)) - calls]
    const idle = await salesIdle(stand, shop, id, Math.max(5, Math.ceil(30 * scale)))
    const raised = await raisesIdle(stand, shop, id, 5)
    const commit = median((await bareInsert(stand, 1, 100)).ms)
    const request = median((await bareHttp(1, 100, Buffer.alloc(200, 32))).ms)
    const floor = { what: '2 bare inserts + 3 bare requests', value: (2 * commit + 3 * request) / 1000 }
    return [
      matching,
      { name: `${count} articles converged, each number another, from the dry run to nothing waiting`, value: seconds, unit: 's', ...atPace(spent) },
      { name: 'a till sale -> the shop shows it, idle: p50', value: median(idle), unit: 's', floor },
      { name: 'the same, p99', value: percentile(idle, 99), unit: 's', floor, aim: { atMost: 2 }, note: `${idle.length} sales` },
      {
        name: 'a goods receipt -> the shop shows it, idle: slowest',
        value: Math.max(...raised),
        unit: 's',
        floor: { what: 'the wait for its feed (R18)', value: FEED_LAG_S },
        aim: { atMost: FEED_LAG_S + 2 },
        note: `${raised.length} receipts`,
      },
      { name: `a till sale -> the shop shows it, while sync-all of ${count} runs: p50`, value: median(during), unit: 's' },
      { name: 'the same, p99', value: percentile(during, 99), unit: 's', aim: { atMost: 60 }, note: `${during.length} sales` },
      ...(await orderFigures(stand, shop, id)),
    ]
  } finally {
    await stand.close()
    await shop.stop()
  }
}

const atPace = (calls: number): Pick<Figure, 'floor' | 'note'> => ({
  floor: { what: `its calls at ${CALLS_PER_S} a second`, value: calls / CALLS_PER_S },
  note: `${calls} calls, two at once`,
})

async function matched(stand: Stand, shop: Child, count: number): Promise<[Figure, number]> {
  const from = ticks()
  const id = await connect(stand, 'abicart', shop, true)
  const seconds = (ticks() - from) / 1000
  const plain = Math.ceil(count * 0.3)
  return [
    { name: `connected, and ${count} articles (${plain} plain, ${count - plain} of choices) read and matched`, value: seconds, unit: 's', ...atPace(await callCount(shop)) },
    id,
  ]
}

async function salesDuring(stand: Stand, shop: Child, id: number, runId: number): Promise<number[]> {
  const seen: number[] = []
  let over = false
  const run = runToEnd(stand, id, runId).finally(() => {
    over = true
  })
  for (let n = 0; !over; n++) {
    seen.push(await sale(stand, shop, n))
    if (!over) await pause(TILL_MS)
  }
  await run
  return seen
}

async function salesIdle(stand: Stand, shop: Child, id: number, sales: number): Promise<number[]> {
  const seen: number[] = []
  for (let n = 0; n < sales; n++) {
    await until('all is quiet', async () => (await waiting(stand, id)) === 0, MOST_MS, 50)
    // The calls it may make again.
    await pause(1_000)
    seen.push(await sale(stand, shop, n))
  }
  return seen
}

/** Seconds until the shop shows what came in. */
async function raisesIdle(stand: Stand, shop: Child, id: number, receipts: number): Promise<number[]> {
  const seen: number[] = []
  for (let n = 0; n < receipts; n++) {
    await until('all is quiet', async () => (await waiting(stand, id)) === 0, MOST_MS, 50)
    const article = stand.articles[stand.articles.length - 1 - n] as Article
    const now = (await available(stand, article)) + 1
    const began = ticks()
    await stand.call('POST', '/v1/goods-receipts', { ref: `R${n}`, locationId: stand.locationId, lines: [{ articleNumber: article.number, quantity: 1 }] })
    await until('the shop shows the receipt', async () => (await shown(shop, article.number)) === now, 300_000, 10)
    seen.push((ticks() - began) / 1000)
  }
  return seen
}

let sold = 0
/** Seconds until the shop shows what is left; plain articles and choices by turns. */
async function sale(stand: Stand, shop: Child, n: number): Promise<number> {
  const { articles } = stand
  const article = articles[n % 2 === 0 ? (n * 7) % Math.ceil(articles.length * 0.3) : articles.length - 1 - ((n * 13) % Math.floor(articles.length * 0.7))] as Article
  const left = (await available(stand, article)) - 1
  const began = ticks()
  await stand.call('POST', '/v1/sales', { ref: `A${++sold}`, locationId: stand.locationId, lines: [{ articleNumber: article.number, quantity: 1 }] })
  await until('the shop shows the sale', async () => (await shown(shop, article.number)) === left, 300_000, 10)
  return (ticks() - began) / 1000
}

/** Orders placed in the shop: seconds until the ledger holds each, by event and with every event lost. */
async function orderFigures(stand: Stand, shop: Child, id: number): Promise<Figure[]> {
  const byEvent = await orders(stand, shop, id, 10)
  await stand.call('POST', `/v1/connections/${id}/settings`, { pollEveryMs: 60_000 })
  await control(shop, 'events/lossy', { drop: 1_000 })
  const byPoll = await orders(stand, shop, id, 2)
  return [
    {
      name: 'order placed -> ledger by event: slowest',
      value: Math.max(...byEvent),
      unit: 's',
      aim: { atMost: 2 },
      note: `${byEvent.length} orders, p50 ${median(byEvent).toFixed(2)} s`,
    },
    {
      name: 'order placed -> ledger, every event lost: slowest',
      value: Math.max(...byPoll),
      unit: 's',
      aim: { atMost: 65 },
      note: `${byPoll.length} orders, polled once a minute`,
    },
  ]
}
async function orders(stand: Stand, shop: Child, id: number, count: number): Promise<number[]> {
  const seen: number[] = []
  for (let n = 0; n < count; n++) {
    // Whatever else is looked at would find the order on its way.
    await until('all is quiet', async () => (await waiting(stand, id)) === 0, MOST_MS, 50)
    await pause(1_000)
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
async function available({ superuser }: Stand, { id }: Article): Promise<number> {
  return Number((await superuser.query('select on_hand - reserved as n from level where article_id = $1', [id])).rows[0].n)
}

// ---- the simulator's own account

async function control<T>(shop: Child, verb: string, body: unknown): Promise<T> {
  const web = openClient(shop.address, 1)
  try {
    const answer = await web.send('POST', `/_sim/${verb}`, { 'content-type': 'application/json' }, JSON.stringify(body))
    return (JSON.parse(answer.body) as { result: T }).result
  } finally {
    web.close()
  }
}
const shown = (shop: Child, articleNumber: string) => control<number>(shop, 'shop/stock', { articleNumber })
