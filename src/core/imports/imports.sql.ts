/** SQL of imports: what was read of a shop, page by page, what becomes of it, and how far it has come. */
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'
import type { Became, Choices, ImportRow, ImportState, LeftOut, Note, ShopProduct, Verdict } from './import.ts'
import type { ItemFacts, Judged } from './judge.ts'

/** The one that stands: a preview, one that goes on, or the one that was carried out. Null = none. */
export const standingImport = (tx: Tx, listenerId: number) =>
  tx.maybe<ImportRow>(sql`
    select id, listener_id as "listenerId", state, cursor, page_at as "pageAt", walk_over as "walkOver", walked, judged, started_by as "startedBy", started_at as "startedAt", confirmed_by as "confirmedBy", confirmed_at as "confirmedAt",
      ended_at as "endedAt", run_id as "runId", case when makes is not null then jsonb_build_object('makes', makes, 'images', images, 'prices', prices, 'stock', stock, 'boxes', boxes) end as choices
    from shop_import where company_id = ${tx.companyId} and listener_id = ${listenerId} and state <> 'cancelled'`)

/** One hand at a time. */
export const lockImport = async (tx: Tx, id: number): Promise<ImportState | null> =>
  (await tx.maybe<{ state: ImportState }>(sql`select state from shop_import where company_id = ${tx.companyId} and id = ${id} for update`))?.state ?? null

export const insertImport = (tx: Tx, listenerId: number, actor: string, now: Date) =>
  tx.run(sql`insert into shop_import (company_id, listener_id, state, started_by, started_at) values (${tx.companyId}, ${listenerId}, 'reading', ${actor}, ${now})`)

/** The walk over what the shop has: how far it has come. */
export const updateWalk = (tx: Tx, id: number, walk: Pick<ImportRow, 'cursor' | 'walked' | 'pageAt' | 'walkOver'>) =>
  tx.run(sql`
    update shop_import set cursor = ${walk.cursor}, walked = ${walk.walked}, page_at = ${walk.pageAt}, walk_over = ${walk.walkOver} where company_id = ${tx.companyId} and id = ${id}`)
export const updateJudged = (tx: Tx, id: number, judged: number) => tx.run(sql`update shop_import set judged = ${judged} where company_id = ${tx.companyId} and id = ${id}`)
/** What comes next begins its own walk. */
export const updateState = (tx: Tx, id: number, state: ImportState, now: Date) =>
  tx.run(sql`
    update shop_import set state = ${state}, cursor = null, walk_over = false, walked = case when ${state} = 'importing' then 0 else walked end,
      ended_at = case when ${state} in ('done', 'cancelled') then ${now}::timestamptz end where company_id = ${tx.companyId} and id = ${id}`)
export const saveChoices = (tx: Tx, id: number, c: Choices, actor: string, now: Date) =>
  tx.run(sql`
    update shop_import set makes = ${c.makes}, images = ${c.images}, prices = ${c.prices}, stock = ${c.stock}, boxes = ${c.boxes}, confirmed_by = ${actor}, confirmed_at = ${now}
    where company_id = ${tx.companyId} and id = ${id}`)
export const noteRun = (tx: Tx, id: number, runId: number) => tx.run(sql`update shop_import set run_id = ${runId} where company_id = ${tx.companyId} and id = ${id}`)
export const forgetRead = (tx: Tx, id: number) => tx.run(sql`delete from shop_import_product where company_id = ${tx.companyId} and import_id = ${id}`)

/** A product as it goes into the preview, or was read anew (`body`). */
export interface ReadProduct {
  productRef: string
  title: string
  options: string[]
  images: number
  /** Why it can't be made, whatever we have. */
  fault: LeftOut | null
  notes: Note[]
  body: ShopProduct | null
}
export interface ReadItem {
  productRef: string
  itemRef: string
  position: number
  number: string | null
  gtin14: string | null
  values: string[]
  priceMinor: number | null
  pieces: number | null
  fault: LeftOut | null
  notes: Note[]
}
/** A page that was read twice stands once. */
export const upsertProducts = (tx: Tx, importId: number, products: ReadProduct[]) =>
  tx.run(sql`
    insert into shop_import_product (company_id, import_id, product_ref, title, options, images, fault, notes, body)
    select ${tx.companyId}, ${importId}, "productRef", title, array(select jsonb_array_elements_text(options)), images, fault, array(select jsonb_array_elements_text(notes)), body
    from rows from (jsonb_to_recordset(${JSON.stringify(products)}) as ("productRef" text, title text, options jsonb, images integer, fault text, notes jsonb, body jsonb)) with ordinality
      as p("productRef", title, options, images, fault, notes, body, at) order by at
    on conflict (company_id, import_id, product_ref) do update set title = excluded.title, options = excluded.options, images = excluded.images, fault = excluded.fault,
      notes = case when shop_import_product.state = 'waiting' then excluded.notes else shop_import_product.notes end,
      body = case when shop_import_product.state = 'done' then null else excluded.body end`)

/** One that has another number or stands elsewhere than when it was judged is to be judged anew. */
export const upsertItems = (tx: Tx, importId: number, items: ReadItem[]) =>
  tx.run(sql`
    insert into shop_import_item as r (company_id, import_id, item_ref, product_n, position, number, gtin14, option_values, price_minor, pieces, fault, notes)
    select ${tx.companyId}, ${importId}, i."itemRef", p.n, i.position, i.number, i.gtin14, array(select jsonb_array_elements_text(i.values)), i."priceMinor", i.pieces, i.fault, array(select jsonb_array_elements_text(i.notes))
    from jsonb_to_recordset(${JSON.stringify(items)}) as i("productRef" text, "itemRef" text, position integer, number text, gtin14 text, values jsonb, "priceMinor" bigint, pieces integer, fault text, notes jsonb)
    join shop_import_product p on p.company_id = ${tx.companyId} and p.import_id = ${importId} and p.product_ref = i."productRef"
    order by p.n, i.position
    on conflict (company_id, import_id, item_ref) do update set product_n = excluded.product_n, position = excluded.position, number = excluded.number, gtin14 = excluded.gtin14,
      option_values = excluded.option_values, price_minor = excluded.price_minor, pieces = excluded.pieces, fault = excluded.fault, notes = excluded.notes,
      verdict = case when (r.number, r.product_n) is not distinct from (excluded.number, excluded.product_n) then r.verdict end,
      code = case when (r.number, r.product_n) is not distinct from (excluded.number, excluded.product_n) then r.code else 'changed-since' end
    where r.became is null`)

export const productsAfter = async (tx: Tx, importId: number, after: number, limit: number): Promise<number[]> =>
  (
    await tx.rows<{ n: number }>(sql`select n from shop_import_product where company_id = ${tx.companyId} and import_id = ${importId} and n > ${after} order by n limit ${limit}`)
  ).map((row) => row.n)

/** What is known here of every variant of these products, in the order they stand. */
export const factsOf = (tx: Tx, listenerId: number, importId: number, products: number[]) =>
  tx.rows<ItemFacts & { n: number }>(sql`
    select i.product_n as n, i.item_ref as "itemRef", i.fault, p.fault as "productFault", i.notes, p.options, c.carriers::int, c.products::int, g.n::int as "barcodeCarriers",
      case when a.id is not null then jsonb_build_object('articleId', a.id, 'productId', a.product_id, 'former', m.until is not null, 'archived', a.archived_at is not null,
        'itemRef', case when k.boxed and k.state <> 'looking' then k.item_ref end) end as ours,
      b.article_id as "barcodeOf", case when o.id is not null then array(select e ->> 'name' from jsonb_array_elements(o.options) e) end as "ourOptions"
    from shop_import_item i
    join shop_import_product p on p.company_id = i.company_id and p.import_id = i.import_id and p.n = i.product_n
    cross join lateral (
      select count(*) as carriers, count(distinct x.product_n) as products from shop_import_item x
      where x.company_id = i.company_id and x.import_id = i.import_id and x.number = i.number) c
    cross join lateral (select count(*) as n from shop_import_item x where x.company_id = i.company_id and x.import_id = i.import_id and x.gtin14 = i.gtin14) g
    left join article_number m on m.company_id = i.company_id and m.number = i.number
    left join article a on a.company_id = i.company_id and a.id = m.article_id
    left join product o on o.company_id = a.company_id and o.id = a.product_id
    left join link k on k.company_id = a.company_id and k.listener_id = ${listenerId} and k.article_id = a.id
    left join barcode b on b.company_id = i.company_id and b.gtin14 = i.gtin14
    where i.company_id = ${tx.companyId} and i.import_id = ${importId} and i.product_n = any (${products}::bigint[]) order by i.product_n, i.position, i.item_ref`)

export const saveVerdicts = (tx: Tx, importId: number, verdicts: Judged[]) =>
  tx.run(sql`
    update shop_import_item i set verdict = v.verdict, code = v.code, article_id = v."articleId", notes = array(select jsonb_array_elements_text(v.notes))
    from jsonb_to_recordset(${JSON.stringify(verdicts)}) as v("itemRef" text, verdict text, code text, "articleId" bigint, notes jsonb)
    where i.company_id = ${tx.companyId} and i.import_id = ${importId} and i.item_ref = v."itemRef"`)

/** What was said of the variants of a product when it was judged. */
export const verdictsOf = (tx: Tx, importId: number, n: number) =>
  tx.rows<{ itemRef: string; verdict: Verdict | null; code: LeftOut | null; articleId: number | null }>(sql`
    select item_ref as "itemRef", verdict, code, article_id as "articleId" from shop_import_item where company_id = ${tx.companyId} and import_id = ${importId} and product_n = ${n}`)

/** The next product that was read anew and isn't carried out to its end. */
export const nextRead = (tx: Tx, importId: number) =>
  tx.maybe<ReadAnew>(sql`
    select n, state, body, product_id as "productId", fetched, tries from shop_import_product
    where company_id = ${tx.companyId} and import_id = ${importId} and body is not null order by n limit 1`)
export interface ReadAnew {
  n: number
  state: 'waiting' | 'images'
  body: ShopProduct
  productId: number | null
  /** Pictures fetched or given up. */
  fetched: number
  tries: number
}

export const saveBecame = (tx: Tx, importId: number, items: { itemRef: string; became: Became; code: string | null; notes: Note[]; articleId: number | null }[]) =>
  tx.run(sql`
    update shop_import_item i set became = v.became, code = v.code, article_id = v."articleId", notes = array(select jsonb_array_elements_text(v.notes))
    from jsonb_to_recordset(${JSON.stringify(items)}) as v("itemRef" text, became text, code text, "articleId" bigint, notes jsonb)
    where i.company_id = ${tx.companyId} and i.import_id = ${importId} and i.item_ref = v."itemRef"`)

/** It is ours now, or nothing of it is to be; with pictures to come it isn't done yet. */
export const endProduct = (tx: Tx, importId: number, n: number, productId: number | null, imagesToCome: boolean) =>
  tx.run(sql`
    update shop_import_product set product_id = coalesce(${productId}::bigint, product_id), state = case when ${imagesToCome} then 'images' else 'done' end, body = case when ${imagesToCome} then body end
    where company_id = ${tx.companyId} and import_id = ${importId} and n = ${n}`)
/** A picture is through: ours, or given up with its reason. */
export const noteFetched = (tx: Tx, importId: number, n: number, note: Note | null) =>
  tx.run(sql`
    update shop_import_product set fetched = fetched + 1, tries = 0, notes = case when ${note}::text is null or ${note} = any (notes) then notes else notes || ${note}::text end
    where company_id = ${tx.companyId} and import_id = ${importId} and n = ${n}`)
export const noteTried = (tx: Tx, importId: number, n: number) =>
  tx.run(sql`update shop_import_product set tries = tries + 1 where company_id = ${tx.companyId} and import_id = ${importId} and n = ${n}`)
export const articlesOfItems = (tx: Tx, importId: number, n: number) =>
  tx.rows<{ itemRef: string; articleId: number }>(sql`
    select item_ref as "itemRef", article_id as "articleId" from shop_import_item where company_id = ${tx.companyId} and import_id = ${importId} and product_n = ${n} and article_id is not null`)

/** The walk is over: what it didn't show is there no more. */
export const leaveOutUnseen = async (tx: Tx, importId: number): Promise<void> => {
  await tx.run(sql`
    update shop_import_item set code = case when verdict = 'left-out' then code else 'gone-since' end, became = 'left-out' where company_id = ${tx.companyId} and import_id = ${importId} and became is null`)
  await tx.run(sql`update shop_import_product set state = 'done', body = null where company_id = ${tx.companyId} and import_id = ${importId} and state = 'waiting'`)
}

/** An import that has something to do. */
export const importGoesOn = async (tx: Tx, listenerId: number): Promise<boolean> =>
  (await tx.maybe(
    sql`select 1 from shop_import where company_id = ${tx.companyId} and listener_id = ${listenerId} and state in ('reading', 'judging', 'importing', 'stocking')`,
  )) !== null

/** The connection is over; what was carried out stands. */
export const cancelImports = (tx: Tx, listenerId: number, now: Date) =>
  tx.run(sql`
    update shop_import set state = 'cancelled', ended_at = ${now} where company_id = ${tx.companyId} and listener_id = ${listenerId} and state not in ('done', 'cancelled')`)
