/** What is promised with Shopify: sales go out, orders come in, nothing is told that needn't be, and a lost message changes nothing in the end. */
import { askSim } from './ask.ts'
import type { Store } from './catalogue.ts'
import { disagreement, lastRequest, type Ours, oursAt, theirs, told } from './figures.ts'
import { Broken, type Ground, holds, type Promised } from './promise.ts'

/** EasyCashier's guide for Shopify: inventory read and write, orders read, locations read, merchant-managed fulfilment orders read. */
const FOUR_RIGHTS = ['read_inventory', 'read_locations', 'read_merchant_managed_fulfillment_orders', 'read_orders', 'write_inventory']

export const shopifyPromises: readonly Promised[] = [
  { words: "Set up with the guide's four rights, every article is in step", keep: isSetUp },
  { words: "A sale in Odenplan leaves Odenplan's number in the webshop, and no other store's", keep: sale('1001-M-BLÅ', 'Odenplan', 'Haga') },
  { words: "A sale in Haga leaves Haga's number in the webshop, and no other store's", keep: sale('1001-M-BLÅ', 'Haga', 'Odenplan') },
  // Before the orders: numbers an order just named are looked at twice, 15 s apart, and a dry run counts only what is still.
  { words: 'Sync all says first what differs, then sends only that', keep: syncAll },
  { words: 'A web order that ships from Odenplan leaves its stock, and nothing is written back', keep: webOrder('1002-M', 'Odenplan') },
  { words: 'A web order that ships from Haga leaves its stock, and nothing is written back', keep: webOrder('1002-L', 'Haga') },
  { words: 'Its cancellation puts it back on both sides', keep: cancellation },
  { words: 'A shipped order leaves the shelf', keep: shipping },
  { words: 'A web order whose message was lost is found all the same', keep: lostHook },
]

const agree = (ground: Ground) => holds(ground, () => disagreement(ground))

async function isSetUp(ground: Ground): Promise<void> {
  const { scopes } = await theirs(ground)
  if ([...scopes].sort().join() !== FOUR_RIGHTS.join()) throw new Broken(`the shop grants ${scopes.join(', ')}`)
  await holds(ground, async () => {
    const connection = await ground.api('connections.show', { params: { connectionId: ground.connectionId } })
    const undone = connection.guide.filter((step) => !step.done)
    const odd = Object.keys(connection.counts).filter((state) => state !== 'in-sync' && state !== 'not-boxed')
    if (undone.length > 0) return `steps of the guide aren't done: ${undone.map((step) => step.code).join(', ')}`
    return odd.length > 0 ? `some articles are ${odd.join(', ')}` : null
  })
  await agree(ground)
}

function sale(number: string, store: Store, other: Store): Promised['keep'] {
  return async (ground) => {
    const [before, there] = [await oursAt(ground, number, store), await oursAt(ground, number, other)]
    const { items } = await ground.api('locations.list')
    const locationId = items.find((location) => location.name === store)?.id ?? 0
    await ground.api('sales.register', { body: { ref: `${store}-1042`, locationId, lines: [{ articleNumber: number, quantity: 2 }] } })
    await shows(ground, number, store, { onHand: before.onHand - 2, reserved: before.reserved })
    await shows(ground, number, other, there)
  }
}

function webOrder(number: string, store: Store): Promised['keep'] {
  return async (ground) => {
    const from = await lastRequest(ground)
    await order(ground, number, store, 2)
    const written = await told(ground, from)
    if (written > 0) throw new Broken(`the shop took it off by itself, and was told ${written} numbers about it`)
  }
}

async function cancellation(ground: Ground): Promise<void> {
  const [number, store] = ['2003', 'Haga'] as const
  const before = await oursAt(ground, number, store)
  const name = await order(ground, number, store, 3)
  await askSim(ground.sim, 'shop/cancel', { order: name, restock: true })
  await shows(ground, number, store, before)
}

async function shipping(ground: Ground): Promise<void> {
  const [number, store] = ['3001-VIT', 'Odenplan'] as const
  const before = await oursAt(ground, number, store)
  const name = await order(ground, number, store, 2)
  await askSim(ground.sim, 'shop/fulfil', { order: name })
  await shows(ground, number, store, { onHand: before.onHand - 2, reserved: before.reserved })
}

/**
 * Two numbers are raised by hand in the shop, and no message of it reaches us. Raised ones are put right at once; a lowered one may be a sale
 * that hasn't been read yet, and is checked for a minute before it is raised again (R20).
 */
async function syncAll(ground: Ground): Promise<void> {
  const edits = [
    { sku: '2002', at: 'Odenplan', delta: 4 },
    { sku: '00123', at: 'Haga', delta: 3 },
  ]
  await isQuiet(ground)
  await withoutHooks(ground, async () => {
    for (const edit of edits) await askSim(ground.sim, 'shop/handEdit', edit)
  })
  const from = await lastRequest(ground)
  const params = { connectionId: ground.connectionId }
  const { id } = await ground.api('runs.start', { params, body: { kind: 'sync-all' } })
  const run = { ...params, runId: id }
  await holds(ground, async () => ((await ground.api('runs.show', { params: run })).state === 'ready' ? null : 'the dry run is not ready'))
  const { items } = await ground.api('runs.items', { params: run, query: { state: 'send' } })
  const said = items.map((item) => `${item.articleNumber} ${Number(item.was) - Number(item.target)}`).sort()
  const meant = edits.map((edit) => `${edit.sku} ${edit.delta}`).sort()
  if (said.join() !== meant.join()) throw new Broken(`the dry run says ${said.join(', ') || 'nothing'} instead of ${meant.join(', ')}`)
  if ((await told(ground, from)) > 0) throw new Broken('something was sent before it was confirmed')
  await ground.api('runs.confirm', { params: run, body: {} })
  await agree(ground)
  const sent = await told(ground, from)
  if (sent !== edits.length) throw new Broken(`${sent} numbers were sent for ${edits.length} differences`)
}

async function lostHook(ground: Ground): Promise<void> {
  const { pollEveryMs } = await ground.api('connections.show', { params: { connectionId: ground.connectionId } })
  const before = (await theirs(ground)).hits['hook-dropped'] ?? 0
  // The sweep comes every so often; patience begins when it has had its turn.
  await withoutHooks(ground, async () => void (await ground.soon(order({ ...ground, patienceMs: pollEveryMs + ground.patienceMs }, '2004', 'Odenplan', 1))))
  if (((await theirs(ground)).hits['hook-dropped'] ?? 0) === before) throw new Broken('no message was lost, so nothing was shown')
}

/** Nothing is on its way in either direction: what is seen next comes from what is done next. */
const isQuiet = (ground: Ground) =>
  holds(ground, async () => {
    const { waiting, queue } = await ground.api('connections.show', { params: { connectionId: ground.connectionId } })
    const hooks = (await theirs(ground)).hooksWaiting.length
    return waiting + queue.inboxWaiting + hooks === 0 ? null : `${waiting} numbers, ${queue.inboxWaiting} messages and ${hooks} hooks are still on their way`
  })

/** Placed in the shop, and waited for until it is reserved here. Its name. */
async function order(ground: Ground, number: string, store: Store, quantity: number): Promise<string> {
  const before = await oursAt(ground, number, store)
  const { name } = await askSim<{ name: string }>(ground.sim, 'shop/placeOrder', { lines: [{ sku: number, quantity, at: store }] })
  await shows(ground, number, store, { onHand: before.onHand, reserved: before.reserved + quantity })
  return name
}

/** Until we have exactly this and the shop shows it. */
async function shows(ground: Ground, number: string, store: Store, wanted: Pick<Ours, 'onHand' | 'reserved'>): Promise<void> {
  await holds(ground, async () => {
    const [mine, shop] = [await oursAt(ground, number, store), (await theirs(ground)).levels[number]?.[store]?.available ?? null]
    const available = wanted.onHand - wanted.reserved
    if (mine.onHand === wanted.onHand && mine.reserved === wanted.reserved && shop === available) return null
    return `${number} at ${store}: ${mine.onHand} on the shelf, ${mine.reserved} reserved, the shop shows ${shop}; it should be ${wanted.onHand}, ${wanted.reserved} and ${available}`
  })
}

async function withoutHooks(ground: Ground, work: () => Promise<void>): Promise<void> {
  await askSim(ground.sim, 'hooks/lossy', { drop: 1_000 })
  try {
    await work()
  } finally {
    await askSim(ground.sim, 'hooks/lossy', {})
  }
}
