/** Stock changes handed in through a view, each once per external id: what happened, or what was counted; never "set to" (rule 16). */
import type { Tx } from '../../db/open.ts'
import { must } from '../../kit/assert.ts'
import type { By } from '../by.ts'
import { countStock } from '../stock/count-stock.ts'
import { receiveGoods } from '../stock/receive-goods.ts'
import { registerSale } from '../stock/register-sale.ts'
import { writeOff } from '../stock/write-off.ts'
import { keepQuiet, originIs } from './pushed.sql.ts'
import type { ViewRow } from './view.ts'

interface Which {
  externalId: string
  articleId?: number | undefined
  articleNumber?: string | undefined
  barcode?: string | undefined
  locationId: number
}
export interface PushedMovement extends Which {
  kind: 'sale' | 'receipt' | 'waste' | 'internal-use'
  quantity: number
  occurredAt?: Date | undefined
}
export interface PushedCount extends Which {
  counted: number
  countedAt?: Date | undefined
}
export interface StockTaken {
  externalId: string
  articleId: number
  onHand: number | null
  repeated: boolean
}

/** Two views may use the same ids. */
const refOf = (view: ViewRow, externalId: string) => `view-${view.id}:${externalId}`
const whichOf = ({ articleId, articleNumber, barcode }: Which) => ({ articleId, articleNumber, barcode })

export async function pushMovement(tx: Tx, view: ViewRow, input: PushedMovement, by: By): Promise<StockTaken> {
  await originIs(tx, view.id)
  const document = { ref: refOf(view, input.externalId), locationId: input.locationId, occurredAt: input.occurredAt, lines: [{ ...whichOf(input), quantity: input.quantity }] }
  const booked =
    input.kind === 'sale'
      ? await registerSale(tx, document, by)
      : input.kind === 'receipt'
        ? await receiveGoods(tx, document, by)
        : await writeOff(tx, { ...document, kind: input.kind }, by)
  const line = must(booked.lines[0], 'the line')
  return { externalId: input.externalId, articleId: line.articleId, onHand: line.onHand, repeated: booked.repeated }
}

export async function pushCount(tx: Tx, view: ViewRow, input: PushedCount, by: By): Promise<StockTaken> {
  await originIs(tx, view.id)
  const counted = await countStock(
    tx,
    { ref: refOf(view, input.externalId), locationId: input.locationId, countedAt: input.countedAt, lines: [{ ...whichOf(input), counted: input.counted }] },
    by,
  )
  const line = must(counted.lines[0], 'the line')
  // It holds what it counted; what was sold meanwhile it is told.
  if (line.onHand === input.counted) await keepQuiet(tx, view.id, 'stock', line.articleId, input.locationId)
  return { externalId: input.externalId, articleId: line.articleId, onHand: line.onHand, repeated: counted.repeated }
}
