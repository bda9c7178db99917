/** Bulk operations: a query that is run in the shop's own time, five at once, and left as a file for a week. */
import { randomUUID } from 'node:crypto'
import { type DocumentNode, execute } from 'graphql'
import type { SimAnswer } from '../kit.ts'
import type { SimTime } from '../time.ts'
import { bulkDocument, type Lines, linesOf } from './bulk-query.ts'
import { invalidId } from './errors.ts'
import { dateTime, gid, numeral } from './ids.ts'
import type { UserError } from './inventory-writes.ts'
import { type Asked, find, type Nodes, named, pages, type Resolvers } from './reading.ts'
import { type PageArgs, parseQuery } from './search.ts'
import { type BulkOperation, hit, newId, type State } from './state.ts'

export interface BulkNews {
  bulkFinished(operation: BulkOperation, eventId: string): void
}
interface BulkDesk {
  state: State
  time: SimTime
  news: BulkNews
  newEvent(): string
}
interface Payload {
  bulkOperation: BulkOperation | null
  userErrors: UserError[]
}
const AT_ONCE = 5
const KEPT_MS = 7 * 24 * 3_600_000
const UNDER_WAY = ['CREATED', 'RUNNING', 'CANCELING']
export const BULK = '/bulk-operation-outputs/'

function runQuery(desk: BulkDesk, asked: Asked, { query, groupObjects }: { query: string; groupObjects: boolean }): Payload {
  const { state, time } = desk
  const read = bulkDocument(asked.schema, query)
  if ('reasons' in read) return { bulkOperation: null, userErrors: read.reasons.map((message) => ({ code: 'INVALID', field: ['query'], message })) }
  const busy = [...state.bulk.values()].filter((each) => UNDER_WAY.includes(each.status))
  if (busy.length >= AT_ONCE) {
    const message = `A bulk query operation for this app and shop is already in progress: ${busy.map((each) => gid('BulkOperation', each.id)).join(', ')}.`
    return { bulkOperation: null, userErrors: [{ code: 'OPERATION_IN_PROGRESS', field: null, message }] }
  }
  const operation: BulkOperation = { id: newId(state), query, status: 'CREATED', errorCode: null, file: null, objects: 0, roots: 0, createdAt: time.ms(), completedAt: null }
  state.bulk.set(operation.id, operation)
  time.after(state.switches.bulkMs / 2, () => {
    if (operation.status === 'CREATED') operation.status = 'RUNNING'
  })
  time.after(state.switches.bulkMs, () => {
    if (operation.status === 'RUNNING') finish(desk, operation, run(read.document, asked, groupObjects))
  })
  hit(state, 'bulkOperationRunQuery')
  // As it was when it was made: by the time the answer is read it may run already.
  return { bulkOperation: { ...operation }, userErrors: [] }
}

/** With the rights of who asked for it, on the shop as it is when it runs. */
function run(document: DocumentNode, asked: Asked, grouped: boolean): Lines | BulkOperation['errorCode'] {
  const result = execute({ schema: asked.schema, document, contextValue: asked })
  if (result instanceof Promise) throw new Error('no resolver here may be asynchronous')
  if (result.errors || !result.data) return result.errors?.every((error) => error.extensions.code === 'ACCESS_DENIED') ? 'ACCESS_DENIED' : 'INTERNAL_SERVER_ERROR'
  return linesOf(result.data, grouped)
}
function finish({ state, time, news, newEvent }: BulkDesk, operation: BulkOperation, lines: Lines | BulkOperation['errorCode']): void {
  const now = time.ms()
  if (lines === null || typeof lines === 'string') Object.assign(operation, { status: 'FAILED', errorCode: lines })
  else {
    const file = lines.objects === 0 ? null : { key: `${randomUUID()}-final`, until: now + KEPT_MS, text: lines.text }
    Object.assign(operation, { status: 'COMPLETED', completedAt: now, file, objects: lines.objects, roots: lines.roots })
  }
  hit(state, `bulk:${operation.status}`)
  news.bulkFinished(operation, newEvent())
}

function cancel({ state, time, news, newEvent }: BulkDesk, id: string): Payload {
  const number = numeral('BulkOperation', id)
  if (number === null) throw invalidId(id)
  const operation = state.bulk.get(number)
  if (operation === undefined) return { bulkOperation: null, userErrors: [{ field: ['id'], message: 'Bulk operation does not exist' }] }
  if (!UNDER_WAY.includes(operation.status))
    return { bulkOperation: operation, userErrors: [{ field: null, message: `A bulk operation cannot be canceled when it is ${operation.status.toLowerCase()}` }] }
  operation.status = 'CANCELING'
  time.after(state.switches.bulkMs / 2, () => {
    operation.status = 'CANCELED'
    news.bulkFinished(operation, newEvent())
  })
  hit(state, 'bulkOperationCancel')
  return { bulkOperation: { ...operation }, userErrors: [] }
}

/** The file, to whoever has its address. */
export function servedLines(state: State, now: number, path: string): SimAnswer {
  for (const { file } of state.bulk.values())
    if (file !== null && path === BULK + file.key && file.until > now) return { status: 200, headers: { 'content-type': 'application/jsonl' }, body: file.text }
  return { status: 403, headers: { 'content-type': 'application/xml' }, body: "<?xml version='1.0' encoding='UTF-8'?><Error><Code>ExpiredToken</Code></Error>" }
}
export const bulkPayload = (operation: BulkOperation) => ({
  admin_graphql_api_id: gid('BulkOperation', operation.id),
  completed_at: operation.completedAt === null ? null : dateTime(operation.completedAt),
  created_at: dateTime(operation.createdAt),
  error_code: operation.errorCode?.toLowerCase() ?? null,
  status: operation.status.toLowerCase(),
  type: 'query',
})

const operationById = (reading: { state: State }, id: string): BulkOperation | null => find(reading.state.bulk, 'BulkOperation', id)
export const BULK_NODES: Nodes = { BulkOperation: { scopes: [], find: operationById } }
/** What was under way when the shop was put away doesn't go on. */
export function giveUpBulk(state: State): void {
  for (const operation of state.bulk.values()) if (UNDER_WAY.includes(operation.status)) Object.assign(operation, { status: 'FAILED', errorCode: 'INTERNAL_SERVER_ERROR' })
}
const isOver = ({ file }: BulkOperation, now: number): boolean => file !== null && file.until <= now

export const bulkOperations = (desk: BulkDesk): Resolvers => ({
  QueryRoot: {
    bulkOperation: (_, args: { id: string }, reading) => operationById(reading, args.id),
    bulkOperations: (_, args: PageArgs & { query?: string | null }, reading) => {
      const wanted = parseQuery(args.query).flatMap((terms) => terms.filter((term) => term.field === 'status').map((term) => term.value.toUpperCase()))
      const found = [...reading.state.bulk.values()].filter((each) => wanted.length === 0 || wanted.includes(each.status))
      // Newest first, unless it is turned round.
      return pages(found, { ...args, reverse: args.reverse !== true }, (each) => each.id)
    },
  },
  Mutation: {
    bulkOperationRunQuery: (_, args: { query: string; groupObjects: boolean }, asked) => runQuery(desk, asked, args),
    bulkOperationCancel: (_, args: { id: string }) => cancel(desk, args.id),
  },
  BulkOperation: {
    id: named('BulkOperation').id,
    type: () => 'QUERY',
    status: (each: BulkOperation, _, reading) => (isOver(each, reading.now) ? 'EXPIRED' : each.status),
    objectCount: (each: BulkOperation) => String(each.objects),
    rootObjectCount: (each: BulkOperation) => String(each.roots),
    fileSize: (each: BulkOperation) => (each.file === null ? null : String(Buffer.byteLength(each.file.text))),
    url: (each: BulkOperation, _, reading) => (each.file === null || isOver(each, reading.now) ? null : `${reading.shop.address()}${BULK}${each.file.key}`),
    partialDataUrl: () => null,
    createdAt: (each: BulkOperation) => dateTime(each.createdAt),
    completedAt: (each: BulkOperation) => (each.completedAt === null ? null : dateTime(each.completedAt)),
  },
})
