/**
 * The example's mirror (examples/erp-reader) as a process of its own, killed at random points while people change articles, prices and stock: at the
 * end its files are what the product says, byte for byte, and nothing was lost or applied backwards.
 * Replay: MIRROR_SEED=123 npx vitest run test/model/mirror.property.test.ts; KILLS=n for more.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Api, askProduct } from '../../demo/ask.ts'
import { articleContents, type Content, productContents, stockContents } from '../../src/core/views/contents.sql.ts'
import { priceContents } from '../../src/core/views/price-contents.ts'
import { type Entity, versionOf } from '../../src/core/views/view.ts'
import { sql } from '../../src/db/sql.ts'
import { must } from '../../src/kit/assert.ts'
import { type TestProduct, testProduct } from '../product.ts'
import { type Rng, rng } from './rng.ts'

const root = resolve(import.meta.dirname, '..', '..')
const SEED = Number(process.env.MIRROR_SEED ?? Math.floor(Math.random() * 2 ** 31))
const KILLS = Number(process.env.KILLS ?? 50)
const ARTICLES = 40
/** A killed reader has said at most so many lines. */
const MOST_LINES = 30

const folder = mkdtempSync(join(tmpdir(), 'lb-mirror-'))
const mirror = join(folder, 'mirror')
let on: TestProduct
let api: Api
let key: string
let locations: number[]
const articles: number[] = []
const children = new Set<ChildProcess>()

beforeAll(async () => {
  on = await testProduct()
  const owner = askProduct(on.product.address).api
  const person = { name: 'Anna', email: 'anna@example.com', password: 'en lång lösenfras', locale: 'sv' as const }
  await owner('setup.make', { body: { company: { name: 'Ull & Lin', country: 'SE' }, owner: person, location: { name: 'Odenplan' } } })
  ;({ key } = await owner('keys.make', { body: { name: 'ERP', scopes: ['views:write', 'articles:write', 'articles:read', 'stock:write', 'stock:read'] } }))
  api = askProduct(on.product.address, key).api
  locations = (await owner('locations.list')).items.map((location) => location.id)
  for (let n = 0; n < ARTICLES; n++) await newArticle(`N-${n}`)
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
  execFileSync(process.execPath, [tsc, '-p', join(root, 'examples', 'erp-reader'), '--outDir', folder], { cwd: root })
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
})
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL')
  await on.close()
  rmSync(folder, { recursive: true, force: true })
})

async function newArticle(number: string): Promise<void> {
  const made = await api('articles.make', { body: { number, name: `Vara ${number}`, priceMinor: 9900 } })
  articles.push(made.id)
}

/** The mirror as its user starts it. `lines` = each line it says, as it says it. */
function start(): { child: ChildProcess; lines: AsyncIterableIterator<string> } {
  const env = { PATH: process.env.PATH, LAGERBRO_ADDRESS: on.product.address, LAGERBRO_KEY: key }
  const child = spawn(process.execPath, [join(folder, 'examples', 'erp-reader', 'erp-reader.js'), 'mirror', mirror], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  children.add(child)
  return { child, lines: createInterface({ input: child.stdout as NonNullable<typeof child.stdout> })[Symbol.asyncIterator]() }
}

/** One change by somebody: a sale, a delivery, a new name or price, a new article, one that is no longer sold. */
async function change(random: Rng, n: number): Promise<void> {
  const articleId = must(articles[Math.floor(random() * articles.length)], 'an article')
  const locationId = must(locations[0], 'a location')
  const line = { articleId, quantity: 1 + Math.floor(random() * 3) }
  const kind = random()
  if (kind < 0.35) await api('sales.register', { body: { ref: `s${n}`, locationId, lines: [line] } })
  else if (kind < 0.55) await api('goods-receipts.register', { body: { ref: `r${n}`, locationId, lines: [line] } })
  else if (kind < 0.75) await api('articles.change', { params: { articleId }, body: { name: `Namn ${n}` } })
  else if (kind < 0.9) await api('articles.change', { params: { articleId }, body: { priceMinor: n } })
  else if (kind < 0.96) await newArticle(`M-${n}`)
  else await api('articles.change', { params: { articleId }, body: { archived: random() < 0.6 } })
}

test('R33: a mirror killed at 50 random points is the truth in the end, byte for byte', async () => {
  console.log(`MIRROR_SEED=${SEED}`)
  const random = rng(SEED)
  let over = false
  let n = 0
  const writing = (async () => {
    while (!over) await change(random, n++)
  })()
  const pressing = rng(SEED + 1)
  let lines = 0
  for (let kills = 0; kills < KILLS; kills++) {
    const reader = start()
    const fatal = 1 + Math.floor(pressing() * MOST_LINES)
    for (let said = 0; said < fatal && !(await reader.lines.next()).done; said++) lines++
    reader.child.kill('SIGKILL')
    if (reader.child.exitCode === null && reader.child.signalCode === null) await once(reader.child, 'exit')
    expect(reader.child.signalCode, `MIRROR_SEED=${SEED}: it ended by itself`).toBe('SIGKILL')
    const viewId = readView()
    // So that there is much to read, and a resend under way, at every kill.
    if (viewId !== null && kills % 5 === 0) await api('views.resend', { params: { viewId }, body: {} })
  }
  over = true
  await writing
  await comeToRest(n)
  expect(lines).toBeGreaterThan(KILLS)
  expect(filesOf(), `MIRROR_SEED=${SEED}`).toEqual(await truth())
})

const readView = (): number | null => (JSON.parse(readFileSync(join(mirror, 'view.json'), 'utf8')) as { viewId: number | null }).viewId

/** A last reader reads all there is. It says "=" after each page it has acknowledged; a last change sees to it that there is a page to read. */
async function comeToRest(from: number): Promise<void> {
  const reader = start()
  const viewId = must(readView(), 'the view')
  const last = (n: number) =>
    api('sales.register', { body: { ref: `last ${n}`, locationId: must(locations[0], 'a location'), lines: [{ articleId: must(articles[0], 'an article'), quantity: 1 }] } })
  await last(from)
  for (let n = from + 1; ; ) {
    const line = must((await reader.lines.next()).value as string | undefined, 'a line of the last reader')
    if (!line.startsWith('=')) continue
    const { lag, run } = await api('views.show', { params: { viewId } })
    // These are still to be read, and a page of them will come.
    if (lag.live > 0) continue
    if (lag.backfill + lag.rejected === 0 && run?.endedAt != null) break
    // Nothing more of the run may be left to queue: the next reading ends it.
    await last(n++)
  }
  reader.child.kill('SIGTERM')
  if (reader.child.exitCode === null) await once(reader.child, 'exit')
  expect(reader.child.exitCode).toBe(0)
}

/** What the mirror holds, without what is gone. */
function filesOf(): Record<string, string> {
  const entities = readdirSync(mirror, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  const files = entities.flatMap(({ name }) => readdirSync(join(mirror, name)).map((file) => `${name}/${file}`)).filter((file) => file.endsWith('.json'))
  const texts = files.sort().map((file) => [file, readFileSync(join(mirror, file), 'utf8')] as const)
  return Object.fromEntries(texts.filter(([, text]) => (JSON.parse(text) as { op: string }).op === 'upsert'))
}

/** What the files must be, from the facts themselves. */
async function truth(): Promise<Record<string, string>> {
  const rows = await on.data.owner.rows<{ entity: Entity; id: number; location: number; wanted: number; epoch: number }>(
    sql`select r.entity, r.entity_id as id, r.location_id as location, r.wanted, l.epoch from view_row r join listener l on l.company_id = r.company_id and l.id = r.listener_id where r.op = 'upsert'`,
  )
  const { id: companyId } = await on.data.owner.one<{ id: number }>(sql`select id from company`)
  const [living] = await on.data.owner.rows<{ count: number }>(sql`select count(*) as count from article where archived_at is null`)
  expect(rows.filter((row) => row.entity === 'article')).toHaveLength(Number(living?.count))
  const idsOf = (entity: Entity) => rows.filter((row) => row.entity === entity).map((row) => row.id)
  const files: [string, string][] = []
  const add = (entity: Entity, contents: Content[]) => {
    for (const { id, location, data } of contents) {
      const row = must(
        rows.find((each) => each.entity === entity && each.id === id && each.location === location),
        'the row',
      )
      files.push([`${entity}/${location === 0 ? id : `${id}-${location}`}.json`, `${JSON.stringify({ version: versionOf(row.epoch, row.wanted), op: 'upsert', data }, null, 2)}\n`])
    }
  }
  await on.data.db.inCompany(companyId, async (tx) => {
    add('product', await productContents(tx, idsOf('product')))
    add('article', await articleContents(tx, idsOf('article')))
    add('price', await priceContents(tx, idsOf('price'), null, new Date()))
    const stock = rows.filter((row) => row.entity === 'stock')
    const at = stock.map((row) => row.location)
    add('stock', await stockContents(tx, idsOf('stock'), at))
  })
  return Object.fromEntries(files.sort(([a], [b]) => (a < b ? -1 : 1)))
}
