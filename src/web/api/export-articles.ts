/** The articles of a list as a file, sent as it is read: however many they are, nobody waits for them and they are never all in memory. */
import { Readable } from 'node:stream'
import { articlesNow } from '../../core/bulk/facts.sql.ts'
import { BYTE_ORDER_MARK, csvOf, type ExportColumns, headingsOf, lineOf } from '../../core/bulk/file/csv-of.ts'
import { companyById } from '../../core/companies/companies.sql.ts'
import { livingListeners } from '../../core/listeners/listeners.sql.ts'
import { locations } from '../../core/locations/locations.sql.ts'
import type { Tx } from '../../db/open.ts'
import { wallTime } from '../../kit/local-time.ts'
import { type Ask, found } from '../handlers.ts'
import { type ArticlesAsked, articlePage, levelsOf, mostBarcodes } from './articles.sql.ts'
import { articlesAsked } from './articles-asked.ts'
import { roleOf } from './connection-page.ts'

/** Read in one go; as long anybody else waits. */
const A_PART = 500
const NAMES = { sv: 'artiklar', nb: 'varer', da: 'varer', en: 'articles' }

/** Throws {Refusal} bad-input. */
export async function exportArticles(companyId: number, ask: Ask<'articles.export'>): Promise<Readable> {
  const { db } = ask.deps.sync
  const { asked, columns, day } = await db.inCompany(companyId, async (tx) => {
    const { timeZone } = found(await companyById(tx, companyId))
    return { ...(await articlesAsked(tx, ask.query)), columns: await columnsOf(tx, ask), day: wallTime(ask.by.now, timeZone).day }
  })
  const part = (afterNumber: string | null) => db.inCompany(companyId, (tx) => lines(tx, { ...asked, afterNumber, limit: A_PART }, columns, ask.by.now), 'big')
  ask.reply.headers({
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': `attachment; filename="${NAMES[ask.locale]}-${day}.csv"`,
    'cache-control': 'private, no-store',
  })
  return Readable.from(file(columns, part), { objectMode: false })
}

async function* file(columns: ExportColumns, part: (afterNumber: string | null) => Promise<{ rows: string[][]; last: string | null }>): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK + csvOf([headingsOf(columns)], columns.language)
  let after: string | null = null
  do {
    const { rows, last } = await part(after)
    yield csvOf(rows, columns.language)
    after = last
  } while (after !== null)
}

async function columnsOf(tx: Tx, { deps, locale }: Ask<'articles.export'>): Promise<ExportColumns> {
  const webshops = (await livingListeners(tx)).filter((each) => each.kind === 'connection' && roleOf(deps.sync.connectors[each.code]) === 'webshop')
  return {
    language: locale,
    barcodes: Math.max(1, await mostBarcodes(tx)),
    locations: (await locations(tx)).filter((each) => each.archivedAt === null),
    webshops: webshops.map(({ id, name }) => ({ connectionId: id, name })),
  }
}

/** `last` = the number to go on from; null = there are no more. */
async function lines(tx: Tx, asked: ArticlesAsked, columns: ExportColumns, now: Date): Promise<{ rows: string[][]; last: string | null }> {
  const page = await articlePage(tx, asked, now)
  const ids = page.map((row) => row.id)
  const facts = new Map((await articlesNow(tx, ids, null)).map((each) => [each.articleId, each]))
  const counted = new Map<number, Record<string, number>>()
  for (const { articleId, locationId, onHand } of await levelsOf(tx, ids)) if (onHand !== null) counted.set(articleId, { ...counted.get(articleId), [locationId]: onHand })
  const rows = page.flatMap((row) => {
    const now = facts.get(row.id)
    return now === undefined ? [] : [lineOf({ ...now, vatRateBp: row.vatRateBp, onHand: counted.get(row.id) ?? {} }, columns)]
  })
  return { rows, last: page.length < asked.limit ? null : (page.at(-1)?.number ?? null) }
}
