/** A company with articles, locations and one connection, planted straight into the database: the ground inbound tests stand on. */

import type { By } from '../../src/core/by.ts'
import { sealFields } from '../../src/core/listeners/sealed.ts'
import type { Order } from '../../src/core/orders/order.ts'
import { sql } from '../../src/db/sql.ts'
import { secretBox } from '../../src/kit/secret-box.ts'
import { type TestDatabase, testDatabase } from '../database.ts'

export const NOW = new Date('2026-11-02T08:00:00.000Z')
export const at = (minutes: number): Date => new Date(NOW.getTime() + minutes * 60_000)
export const box = secretBox(Buffer.alloc(32, 7))

export interface Ground extends TestDatabase {
  companyId: number
  listenerId: number
  /** Odenplan (place P1, the default) and Solna (place P2). */
  locations: [number, number]
  by: By
  addArticle(number: string): Promise<number>
  /** On hand and reserved, or null when it never moved. */
  level(articleId: number, locationId: number): Promise<[number, number] | null>
  told(
    articleId: number,
    locationId: number,
  ): Promise<{
    wanted: number
    told: number
    seen: number
    doubt: number
    touch: number
    provisional: number
    anchor_value: number | null
    refusal: string | null
    looks: unknown[]
  }>
  unrouted(articleId: number): Promise<number>
}

export async function ground(
  over: { code?: string; settings?: Record<string, string>; compares?: boolean; ruleKnown?: boolean; lostPolicy?: string; state?: string; countsFrom?: Date | null } = {},
): Promise<Ground> {
  const database = await testDatabase()
  const { owner } = database
  const company = (
    await owner.one<{ id: number }>(
      sql`insert into company (name, country, currency, time_zone, created_at) values ('Butiken', 'SE', 'SEK', 'Europe/Stockholm', ${NOW}) returning id`,
    )
  ).id
  const location = async (name: string) =>
    (await owner.one<{ id: number }>(sql`insert into location (company_id, name, created_at) values (${company}, ${name}, ${NOW}) returning id`)).id
  const locations: [number, number] = [await location('Odenplan'), await location('Solna')]
  const address = 'test-hook-address'
  const { compares = true, ruleKnown = true, lostPolicy = 'write-off', state = 'active', countsFrom = null } = over
  const listenerId = (
    await owner.one<{ id: number }>(sql`
    insert into listener (company_id, kind, code, name, settings, hook_address, state, compares, rule_known, lowers_itself, restores, lost_policy, default_location_id, many_places, counts_from, created_at)
    values (${company}, 'connection', ${over.code ?? 'toy'}, 'Webben', ${sealFields(box, company, 'settings', address, over.settings ?? {})}, ${address}, ${state}, ${compares}, ${ruleKnown},
      ${ruleKnown ? 'placed' : 'unknown'}, ${ruleKnown ? true : null}, ${lostPolicy}, ${locations[0]}, true, ${countsFrom}, ${NOW}) returning id`)
  ).id
  await owner.run(
    sql`insert into place (company_id, listener_id, location_id, place_ref, name) values (${company}, ${listenerId}, ${locations[0]}, 'P1', 'Odenplan'), (${company}, ${listenerId}, ${locations[1]}, 'P2', 'Solna')`,
  )
  const product = (await owner.one<{ id: number }>(sql`insert into product (company_id, name, created_at) values (${company}, 'Tröja', ${NOW}) returning id`)).id
  return {
    ...database,
    companyId: company,
    listenerId,
    locations,
    by: { actor: `listener:${listenerId}`, now: NOW },
    async addArticle(number) {
      const { id } = await owner.one<{ id: number }>(
        sql`insert into article (company_id, product_id, number, name, created_at, changed_at) values (${company}, ${product}, ${number}, ${number}, ${NOW}, ${NOW}) returning id`,
      )
      await owner.run(sql`insert into article_number (company_id, number, article_id, since) values (${company}, ${number}, ${id}, ${NOW})`)
      return id
    },
    async level(articleId, locationId) {
      const row = await owner.maybe<{ on_hand: number; reserved: number }>(
        sql`select on_hand, reserved from level where company_id = ${company} and article_id = ${articleId} and location_id = ${locationId} and version > 0`,
      )
      return row === null ? null : [row.on_hand, row.reserved]
    },
    told: (articleId, locationId) =>
      owner.one(sql`select * from told where company_id = ${company} and listener_id = ${listenerId} and entity_id = ${articleId} and location_id = ${locationId}`),
    unrouted: async (articleId) =>
      (await owner.one<{ unrouted: number }>(sql`select unrouted from link where company_id = ${company} and listener_id = ${listenerId} and article_id = ${articleId}`)).unrouted,
  }
}

/** Order O1 of five pieces of 007, routed to P1, one minute after the start. */
export function anOrder(over: Partial<Order> = {}): Order {
  return {
    orderRef: 'O1',
    name: '#1001',
    stamp: at(1).toISOString(),
    placedAt: at(1).toISOString(),
    cancelledAt: null,
    paid: false,
    currency: 'SEK',
    complete: true,
    doubtful: false,
    lines: [{ lineRef: 'L', articleNumber: '007', itemRef: null, title: 'Tröja', ordered: 5, unitPriceMinor: 19900 }],
    shipments: [],
    withdrawals: [],
    routing: [{ lineRef: 'L', placeRef: 'P1', quantity: 5 }],
    customer: null,
    ...over,
  }
}
