/** Carries out what a person asked a shop to do about articles it can't be told of: claimed, stored, sent and settled like any send (R10, R12, R15, R29). */
import { randomUUID } from 'node:crypto'
import type { Change } from '../connectors/contract.ts'
import { dropStocking, lockNextStocking, markFlights, type StockingRow } from '../core/told/stocking.sql.ts'
import { insertBatch } from './batch.sql.ts'
import { sendBatch } from './batch.ts'
import type { Work } from './work.ts'

/** Each is a call of its own at most remotes, and a sale must never wait for many. */
const AT_ONCE = 5

/** True when there was something to do. */
export async function tellStocking(work: Work): Promise<boolean> {
  const { line, turn, deps } = work
  if (!line.connector.carries.out.includes('stocking')) return false
  const claim = await turn.inTurn(async (tx) => {
    const rows = await lockNextStocking(tx, line.listenerId, AT_ONCE)
    if (rows.length === 0) return null
    const over = rows.filter((row) => !row.needed)
    if (over.length > 0) await dropStocking(tx, line.listenerId, over)
    const needed = rows.filter((row) => row.needed)
    if (needed.length === 0) return { batch: null }
    const batch = await insertBatch(
      tx,
      line.listenerId,
      {
        key: `e${line.listener.epoch}-${randomUUID()}`,
        rows: needed.map(toChange),
        cells: needed.map(({ articleId, locationId }) => ({ articleId, locationId })),
        lane: 'live',
        sentAt: deps.clock.now(),
      },
      turn.token,
    )
    await markFlights(tx, line.listenerId, batch.id, needed)
    return { batch }
  })
  if (claim === null) return false
  if (claim.batch !== null) await sendBatch(work, claim.batch, false)
  return true
}

/** Never a number with it: what stands at the shop stays, and is looked at before it is told. */
function toChange({ asked, itemRef, placeRef }: StockingRow): Change {
  return asked === 'track' ? { kind: 'stocking', itemRef, placeRef, tracked: true } : { kind: 'stocking', itemRef, placeRef, active: true }
}
