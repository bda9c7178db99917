/** Plants the smallest company that has something to tell: one article, its places, one active connection. For tests below the commands. */
import type { ListenerManners } from '../src/core/listeners/listener.ts'
import { ruleIsKnown } from '../src/core/listeners/listener.ts'
import { insertHookAddress, insertListener, insertPlace, updateSettings, updateState } from '../src/core/listeners/listeners.sql.ts'
import { sealFields } from '../src/core/listeners/sealed.ts'
import { postMovements } from '../src/core/stock/post-movements.ts'
import { tickBox } from '../src/core/told/tick-box.ts'
import { sql } from '../src/db/sql.ts'
import type { SecretBox } from '../src/kit/secret-box.ts'
import type { TestDatabase } from './database.ts'

export interface Planted {
  companyId: number
  listenerId: number
  articleId: number
  /** One per place, in their order. */
  locationIds: number[]
}
export interface Planting {
  box: SecretBox
  code: string
  settings: Record<string, string>
  manners: ListenerManners
  number: string
  itemRef: string
  places: string[]
  start: number
  now: Date
}

export const COMPARES: ListenerManners = { compares: true, lowersItself: 'placed', restores: true, keyMs: 3_600_000, adjusts: false, feedLagMs: 0, maxFlightMs: 120_000 }

export async function plant({ db, owner }: TestDatabase, p: Planting): Promise<Planted> {
  const { now } = p
  const company = await owner.one<{ id: number }>(
    sql`insert into company (name, country, currency, time_zone, created_at) values ('Ull & Lin', 'SE', 'SEK', 'Europe/Stockholm', ${now}) returning id`,
  )
  const companyId = company.id
  const product = await owner.one<{ id: number }>(sql`insert into product (company_id, name, created_at) values (${companyId}, 'Tröja', ${now}) returning id`)
  const article = await owner.one<{ id: number }>(
    sql`insert into article (company_id, product_id, number, name, created_at, changed_at) values (${companyId}, ${product.id}, ${p.number}, 'Tröja M', ${now}, ${now}) returning id`,
  )
  await owner.run(sql`insert into article_number (company_id, number, article_id, since) values (${companyId}, ${p.number}, ${article.id}, ${now})`)
  const locationIds: number[] = []
  for (const place of p.places)
    locationIds.push((await owner.one<{ id: number }>(sql`insert into location (company_id, name, created_at) values (${companyId}, ${place}, ${now}) returning id`)).id)
  const listenerId = await db.inCompany(companyId, async (tx) => {
    const address = `hook-${companyId}`
    const settings = sealFields(p.box, companyId, 'settings', address, p.settings)
    const { id } = await insertListener(tx, { code: p.code, name: p.code, settings, hookAddress: address }, now)
    await insertHookAddress(tx, address, id)
    await updateSettings(tx, id, settings, p.manners, ruleIsKnown(p.manners))
    for (const [n, place] of p.places.entries()) await insertPlace(tx, id, { locationId: locationIds[n] as number, placeRef: place, name: place })
    await updateState(tx, id, 'active', null)
    return id
  })
  await owner.run(
    sql`update listener set default_location_id = ${locationIds[0]}, many_places = ${p.places.length > 1}, counts_from = ${now}, first_synced_at = ${now} where company_id = ${companyId}`,
  )
  await db.inCompany(companyId, async (tx) => {
    const key = (id: number) => `start:${id}`
    const start = locationIds.map((id) => ({
      key: key(id),
      articleId: article.id,
      locationId: id,
      kind: 'receipt' as const,
      onHand: p.start,
      at: now,
      source: { type: 'goods-receipt' },
      actor: 'system',
    }))
    await postMovements(tx, start, now)
    await tickBox(tx, listenerId, [article.id], { actor: 'system', now })
  })
  await owner.run(sql`update link set state = 'matched', item_ref = ${p.itemRef}, number = ${p.number}, matched_at = ${now} where company_id = ${companyId}`)
  return { companyId, listenerId, articleId: article.id, locationIds }
}
