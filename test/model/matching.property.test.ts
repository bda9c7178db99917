/**
 * S10 over random shops: numbers that differ by a letter's case, a space or a zero, numbers on two items, on none, and empty ones. What is
 * matched is compared with plain counting. `MATCHING_SEED=n` plays one again.
 */
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { saveListings } from '../../src/core/listings/save-listings.ts'
import { tickBox } from '../../src/core/told/tick-box.ts'
import { sql } from '../../src/db/sql.ts'
import { secretBox } from '../../src/kit/secret-box.ts'
import { rematch } from '../../src/sync/rematch.ts'
import { type TestDatabase, testDatabase } from '../database.ts'
import { COMPARES, type Planted, plant } from '../plant.ts'
import { type Rng, rng } from './rng.ts'

const HISTORIES = 300
const NUMBERS = ['A-1', 'a-1', 'A-1 ', ' A-1', 'A1', '007', '7', '07', '0', 'Å-1', 'A-1\u00a0', '9007199254740993', '9007199254740992']
const only = process.env.MATCHING_SEED === undefined ? null : Number(process.env.MATCHING_SEED)

let on: TestDatabase
let it: Planted
let articles: { id: number; number: string }[]
const now = new Date('2026-11-02T08:00:00Z')
const by = { actor: 'system', now }

beforeAll(async () => {
  on = await testDatabase()
  it = await plant(on, { box: secretBox(randomBytes(32)), code: 'toy', settings: {}, manners: COMPARES, number: 'PLANTED', itemRef: 'none', places: ['D'], start: 1, now })
  articles = await on.owner.rows<{ id: number; number: string }>(sql`
    insert into article (company_id, product_id, number, name, created_at, changed_at)
    select a.company_id, a.product_id, n, n, a.created_at, a.created_at from article a, unnest(${NUMBERS}::text[]) n where a.company_id = ${it.companyId} returning id, number`)
  await on.db.inCompany(it.companyId, (tx) =>
    tickBox(
      tx,
      it.listenerId,
      articles.map((a) => a.id),
      by,
    ),
  )
})
afterAll(() => on.close())

/** A shop whose items carry any of the numbers, some twice, some none. */
function shopOf(random: Rng): { itemRef: string; number: string | null }[] {
  const any = [...NUMBERS, '', null]
  return Array.from({ length: Math.floor(random() * 20) }, (_, n) => ({ itemRef: `i${n}`, number: any[Math.floor(random() * any.length)] ?? null }))
}

test('S10: a number is matched when exactly one item carries it to the letter, and never otherwise', { timeout: 120_000 }, async () => {
  const met = { missing: 0, matched: 0, ambiguous: 0 }
  for (let seed = only ?? 1; seed <= (only ?? HISTORIES); seed++) {
    const items = shopOf(rng(seed))
    await on.owner.run(sql`delete from listing where company_id = ${it.companyId}`)
    const listings = items.map(({ itemRef, number }) => ({ itemRef, articleNumber: number, parentRef: null, title: null, tracked: true, unwritable: null, levels: [] }))
    await on.db.inCompany(it.companyId, async (tx) => {
      await saveListings(tx, it.listenerId, listings, now)
      await rematch(tx, it.listenerId, null, by, { asked: true, ids: 'take' })
    })
    const links = await on.owner.rows<{ article_id: number; state: string; item_ref: string | null }>(
      sql`select article_id, state, item_ref from link where company_id = ${it.companyId}`,
    )
    for (const article of articles) {
      const carriers = items.filter((item) => item.number === article.number)
      const state = carriers.length === 0 ? 'missing' : carriers.length === 1 ? 'matched' : 'ambiguous'
      met[state]++
      const link = links.find((each) => each.article_id === article.id)
      expect(link?.state, `MATCHING_SEED=${seed} ${JSON.stringify(article.number)}`).toBe(state)
      if (state === 'matched') expect(link?.item_ref, `MATCHING_SEED=${seed}`).toBe(carriers[0]?.itemRef)
    }
  }
  console.log(`what the shops held: ${JSON.stringify(met)}`)
  if (only === null) expect(Math.min(...Object.values(met))).toBeGreaterThan(0)
})

test('S10: what happens by itself never puts another id in the place of a saved one, and sends only where the saved one bears the number alone', { timeout: 120_000 }, async () => {
  const met = { same: 0, moved: 0, ambiguous: 0, missing: 0 }
  for (let seed = only ?? 1; seed <= (only ?? HISTORIES / 3); seed++) {
    const saved = new Map((await linksNow()).map((link) => [link.article_id, link.item_ref]))
    const items = shopOf(rng(seed + 10_000))
    await on.owner.run(sql`delete from listing where company_id = ${it.companyId}`)
    const listings = items.map(({ itemRef, number }) => ({ itemRef, articleNumber: number, parentRef: null, title: null, tracked: true, unwritable: null, levels: [] }))
    await on.db.inCompany(it.companyId, async (tx) => {
      await saveListings(tx, it.listenerId, listings, now)
      await rematch(tx, it.listenerId, null, by, { asked: true })
    })
    for (const link of await linksNow()) {
      const number = articles.find((each) => each.id === link.article_id)?.number
      const carriers = items.filter((item) => item.number === number).map((item) => item.itemRef)
      const before = saved.get(link.article_id) ?? null
      if (before !== null) expect(link.item_ref, `MATCHING_SEED=${seed}`).toBe(before)
      expect(link.state === 'matched', `MATCHING_SEED=${seed} ${JSON.stringify(number)}`).toBe(carriers.length === 1 && link.item_ref === carriers[0])
      if (link.state === 'matched') met.same++
      else if (link.state !== 'looking') met[link.state]++
    }
  }
  if (only === null) expect(Math.min(...Object.values(met))).toBeGreaterThan(0)
})
const linksNow = () =>
  on.owner.rows<{ article_id: number; state: 'looking' | 'matched' | 'moved' | 'missing' | 'ambiguous'; item_ref: string | null }>(
    sql`select article_id, state, item_ref from link where company_id = ${it.companyId} and article_id = any (${articles.map((a) => a.id)}::bigint[])`,
  )
