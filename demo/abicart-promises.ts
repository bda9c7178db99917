/** What is promised with Abicart, which compares nothing and tells its stock per article or per customer's choice: the same as with a shop that does. */
import { abicartDisagreement, abicartState, abicartStock, abicartTold } from './abicart-figures.ts'
import { ABICART_STORE } from './abicart-shop.ts'
import { askSim } from './ask.ts'
import { type Ours, oursAt } from './figures.ts'
import { Broken, type Ground, holds, type Promised } from './promise.ts'

const PLAIN = '2003'
const VARIANT = '1003-GRÅ'
/** A sale in the till lowers the shop at once, before anything is looked into (R23a). */
const AT_ONCE_MS = 2_000

export const abicartPromises: readonly Promised[] = [
  { words: 'Set up with an API key and the shop id, every article is in step', keep: isSetUp },
  { words: 'Each article has its webshop artikel-ID: a plain one the article’s, one of several choices the choice’s', keep: hasIds },
  { words: 'Sync all says first what differs, then sends only that', keep: syncAll },
  { words: 'A sale of a plain article is in the webshop within 2 s', keep: sale(PLAIN) },
  { words: 'A sale of one of several choices is in the webshop within 2 s', keep: sale(VARIANT) },
  { words: 'A web order of both kinds leaves the stock, and its discarding puts it back', keep: orderAndDiscard },
  { words: 'A sale told while an order is unseen erases nothing', keep: unseenOrder },
  { words: 'A web order whose message was lost is found all the same', keep: lostMessage },
  { words: 'When nothing is on its way any more, every number is the same in both places', keep: inStep },
]

async function isSetUp(ground: Ground): Promise<void> {
  await holds(ground, async () => {
    const connection = await ground.api('connections.show', { params: { connectionId: ground.connectionId } })
    const undone = connection.guide.filter((step) => !step.done)
    const odd = Object.keys(connection.counts).filter((state) => state !== 'in-sync' && state !== 'not-boxed')
    if (undone.length > 0) return `steps of the guide aren't done: ${undone.map((step) => step.code).join(', ')}`
    return odd.length > 0 ? `some articles are ${odd.join(', ')}` : null
  })
  await agree(ground)
}

async function hasIds(ground: Ground): Promise<void> {
  for (const number of [PLAIN, VARIANT]) {
    const { cell } = await askSim<{ cell: string }>(ground.sim, 'shop/goods', { articleNumber: number })
    const { items } = await ground.api('articles.list', { query: { q: number } })
    const article = await ground.api('articles.show', { params: { articleId: items.find((each) => each.number === number)?.id ?? 0 } })
    const ref = article.connections.find((each) => each.connectionId === ground.connectionId)?.itemRef ?? null
    if (ref !== cell) throw new Broken(`${number} is ${cell} in the shop, and ${ref} here`)
  }
}

/** Numbers raised by hand in the shop, of which no message reaches us. */
async function syncAll(ground: Ground): Promise<void> {
  const edits = [
    { articleNumber: '2002', by: 4 },
    { articleNumber: '1004-M', by: 3 },
  ]
  await isQuiet(ground)
  const before = await abicartStock(ground)
  for (const { articleNumber, by } of edits) await askSim(ground.sim, 'shop/handEdit', { articleNumber, stock: (before.get(articleNumber) ?? 0) + by })
  const from = await abicartTold(ground)
  const params = { connectionId: ground.connectionId }
  const { id } = await ground.api('runs.start', { params, body: { kind: 'sync-all' } })
  const run = { ...params, runId: id }
  await holds(ground, async () => ((await ground.api('runs.show', { params: run })).state === 'ready' ? null : 'the dry run is not ready'))
  const { items } = await ground.api('runs.items', { params: run, query: { state: 'send' } })
  const said = items.map((item) => `${item.articleNumber} ${Number(item.was) - Number(item.target)}`).sort()
  const meant = edits.map((edit) => `${edit.articleNumber} ${edit.by}`).sort()
  if (said.join() !== meant.join()) throw new Broken(`the dry run says ${said.join(', ') || 'nothing'} instead of ${meant.join(', ')}`)
  if ((await abicartTold(ground)) > from) throw new Broken('something was sent before it was confirmed')
  await ground.api('runs.confirm', { params: run, body: {} })
  await agree(ground)
  const sent = (await abicartTold(ground)) - from
  if (sent !== edits.length) throw new Broken(`${sent} numbers were sent for ${edits.length} differences`)
}

function sale(number: string): Promised['keep'] {
  return async (ground) => {
    const before = await oursAt(ground, number, ABICART_STORE)
    await sell(ground, number, 2)
    const within = { ...ground, patienceMs: AT_ONCE_MS * (ground.slack ?? 1) }
    await shows(within, number, { onHand: before.onHand - 2, reserved: before.reserved })
  }
}

async function orderAndDiscard(ground: Ground): Promise<void> {
  const before = [await oursAt(ground, PLAIN, ABICART_STORE), await oursAt(ground, VARIANT, ABICART_STORE)] as const
  const order = await askSim<{ uid: number }>(ground.sim, 'shop/placeOrder', {
    lines: [
      { articleNumber: PLAIN, quantity: 1 },
      { articleNumber: VARIANT, quantity: 2 },
    ],
  })
  await shows(ground, PLAIN, { ...before[0], reserved: before[0].reserved + 1 })
  await shows(ground, VARIANT, { ...before[1], reserved: before[1].reserved + 2 })
  await askSim(ground.sim, 'shop/discard', { order: order.uid })
  await shows(ground, PLAIN, before[0])
  await shows(ground, VARIANT, before[1])
}

/** The shop has sold three that we haven't heard of when the till sells one: four are gone in the end, in both places. */
async function unseenOrder(ground: Ground): Promise<void> {
  const before = await oursAt(ground, VARIANT, ABICART_STORE)
  await withoutEvents(ground, async () => {
    await askSim(ground.sim, 'shop/placeOrder', { lines: [{ articleNumber: VARIANT, quantity: 3 }] })
    await sell(ground, VARIANT, 1)
    await shows(ground, VARIANT, { onHand: before.onHand - 1, reserved: before.reserved + 3 })
  })
}

async function inStep(ground: Ground): Promise<void> {
  await isQuiet(ground)
  await agree(ground)
}

async function lostMessage(ground: Ground): Promise<void> {
  const { pollEveryMs } = await ground.api('connections.show', { params: { connectionId: ground.connectionId } })
  const before = await oursAt(ground, PLAIN, ABICART_STORE)
  const lost = (await abicartState(ground)).hits['event-lost'] ?? 0
  await withoutEvents(ground, async () => {
    await askSim(ground.sim, 'shop/placeOrder', { lines: [{ articleNumber: PLAIN, quantity: 1 }] })
    // The sweep comes every so often; patience begins when it has had its turn.
    await ground.soon(shows({ ...ground, patienceMs: pollEveryMs + ground.patienceMs }, PLAIN, { ...before, reserved: before.reserved + 1 }))
  })
  if (((await abicartState(ground)).hits['event-lost'] ?? 0) === lost) throw new Broken('no message was lost, so nothing was shown')
}

const agree = (ground: Ground) => holds(ground, () => abicartDisagreement(ground))

async function sell(ground: Ground, number: string, quantity: number): Promise<void> {
  const { items } = await ground.api('locations.list')
  const locationId = items.find((location) => location.name === ABICART_STORE)?.id ?? 0
  await ground.api('sales.register', { body: { ref: `till-${number}-${quantity}`, locationId, lines: [{ articleNumber: number, quantity }] } })
}

/** Until we have exactly this and the shop shows it. */
async function shows(ground: Ground, number: string, wanted: Pick<Ours, 'onHand' | 'reserved'>): Promise<void> {
  await holds(ground, async () => {
    const [mine, shop] = [await oursAt(ground, number, ABICART_STORE), (await abicartStock(ground)).get(number) ?? null]
    const available = wanted.onHand - wanted.reserved
    if (mine.onHand === wanted.onHand && mine.reserved === wanted.reserved && shop === available) return null
    return `${number}: ${mine.onHand} on the shelf, ${mine.reserved} reserved, the shop shows ${shop}; it should be ${wanted.onHand}, ${wanted.reserved} and ${available}`
  })
}

/** Nothing is on its way in either direction: what is seen next comes from what is done next. */
const isQuiet = (ground: Ground) =>
  holds({ patienceMs: 2 * ground.patienceMs }, async () => {
    const { waiting, queue } = await ground.api('connections.show', { params: { connectionId: ground.connectionId } })
    const events = (await abicartState(ground)).eventsWaiting.length
    return waiting + queue.inboxWaiting + events === 0 ? null : `${waiting} numbers, ${queue.inboxWaiting} messages and ${events} events are still on their way`
  })

async function withoutEvents(ground: Ground, work: () => Promise<void>): Promise<void> {
  await askSim(ground.sim, 'events/lossy', { drop: 1_000 })
  try {
    await work()
  } finally {
    await askSim(ground.sim, 'events/lossy', {})
  }
}
