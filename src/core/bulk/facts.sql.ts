/** SQL of how articles stand, with everything a bulk change can set. */
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'

export interface ArticleNow {
  articleId: number
  productId: number
  number: string
  name: string
  priceMinor: number | null
  vatClass: string
  stockTracked: boolean
  archived: boolean
  barcodes: string[]
  /** Of living connections; absent = never ticked. */
  boxed: Record<string, boolean>
  /** At the location asked for; null = nobody has counted it there. */
  onHand: number | null
}
/** In the order of their ids. */
export const articlesNow = (tx: Tx, ids: number[], locationId: number | null) =>
  tx.rows<ArticleNow>(sql`
    select a.id as "articleId", a.product_id as "productId", a.number, a.name, a.price_minor as "priceMinor", a.vat_class as "vatClass", a.stock_tracked as "stockTracked", a.archived_at is not null as archived,
      array(select b.code from barcode b where b.company_id = a.company_id and b.article_id = a.id order by b.gtin14) as barcodes,
      coalesce((select jsonb_object_agg(k.listener_id, k.boxed) from link k join listener l on l.company_id = k.company_id and l.id = k.listener_id
        where k.company_id = a.company_id and k.article_id = a.id and l.state <> 'gone'), '{}') as boxed,
      (select v.on_hand from level v where v.company_id = a.company_id and v.article_id = a.id and v.location_id = ${locationId} and v.known) as "onHand"
    from article a where a.company_id = ${tx.companyId} and a.id = any (${ids}::bigint[]) order by a.id`)

/** Held to the end, in the one order everybody takes them in. */
export const lockArticles = (tx: Tx, ids: number[]) => tx.rows(sql`select 1 from article where company_id = ${tx.companyId} and id = any (${ids}::bigint[]) order by id for update`)
