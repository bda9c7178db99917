/** What a shopkeeper waits for in a shop after many years: the search, what waits for somebody, the first page, a number's story, the lists. */
import pg from 'pg'
import { start } from './children.ts'
import { ticks } from './load.ts'
import { COMMON, type ManyYears, numberOf, PART_OF_RARE, plantManyYears, RARE } from './many-years.ts'
import { type Figure, median, percentile } from './report.ts'
import { connect, openStand, type Stand } from './stand.ts'

const FULL: ManyYears = { articles: 50_000, movements: 100_000, busiest: 10_000, orders: 20_000 }
const TIMES = 60
const WARM_UP = 5
const DAY_MS = 86_400_000

/** A page, something it says, and the rows it shows, by index and bare. */
interface Page {
  name: string
  path: string
  says: string
  floor: { what: string; text: string; values: unknown[] }
  atMost?: number
}

export async function backoffice(scale: number): Promise<Figure[]> {
  const many = Object.fromEntries(Object.entries(FULL).map(([what, n]) => [what, Math.ceil(n * scale)])) as unknown as ManyYears
  const stand = await openStand(0)
  const shop = await start({ run: 'toy', places: ['Odenplan'] })
  const bare = new pg.Client(stand.app)
  try {
    const connectionId = await connect(stand, 'toy', shop, false)
    // Nobody works for the shop: what was planted stays as it is.
    await stand.restart('web')
    const busiest = await plantManyYears(stand, connectionId, many)
    await bare.connect()
    await bare.query("select set_config('app.company', $1, false)", [String(stand.companyId)])
    const figures: Figure[] = []
    const planted = { ...many, connectionId, busiest }
    for (const page of [...searches(stand, planted), ...pages(stand, planted)]) figures.push(...(await measured(stand, bare, page, Math.max(10, Math.ceil(TIMES * scale)))))
    return figures
  } finally {
    await bare.end()
    await stand.close()
    await shop.stop()
  }
}

interface Planted extends ManyYears {
  connectionId: number
  busiest: number
}

function searches({ companyId }: Stand, { articles, orders, busiest }: Planted): Page[] {
  const middle = numberOf(Math.ceil(articles / 2))
  const order = 1000 + Math.ceil(orders / 2)
  const one = { what: 'an article by its number', text: 'select id, number, name from article where company_id = $1 and number = $2', values: [companyId, middle] }
  const nine = {
    what: 'nine articles by their numbers',
    text: 'select id, number, name from article where company_id = $1 and number >= $2 order by number limit 9',
    values: [companyId, middle],
  }
  const byBarcode = { what: 'an article by its barcode', text: 'select article_id from barcode where company_id = $1 and gtin14 = $2', values: [companyId, `0${gtin(busiest)}`] }
  const byName = { what: 'an order by its name', text: 'select id, name from web_order where company_id = $1 and name = $2', values: [companyId, `#${order}`] }
  const customers = { what: 'nine customers', text: 'select id, name, email from customer where company_id = $1 order by id desc limit 9', values: [companyId] }
  const search = (what: string, q: string, says: string, floor: Page['floor']): Page => ({
    ...{ name: `search by ${what}`, path: `/v1/search?q=${encodeURIComponent(q)}`, says, floor },
    atMost: 100,
  })
  return [
    search('a whole number', middle, middle, one),
    search('the beginning of a number', middle.slice(0, 5), middle.slice(0, 5), nine),
    search('a barcode', gtin(busiest), numberOf(1), byBarcode),
    search('a part of a name that many have', COMMON, 'Tröja', nine),
    search('a part of a name that one has', PART_OF_RARE, RARE, one),
    search('an order', String(order), `#${order}`, byName),
    search('a customer', 'nyström', 'Nyström', customers),
  ]
}

function pages({ companyId, locationId }: Stand, { connectionId, busiest }: Planted): Page[] {
  const fifty = {
    what: 'fifty articles by their ids',
    text: 'select id, number, name from article where company_id = $1 and id between $2 and $2 + 49',
    values: [companyId, busiest + 100],
  }
  const moved = {
    what: 'two hundred of its movements',
    text: 'select id, kind, on_hand_delta, posted_at from movement where company_id = $1 and article_id = $2 and location_id = $3 order by occurred_at desc limit 200',
    values: [companyId, busiest, locationId],
  }
  const story = `/v1/articles/${busiest}/timeline?locationId=${locationId}&show=all&limit=200`
  const past = new Date(Date.now() - 30 * DAY_MS).toISOString()
  const list = (what: string, query: string, says: string): Page => ({ name: `the list of articles${what}`, path: `/v1/articles?limit=50${query}`, says, floor: fifty })
  return [
    { name: 'what waits for somebody', path: '/v1/attention', says: '"value-refused"', floor: fifty, atMost: 200 },
    { name: 'the first page', path: '/v1/overview', says: '"value-refused"', floor: fifty, atMost: 200 },
    { name: 'what was sold in fourteen days', path: '/v1/overview/sales', says: '"store"', floor: fifty },
    { name: 'the story of the busiest article', path: story, says: '"sale"', floor: moved, atMost: 150 },
    { name: 'the same at a past moment', path: `${story}&until=${past}`, says: '"sale"', floor: moved, atMost: 150 },
    list('', '', numberOf(1)),
    list(' by a part of a name', `&q=${PART_OF_RARE}`, RARE),
    list(' that are under nothing', '&stock=negative', '"available":-'),
    list(' by how they stand at a webshop', `&connectionId=${connectionId}&state=ambiguous`, '"ambiguous"'),
    { name: "why an article isn't in sync", path: `/v1/articles/${busiest}/sync`, says: '"in-sync"', floor: fifty },
  ]
}

/** As it was planted: the body and its check digit. */
function gtin(id: number): string {
  const body = `73${String(id).padStart(10, '0')}`
  const sum = [...body].reduce((all, digit, at) => all + Number(digit) * (at % 2 === 0 ? 1 : 3), 0)
  return `${body}${(10 - (sum % 10)) % 10}`
}

async function measured(stand: Stand, bare: pg.Client, { name, path, says, floor, atMost }: Page, times: number): Promise<Figure[]> {
  const page = await timed(times, async () => {
    const answer = await stand.web.send('GET', path, { cookie: stand.cookie })
    if (answer.status !== 200 || !answer.body.includes(says)) throw new Error(`${path} answered ${answer.status}: ${answer.body.slice(0, 500)}`)
  })
  const rows = await timed(times, () => bare.query({ name, text: floor.text, values: floor.values }))
  return [
    { name: `${name}, p50`, value: median(page), unit: 'ms', floor: { what: floor.what, value: median(rows) } },
    { name: `${name}, p99`, value: percentile(page, 99), unit: 'ms', ...(atMost === undefined ? {} : { aim: { atMost } }) },
  ]
}

async function timed(times: number, ask: () => Promise<unknown>): Promise<number[]> {
  const ms: number[] = []
  for (let n = -WARM_UP; n < times; n++) {
    const from = ticks()
    await ask()
    if (n >= 0) ms.push(ticks() - from)
  }
  return ms
}
