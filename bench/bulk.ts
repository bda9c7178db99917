/** Ten thousand articles: boxes, first sync, a sync that finds nothing, everything changed at once, with Shopify's smallest bucket of points. */
import { type Child, start } from './children.ts'
import { openClient, pause, ticks, until } from './load.ts'
import { type Figure, median } from './report.ts'
import { confirmFirstSync, connect, openStand, runToEnd, type Stand, waiting } from './stand.ts'

const RESTORE = 100
const FEED_LAG_S = 15

interface Spent {
  points: number
  reads: number
  writes: number
}

export async function bulk(scale: number): Promise<Figure[]> {
  const count = Math.ceil(10_000 * scale)
  const stand = await openStand(count)
  const shop = await start({ run: 'shopify', places: ['Odenplan'], lanes: 8 })
  try {
    const numbers = stand.articles.map((a) => a.number)
    for (let n = 0; n < numbers.length; n += 1000) await shop.ask({ kind: 'items', numbers: numbers.slice(n, n + 1000), place: 'Odenplan', quantity: 5 })
    const before = await stand.product.memory()
    const id = await connect(stand, 'shopify', shop, false)
    const figures = [await box(stand, id, count)]
    figures.push(...(await firstSync(stand, shop, id, count)), ...(await nothingDiffers(stand, shop, id, count)))
    figures.push(...(await allChanged(stand, shop, id, count, 'polling only')))
    // As the guide leaves it: every number we write comes back as a hook that makes us look.
    await stand.call('POST', `/v1/connections/${id}/subscribe`, {})
    figures.push(...(await allChanged(stand, shop, id, count, 'with hooks')))
    const after = await stand.product.memory()
    figures.push({
      name: `memory of the process with ${count} articles`,
      value: after.rssMb,
      unit: 'MB',
      floor: { what: 'the same process before', value: before.rssMb },
      note: `peak ${Math.round(after.peakMb)} MB`,
    })
    return figures
  } finally {
    await stand.close()
    await shop.stop()
  }
}

async function box(stand: Stand, id: number, count: number): Promise<Figure> {
  const floors: number[] = []
  for (let n = 0; n < 3; n++) {
    const from = ticks()
    await stand.superuser.query(
      `drop table if exists bench_link, bench_told; create table bench_link (like link including all); create table bench_told (like told including all);
       insert into bench_link (company_id, listener_id, article_id) select company_id, ${id}, id from article;
       insert into bench_told (company_id, listener_id, kind, entity_id, location_id, wanted, lane, dirty_since) select company_id, ${id}, 'stock', id, ${stand.locationId}, 1, 'backfill', created_at from article`,
    )
    floors.push((ticks() - from) / 1000)
  }
  await stand.superuser.query('drop table bench_link, bench_told')
  const from = ticks()
  const { changed } = (await stand.call('POST', `/v1/connections/${id}/box`, { boxed: true, foundInShop: true })) as { changed: number }
  const seconds = (ticks() - from) / 1000
  if (changed !== count) throw new Error(`${changed} boxes were ticked, not ${count}`)
  return {
    name: `${count} articles marked with the Webshop box`,
    value: seconds,
    unit: 's',
    floor: { what: 'the same rows inserted bare', value: median(floors) },
    aim: { atMost: 1 },
  }
}

async function firstSync(stand: Stand, shop: Child, id: number, count: number): Promise<Figure[]> {
  const calls = await callCount(shop)
  const from = ticks()
  const runId = await confirmFirstSync(stand, id)
  await until('every cell was told', async () => (await waiting(stand, id)) === 0 && (await known(stand, id)) === count, 600_000, 100)
  const seconds = (ticks() - from) / 1000
  // Pressed while a run goes on, sync-all answers that very run.
  await until('the run says so', async () => (await runState(stand, id, runId)) === 'done', 60_000, 50)
  await agree(shop, count, 1000)
  const spent = await spentSince(shop, calls)
  return [
    {
      name: `first sync of ${count} with its dry run, nothing known of the shop's numbers`,
      value: seconds,
      unit: 's',
      floor: { what: `points / restore rate (the bucket began full) + ${FEED_LAG_S} s the feed may lag`, value: Math.max(0, (spent.points - 2000) / RESTORE) + FEED_LAG_S },
      note: `${spent.points} points, ${spent.reads} looks, ${spent.writes} writes`,
    },
  ]
}

async function nothingDiffers(stand: Stand, shop: Child, id: number, count: number): Promise<Figure[]> {
  const calls = await callCount(shop)
  const from = ticks()
  const { id: runId } = (await stand.call('POST', `/v1/connections/${id}/runs`, { kind: 'sync-all' })) as { id: number }
  const run = await runToEnd(stand, id, runId)
  const seconds = (ticks() - from) / 1000
  const spent = await spentSince(shop, calls)
  if (run.state === 'ready') throw new Error(`a second sync-all of ${count} finds ${run.total - run.same} differences`)
  return [
    { name: `sync-all of ${count} where nothing differs: writes`, value: spent.writes, unit: '', aim: { atMost: 0 }, note: `${spent.points} points, ${spent.reads} looks` },
    {
      name: `sync-all of ${count} where nothing differs`,
      value: seconds,
      unit: 's',
      floor: { what: 'points / restore rate, the bucket began full', value: Math.max(0, spent.points - 2000) / RESTORE },
    },
  ]
}

const runState = async (stand: Stand, id: number, runId: number) => ((await stand.call('GET', `/v1/connections/${id}/runs/${runId}`)) as { state: string }).state

let received = 0
/** Every article is received once more, with the bucket of points empty. */
async function allChanged(stand: Stand, shop: Child, id: number, count: number, how: string): Promise<Figure[]> {
  await emptyBucket(shop)
  const calls = await callCount(shop)
  const from = ticks()
  for (let n = 0; n < stand.articles.length; n += 1000)
    await stand.call('POST', '/v1/goods-receipts', {
      ref: `G${++received}`,
      locationId: stand.locationId,
      lines: stand.articles.slice(n, n + 1000).map((article) => ({ articleId: article.id, quantity: 1 })),
    })
  const posted = (ticks() - from) / 1000
  await until('the shop shows every new number', async () => (await told(stand, id)) === count, 600_000, 50)
  const seconds = (ticks() - from) / 1000
  const spent = await spentSince(shop, calls)
  // Hooks about what was written are on their way.
  await pause(2_000)
  await until('all is quiet', async () => (await waiting(stand, id)) === 0, 600_000, 100)
  const settled = (ticks() - from) / 1000
  const all = await spentSince(shop, calls)
  return [
    {
      name: `${count} cells changed at once -> all told, bucket empty, ${how}`,
      value: seconds,
      unit: 's',
      floor: { what: 'points / restore rate', value: spent.points / RESTORE },
      aim: { atMost: (1.1 * spent.points) / RESTORE },
      note: `${spent.points} points, ${spent.reads} looks, ${spent.writes} writes; posting took ${posted.toFixed(1)} s`,
    },
    {
      name: `... until nothing waits any more, ${how}`,
      value: settled,
      unit: 's',
      floor: { what: 'points / restore rate', value: all.points / RESTORE },
      note: `${all.points} points, ${all.reads} looks, ${all.writes} writes`,
    },
  ]
}

/** Cells whose last told number is today's. */
async function told({ superuser }: Stand, id: number): Promise<number> {
  const { rows } = await superuser.query<{ n: string }>(
    `select count(*) as n from told t join level v on v.company_id = t.company_id and v.article_id = t.entity_id and v.location_id = t.location_id
     where t.listener_id = $1 and t.anchor_value = v.on_hand - v.reserved and t.flight is null`,
    [id],
  )
  return Number(rows[0]?.n)
}
async function known({ superuser }: Stand, id: number): Promise<number> {
  return Number((await superuser.query('select count(*) as n from told where listener_id = $1 and anchor_value is not null', [id])).rows[0].n)
}

// ---- the simulator's own account

interface Call {
  fields: string[]
  actualCost: number | null
}
async function control<T>(shop: Child, verb: string, body: unknown): Promise<T> {
  const web = openClient(shop.address, 1)
  try {
    const answer = await web.send('POST', `/_sim/${verb}`, { 'content-type': 'application/json' }, JSON.stringify(body))
    return (JSON.parse(answer.body) as { result: T }).result
  } finally {
    web.close()
  }
}
const callsAfter = (shop: Child, after: number) => control<Call[]>(shop, 'calls', { after })
const callCount = async (shop: Child): Promise<number> => (await callsAfter(shop, 0)).length

async function spentSince(shop: Child, after: number): Promise<Spent> {
  const calls = await callsAfter(shop, after)
  const writes = calls.filter((call) => call.fields.includes('inventorySetQuantities') || call.fields.includes('inventoryAdjustQuantities')).length
  return { points: calls.reduce((sum, call) => sum + (call.actualCost ?? 0), 0), reads: calls.length - writes, writes }
}

async function agree(shop: Child, count: number, quantity: number): Promise<void> {
  const web = openClient(shop.address, 1)
  const { levels } = JSON.parse((await web.send('GET', '/_sim/state', {})).body) as { levels: Record<string, Record<string, { available: number }>> }
  web.close()
  const right = Object.values(levels).filter((places) => places.Odenplan?.available === quantity).length
  if (right !== count) throw new Error(`the shop shows ${quantity} on ${right} of ${count} items`)
}

/** Asked dear questions until there is nothing left to pay with. */
async function emptyBucket(shop: Child): Promise<void> {
  const web = openClient(shop.address, 1)
  for (const first of [100, 20, 5, 1])
    for (;;) {
      const query = `{ inventoryItems(first: ${first}) { nodes { id inventoryLevels(first: 2) { nodes { id location { id } } } } } }`
      const headers = { 'content-type': 'application/json', 'x-shopify-access-token': shop.settings.accessToken ?? '' }
      const answer = await web.send('POST', '/admin/api/2026-10/graphql.json', headers, JSON.stringify({ query }))
      const said = JSON.parse(answer.body) as { errors?: unknown[] }
      if (said.errors !== undefined && !JSON.stringify(said.errors).includes('THROTTLED')) throw new Error(`the bucket can't be emptied: ${answer.body.slice(0, 300)}`)
      if (said.errors !== undefined) break
    }
  web.close()
}
