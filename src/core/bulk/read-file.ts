/** Reads the rows of a file, in parts of some hundreds, and holds each beside what is here. Killed in between, or read otherwise since, it begins where it was. */
import type { Db, Tx } from '../../db/open.ts'
import { must } from '../../kit/assert.ts'
import { sameText } from '../../kit/json.ts'
import { articlesByGtins, articlesByNumbers } from '../articles/articles.sql.ts'
import { gtin14 } from '../articles/barcode.ts'
import { ratesToday } from '../companies/rates-today.ts'
import { type BulkChangeRow, bulkById, bulkForUpdate, saveCursor } from './bulk.sql.ts'
import { articlesNow } from './facts.sql.ts'
import type { FileLook, ReadFacts, ReadRow } from './file/read-as.ts'
import { rowsOf } from './file/rows-of.ts'
import { fileOf } from './files.sql.ts'
import { type Beside, judgeRow } from './judge-row.ts'
import { faultProducts, insertRows } from './rows.sql.ts'
import { settle } from './settle.ts'

/** Judged at once: read only, and over in a moment. */
const READ_AT_ONCE = 400

export async function readFile(db: Db, companyId: number, id: number, now: Date, stopping?: AbortSignal): Promise<void> {
  const file = await db.inCompany(companyId, (tx) => toRead(tx, id, now))
  if (file === null) return
  const { bytes, readAs, facts } = file
  let part: ReadRow[] = []
  let { cursor } = file
  for (const row of rowsOf(bytes, readAs, facts)) {
    if (row.n <= cursor) continue
    part.push(row)
    if (part.length < READ_AT_ONCE) continue
    if (stopping?.aborted === true || !(await takePart(db, companyId, { id, readAs, cursor }, part, null))) return
    cursor = row.n
    part = []
  }
  await takePart(db, companyId, { id, readAs, cursor }, part, now)
}

interface ToRead {
  bytes: Buffer
  readAs: FileLook
  facts: ReadFacts
  cursor: number
}
async function toRead(tx: Tx, id: number, now: Date): Promise<ToRead | null> {
  const bulk = must(await bulkById(tx, id), 'the bulk change')
  const bytes = await fileOf(tx, id)
  if (bulk.state !== 'reading' || bulk.readAs === null || bytes === null) return null
  return { bytes, readAs: bulk.readAs, facts: { vatRates: await ratesToday(tx, now) }, cursor: bulk.cursor }
}

/** `over` = when it is the last part. False = somebody else goes on with it, or it is to be read otherwise. */
async function takePart(db: Db, companyId: number, at: { id: number; readAs: FileLook; cursor: number }, part: ReadRow[], over: Date | null): Promise<boolean> {
  return db.inCompany(
    companyId,
    async (tx) => {
      const bulk = must(await bulkForUpdate(tx, at.id), 'the bulk change')
      if (bulk.state !== 'reading' || bulk.cursor !== at.cursor || sameText(bulk.readAs) !== sameText(at.readAs)) return false
      await insertRows(tx, at.id, await judged(tx, bulk, part))
      const last = part.at(-1)
      if (last !== undefined) await saveCursor(tx, at.id, last.n)
      if (over !== null) await faultProducts(tx, at.id)
      if (over !== null) await settle(tx, at.id, 'ready', over)
      return true
    },
    'big',
  )
}

async function judged(tx: Tx, { locationId }: BulkChangeRow, part: ReadRow[]) {
  const found = new Map((await articlesByNumbers(tx, [...new Set(part.flatMap((row) => row.wanted?.number ?? []))])).map((each) => [each.asked, each]))
  const owners = new Map(
    (await articlesByGtins(tx, [...new Set(part.flatMap((row) => row.wanted?.barcodes?.flatMap((code) => gtin14(code) ?? []) ?? []))])).map((each) => [each.asked, each]),
  )
  const standing = new Map(
    (
      await articlesNow(
        tx,
        [...found.values()].map((each) => each.articleId),
        locationId,
      )
    ).map((now) => [now.articleId, now]),
  )
  const beside: Beside = {
    found: (number) => found.get(number) ?? null,
    now: (articleId) => must(standing.get(articleId), 'the article'),
    ownerOf: (code) => owners.get(gtin14(code) ?? '') ?? null,
    counts: locationId !== null,
  }
  return part.map((row) => judgeRow(row, beside))
}
