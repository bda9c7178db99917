/** SQL of images. Views hear of every change by themselves. */
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'
import type { ImageType, Picture } from './picture.ts'

export interface ImageRow {
  id: number
  productId: number
  /** The article it shows; null = the product as a whole. */
  articleId: number | null
  position: number
  alt: string
  type: ImageType
  width: number
  height: number
  size: number
  sha256: string
  addedAt: Date
  changedAt: Date
  removedAt: Date | null
}

export const productThere = (tx: Tx, id: number) => tx.maybe<{ id: number }>(sql`select id from product where company_id = ${tx.companyId} and id = ${id}`)
/** Whoever changes the images of a product holds the product. Null = there is none. */
export const holdProduct = (tx: Tx, id: number) => tx.maybe<{ id: number }>(sql`select id from product where company_id = ${tx.companyId} and id = ${id} for update`)

const images = (tx: Tx, which: { id?: number; productId?: number; sha256?: string; living: boolean }) =>
  tx.rows<ImageRow>(sql`
    select id, product_id as "productId", article_id as "articleId", position, alt, type, width, height, size, sha256, added_at as "addedAt", changed_at as "changedAt", removed_at as "removedAt"
    from image where company_id = ${tx.companyId} and (${which.id ?? null}::bigint is null or id = ${which.id ?? null})
      and (${which.productId ?? null}::bigint is null or product_id = ${which.productId ?? null}) and (${which.sha256 ?? null}::text is null or sha256 = ${which.sha256 ?? null})
      and (not ${which.living} or removed_at is null)
    order by position, id`)

export const imageById = async (tx: Tx, id: number): Promise<ImageRow | null> => (await images(tx, { id, living: false }))[0] ?? null
/** In their order. */
export const imagesOfProduct = (tx: Tx, productId: number) => images(tx, { productId, living: true })
/** Deleted or not. */
export const imageByContent = async (tx: Tx, productId: number, sha256: string): Promise<ImageRow | null> => (await images(tx, { productId, sha256, living: false }))[0] ?? null

export const insertImage = (tx: Tx, i: Omit<Picture, 'bytes'> & { productId: number; articleId: number | null; position: number; alt: string; size: number }, now: Date) =>
  tx.one<{ id: number }>(sql`
    insert into image (company_id, product_id, article_id, position, alt, type, width, height, size, sha256, added_at, changed_at)
    values (${tx.companyId}, ${i.productId}, ${i.articleId}, ${i.position}, ${i.alt}, ${i.type}, ${i.width}, ${i.height}, ${i.size}, ${i.sha256}, ${now}, ${now}) returning id`)

export const updateImage = (tx: Tx, i: Pick<ImageRow, 'id' | 'articleId' | 'position' | 'alt' | 'removedAt'>, now: Date) =>
  tx.run(sql`
    update image set article_id = ${i.articleId}, position = ${i.position}, alt = ${i.alt}, removed_at = ${i.removedAt}, changed_at = ${now}
    where company_id = ${tx.companyId} and id = ${i.id}`)

/** Only those that move. */
export const placeImages = (tx: Tx, ids: number[], now: Date) =>
  tx.run(sql`
    update image i set position = o.n, changed_at = ${now} from unnest(${ids}::bigint[]) with ordinality as o(id, n)
    where i.company_id = ${tx.companyId} and i.id = o.id and i.position <> o.n`)

export const isArticleOf = async (tx: Tx, productId: number, articleId: number): Promise<boolean> =>
  (await tx.maybe(sql`select 1 from article where company_id = ${tx.companyId} and id = ${articleId} and product_id = ${productId}`)) !== null

/** Null = in the folder. */
export const insertBytes = (tx: Tx, sha256: string, bytes: Buffer | null) =>
  tx.run(sql`insert into image_bytes (company_id, sha256, bytes) values (${tx.companyId}, ${sha256}, ${bytes}) on conflict (company_id, sha256) do nothing`)
export const readBytes = (tx: Tx, sha256: string) =>
  tx.maybe<{ bytes: Buffer | null }>(sql`select bytes from image_bytes where company_id = ${tx.companyId} and sha256 = ${sha256}`)
export const nextInDatabase = (tx: Tx) =>
  tx.maybe<{ sha256: string; bytes: Buffer }>(sql`select sha256, bytes from image_bytes where company_id = ${tx.companyId} and bytes is not null limit 1 for update skip locked`)
export const setMoved = (tx: Tx, sha256: string) => tx.run(sql`update image_bytes set bytes = null where company_id = ${tx.companyId} and sha256 = ${sha256}`)

export const forgetImages = (tx: Tx, before: Date) => tx.run(sql`delete from image where company_id = ${tx.companyId} and removed_at < ${before}`)
/** Bytes that no image has any more. */
export const deleteUnseen = (tx: Tx) =>
  tx.rows<{ sha256: string }>(sql`
    delete from image_bytes b where b.company_id = ${tx.companyId} and not exists (select from image i where i.company_id = b.company_id and i.sha256 = b.sha256) returning sha256`)
