/** Calls that came with a code: written down with what they ask for, before anybody answers or acts (S8). */
import type { By } from '../core/by.ts'
import type { Tx } from '../db/open.ts'
import { insertCalls, type NewCall } from './called.sql.ts'
import { askKeys, countHooks } from './inbox.sql.ts'
import { grouped } from './parts.ts'

/** Must be committed before they are answered. A thousand calls about one article are a thousand rows and one question. */
export async function storeCalls(tx: Tx, listenerId: number, calls: NewCall[], by: By): Promise<void> {
  await insertCalls(tx, listenerId, calls, by.now)
  const asking = calls.filter((call) => call.ignored === null)
  for (const [feed, group] of grouped(asking, (call) => call.feed))
    await askKeys(
      tx,
      listenerId,
      feed,
      group.flatMap((call) => [call.key, ...call.also]),
      by.now,
    )
  await countHooks(tx, listenerId, by.now, { verified: calls.length, forged: 0, doubled: 0 })
  tx.show(listenerId)
  if (asking.length > 0) tx.ring(listenerId)
}
