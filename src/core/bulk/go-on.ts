/** One step of a bulk change: the next part of it is judged, or carried out. Killed in between, it goes on where it was. */
import { databaseAway } from '../../db/away.ts'
import type { Db, Tx } from '../../db/open.ts'
import { assert, must } from '../../kit/assert.ts'
import type { Log } from '../../kit/log.ts'
import type { By } from '../by.ts'
import { Refusal } from '../refusal.ts'
import { type BulkChangeRow, bulkForUpdate, nextWaiting, saveCursor, saveFailed } from './bulk.sql.ts'
import { carryOutRows } from './carry-out.ts'
import { articlesNow } from './facts.sql.ts'
import { faulty, judgeChange, wantedOf } from './judge.ts'
import { readFile } from './read-file.ts'
import { type RowToDo, rowsToDo, rowsToJudge, saveOutcomes, saveVerdicts } from './rows.sql.ts'
import { settle } from './settle.ts'
import { type Judge, undoJudge } from './undo-judge.ts'

/** Judged at once: read only, and over in a moment. */
const JUDGED_AT_ONCE = 500
/** Carried out at once: some hundred milliseconds, which is what a sale of one of these articles may have to wait for. */
const DONE_AT_ONCE = 25

export interface Desk {
  db: Db
  log: Log
  now(): Date
  /** Set when the process is to end: what takes long stops between its parts. */
  stopping?: AbortSignal | undefined
}

/** False when nothing waits. */
export async function goOnWithBulk({ db, log, now, stopping }: Desk, companyId: number): Promise<boolean> {
  const next = await db.inCompany(companyId, nextWaiting)
  if (next === null) return false
  const { id } = next
  if (next.isFile) {
    await readFile(db, companyId, id, now(), stopping).catch((error: unknown) => giveUp({ db, log, now }, companyId, id, error))
    return true
  }
  const refused = await step({ db, log, now }, companyId, id, DONE_AT_ONCE)
  // One of them was refused, and all of them rolled back: now each on its own, so that only that one is left.
  if (refused) for (let n = 0; n < DONE_AT_ONCE; n++) await step({ db, log, now }, companyId, id, 1)
  return true
}

/** True when a part was refused. A part of one that is refused is that row's own outcome. */
async function step({ db, log, now: clock }: Desk, companyId: number, id: number, most: number): Promise<boolean> {
  const now = clock()
  let first: RowToDo | undefined
  try {
    await db.inCompany(
      companyId,
      async (tx) => {
        const bulk = must(await bulkForUpdate(tx, id), 'the bulk change')
        if (bulk.state === 'reading') return await judgeNext(tx, bulk, now)
        if (bulk.state !== 'working') return
        const rows = await rowsToDo(tx, id, most)
        first = rows[0]
        if (first === undefined) return void (await settle(tx, id, 'done', now))
        await saveOutcomes(tx, id, await carryOutRows(tx, bulk, rows, byOf(bulk, now)))
      },
      'big',
    )
    return false
  } catch (error) {
    if (isPassing(error)) throw error
    if (first !== undefined && most > 1) return true
    if (first === undefined) {
      await giveUp({ db, log, now: clock }, companyId, id, error)
      return false
    }
    const { n, articleId } = first
    if (!(error instanceof Refusal)) log.error({ company: companyId, bulk: id, row: n, error: String(error) }, 'a row of a bulk change failed through our own fault')
    await db.inCompany(companyId, (tx) => saveOutcomes(tx, id, [{ n, state: 'failed', articleId, code: error instanceof Refusal ? error.code : 'our-fault' }]))
    return false
  }
}

/** What can't even be read or judged is our fault, and stands as failed: tried again for ever it would hold up the others. */
async function giveUp({ db, log, now }: Desk, companyId: number, id: number, error: unknown): Promise<void> {
  if (isPassing(error)) throw error
  log.error({ company: companyId, bulk: id, error: String(error) }, 'a bulk change failed through our own fault')
  await db.inCompany(companyId, (tx) => saveFailed(tx, id, 'our-fault', now()))
}

/** The database is away, or two were in each other's way: the same part goes well another time. */
const PASSING = /^(08|40|53|57)/
const isPassing = (error: unknown): boolean => databaseAway(error) || PASSING.test(String((error as { code?: unknown }).code ?? ''))

/** What is carried out is done by whoever said so. */
const byOf = ({ confirmedBy }: BulkChangeRow, now: Date): By => ({ actor: must(confirmedBy, 'who confirmed it'), now })

async function judgeNext(tx: Tx, bulk: BulkChangeRow, now: Date): Promise<void> {
  const rows = await rowsToJudge(tx, bulk.id, bulk.cursor, JUDGED_AT_ONCE)
  const last = rows.at(-1)
  if (last === undefined) return void (await settle(tx, bulk.id, 'ready', now))
  const ids = rows.map((row) => row.articleId)
  const standing = new Map((await articlesNow(tx, ids, bulk.locationId)).map((article) => [article.articleId, article]))
  const judge =
    bulk.kind === 'undo'
      ? await undoJudge(
          tx,
          bulk,
          rows.map((row) => row.n),
        )
      : editJudge(bulk)
  await saveVerdicts(
    tx,
    bulk.id,
    rows.map(({ n, articleId }) => ({ n, ...judge(must(standing.get(articleId), 'the article'), n) })),
  )
  await saveCursor(tx, bulk.id, last.n)
}

function editJudge({ change }: BulkChangeRow): Judge {
  assert(change !== null, 'an edit says what it changes')
  return (now) => {
    const wanted = wantedOf(now, change)
    return 'code' in wanted ? faulty([wanted]) : judgeChange(now, wanted)
  }
}
