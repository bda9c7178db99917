/** Bulk changes over HTTP: a file of articles or an edit of many, looked at first, carried out in parts, undone with one press. */
import { z } from 'zod'
import { vatClass } from './articles.ts'
import { both, type Route } from './route.ts'
import { actor, bytes, cursor, flag, idOf, instant, limit, minor, nothing, pageOf, textIdOf } from './shared.ts'
import { articleState } from './states.ts'

export const BULK_KINDS = ['import', 'edit', 'undo'] as const
export const BULK_STATES = ['reading', 'ready', 'working', 'done', 'cancelled', 'failed'] as const
export const BULK_VERDICTS = ['make', 'change', 'same', 'fault'] as const
export const BULK_ROW_STATES = ['waiting', 'done', 'failed', 'kept'] as const
export const BULK_FLAGS = ['price-to-zero', 'price-over-half', 'stock-to-zero', 'stock-over-half', 'archived-with-stock'] as const
/** What a column of a file can be, beside the Webshop box of a connection: `webshop:7`. */
export const FILE_FIELDS = [
  'number',
  'name',
  'price',
  'vat',
  'barcode',
  'tracked',
  'active',
  'archived',
  'stock',
  'product',
  'option1-name',
  'option1-value',
  'option2-name',
  'option2-value',
  'option3-name',
  'option3-value',
] as const
export const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const
export const SEPARATORS = [';', '\t', ',', '|'] as const
export const DECIMALS = [',', '.'] as const
/** Faults found beside what is here; those of the file itself are beside them (FILE_FAULTS). */
export const BULK_FAULTS = [
  'name-missing',
  'number-former',
  'barcode-taken',
  'stock-untracked',
  'webshop-untracked',
  'no-price',
  'product-differs',
  'product-split',
  'changed-since',
  'counted-since',
  'used-since',
] as const
/** Why a row that was to be done wasn't, beside the refusals of its own call. */
export const BULK_ROW_CODES = ['changed-meanwhile', 'not-done'] as const

const count = z.number().int()
const fault = z.object({
  /** The column of the file, from 0; null = the row as a whole, or what is here is to blame. */
  column: z.number().int().nullable(),
  /** What of the article; null = all of it, or what the column says. */
  field: z.string().nullable(),
  code: z.string(),
  /** What stands there. */
  value: z.string().nullable(),
  /** Of what is in the file twice: the row where it was first. */
  row: z.number().int().nullable(),
})
const tally = z.array(z.object({ code: z.string(), n: count }))

/** How a file is read. */
const readAs = z.object({
  encoding: z.string(),
  separator: z.string(),
  decimal: z.string(),
  layout: z.enum(['articles', 'shopify']),
  headings: z.array(z.string()),
  /** What each column is here; null = nothing. */
  columns: z.array(z.string().nullable()),
  /** The first rows, as read. */
  sample: z.array(z.array(z.string())),
})

const bulkChange = z.object({
  id: idOf('bulk'),
  kind: z.enum(BULK_KINDS),
  /** reading: its rows are held beside what is here · ready: waits for a person · working: carried out · done · cancelled: thrown away, or stopped in the middle · failed. */
  state: z.enum(BULK_STATES),
  /** What an undo undoes. */
  of: idOf('bulk').nullable(),
  /** The undo of it that stands, seen or carried out. */
  undoneBy: z.object({ id: idOf('bulk'), state: z.enum(BULK_STATES) }).nullable(),
  /** Whether it can be undone: something was done, and its rows are still kept. */
  canUndo: z.boolean(),
  fileName: z.string().nullable(),
  readAs: readAs.nullable(),
  /** The store whose stock a column of stock counts. */
  locationId: idOf('location').nullable(),
  /** Rows by what becomes of them, and by what has. */
  counts: z.object({ rows: count, make: count, change: count, same: count, fault: count, done: count, failed: count, kept: count }),
  /** Rows to look at before it is done; why rows are left out; what is said of rows that go in; why rows failed; how many rows change each field. */
  flags: tally,
  /** Rows with any flag; `asksTwice`: so many that a person should be asked once more before it is started. */
  flagged: count,
  asksTwice: z.boolean(),
  faults: tally,
  notes: tally,
  codes: tally,
  fields: z.array(z.object({ field: z.string(), n: count })),
  /** Rows read, or carried out; `of` null = nobody knows yet how many there are. */
  progress: z.object({ done: count, of: count.nullable() }),
  /** Until it is over at its pace so far; null = not known yet, or nothing goes on. */
  minutesLeft: count.nullable(),
  /** Why it failed. */
  code: z.string().nullable(),
  startedBy: actor,
  startedAt: instant,
  /** Who said that it is to be carried out. */
  confirmedBy: actor.nullable(),
  confirmedAt: instant.nullable(),
  endedAt: instant.nullable(),
})

/** Only the fields that change. */
const fields = z.object({
  name: z.string().optional(),
  priceMinor: z.number().int().nullable().optional(),
  vatClass: z.string().optional(),
  stockTracked: z.boolean().optional(),
  archived: z.boolean().optional(),
  barcodes: z.array(z.string()).optional(),
  /** Webshop boxes, by connection. */
  boxed: z.record(z.string(), z.boolean()).optional(),
  /** At the chosen store; null = nobody has counted it there. */
  onHand: z.number().int().nullable().optional(),
})
const bulkRow = z.object({
  /** Its number in the file, where the heading is row 1; of an edit and an undo its place in the order. */
  n: count,
  articleId: idOf('article').nullable(),
  number: z.string().nullable(),
  name: z.string().nullable(),
  verdict: z.enum(BULK_VERDICTS).nullable(),
  before: fields,
  after: fields,
  flags: z.array(z.enum(BULK_FLAGS)),
  faults: z.array(fault),
  /** What is said of a row that goes in all the same. */
  notes: z.array(z.string()),
  /** done · failed: `code` says why · kept: left as it is, because it was stopped before. */
  state: z.enum(BULK_ROW_STATES),
  code: z.string().nullable(),
  /** The row as it stands in the file; null = there is no file. */
  cells: z.array(z.string()).nullable(),
})

const fileQuery = z.strictObject({ name: z.string().min(1).max(255).optional().describe('What the file is called.') })
/** `webshop:7` = the Webshop box of connection 7. */
const column = z.union([z.enum(FILE_FIELDS), z.string().regex(/^webshop:[1-9][0-9]{0,14}$/)])
const columnsForm = z.strictObject({
  encoding: z.enum(ENCODINGS).optional(),
  separator: z.enum(SEPARATORS).optional(),
  decimal: z.enum(DECIMALS).optional(),
  columns: z.array(column.nullable()).max(500).optional(),
  locationId: idOf('location').nullable().optional(),
})
/** As in the list of articles. */
const filter = z.strictObject({
  q: z.string().max(100).optional(),
  connectionId: idOf('connection').optional(),
  state: articleState.optional(),
  stock: z.enum(['negative', 'uncounted']).optional(),
  archived: z.boolean().optional(),
})
const change = z
  .strictObject({
    priceMinor: minor.min(0).optional(),
    pricePercent: z.number().min(-100).max(1_000).optional().describe('Added to the price it has: 10 = ten per cent more, -25 = a quarter off. Not with priceMinor.'),
    wholeUnits: z.boolean().optional().describe('A price by percent is rounded to whole kronor or euros; without it to whole öre or cents.'),
    vatClass: vatClass.optional(),
    stockTracked: z.boolean().optional(),
    archived: z.boolean().optional(),
    boxed: z.strictObject({ connectionId: idOf('connection'), boxed: z.boolean() }).optional(),
  })
  .describe('What it does to each; at least one of them.')
const editForm = z.strictObject({
  articleIds: z.array(idOf('article')).min(1).max(50_000).optional().describe('These articles.'),
  filter: filter.optional().describe('Every article of the list with this filter; {} = all. With `articleIds`: those of them it shows.'),
  change,
})
const listQuery = z.strictObject({ kind: z.enum(BULK_KINDS).optional(), cursor: cursor.optional(), limit: limit() })
const rowsQuery = z.strictObject({
  verdict: z.enum(BULK_VERDICTS).optional(),
  flag: z.enum(BULK_FLAGS).optional(),
  flagged: flag.optional(),
  state: z.enum(BULK_ROW_STATES).optional(),
  code: z.string().max(50).optional(),
  cursor: cursor.optional(),
  limit: limit(500),
})

const B = '/v1/bulk-changes'
const one = { params: z.object({ bulkId: textIdOf('bulk') }) } as const
const read = both('articles:read')
const write = both('articles:write')

export const bulkRoutes = {
  'bulk.list': { method: 'GET', path: B, ...read, status: 200, query: listQuery, answer: pageOf(bulkChange) },
  'bulk.file': { method: 'POST', path: `${B}/file`, ...write, status: 201, query: fileQuery, body: bytes, answer: bulkChange },
  'bulk.edit': { method: 'POST', path: `${B}/edit`, ...write, status: 201, body: editForm, answer: bulkChange },
  'bulk.show': { method: 'GET', path: `${B}/:bulkId`, ...read, status: 200, ...one, answer: bulkChange },
  'bulk.rows': { method: 'GET', path: `${B}/:bulkId/rows`, ...read, status: 200, ...one, query: rowsQuery, answer: pageOf(bulkRow) },
  'bulk.columns': { method: 'PUT', path: `${B}/:bulkId/columns`, ...write, status: 200, ...one, body: columnsForm, answer: bulkChange },
  'bulk.start': { method: 'POST', path: `${B}/:bulkId/start`, ...write, status: 200, ...one, body: nothing, answer: bulkChange },
  'bulk.cancel': { method: 'POST', path: `${B}/:bulkId/cancel`, ...write, status: 200, ...one, body: nothing, answer: bulkChange },
  'bulk.undo': { method: 'POST', path: `${B}/:bulkId/undo`, ...write, status: 201, ...one, body: nothing, answer: bulkChange },
} as const satisfies Record<string, Route>
