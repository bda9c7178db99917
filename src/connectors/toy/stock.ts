/** Writing stock to a toy shop: a batch is one request under its key, and every change gets its own outcome. */
import { z } from 'zod'
import { unreachable } from '../../kit/assert.ts'
import { type Batch, type Change, type Outcome, REFUSED_CODES, RemoteError, type StockManners } from '../contract.ts'
import type { ToyClient } from './client.ts'
import { readFirst } from './read-first.ts'

type Row = Record<string, string | number | null>
const resultShape = z.discriminatedUnion('result', [
  z.object({ result: z.literal('done') }),
  z.object({ result: z.literal('stale'), shows: z.number().int().nullable() }),
  z.object({ result: z.literal('refused'), code: z.string(), said: z.string() }),
  z.object({ result: z.literal('not-sent') }),
])
const answerShape = z.object({ rows: z.array(resultShape) })

export async function push(client: ToyClient, batch: Batch, manners: StockManners): Promise<Outcome[]> {
  if (batch.rows.length === 0) return []
  const unfit = manners.compare === 'read-first' && manners.keyMs === 0 ? await readFirst(client, batch.rows) : batch.rows.map(() => null)
  const rows = batch.rows.map((change, at) => (unfit[at] ? [] : rowsOf(change, manners)))
  if (rows.every((own) => own.length === 0)) return unfit.map((outcome) => outcome ?? { kind: 'done' })
  const body = { ...(manners.keyMs > 0 ? { key: batch.key } : {}), rows: rows.flat() }
  const answer = await client.call('stock', answerShape, 'POST', '/stock', body)
  if (answer.rows.length !== body.rows.length) throw new RemoteError('strange', 'answer-unexpected', `stock: ${body.rows.length} rows sent, ${answer.rows.length} answered`)
  let from = 0
  return rows.map((own, at) => {
    const results = answer.rows.slice(from, from + own.length)
    from += own.length
    return unfit[at] ?? outcomeOf(results.find((r) => r.result !== 'done') ?? { result: 'done' })
  })
}

/** `number` is a guard: the shop refuses the row when the item carries another number by now. */
function rowsOf(change: Change, manners: StockManners): Row[] {
  switch (change.kind) {
    case 'stock': {
      const row = { op: 'set', item: change.itemRef, place: change.placeRef, number: change.articleNumber, value: change.value }
      return [manners.compare === 'remote' ? { ...row, expected: change.expected } : row]
    }
    case 'stock-adjust':
      return [{ op: 'adjust', item: change.itemRef, place: change.placeRef, number: change.articleNumber, delta: change.delta }]
    case 'stocking': {
      const row = { item: change.itemRef, place: change.placeRef }
      return [...(change.tracked ? [{ op: 'track', ...row }] : []), ...(change.active ? [{ op: 'activate', ...row }] : [])]
    }
    default:
      return unreachable(change)
  }
}

function outcomeOf(result: z.infer<typeof resultShape>): Outcome {
  switch (result.result) {
    case 'done':
      return { kind: 'done' }
    case 'stale':
      return { kind: 'stale', shows: result.shows }
    case 'refused':
      return { kind: 'refused', code: REFUSED_CODES.find((code) => code === result.code) ?? 'remote-strange', said: result.said }
    case 'not-sent':
      return { kind: 'not-sent' }
    default:
      return unreachable(result)
  }
}
