/**
 * Writing stock: what the rows show now, read together, and only the rows that are as they were expected written, one after the other. The shop can't
 * compare by itself, so between the two lies the one gap that is left (S7): what was read is never older than two seconds. Numbers are absolute, and
 * nothing but the number is written.
 */
import { type Batch, type Change, type Outcome, type Priority, RemoteError, type Tools } from '../contract.ts'
import { ids, yes } from './answers.ts'
import { lowest, readThings, standsAt, type Thing } from './articles.ts'
import type { Client } from './client.ts'
import { locationIn } from './refs.ts'
import type { Operation } from './soap.ts'

type StockRow = Extract<Change, { kind: 'stock' }>
const FRESH_MS = 2_000

export async function push(client: Client, tools: Tools, batch: Batch, priority: Priority): Promise<Outcome[]> {
  const rows = batch.rows.map(stockOnly)
  const outcomes: Outcome[] = []
  const rest = () => rows.slice(outcomes.length).map((row) => row.itemRef)
  const read = async () => ({ at: tools.clock.now().getTime(), things: await readThings(client, rest(), priority) })
  let seen = await read()
  const next = async (row: StockRow): Promise<Outcome> => {
    if (tools.clock.now().getTime() - seen.at > FRESH_MS) seen = await read()
    return writeRow(client, row, seen.things.of(row.itemRef), priority)
  }
  for (const row of rows) {
    try {
      outcomes.push(
        await next(row).catch(async (error: unknown) => {
          if (!(error instanceof RemoteError) || error.code !== 'session-lost') throw error
          // Certainly not written: the row begins anew, with a look.
          seen = await read()
          return next(row)
        }),
      )
    } catch (error) {
      if (!(error instanceof RemoteError)) throw error
      // Nothing of it went through, and not for a reason of a row's own: the failure is the whole's.
      if (outcomes.every(isUntouched) && error.kind !== 'refused') throw error
      outcomes.push(failureOf(error))
      if (error.kind !== 'refused') break
    }
  }
  return rows.map((_row, n) => outcomes[n] ?? { kind: 'not-sent' })
}

const isUntouched = ({ kind }: Outcome): boolean => kind === 'stale' || kind === 'refused'

function stockOnly(row: Change): StockRow {
  if (row.kind !== 'stock') throw new RemoteError('refused', 'not-carried', 'the shop takes numbers only', { executed: 'no' })
  return row
}

function failureOf(error: RemoteError): Outcome {
  if (error.executed === 'unknown') return { kind: 'unknown' }
  return error.kind === 'refused' ? { kind: 'refused', code: 'value-refused', said: error.facts.said ?? '' } : { kind: 'not-sent' }
}

const refused = (code: Extract<Outcome, { kind: 'refused' }>['code'], said = ''): Outcome => ({ kind: 'refused', code, said })

async function writeRow(client: Client, row: StockRow, things: Thing[], priority: Priority): Promise<Outcome> {
  const [first] = things
  if (first === undefined) return refused('item-gone')
  if (first.hasVariants) return refused('has-choices')
  if (first.stocked.ItemNumber !== row.articleNumber) return refused('link-moved', first.stocked.ItemNumber ?? '')
  const shows = lowest(things, row.placeRef)
  if (shows === null) return refused('not-stocked')
  if (row.expected !== null && shows !== row.expected) return { kind: 'stale', shows }
  let wrote = 0
  for (const thing of things) {
    if (standsAt(thing.stocked, row.placeRef) === null) continue
    try {
      if (!(await write(client, thing, row, priority))) return { kind: 'unknown' }
    } catch (error) {
      // Of several that carry one number some are written: a look finds the rest.
      if (wrote > 0 && error instanceof RemoteError) return { kind: 'unknown' }
      throw error
    }
    wrote += 1
  }
  return { kind: 'done' }
}

/** True when the answer says that it hit what was meant. */
async function write(client: Client, { ref }: Thing, { placeRef, value }: StockRow, priority: Priority): Promise<boolean> {
  const location = locationIn(placeRef)
  if (location !== null) return client.ask(yes, atLocation(ref, location, value), priority)
  const operation: Operation =
    ref.kind === 'product'
      ? { name: 'Product_Update', args: { ProductData: { Id: ref.id, Stock: value } } }
      : { name: 'Product_UpdateVariant', args: { VariantData: { Id: ref.id, Stock: value } } }
  return (await client.ask(ids, operation, priority)).includes(ref.id)
}
const atLocation = (ref: Thing['ref'], location: string, value: number): Operation =>
  ref.kind === 'product'
    ? { name: 'Product_UpdateStockForStockLocation', args: { ProductId: ref.id, StockLocationId: location, Stock: value } }
    : { name: 'Product_UpdateVariantStockForStockLocation', args: { VariantId: ref.id, StockLocationId: location, Stock: value } }
