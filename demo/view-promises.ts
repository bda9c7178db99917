/** What is promised to an outside system that polls a sync view: it is filled, it follows, it hands in, and it may die. */
import { type Api, allPages } from './ask.ts'
import type { Store } from './catalogue.ts'
import type { Erp } from './erp.ts'
import { oursAt } from './figures.ts'
import { Broken, holds, type Promised } from './promise.ts'

export interface ViewGround {
  api: Api
  erp: Erp
  /** The key it makes its view with. */
  adminKey: string
  patienceMs: number
}
const STORE: Store = 'Odenplan'

export const viewPromises: readonly Promised<ViewGround>[] = [
  { words: 'An outside system makes its view with the address and an admin key alone', keep: makesItsView },
  { words: '"Skicka om alla produkter", pressed twice, is one run and fills it', keep: isFilled },
  { words: 'A sale in Odenplan is in the outside system', keep: followsASale },
  { words: 'An order it hands in lowers the stock, and its own number follows', keep: handsInAnOrder },
  { words: 'Killed, it goes on where it was and misses nothing', keep: diesAndGoesOn },
]

async function makesItsView({ api, erp, adminKey }: ViewGround): Promise<void> {
  await erp.run('connect')
  const { viewId, key, isPrivate } = erp.view()
  if (key === adminKey) throw new Broken('the view has no key of its own')
  if (!isPrivate) throw new Broken('others may read the key it keeps')
  const { items } = await api('views.list')
  if (!items.some((view) => view.id === viewId)) throw new Broken('nobody here knows the view')
}

async function isFilled(ground: ViewGround): Promise<void> {
  const params = { viewId: ground.erp.view().viewId }
  const first = await ground.api('views.resend', { params, body: {} })
  const again = await ground.api('views.resend', { params, body: {} })
  if (again.id !== first.id || !again.repeated) throw new Broken(`pressed again it was run ${again.id} instead of ${first.id}`)
  ground.erp.start()
  await agrees(ground)
  await holds(ground, async () => {
    const { run } = await ground.api('views.show', { params })
    return run?.id === first.id && run.acked >= first.expected ? null : `${run?.acked} of ${first.expected} items are acknowledged in run ${run?.id}`
  })
}

async function followsASale(ground: ViewGround): Promise<void> {
  await sell(ground, '2003', 'ERP-1')
  await agrees(ground)
}

async function handsInAnOrder(ground: ViewGround): Promise<void> {
  const [number, pieces] = ['2004', 2]
  const before = await oursAt(ground, number, STORE)
  const said = await ground.erp.run('order', 'E-1001', number, String(pieces), String(await storeId(ground)))
  if (!said.includes('handed in')) throw new Broken(said)
  const after = await oursAt(ground, number, STORE)
  if (after.onHand !== before.onHand - pieces) throw new Broken(`${number} had ${before.onHand} pieces, and has ${after.onHand} after an order of ${pieces}`)
  await agrees(ground)
}

async function diesAndGoesOn(ground: ViewGround): Promise<void> {
  await ground.erp.kill()
  await sell(ground, '2005', 'ERP-2')
  const { items } = await ground.api('articles.list', { query: { number: '3005' } })
  await ground.api('articles.change', { params: { articleId: items[0]?.id ?? 0 }, body: { priceMinor: 74_500 } })
  ground.erp.start()
  await agrees(ground)
}

const storeId = async ({ api }: ViewGround): Promise<number> => (await api('locations.list')).items.find((location) => location.name === STORE)?.id ?? 0

async function sell(ground: ViewGround, number: string, ref: string): Promise<void> {
  await ground.api('sales.register', { body: { ref, locationId: await storeId(ground), lines: [{ articleNumber: number, quantity: 1 }] } })
}

/** Until it holds every article's price and every level as they are here, and no others. */
const agrees = (ground: ViewGround): Promise<void> =>
  holds(ground, async () => {
    const [articles, levels] = await Promise.all([
      allPages((cursor) => ground.api('articles.list', { query: cursor === null ? {} : { cursor } })),
      allPages((cursor) => ground.api('levels.list', { query: cursor === null ? {} : { cursor } })),
    ])
    const moved = levels.filter((level) => level.onHand !== null)
    const ours = [
      ...articles.map((article) => `${article.number}: ${article.priceMinor}`),
      ...moved.map((level) => `${level.articleNumber} at ${level.locationId}: ${level.onHand}, ${level.reserved} reserved`),
    ]
    const theirs = [
      ...ground.erp.held<{ number: string; priceMinor: number | null }>('price').map((price) => `${price.number}: ${price.priceMinor}`),
      ...ground.erp
        .held<{ number: string; locationId: number; onHand: number | null; reserved: number }>('stock')
        .filter((stock) => stock.onHand !== null)
        .map((stock) => `${stock.number} at ${stock.locationId}: ${stock.onHand}, ${stock.reserved} reserved`),
    ]
    const missing = ours.filter((line) => !theirs.includes(line))
    const beside = theirs.filter((line) => !ours.includes(line))
    return missing.length + beside.length === 0 ? null : `${missing.length} things differ: here ${missing.slice(0, 3).join('; ')}, there ${beside.slice(0, 3).join('; ')}`
  })
