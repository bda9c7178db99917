/**
 * Readers of sync views over random histories on the real database: writers whose transactions overlap, readers that crash between fetching and
 * acknowledging, lost acknowledgements, rejections, resends, unlinks, views that hear of other places. When all is quiet each reader's mirror is the truth, and nothing was ever applied
 * backwards or before its parent.
 * Replay: VIEWS_SEED=123 npx vitest run test/model/views.property.test.ts; HISTORIES=n for more.
 */
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { changeArticle, priceAtLocation } from '../../src/core/articles/change-article.ts'
import { createArticle } from '../../src/core/articles/create-article.ts'
import { makeCompany } from '../../src/core/companies/make-company.ts'
import { addImage } from '../../src/core/images/add-image.ts'
import { describeImage, orderImages, removeImage } from '../../src/core/images/arrange-images.ts'
import { imagesOfProduct } from '../../src/core/images/images.sql.ts'
import { readPicture } from '../../src/core/images/picture.ts'
import { createLocation } from '../../src/core/locations/create-location.ts'
import { makeOffers } from '../../src/core/prices/make-offers.ts'
import { turnOffers } from '../../src/core/prices/turn-offers.ts'
import { postMovements } from '../../src/core/stock/post-movements.ts'
import { acknowledge, type Said } from '../../src/core/views/ack.ts'
import { changeView } from '../../src/core/views/change-view.ts'
import type { ChangesPage, Item } from '../../src/core/views/changes.ts'
import { articleContents, type Content, imageContents, productContents, stockContents } from '../../src/core/views/contents.sql.ts'
import type { Cursor } from '../../src/core/views/cursor.ts'
import { makeView } from '../../src/core/views/make-view.ts'
import { priceContents } from '../../src/core/views/price-contents.ts'
import { changeResend, startResend } from '../../src/core/views/resend.ts'
import { latestResend, leaveView } from '../../src/core/views/runs.sql.ts'
import type { Entity, ViewRow } from '../../src/core/views/view.ts'
import { viewById } from '../../src/core/views/views.sql.ts'
import type { Tx } from '../../src/db/open.ts'
import { sql } from '../../src/db/sql.ts'
import { must } from '../../src/kit/assert.ts'
import { secretBox } from '../../src/kit/secret-box.ts'
import { serveChanges } from '../../src/sync/serve-changes.ts'
import { type TestDatabase, testDatabase } from '../database.ts'
import { GIF, JPEG, PNG, WEBP } from '../pictures.ts'
import { pick, type Rng, rng } from './rng.ts'

const HISTORIES = Number(process.env.HISTORIES ?? 15)
const FIRST_SEED = process.env.VIEWS_SEED === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(process.env.VIEWS_SEED)
const SEEDS = process.env.VIEWS_SEED === undefined ? Array.from({ length: HISTORIES }, (_, n) => FIRST_SEED + n) : [FIRST_SEED]
const STEPS = 120
const PICTURES = [GIF, JPEG, PNG, WEBP].map(readPicture)
const PARENT: Partial<Record<Entity, Entity>> = { article: 'product', image: 'product', price: 'article', stock: 'article' }

let data: TestDatabase
const box = secretBox(randomBytes(32))
const hit = new Map<string, number>()
const mark = (what: string) => {
  hit.set(what, (hit.get(what) ?? 0) + 1)
}
beforeAll(async () => {
  data = await testDatabase()
})
afterAll(() => data.close())

/** One outside system: what it holds, and how it reads. */
interface Reader {
  view: ViewRow
  mirror: Map<string, { version: number; data: unknown; id: number; locationId: number; entity: Entity }>
  /** The last version applied per item, tombstones too. */
  versions: Map<string, number>
  cursor: Cursor | null
  /** Fetched and applied, not acknowledged. */
  unacked: ChangesPage | null
  limit: number
  byNumber: boolean
}
interface World {
  seed: number
  companyId: number
  now: number
  products: number[]
  articles: number[]
  locations: number[]
  readers: Reader[]
  /** Transactions that have written and not committed, with the articles they hold. */
  open: { holds: Set<number>; commit(): Promise<void> }[]
  /** A resend may be marking rows, which waits for whoever is making one of them. */
  filling: boolean
  n: number
}

const keyOf = (item: { entity: string; id: number; locationId: number }) => `${item.entity} ${item.id} ${item.locationId}`
const by = (w: World) => ({ actor: 'system', now: new Date(w.now) })
const within = <T>(w: World, work: (tx: Tx) => Promise<T>) => data.db.inCompany(w.companyId, work)

async function openWorld(seed: number, random: Rng): Promise<World> {
  const w: World = { seed, companyId: 0, now: Date.parse('2026-11-02T08:00:00Z'), products: [], articles: [], locations: [], readers: [], open: [], filling: false, n: 0 }
  await data.db.outsideWall(async (q) => {
    const tx = await makeCompany(q, { name: 'Spegel AB', country: 'SE' }, new Date(w.now))
    w.companyId = tx.companyId
    for (let n = 0; n < 2; n++) w.locations.push((await createLocation(tx, { name: `Lager ${n}` }, by(w))).id)
  })
  for (let n = 0; n < 6; n++) await newArticle(w)
  for (const byNumber of [false, true, false]) {
    const view = await within(w, (tx) =>
      makeView(
        tx,
        {
          name: 'spegel',
          entities: byNumber ? ['article', 'stock'] : ['product', 'article', 'price', 'stock', 'image'],
          locations: null,
          joinsProducts: random() < 0.5 ? true : null,
          joinsOrders: false,
          byNumber,
        },
        box,
        by(w),
      ),
    )
    w.readers.push({ view, mirror: new Map(), versions: new Map(), cursor: null, unacked: null, limit: 1 + Math.floor(random() * 12), byNumber })
  }
  return w
}

async function newArticle(w: World): Promise<void> {
  const made = await within(w, (tx) => createArticle(tx, { number: `N-${w.seed}-${w.n++}`, name: 'ny' }, by(w)))
  w.articles.push(made.id)
  w.products.push(made.productId)
}

/** Writes in a transaction that commits at once, or stays open while others go on. Articles that an open one holds are left alone. */
async function write(w: World, random: Rng): Promise<void> {
  const held = new Set(w.open.flatMap((open) => [...open.holds]))
  const free = w.articles.filter((id) => !held.has(id))
  const count = Math.min(free.length, 1 + Math.floor(random() * 4))
  if (count === 0) return
  const mine = new Set(Array.from({ length: count }, () => must(free[Math.floor(random() * free.length)], 'an article')))
  const change = random()
  const work = async (tx: Tx) => {
    const at = by(w)
    if (change < 0.15) await changeImages(w, tx, mine, random)
    else if (change < 0.6)
      await postMovements(
        tx,
        [...mine].flatMap((articleId) =>
          w.locations.slice(0, 1 + (articleId % 2)).map((locationId) => ({
            key: `k${w.n++}`,
            articleId,
            locationId,
            kind: 'receipt' as const,
            onHand: 1 + Math.floor(random() * 5),
            at: at.now,
            source: { type: 'goods-receipt' },
            actor: 'system',
          })),
        ),
        at.now,
      )
    else if (change < 0.75) for (const id of mine) await changeArticle(tx, id, { name: `namn ${w.n++}`, priceMinor: 100 + w.n }, at)
    else if (change < 0.85) for (const id of mine) await priceAtLocation(tx, id, { locationId: must(w.locations[0], 'a place'), priceMinor: w.n++ }, at)
    else if (change < 0.92) await makeOffers(tx, anOffer(w, [...mine], random), at)
    else for (const id of mine) await changeArticle(tx, id, { archived: random() < 0.5 }, at)
  }
  // The same picture is one row, whichever products show it: who adds it while another transaction has it in hand waits for that one.
  if (change < 0.15 || w.open.length >= 3 || random() < 0.6) return within(w, work)
  mark('overlapping transactions')
  let release = (): void => {}
  const gate = new Promise<void>((resolve) => {
    release = resolve
  })
  let written = (): void => {}
  const wrote = new Promise<void>((resolve) => {
    written = resolve
  })
  const rollback = random() < 0.2
  const done = within(w, async (tx) => {
    await work(tx)
    written()
    await gate
    if (rollback) throw new Error('rolled back')
  }).catch((error: Error) => {
    if (error.message !== 'rolled back') throw error
  })
  await Promise.race([wrote, done])
  w.open.push({
    holds: mine,
    commit: async () => {
      release()
      await done
    },
  })
}

/** Images come, get other words and another order, go and come back. */
async function changeImages(w: World, tx: Tx, mine: ReadonlySet<number>, random: Rng): Promise<void> {
  const at = by(w)
  for (const articleId of [...mine].sort((a, b) => a - b)) {
    const productId = must(w.products[w.articles.indexOf(articleId)], 'its product')
    const standing = await imagesOfProduct(tx, productId)
    const [first] = standing
    const what = random()
    if (first === undefined || what < 0.35)
      await addImage(tx, { productId, articleId: null, alt: '', picture: must(PICTURES[Math.floor(random() * PICTURES.length)], 'a picture') }, at)
    else if (what < 0.7) await removeImage(tx, first.id, at)
    else if (what < 0.85) await orderImages(tx, productId, standing.map((image) => image.id).reverse(), at)
    else await describeImage(tx, first.id, { alt: `bild ${w.n++}` }, at)
  }
}

/** Of a few minutes, from now or soon; some without an end. */
function anOffer(w: World, articleIds: number[], random: Rng) {
  mark('offer')
  const validFrom = new Date(w.now + Math.floor((random() - 0.5) * 300_000))
  const validTo = random() < 0.3 ? null : new Date(Math.max(validFrom.getTime(), w.now) + 1 + Math.floor(random() * 300_000))
  const locationId = random() < 0.5 ? null : must(w.locations[Math.floor(random() * w.locations.length)], 'a place')
  return { lines: articleIds.map((articleId) => ({ articleId, priceMinor: 50 + Math.floor(random() * 200) })), locationId, campaign: null, validFrom, validTo }
}

/** What the clock does: offers that have begun or ended are said to whoever listens. */
const offersTurn = (w: World) =>
  whileAllCommit(
    w,
    within(w, (tx) => turnOffers(tx, by(w))),
  )

async function closeOne(w: World, random: Rng): Promise<void> {
  const [open] = w.open.splice(Math.floor(random() * w.open.length), 1)
  await open?.commit()
}

async function read(w: World, r: Reader): Promise<number> {
  const page = await serveChanges({ db: data.db, clock: { now: () => new Date(w.now) } }, w.companyId, r.view.id, { after: r.cursor, limit: r.limit, only: null, reader: null })
  for (const item of page.items) apply(w, r, item)
  r.cursor = page.next
  r.unacked = page
  return page.items.length
}

function apply(w: World, r: Reader, item: Item): void {
  const key = keyOf(item)
  const where = `seed ${w.seed}: ${key} v${item.version} to view ${r.view.id}`
  const before = r.versions.get(key) ?? -1
  if (item.version <= before) {
    mark('served again')
    return
  }
  const parent = PARENT[item.entity]
  if (item.op === 'upsert' && !r.byNumber && parent !== undefined) {
    const data = item.data as { productId?: number; articleId?: number }
    const parentKey = `${parent} ${parent === 'product' ? data.productId : data.articleId} 0`
    if (!r.versions.has(parentKey)) throw new Error(`${where} came before its parent ${parentKey}`)
  }
  r.versions.set(key, item.version)
  if (item.op === 'upsert') r.mirror.set(key, { version: item.version, data: item.data, id: item.id, locationId: item.locationId, entity: item.entity })
  else r.mirror.delete(key)
  mark(`${item.op} ${item.entity}`)
}

async function acks(w: World, r: Reader, random: Rng): Promise<void> {
  const page = r.unacked
  if (page === null) return
  const reject = random() < 0.1 ? page.items[Math.floor(random() * page.items.length)] : undefined
  const results: Said[] =
    reject === undefined
      ? []
      : [
          {
            entity: reject.entity,
            id: reject.id,
            locationId: reject.locationId,
            version: reject.version,
            status: 'rejected',
            externalId: null,
            externalVersion: null,
            error: 'no',
            retryAt: new Date(w.now + 60_000),
          },
        ]
  if (reject !== undefined) {
    // Rejected = not held: it must come again, with this version or a later one.
    mark('rejected')
    r.versions.set(keyOf(reject), reject.version - 1)
  }
  const saying = within(w, async (tx) => acknowledge(tx, must(await viewById(tx, r.view.id), 'the view'), { cursor: page.next, results }, by(w)))
  if (results.length > 0) await whileAllCommit(w, saying)
  else await saying
  r.unacked = null
}

const resend = (w: World, r: Reader, random: Rng) =>
  within(w, async (tx) => {
    const view = must(await viewById(tx, r.view.id), 'the view')
    mark('resend')
    w.filling = true
    await startResend(tx, view, { mode: random() < 0.7 ? 'resend' : 'verify', products: random() < 0.3 ? w.products.filter(() => random() < 0.5) : null }, by(w))
  })

/** It may have to wait for rows that open transactions hold: they commit while it waits. */
async function whileAllCommit(w: World, work: Promise<unknown>): Promise<void> {
  const open = w.open.splice(0)
  await Promise.all([work, ...open.map((each) => each.commit())])
}

const oneOf = (w: World, random: Rng): Reader => must(w.readers[Math.floor(random() * w.readers.length)], 'a reader')

async function history(seed: number): Promise<void> {
  const random = rng(seed)
  const w = await openWorld(seed, random)
  const moves = [
    { name: 'write', weight: 40, run: () => write(w, random) },
    { name: 'commit', weight: 15, run: () => closeOne(w, random) },
    { name: 'new article', weight: 4, run: () => newArticle(w) },
    {
      name: 'read',
      weight: 25,
      run: async () => {
        const r = oneOf(w, random)
        if (w.filling) await whileAllCommit(w, read(w, r))
        else await read(w, r)
      },
    },
    { name: 'ack', weight: 20, run: () => acks(w, oneOf(w, random), random) },
    {
      name: 'crash',
      weight: 4,
      run: () => {
        // What it applied is kept; where it was is forgotten.
        const r = oneOf(w, random)
        r.cursor = null
        r.unacked = null
      },
    },
    { name: 'resend', weight: 3, run: () => whileAllCommit(w, resend(w, oneOf(w, random), random)) },
    {
      name: 'pause and go on',
      weight: 1,
      run: async () => {
        const r = oneOf(w, random)
        await within(w, async (tx) => {
          const view = must(await viewById(tx, r.view.id), 'the view')
          const run = await latestResend(tx, view.id)
          if (run === null || run.endedAt !== null) return
          await changeResend(tx, view, run.id, run.state === 'paused' ? 'resume' : random() < 0.7 ? 'pause' : 'cancel', by(w))
        })
      },
    },
    {
      name: 'unlink',
      weight: 3,
      run: () => {
        const leaving = w.products.filter(() => random() < 0.2)
        const { id } = oneOf(w, random).view
        return whileAllCommit(
          w,
          within(w, (tx) => leaveView(tx, id, leaving, new Date(w.now))),
        )
      },
    },
    {
      name: 'other places',
      weight: 2,
      run: () => {
        const r = oneOf(w, random)
        const locations = random() < 0.4 ? null : w.locations.filter((_, n) => n === Math.floor(random() * 2) || random() < 0.2)
        mark('other places')
        return whileAllCommit(
          w,
          within(w, async (tx) => changeView(tx, must(await viewById(tx, r.view.id), 'the view'), { locations: locations?.length === 0 ? null : locations }, by(w))),
        )
      },
    },
    {
      name: 'time',
      weight: 6,
      run: () => {
        w.now += Math.floor(random() * 90_000)
      },
    },
    { name: 'offers begin and end', weight: 4, run: () => offersTurn(w) },
  ]
  for (let n = 0; n < STEPS; n++) await pick(moves, random).run()
  for (const open of w.open.splice(0)) await open.commit()
  // Past all that was to begin or end.
  w.now += 3_600_000
  await offersTurn(w)
  for (const r of w.readers) await comeToRest(w, r)
  for (const r of w.readers) await mustMirror(w, r)
}

/** Reads and acknowledges until nothing comes, over a pause long enough for everything that was forgotten. */
async function comeToRest(w: World, r: Reader): Promise<void> {
  await within(w, async (tx) => {
    const view = must(await viewById(tx, r.view.id), 'the view')
    const run = await latestResend(tx, view.id)
    if (run?.state === 'paused') await changeResend(tx, view, run.id, 'resume', by(w))
  })
  for (let quiet = 0, n = 0; quiet < 3; n++) {
    if (n > 2000) throw new Error(`seed ${w.seed}: view ${r.view.id} does not come to rest`)
    quiet = (await read(w, r)) === 0 ? quiet + 1 : 0
    if (r.unacked !== null) await acks(w, r, () => 1)
    if (quiet > 0) w.now += 61_000
  }
}

/** What the view has linked, read straight from the facts. */
async function mustMirror(w: World, r: Reader): Promise<void> {
  const linked = await data.owner.rows<{ entity: Entity; id: number; location: number }>(
    sql`select entity, entity_id as id, location_id as location from view_row where company_id = ${w.companyId} and listener_id = ${r.view.id} and op = 'upsert' and entity = any (${r.view.entities}) order by 1, 2, 3`,
  )
  const truth = new Map<string, unknown>()
  const { locations } = await within(w, async (tx) => must(await viewById(tx, r.view.id), 'the view'))
  for (const row of linked) if (row.entity === 'stock' && locations !== null) expect(locations, `seed ${w.seed}: stock at ${row.location}`).toContain(row.location)
  await within(w, async (tx) => {
    const read: Partial<Record<Entity, (rows: { id: number; location: number }[]) => Promise<Content[]>>> = {
      product: (rows) =>
        productContents(
          tx,
          rows.map((x) => x.id),
        ),
      article: (rows) =>
        articleContents(
          tx,
          rows.map((x) => x.id),
        ),
      price: (rows) =>
        priceContents(
          tx,
          rows.map((x) => x.id),
          locations,
          new Date(w.now),
        ),
      image: (rows) =>
        imageContents(
          tx,
          rows.map((x) => x.id),
          r.view.id,
        ),
      stock: (rows) =>
        stockContents(
          tx,
          rows.map((x) => x.id),
          rows.map((x) => x.location),
        ),
    }
    for (const entity of r.view.entities)
      for (const content of (await read[entity]?.(linked.filter((x) => x.entity === entity))) ?? []) truth.set(`${entity} ${content.id} ${content.location}`, content.data)
    // Every level that moved, of an article the view has, is one of its rows.
    const levels = await tx.rows<{ id: number; location: number }>(sql`
      select l.article_id as id, l.location_id as location from level l join article a on a.company_id = l.company_id and a.id = l.article_id and a.archived_at is null
      where l.company_id = ${w.companyId} and l.version > 0 and (${locations}::bigint[] is null or l.location_id = any (${locations}))`)
    for (const level of levels)
      if (truth.has(`article ${level.id} 0`)) expect(truth.has(`stock ${level.id} ${level.location}`), `seed ${w.seed}: stock row of ${level.id} ${level.location}`).toBe(true)
  })
  const held = Object.fromEntries([...r.mirror].map(([key, value]) => [key, value.data]).sort())
  expect(held, `seed ${w.seed}, view ${r.view.id}`).toEqual(Object.fromEntries([...truth].sort()))
}

test('P6, R30, R31, R32, R33, V2, V3, V9: whatever writers and readers do, when all is quiet every mirror is the truth', { timeout: 600_000 }, async () => {
  for (const seed of SEEDS) {
    try {
      await history(seed)
    } catch (error) {
      throw new Error(`VIEWS_SEED=${seed}: ${(error as Error).message}`, { cause: error })
    }
  }
  if (SEEDS.length > 10)
    for (const what of [
      'overlapping transactions',
      'served again',
      'rejected',
      'resend',
      'delete article',
      'delete stock',
      'upsert image',
      'delete image',
      'unlink image',
      'unlink product',
      'unlink stock',
      'other places',
      'offer',
    ])
      expect(hit.get(what) ?? 0, what).toBeGreaterThan(0)
})
