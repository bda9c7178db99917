/** Fifty companies with a webshop each; one floods its own. What the others' sales wait for on their way to their shops, before and meanwhile (S12). */
import { type Child, start } from './children.ts'
import { pause, ticks, until } from './load.ts'
import { type Figure, median, percentile } from './report.ts'
import { makeKey, openStand, type Stand } from './stand.ts'

const COMPANIES = 50
const FLOOD = 100_000
const ARTICLES = 1_000
const PLACE = 'Odenplan'
/** Between two sales of the others. */
const REST_MS = 40

interface Neighbour {
  /** Which of the shops is theirs. */
  shop: number
  key: string
  locationId: number
  call(method: string, path: string, body?: unknown): Promise<never>
}

export async function neighbours(scale: number): Promise<Figure[]> {
  const stand = await openStand(0)
  const shops = await start({ run: 'toys', shops: COMPANIES, places: [PLACE] })
  try {
    const numbers = Array.from({ length: ARTICLES }, (_, n) => `N-${n}`)
    await shops.ask({ kind: 'items', numbers, place: PLACE, quantity: 1_000_000 })
    const all: Neighbour[] = []
    for (let shop = 0; shop < COMPANIES; shop++) all.push(await settle(stand, shops, shop, shop === 0 ? numbers : numbers.slice(0, 20)))
    const [flooder, ...others] = all as [Neighbour, ...Neighbour[]]
    const sales = Math.ceil(400 * scale)
    await waits(shops, others, () => false, 50)
    const idle = await waits(shops, others, () => false, sales)

    let flooding = true
    const from = ticks()
    const flood = receive(flooder, numbers, Math.ceil((FLOOD * scale) / ARTICLES)).finally(() => {
      flooding = false
    })
    const during = await waits(shops, others, () => flooding, sales)
    await flood
    const posted = (ticks() - from) / 1000
    await until('the flooded shop was told', async () => (await dirty(stand)) === 0, 600_000, 200)
    const told = (ticks() - from) / 1000
    const of = `${COMPANIES - 1} companies beside one that floods`
    return [
      { name: `sale -> shop of ${of}: p50`, value: median(during), unit: 'ms', floor: { what: 'the same before the flood', value: median(idle) } },
      {
        name: `sale -> shop of ${of}: p99`,
        value: percentile(during, 99),
        unit: 'ms',
        floor: { what: 'the same before the flood', value: percentile(idle, 99) },
        aim: { atMost: 2 * percentile(idle, 99) },
        note: `${during.length} sales; ${Math.ceil(FLOOD * scale)} changes posted in ${posted.toFixed(1)} s, told after ${told.toFixed(1)} s`,
      },
    ]
  } finally {
    await stand.close()
    await shops.stop()
  }
}

/** A company of its own, its articles and its shop, as far as the first confirmed sync. */
async function settle(stand: Stand, shops: Child, shop: number, numbers: string[]): Promise<Neighbour> {
  const { address } = stand.product
  const as = { 'content-type': 'application/json', origin: address, cookie: stand.cookie }
  const asOwner = async (path: string, body: unknown) => {
    const answer = await stand.web.send('POST', path, as, JSON.stringify(body))
    if (answer.status >= 300) throw new Error(`${path} answered ${answer.status}: ${answer.body}`)
    const cookies = [answer.headers['set-cookie'] ?? []].flat().map((line) => line.split(';')[0])
    if (cookies.length > 0) as.cookie = cookies.join('; ')
  }
  if (shop > 0) await asOwner('/v1/companies', { name: `Granne ${shop}`, country: 'SE' })
  stand.cookie = as.cookie
  const key = await makeKey(stand.web, address, as.cookie, shop)
  const call: Neighbour['call'] = async (method, path, body) => {
    const headers: Record<string, string> = { authorization: `Bearer ${key}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) }
    const answer = await stand.web.send(method, path, headers, body === undefined ? undefined : JSON.stringify(body))
    if (answer.status >= 300) throw new Error(`${method} ${path} answered ${answer.status}: ${answer.body.slice(0, 500)}`)
    return JSON.parse(answer.body) as never
  }
  const locations = ((await call('GET', '/v1/locations')) as { items: { id: number }[] }).items
  const locationId = locations[0]?.id ?? ((await call('POST', '/v1/locations', { name: PLACE })) as { id: number }).id
  await call('POST', '/v1/articles/batch', { articles: numbers.map((number) => ({ number, name: `Artikel ${number}` })) })
  const receipt = { ref: 'first', locationId, lines: numbers.map((articleNumber) => ({ articleNumber, quantity: 1_000 })) }
  await call('POST', '/v1/goods-receipts', receipt)
  const { id } = (await call('POST', '/v1/connections', { code: 'toy', name: 'Webben' })) as { id: number }
  const at = `/v1/connections/${id}`
  await call('POST', `${at}/settings`, { settings: shops.shops?.[shop], pollEveryMs: 3_600_000 })
  await call('POST', `${at}/check`, {})
  await call('POST', `${at}/places`, { places: [{ locationId, placeRef: PLACE }] })
  await call('POST', `${at}/activate`, {})
  const state = async (runId: number) => ((await call('GET', `${at}/runs/${runId}`)) as { state: string }).state
  const { id: match } = (await call('POST', `${at}/match`, {})) as { id: number }
  await until('the shop is matched', async () => (await state(match)) === 'done', 120_000, 20)
  await call('POST', `${at}/box`, { boxed: true, foundInShop: true })
  const { id: first } = (await call('POST', `${at}/runs`, { kind: 'sync-all' })) as { id: number }
  await until('the dry run is over', async () => (await state(first)) === 'ready', 120_000, 20)
  await call('POST', `${at}/runs/${first}/confirm`, {})
  await until('the first sync is over', async () => (await state(first)) === 'done', 120_000, 20)
  return { shop, key, locationId, call }
}

/** One sale after the other, each in another company: milliseconds until its own shop had the call. At least `most`, and as long as `goesOn`. */
async function waits(shops: Child, others: Neighbour[], goesOn: () => boolean, most: number): Promise<number[]> {
  const seen: number[] = []
  for (let n = 0; n < most || goesOn(); n++) {
    await pause(REST_MS)
    const one = others[n % others.length] as Neighbour
    const arrived = new Promise<number>((resolve) => shops.onWrite((at, shop) => (shop === one.shop ? resolve(at) : undefined)))
    const began = ticks()
    await one.call('POST', '/v1/sales', { ref: `S${began}`, locationId: one.locationId, lines: [{ articleNumber: `N-${n % 20}`, quantity: 1 }] })
    seen.push((await arrived) - began)
    shops.onWrite(null)
  }
  return seen
}

async function receive(flooder: Neighbour, numbers: string[], times: number): Promise<void> {
  for (let n = 0; n < times; n++)
    await flooder.call('POST', '/v1/goods-receipts', { ref: `F${n}`, locationId: flooder.locationId, lines: numbers.map((articleNumber) => ({ articleNumber, quantity: 1 })) })
}

async function dirty({ superuser }: Stand): Promise<number> {
  return Number((await superuser.query('select count(*) as n from told where wanted > told')).rows[0].n)
}
