/** SQL of articles, the numbers they have and had, barcodes and products. */
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'

export interface ArticleRow {
  id: number
  productId: number
  number: string
  name: string
  optionValues: Record<string, string>
  priceMinor: number | null
  vatClass: string
  stockTracked: boolean
  archivedAt: Date | null
}
export const articleForUpdate = (tx: Tx, id: number) =>
  tx.maybe<ArticleRow>(sql`
    select id, product_id as "productId", number, name, option_values as "optionValues", price_minor as "priceMinor", vat_class as "vatClass", stock_tracked as "stockTracked", archived_at as "archivedAt"
    from article where company_id = ${tx.companyId} and id = ${id} for update`)

/** All of a product, archived ones too, locked before the product as whoever changes one of them does. */
export const articlesOfProduct = (tx: Tx, productId: number) =>
  tx.rows<ArticleRow>(sql`
    select id, product_id as "productId", number, name, option_values as "optionValues", price_minor as "priceMinor", vat_class as "vatClass", stock_tracked as "stockTracked", archived_at as "archivedAt"
    from article where company_id = ${tx.companyId} and product_id = ${productId} order by id for update`)

/** What a number, a barcode or an id leads to. `asked` = what was asked for, to the letter. */
export interface Found {
  asked: string
  articleId: number
  number: string
  stockTracked: boolean
  /** The number asked for is one the article had before. */
  moved: boolean
  /** Pieces behind one scan of the barcode; 1 otherwise. */
  pack: number
}
export const articlesByNumbers = (tx: Tx, numbers: string[]) =>
  tx.rows<Found>(sql`
    select n.number as asked, a.id as "articleId", a.number, a.stock_tracked as "stockTracked", n.until is not null as moved, 1 as pack
    from article_number n join article a on a.company_id = n.company_id and a.id = n.article_id
    where n.company_id = ${tx.companyId} and n.number = any (${numbers}::text[])`)
export const articlesByIds = (tx: Tx, ids: number[]) =>
  tx.rows<Found>(sql`
    select id::text as asked, id as "articleId", number, stock_tracked as "stockTracked", false as moved, 1 as pack
    from article where company_id = ${tx.companyId} and id = any (${ids}::bigint[])`)
export const articlesByGtins = (tx: Tx, gtins: string[]) =>
  tx.rows<Found>(sql`
    select b.gtin14 as asked, a.id as "articleId", a.number, a.stock_tracked as "stockTracked", false as moved, b.pack
    from barcode b join article a on a.company_id = b.company_id and a.id = b.article_id
    where b.company_id = ${tx.companyId} and b.gtin14 = any (${gtins}::text[])`)

export interface ProductRow {
  name: string
  options: { name: string; values: string[] }[]
  /** What shops show beside the name, without markup; null = nobody has said. */
  description: string | null
  vendor: string | null
  /** False = it isn't sold: hidden in the shops. */
  active: boolean
}
export const insertProduct = (tx: Tx, p: ProductRow, now: Date) =>
  tx.one<{ id: number }>(sql`
    insert into product (company_id, name, options, description, vendor, active, created_at)
    values (${tx.companyId}, ${p.name}, ${JSON.stringify(p.options)}, ${p.description}, ${p.vendor}, ${p.active}, ${now}) returning id`)
export const productForUpdate = (tx: Tx, id: number) =>
  tx.maybe<ProductRow>(sql`select name, options, description, vendor, active from product where company_id = ${tx.companyId} and id = ${id} for update`)
export const updateProduct = (tx: Tx, id: number, p: ProductRow, now: Date) =>
  tx.run(sql`
    update product set name = ${p.name}, options = ${JSON.stringify(p.options)}, description = ${p.description}, vendor = ${p.vendor}, active = ${p.active}, changed_at = ${now}
    where company_id = ${tx.companyId} and id = ${id}`)
export const productOptions = (tx: Tx, id: number) =>
  tx.maybe<{ options: { name: string; values: string[] }[] }>(sql`select options from product where company_id = ${tx.companyId} and id = ${id} for update`)
export const variantsOf = (tx: Tx, productId: number) =>
  tx.rows<{ optionValues: Record<string, string> }>(sql`select option_values as "optionValues" from article where company_id = ${tx.companyId} and product_id = ${productId}`)

/** Null = the number was taken at the same moment by somebody else. */
export const insertArticle = (tx: Tx, a: Omit<ArticleRow, 'id' | 'archivedAt'>, now: Date) =>
  tx.maybe<{ id: number }>(sql`
    insert into article (company_id, product_id, number, name, option_values, price_minor, vat_class, stock_tracked, created_at, changed_at)
    values (${tx.companyId}, ${a.productId}, ${a.number}, ${a.name}, ${JSON.stringify(a.optionValues)}, ${a.priceMinor}, ${a.vatClass}, ${a.stockTracked}, ${now}, ${now})
    on conflict (company_id, number) do nothing returning id`)
export const updateArticle = (tx: Tx, a: ArticleRow, now: Date) =>
  tx.run(sql`
    update article set number = ${a.number}, name = ${a.name}, option_values = ${JSON.stringify(a.optionValues)}, price_minor = ${a.priceMinor}, vat_class = ${a.vatClass},
           stock_tracked = ${a.stockTracked}, archived_at = ${a.archivedAt}, changed_at = ${now}
    where company_id = ${tx.companyId} and id = ${a.id}`)

export const numberOwner = (tx: Tx, number: string) =>
  tx.maybe<{ articleId: number; until: Date | null }>(sql`select article_id as "articleId", until from article_number where company_id = ${tx.companyId} and number = ${number}`)
/** Takes the number, or takes it up again when it was this article's before. 0 = somebody else's. */
export const takeNumber = (tx: Tx, number: string, articleId: number, now: Date) =>
  tx.run(sql`
    insert into article_number as n (company_id, number, article_id, since) values (${tx.companyId}, ${number}, ${articleId}, ${now})
    on conflict (company_id, number) do update set until = null where n.article_id = excluded.article_id`)
/** `alias`: it only names the article in orders; no article ever carried it. */
export const aliasOwner = (tx: Tx, number: string) =>
  tx.maybe<{ articleId: number; alias: boolean }>(
    sql`select article_id as "articleId", coalesce(since = until, false) as alias from article_number where company_id = ${tx.companyId} and number = ${number}`,
  )
/** Names the article, without ever having been its own: its time is over where it begins. */
export const giveAlias = (tx: Tx, number: string, articleId: number, now: Date) =>
  tx.run(sql`
    insert into article_number as n (company_id, number, article_id, since, until) values (${tx.companyId}, ${number}, ${articleId}, ${now}, ${now})
    on conflict (company_id, number) do update set article_id = excluded.article_id where n.since = n.until`)
export const endNumber = (tx: Tx, number: string, now: Date) => tx.run(sql`update article_number set until = ${now} where company_id = ${tx.companyId} and number = ${number}`)
export const formerNumbers = (tx: Tx, articleId: number) =>
  tx.rows<{ number: string; until: Date }>(
    sql`select number, until from article_number where company_id = ${tx.companyId} and article_id = ${articleId} and until is not null order by until desc, number`,
  )

/** 0 = some article has that barcode. */
export const insertBarcode = (tx: Tx, articleId: number, gtin: string, code: string, pack: number) =>
  tx.run(
    sql`insert into barcode (company_id, gtin14, code, article_id, pack) values (${tx.companyId}, ${gtin}, ${code}, ${articleId}, ${pack}) on conflict (company_id, gtin14) do nothing`,
  )
export const deleteBarcode = (tx: Tx, articleId: number, gtin: string) =>
  tx.run(sql`delete from barcode where company_id = ${tx.companyId} and article_id = ${articleId} and gtin14 = ${gtin}`)

export const barcodesOfArticle = (tx: Tx, articleId: number) =>
  tx.rows<{ gtin14: string; code: string; pack: number }>(
    sql`select gtin14, code, pack from barcode where company_id = ${tx.companyId} and article_id = ${articleId} order by gtin14`,
  )

export const touchArticle = (tx: Tx, articleId: number, now: Date) => tx.run(sql`update article set changed_at = ${now} where company_id = ${tx.companyId} and id = ${articleId}`)
