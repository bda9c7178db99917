/** Articles a list is asked for by number or barcode, to the letter. */
import { articlesByGtins, articlesByNumbers, type Found } from '../../core/articles/articles.sql.ts'
import { gtin14 } from '../../core/articles/barcode.ts'
import { Refusal } from '../../core/refusal.ts'
import type { Tx } from '../../db/open.ts'

/** Two exact look-ups at once mean nothing. */
export function onlyOne(asked: (string | undefined)[]): void {
  if (asked.filter((each) => each !== undefined).length > 1) throw new Refusal('bad-input', { field: 'number', reason: 'choose-one' })
}

/** Null = neither was asked for. A number an article had before finds it too. */
export async function namedExactly(tx: Tx, { number, barcode }: { number?: string | undefined; barcode?: string | undefined }): Promise<Found[] | null> {
  if (number !== undefined) return await articlesByNumbers(tx, [number])
  if (barcode === undefined) return null
  const gtin = gtin14(barcode)
  return gtin === null ? [] : await articlesByGtins(tx, [gtin])
}
