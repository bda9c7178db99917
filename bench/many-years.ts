/** A shop after many years, planted: its articles, what moved them, orders with their customers, a webshop that shows it all, and what waits for somebody. How it came is not what is measured. */
import type { Stand } from './stand.ts'

export interface ManyYears {
  articles: number
  movements: number
  /** Of the busiest article alone. */
  busiest: number
  orders: number
}
const DAY_MS = 86_400_000
const DAYS = 60
const BATCHES = 20
const EACH_CAUSE = 5
/** In one name of all. */
export const RARE = 'Snöskyffel'
export const PART_OF_RARE = 'skyffel'
export const COMMON = 'tröja'

export const numberOf = (nth: number): string => `M-${String(nth).padStart(6, '0')}`

/** Returns the busiest article: the first. */
export async function plantManyYears(stand: Stand, connectionId: number, many: ManyYears): Promise<number> {
  const { superuser, companyId, locationId } = stand
  const now = new Date()
  await plantArticles(stand, many.articles, now)
  const { rows } = await superuser.query<{ id: string }>('select id from article where company_id = $1 order by id limit 1', [companyId])
  const busiest = Number(rows[0]?.id)
  await receive(stand, new Date(now.getTime() - DAYS * DAY_MS))
  for (let batch = 0; batch < BATCHES; batch++) {
    const at = new Date(now.getTime() - (DAYS - 1 - (batch * (DAYS - 1)) / BATCHES) * DAY_MS)
    await sell(
      stand,
      { batch, from: busiest, articles: many.articles, sales: Math.floor((many.movements - many.articles) / BATCHES), busiest: Math.floor(many.busiest / BATCHES) },
      at,
    )
  }
  await superuser.query(
    `insert into document (company_id, type, ref, location_id, occurred_at, posted_at, actor, body_hash, lines)
     select company_id, 'sale', source ->> 'ref', $2, occurred_at, posted_at, actor, '', jsonb_build_array(jsonb_build_object('articleId', article_id, 'quantity', -on_hand_delta))
     from movement where company_id = $1 and kind = 'sale'`,
    [companyId, locationId],
  )
  await plantOrders(stand, connectionId, many.orders, now)
  await tellAll(stand, connectionId, now)
  await leaveUndone(stand, connectionId, now)
  await superuser.query('vacuum analyze')
  return busiest
}

async function plantArticles({ superuser, companyId }: Stand, count: number, now: Date): Promise<void> {
  await superuser.query(
    `insert into product (company_id, name, created_at)
     select $1, case when n = $3::int then '${RARE} i björk'
                     else concat_ws(' ', (array['Tröja', 'Mössa', 'Vante', 'Kopp', 'Fat', 'Skål', 'Ljus', 'Lykta', 'Filt', 'Kudde', 'Matta', 'Väska', 'Bälte', 'Halsduk', 'Tofflor', 'Handduk', 'Vas', 'Kruka', 'Korg', 'Bricka'])[1 + n % 20],
                                         (array['ull', 'bomull', 'lin', 'kashmir', 'stengods', 'porslin', 'björk', 'mässing', 'glas', 'läder', 'jute', 'sammet'])[1 + n / 20 % 12],
                                         (array['grå', 'blå', 'svart', 'vit', 'grön', 'röd', 'gul', 'brun', 'beige', 'rosa', 'marin', 'natur', 'ockra', 'sand', 'rost'])[1 + n / 240 % 15], 30 + n / 3600) end, $2::timestamptz
     from generate_series(1, $3::int) n`,
    [companyId, now, count],
  )
  await superuser.query(
    `with made as (
       insert into article (company_id, product_id, number, name, price_minor, created_at, changed_at)
       select company_id, id, 'M-' || lpad(row_number() over (order by id)::text, 6, '0'), name, 9900, created_at, created_at from product where company_id = $1 returning id, number)
     insert into article_number (company_id, number, article_id, since) select $1, number, id, $2 from made`,
    [companyId, now],
  )
  // The weights of a GTIN from the right: 3, 1, 3 ...
  await superuser.query(
    `insert into barcode (company_id, gtin14, code, article_id)
     select company_id, '0' || code, code, id from (
       select company_id, id, body || (10 - (select sum(substr(body, n, 1)::int * case n % 2 when 0 then 3 else 1 end) from generate_series(1, 12) n) % 10) % 10 as code
       from (select company_id, id, '73' || lpad(id::text, 10, '0') as body from article where company_id = $1) b) c`,
    [companyId],
  )
}

const receive = ({ superuser, companyId, locationId }: Stand, at: Date) =>
  superuser.query(
    `select post_movements($1, (select jsonb_agg(jsonb_build_object('key', 'planted:' || id, 'article', id, 'location', $2::bigint, 'kind', 'receipt', 'on_hand', 1000, 'at', $3::timestamptz,
       'source', '{"type": "goods-receipt", "ref": "IN-1"}'::jsonb, 'actor', 'system')) from article where company_id = $1), null, $3)`,
    [companyId, locationId, at],
  )

/** One day's sales: of all of them here and there, and of the busiest one piece after the other. */
const sell = ({ superuser, companyId, locationId }: Stand, day: { batch: number; from: number; articles: number; sales: number; busiest: number }, at: Date) =>
  superuser.query(
    `select post_movements($1, (select jsonb_agg(jsonb_build_object('key', 'sold:' || $4::int || ':' || n, 'location', $2::bigint, 'kind', 'sale', 'on_hand', -1, 'at', $3::timestamptz, 'actor', 'system',
         'article', $5::bigint + case when n > $7::int then 0 else (n::bigint * 7919 + $4::int) % $6::int end, 'source', jsonb_build_object('type', 'sale', 'ref', 'K' || $4::int || '-' || n)))
       from generate_series(1, $7::int + $8::int) n), null, $3)`,
    [companyId, locationId, at, day.batch, day.from, day.articles, day.sales, day.busiest],
  )

async function plantOrders({ superuser, companyId }: Stand, connectionId: number, count: number, now: Date): Promise<void> {
  await superuser.query(
    `with bought as (
       insert into customer (company_id, name, email, phone, source_id, source_ref, from_order, created_at, changed_at)
       select $1, (array['Anna', 'Björn', 'Cecilia', 'Dag', 'Elin', 'Fredrik', 'Gunilla', 'Håkan'])[1 + n % 8] || ' ' || (array['Andersson', 'Berg', 'Ek', 'Lind', 'Nyström', 'Åkesson', 'Öberg'])[1 + n % 7],
              'kund' || n || '@example.com', '+46 70 ' || lpad(n::text, 7, '0'), $2, n::text, true, $3, $3 from generate_series(1, $4::int) n returning id, source_ref)
     insert into web_order (company_id, listener_id, order_ref, name, stamp, snapshot, state, placed_at, taken_from, taken_at, customer_id)
     select $1, $2, 'o' || source_ref, '#' || (1000 + source_ref::int), '', '{}', case when source_ref::int % 200 = 0 then 'open' else 'done' end, $3::timestamptz - source_ref::int * interval '4 minutes', 'read', $3, id from bought`,
    [companyId, connectionId, now, count],
  )
  await superuser.query(
    `insert into web_order_line (company_id, order_id, line_ref, article_number, article_id, title, ordered, open, shipped, restocked, lost, returned)
     select o.company_id, o.id, 'r1', a.number, a.id, a.name, 1, 0, 1, 0, 0, 0 from web_order o
     join article a on a.company_id = o.company_id and a.id = (select min(id) from article where company_id = $1) + o.id % (select count(*) from article where company_id = $1) where o.company_id = $1`,
    [companyId],
  )
}

/** Ticked, matched and in step. */
async function tellAll({ superuser, companyId, locationId }: Stand, connectionId: number, now: Date): Promise<void> {
  const all = [companyId, connectionId, now]
  await superuser.query(
    "insert into listing (company_id, listener_id, item_ref, number, title, tracked, seen_at) select $1, $2, 'i' || id, number, name, true, $3 from article where company_id = $1",
    all,
  )
  await superuser.query(
    `insert into listing_level (company_id, listener_id, item_ref, place_ref, value, active, seen_at)
     select $1, $2, 'i' || v.article_id, p.place_ref, v.on_hand, true, $3 from level v join place p on p.company_id = v.company_id and p.listener_id = $2 and p.location_id = v.location_id where v.company_id = $1`,
    all,
  )
  await superuser.query(
    "insert into link (company_id, listener_id, article_id, state, item_ref, number, matched_at) select $1, $2, id, 'matched', 'i' || id, number, $3 from article where company_id = $1",
    all,
  )
  await superuser.query(
    `insert into told (company_id, listener_id, kind, entity_id, location_id, wanted, told, anchor_value, anchor_seen, told_at, told_value)
     select $1, $2, 'stock', article_id, location_id, 3, 3, on_hand, 0, $3, on_hand from level where company_id = $1 and location_id = $4`,
    [...all, locationId],
  )
  await superuser.query('update listener set first_synced_at = $3 where company_id = $1 and id = $2', all)
}

/** Ten causes, of each a few. */
async function leaveUndone({ superuser, companyId, locationId }: Stand, connectionId: number, now: Date): Promise<void> {
  const some = async (nth: number) =>
    (
      await superuser.query<{ id: string }>('select id from article where company_id = $1 order by id offset $2 limit $3', [companyId, 100 + nth * EACH_CAUSE, EACH_CAUSE])
    ).rows.map((row) => row.id)
  let nth = 0
  for (const state of ['missing', 'ambiguous', 'moved'])
    await superuser.query('update link set state = $3 where company_id = $1 and listener_id = $2 and article_id = any ($4)', [companyId, connectionId, state, await some(nth++)])
  for (const refusal of ['not-tracked', 'bundle', 'has-choices', 'item-gone', 'value-refused'])
    await superuser.query(
      "update told set refusal = $3, wanted = wanted + 1, dirty_since = $5 where company_id = $1 and listener_id = $2 and kind = 'stock' and entity_id = any ($4)",
      [...[companyId, connectionId, refusal], await some(nth++), now],
    )
  await superuser.query(
    `insert into difference (company_id, listener_id, article_id, location_id, theirs, ours, seen_at, state, reason) select $1, $2, id, $3, 1, 2, $5, 'open', 'edited-in-shop' from unnest($4::bigint[]) id`,
    [companyId, connectionId, locationId, await some(nth++), now],
  )
  await superuser.query(
    `select post_movements($1, (select jsonb_agg(jsonb_build_object('key', 'below:' || id, 'article', id, 'location', $2::bigint, 'kind', 'sale', 'on_hand', -2000, 'at', $4::timestamptz, 'actor', 'system',
       'source', jsonb_build_object('type', 'sale', 'ref', 'B' || id))) from unnest($3::bigint[]) id), null, $4)`,
    [companyId, locationId, await some(nth++), now],
  )
  await superuser.query('update told set told = wanted, dirty_since = null where company_id = $1 and listener_id = $2 and refusal is null', [companyId, connectionId])
}
