/** One outside system reads a whole catalogue through a sync view while the shop sells; then fifty of them wait at once. */
import { pause, ticks } from './load.ts'
import { type Figure, median, percentile } from './report.ts'
import { openStand, type Stand } from './stand.ts'

const PRODUCTS = 10_000
const PLACES = 10
const PAGE = 500
const READERS = 50
const SALES = 100
/** Between two sales. */
const REST_MS = 200

interface Page {
  items: { entity: string; id: number; locationId: number | null; data: { onHand?: number } | null }[]
  nextCursor: string
  hasMore: boolean
}
interface Reader {
  at: string
  key: string
}

export async function views(scale: number): Promise<Figure[]> {
  const stand = await openStand(0)
  try {
    const products = Math.ceil(PRODUCTS * scale)
    await plant(stand, products)
    say(`${products} products at ${PLACES} places planted`)
    const reader = await makeReader(stand, 'Affärssystemet', {})
    const presses = await Promise.all([1, 2, 3].map(() => ask(stand, reader, 'POST', '/resync', {}))).then((runs) => new Set((runs as { id: number }[]).map((run) => run.id)))
    if (presses.size !== 1) throw new Error('three presses made more than one run')

    const live: number[] = []
    let over = false
    const selling = sellNowAndThen(stand, () => over)
    const drained = await drain(stand, reader, live, selling.sold)
    over = true
    await selling.ended
    say(`drained ${drained.items} items in ${(drained.ms / 1000).toFixed(1)} s, ${live.length} live changes meanwhile`)
    const floor = await bareRead(stand, drained.items)
    const many = await crowd(stand, Math.ceil(SALES * scale))
    return [
      {
        name: `a resend of ${products} products drained by one reader, acknowledged`,
        value: (drained.items / drained.ms) * 1000,
        unit: '/s',
        floor: { what: 'the same rows read bare, page by page', value: floor },
        aim: { atLeast: 2000 },
        note: 'a till sells meanwhile; pressed three times it is one run',
      },
      { name: 'a live change during it -> the reader has it, p50', value: median(live), unit: 'ms', note: `${live.length} sales` },
      { name: 'a live change during it -> the reader has it, p99', value: percentile(live, 99), unit: 'ms', aim: { atMost: 1000 } },
      { name: `${READERS} views wait at once: a sale -> each reader has it, p50`, value: median(many.ms), unit: 'ms' },
      { name: `${READERS} views wait at once: a sale -> each reader has it, p99`, value: percentile(many.ms, 99), unit: 'ms' },
      { name: `memory of the product with ${READERS} readers waiting`, value: many.rssMb, unit: 'MB' },
    ]
  } finally {
    await stand.close()
  }
}

const say = (what: string): void => console.error(`views: ${what}`)

async function plant({ superuser, companyId }: Stand, products: number): Promise<void> {
  const now = new Date()
  await superuser.query('insert into location (company_id, name, created_at) select $1, $3 || n, $2::timestamptz from generate_series(2, $4::int) n', [
    companyId,
    now,
    'Butik ',
    PLACES,
  ])
  await superuser.query("insert into product (company_id, name, created_at) select $1, 'Mätvara ' || n, $2::timestamptz from generate_series(1, $3::int) n", [
    companyId,
    now,
    products,
  ])
  await superuser.query(
    `with made as (
       insert into article (company_id, product_id, number, name, price_minor, created_at, changed_at)
       select company_id, id, 'M-' || id, name, 9900, created_at, created_at from product where company_id = $1 returning id, number)
     insert into article_number (company_id, number, article_id, since) select $1, number, id, $2 from made`,
    [companyId, now],
  )
  await superuser.query(
    `select post_movements($1, (select jsonb_agg(jsonb_build_object('key', 'planted:' || a.id || ':' || l.id, 'article', a.id, 'location', l.id, 'kind', 'receipt', 'on_hand', 1000, 'at', $2::timestamptz, 'source', '{}'::jsonb, 'actor', 'system'))
       from article a join location l on l.company_id = a.company_id where a.company_id = $1), null, $2)`,
    [companyId, now],
  )
  await superuser.query('vacuum analyze')
}

async function makeReader(stand: Stand, name: string, body: object): Promise<Reader> {
  const { address } = stand.product
  const headers = { 'content-type': 'application/json', origin: address, cookie: stand.cookie }
  const answer = await stand.web.send('POST', '/v1/sync-views', headers, JSON.stringify({ name, entities: ['product', 'article', 'price', 'stock'], ...body }))
  if (answer.status !== 201) throw new Error(`making a view answered ${answer.status}: ${answer.body}`)
  const { id, key } = JSON.parse(answer.body) as { id: number; key: string }
  return { at: `/v1/sync-views/${id}`, key }
}

async function ask(stand: Stand, { at, key }: Reader, method: string, path: string, body?: unknown): Promise<unknown> {
  const headers: Record<string, string> = { authorization: `Bearer ${key}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) }
  const answer = await stand.web.send(method, `${at}${path}`, headers, body === undefined ? undefined : JSON.stringify(body))
  if (answer.status >= 300) throw new Error(`${method} ${path} answered ${answer.status}: ${answer.body.slice(0, 500)}`)
  return JSON.parse(answer.body)
}

const keyOf = (article: number, location: number, onHand: number): string => `${article} ${location} ${onHand}`

/** One piece of one article after the other; `sold` = when each new number was asked for. */
function sellNowAndThen(stand: Stand, over: () => boolean): { sold: Map<string, number>; ended: Promise<void> } {
  const sold = new Map<string, number>()
  const run = async () => {
    const { rows } = await stand.superuser.query<{ id: string; number: string }>('select id, number from article order by id limit 50')
    for (let n = 0; !over(); n++) {
      const article = rows[n % rows.length] as { id: string; number: string }
      sold.set(keyOf(Number(article.id), stand.locationId, 1000 - 1 - Math.floor(n / rows.length)), ticks())
      await stand.call('POST', '/v1/sales', { ref: `V${n}`, locationId: stand.locationId, lines: [{ articleNumber: article.number, quantity: 1 }] })
      await pause(REST_MS)
    }
  }
  return { sold, ended: run() }
}

async function drain(stand: Stand, reader: Reader, live: number[], sold: Map<string, number>): Promise<{ items: number; ms: number }> {
  const from = ticks()
  let items = 0
  let after = ''
  for (let said = ticks(); ; ) {
    const page = (await ask(stand, reader, 'GET', `/changes?limit=${PAGE}&wait=1${after}`)) as Page
    const now = ticks()
    for (const item of page.items) {
      const began = sold.get(keyOf(item.id, item.locationId ?? 0, item.data?.onHand ?? -1))
      if (item.entity === 'stock' && began !== undefined && sold.delete(keyOf(item.id, item.locationId ?? 0, item.data?.onHand ?? -1))) live.push(now - began)
    }
    items += page.items.length
    if (page.items.length > 0) await ask(stand, reader, 'POST', '/ack', { cursor: page.nextCursor })
    after = `&after=${encodeURIComponent(page.nextCursor)}`
    const { run } = page.items.length < PAGE / 5 ? ((await ask(stand, reader, 'GET', '')) as { run: { state: string } }) : { run: null }
    if (run?.state === 'done') return { items, ms: ticks() - from }
    if (now - said > 5_000) {
      say(`${items} items`)
      said = now
    }
  }
}

/** Rows a second: what is served, read straight from its tables in pages as large. */
async function bareRead({ superuser, companyId }: Stand, items: number): Promise<number> {
  const from = ticks()
  let read = 0
  for (let at = 0; read < items; ) {
    const { rows } = await superuser.query<{ seq: string }>(
      `select r.entity, r.entity_id, r.location_id, r.wanted, r.seq, jsonb_build_object('articleId', l.article_id, 'onHand', l.on_hand, 'reserved', l.reserved) as data
       from view_row r left join level l on l.company_id = r.company_id and l.article_id = r.entity_id and l.location_id = r.location_id
       where r.company_id = $1 and r.seq > $2 order by r.seq limit $3`,
      [companyId, at, PAGE],
    )
    read += rows.length
    if (rows.length < PAGE) break
    at = Number(rows.at(-1)?.seq)
  }
  return (read / (ticks() - from)) * 1000
}

/** All of them wait; each sale is to reach all. */
async function crowd(stand: Stand, sales: number): Promise<{ ms: number[]; rssMb: number }> {
  const readers: Reader[] = []
  for (let n = 0; n < READERS; n++) readers.push(await makeReader(stand, `Läsare ${n}`, { byNumber: true }))
  const [one] = (await stand.superuser.query<{ id: string; product_id: string; number: string }>('select id, product_id, number from article order by id desc limit 1')).rows
  if (one === undefined) throw new Error('no article')
  for (const reader of readers) await ask(stand, reader, 'POST', '/link', { products: [Number(one.product_id)] })
  const cursors = await Promise.all(readers.map((reader) => ask(stand, reader, 'GET', `/changes?limit=${PAGE}`).then((page) => (page as Page).nextCursor)))
  const ms: number[] = []
  let rssMb = 0
  for (let n = 0; n < sales; n++) {
    const waiting = readers.map(async (reader, which) => {
      const page = (await ask(stand, reader, 'GET', `/changes?limit=${PAGE}&wait=30&ack=auto&after=${encodeURIComponent(cursors[which] as string)}`)) as Page
      cursors[which] = page.nextCursor
      return { at: ticks(), items: page.items.length }
    })
    await pause(REST_MS)
    rssMb = Math.max(rssMb, (await stand.product.memory()).rssMb)
    const began = ticks()
    await stand.call('POST', '/v1/sales', { ref: `C${n}`, locationId: stand.locationId, lines: [{ articleNumber: one.number, quantity: 1 }] })
    // Who hadn't begun to wait yet got it all the same.
    for (const each of await Promise.all(waiting)) if (each.items > 0) ms.push(Math.max(0, each.at - began))
    if (n % 20 === 19) say(`${n + 1} sales to ${READERS} readers`)
  }
  return { ms, rssMb }
}
