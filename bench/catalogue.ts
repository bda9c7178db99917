/** Ten thousand products with three variants each told to Shopify on its smallest bucket of points: all of them, once more where nothing differs, and one price at a time. */
import { bareHttp, bareInsert } from './floors.ts'
import { type Hurried, openHurried } from './hurried.ts'
import { ticks } from './load.ts'
import { type Figure, median, percentile } from './report.ts'

const PLACE = 'Torget'
const VARIANTS = 3
const BUCKET = 2000
const RESTORE = 100
/** A step more than it can take to come to rest is a fault. */
const MOST_STEPS = 20

interface Spent {
  points: number
  calls: number
  writes: number
}

export async function catalogue(scale: number): Promise<Figure[]> {
  const products = Math.ceil(10_000 * scale)
  const stand = await openHurried(PLACE)
  try {
    await plant(stand, products)
    const id = await connect(stand)
    const commit = median((await bareInsert(stand, 1, 200)).ms)
    const request = median((await bareHttp(1, 200, Buffer.alloc(500, 32))).ms)
    const all = await told(stand, id)
    if (all.made !== products) throw new Error(`${all.made} products stand in the shop, not ${products}`)
    const again = await told(stand, id)
    return [
      {
        name: `${products} products with ${products * VARIANTS} variants told for the first time: simulated time`,
        value: all.simulated,
        unit: 's',
        floor: { what: 'points / restore rate, the bucket began full', value: Math.max(0, all.points - BUCKET) / RESTORE },
        note: `${all.points} points, ${all.calls} calls`,
      },
      {
        name: '... the same, by the wall',
        value: all.wall,
        unit: 's',
        floor: { what: 'its calls bare, and two bare inserts a product', value: (all.calls * request + 2 * products * commit) / 1000 },
      },
      { name: 'a run where nothing differs: writes', value: again.writes, unit: '', aim: { atMost: 0 }, note: `${again.points} points, ${again.wall.toFixed(1)} s by the wall` },
      ...(await pricesChanged(stand, id, Math.ceil(100 * scale), { what: '3 bare inserts + 2 bare requests', value: 3 * commit + 2 * request })),
    ]
  } finally {
    await stand.close()
  }
}

/** How they came is not what is measured. */
async function plant({ superuser, companyId }: Hurried, products: number): Promise<void> {
  const now = new Date('2026-11-01T08:00:00Z')
  const options = JSON.stringify([{ name: 'Størrelse', values: ['S', 'M', 'L'] }])
  await superuser.query(
    `with made as (insert into product (company_id, name, vendor, options, created_at) select $1, 'Genser ' || n, 'Dale', $2, $3 from generate_series(1, $4::int) n returning id),
          a as (insert into article (company_id, product_id, number, name, option_values, price_minor, created_at, changed_at)
                select $1, id, id || '-' || size, 'Genser, ' || size, jsonb_build_object('Størrelse', size), 49900, $3, $3 from made, unnest(array['S', 'M', 'L']) size returning id, number)
     insert into article_number (company_id, number, article_id, since) select $1, number, id, $3 from a`,
    [companyId, options, now, products],
  )
  await superuser.query('vacuum analyze')
}

async function connect(stand: Hurried): Promise<number> {
  const { id: connectionId } = await stand.does('connections.make', { body: { code: 'shopify', name: 'Nettbutikken' } })
  const params = { connectionId }
  const { clientId, clientSecret } = stand.sim.credentials
  await stand.does('connections.settings', { params, body: { settings: { shop: stand.sim.address, clientId, clientSecret } } })
  await stand.does('connections.settings', { params, body: { pollEveryMs: 3_600_000 } })
  await stand.does('connections.check', { params, body: {} })
  await stand.does('connections.places', { params, body: { places: [{ locationId: stand.locationId, placeRef: stand.sim.shop.places()[0]?.gid ?? '' }] } })
  await stand.does('connections.activate', { params, body: {} })
  for (const kind of ['match', 'sync-all'] as const) {
    const run = await stand.does('runs.start', { params, body: { kind } })
    await rest(stand, connectionId, async () => (await stand.does('runs.show', { params: { connectionId, runId: run.id } })).endedAt !== null)
  }
  await stand.does('catalogues.set', { params, body: { products: true, boxes: false, everyHours: null } })
  return connectionId
}

async function told(stand: Hurried, connectionId: number): Promise<Spent & { made: number; simulated: number; wall: number }> {
  const params = { connectionId }
  const before = stand.sim.calls().length
  const [from, began] = [ticks(), stand.elapsed()]
  await stand.does('catalogues.tell', { params, body: { mode: 'verify' } })
  await rest(stand, connectionId, async () => {
    const { waiting, run } = await stand.does('catalogues.show', { params })
    return waiting === 0 && run?.endedAt !== null
  })
  return { ...spentSince(stand, before), made: stand.sim.shop.products().length, simulated: stand.elapsed() - began, wall: (ticks() - from) / 1000 }
}

async function pricesChanged(stand: Hurried, connectionId: number, changes: number, floor: { what: string; value: number }): Promise<Figure[]> {
  const { rows } = await stand.superuser.query<{ id: string }>('select id from article order by id limit $1', [changes])
  const connection = stand.connection(connectionId)
  const seen: number[] = []
  const simulated: number[] = []
  for (const [n, { id }] of rows.entries()) {
    const before = stand.sim.calls().length
    const [from, began] = [ticks(), stand.elapsed()]
    await stand.does('articles.change', { params: { articleId: Number(id) }, body: { priceMinor: 51_000 + n } })
    for (let steps = 0; spentSince(stand, before).writes === 0; steps++) {
      if (steps > MOST_STEPS) throw new Error('a price never reached the shop')
      await connection.step()
    }
    seen.push(ticks() - from)
    simulated.push(stand.elapsed() - began)
    while ((await connection.step()).did);
  }
  await connection.letGo()
  return [
    {
      name: 'a price changed -> the shop has it, p50',
      value: median(seen),
      unit: 'ms',
      floor,
      note: `${seen.length} changes, one at a time; simulated ${median(simulated).toFixed(1)} s`,
    },
    { name: 'a price changed -> the shop has it, p99', value: percentile(seen, 99), unit: 'ms' },
  ]
}

async function rest(stand: Hurried, connectionId: number, isOver: () => Promise<boolean>): Promise<void> {
  const connection = stand.connection(connectionId)
  for (;;) {
    while ((await connection.step()).did);
    if (await isOver()) break
  }
  await connection.letGo()
}

function spentSince({ sim }: Hurried, before: number): Spent {
  const calls = sim.calls().slice(before)
  const writes = calls.filter((call) =>
    call.fields.some((field) => /^(product|publishable|staged|file|inventory(Set|Adjust|Item|Activate))/.test(field) && !/^products?$|^productVariants$/.test(field)),
  )
  return { points: calls.reduce((sum, call) => sum + (call.actualCost ?? 0), 0), calls: calls.length, writes: writes.length }
}
