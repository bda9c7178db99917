/** Writes down what came in, before anybody answers or acts on it (S8, R25). */
import type { RemoteEvent } from '../connectors/contract.ts'
import type { By } from '../core/by.ts'
import { updateOrdersCursor } from '../core/listeners/listeners.sql.ts'
import type { Tx } from '../db/open.ts'
import { secretText } from '../kit/id.ts'
import { stringify } from '../kit/json.ts'
import { countHooks, insertEvents, insertHook } from './inbox.sql.ts'

/** Headers that translating may need; what signs or opens anything is never kept. */
const KEPT = /^(content-type|x-[a-z0-9-]+)$/
const NEVER = /auth|cookie|token|secret|hmac|signature|forwarded|real-ip|api-?key/

/**
 * Stores a verified hook. The transaction must be committed before the hook is answered 2xx. A delivery that was stored before is only counted.
 * Verified ones are counted when they are applied: a counter here would make every hook wait for the one before it.
 */
export async function storeHook(
  tx: Tx,
  listenerId: number,
  verified: { deliveryKey: string; topic: string },
  request: { headers: Record<string, string | undefined>; body: Uint8Array },
  by: By,
): Promise<'stored' | 'doubled'> {
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(request.headers)) {
    const lower = name.toLowerCase()
    if (value !== undefined && KEPT.test(lower) && !NEVER.test(lower)) headers[lower] = value
  }
  const stored = await insertHook(tx, listenerId, { deliveryKey: `hook:${verified.deliveryKey}`, topic: verified.topic, headers, body: request.body }, by.now)
  if (stored === 0) await countHooks(tx, listenerId, by.now, { verified: 0, forged: 0, doubled: 1 })
  tx.ring(listenerId)
  return stored === 0 ? 'doubled' : 'stored'
}

/** A forged hook leaves a number and nothing else. */
export async function countForged(tx: Tx, listenerId: number, by: By): Promise<void> {
  await countHooks(tx, listenerId, by.now, { verified: 0, forged: 1, doubled: 0 })
}

/** A page of a feed: its events and the cursor behind it stand or fall together (R25). `cursor` null = keys were pulled, there is none. */
export async function storePage(tx: Tx, listenerId: number, events: RemoteEvent[], cursor: string | null, by: By): Promise<void> {
  const page = secretText(9)
  const rows = events.map((event, n) => ({ key: `feed:${page}:${n}`, topic: event.kind, body: stringify(event) }))
  if (rows.length > 0) await insertEvents(tx, listenerId, rows, by.now)
  if (cursor !== null) await updateOrdersCursor(tx, listenerId, cursor)
}
