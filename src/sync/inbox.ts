/** Writes down what came in, before anybody answers or acts on it (S8, R25). */
import type { RemoteEvent } from '../connectors/contract.ts'
import type { By } from '../core/by.ts'
import { updateOrdersCursor } from '../core/listeners/listeners.sql.ts'
import type { Tx } from '../db/open.ts'
import { secretText } from '../kit/id.ts'
import { stringify } from '../kit/json.ts'
import { countHooks, insertEvents, insertHooks } from './inbox.sql.ts'

/** Headers that translating may need; what signs or opens anything is never kept. */
const KEPT = /^(content-type|x-[a-z0-9-]+)$/
const NEVER = /auth|cookie|token|secret|hmac|signature|forwarded|real-ip|api-?key/

/** A hook whose signature was checked. */
export interface VerifiedHook {
  verified: { /** Null = unnamed: stored however often it comes. */ deliveryKey: string | null; topic: string }
  request: { headers: Record<string, string | undefined>; body: Uint8Array }
}

/**
 * Stores verified hooks. The transaction must be committed before they are answered 2xx. A delivery that was stored before is only counted.
 * Verified ones are counted when they are applied: a counter here would make every hook wait for the one before it.
 */
export async function storeHooks(tx: Tx, listenerId: number, hooks: VerifiedHook[], by: By): Promise<{ stored: number; doubled: number }> {
  const rows = hooks.map(({ verified, request }) => ({
    deliveryKey: `hook:${verified.deliveryKey ?? secretText(9)}`,
    topic: verified.topic,
    headers: keptOf(request.headers),
    body: request.body,
  }))
  const stored = await insertHooks(tx, listenerId, rows, by.now)
  const doubled = hooks.length - stored
  if (doubled > 0) await countHooks(tx, listenerId, by.now, { verified: 0, forged: 0, doubled })
  tx.ring(listenerId)
  return { stored, doubled }
}

export async function storeHook(tx: Tx, listenerId: number, verified: VerifiedHook['verified'], request: VerifiedHook['request'], by: By): Promise<'stored' | 'doubled'> {
  return (await storeHooks(tx, listenerId, [{ verified, request }], by)).stored === 0 ? 'doubled' : 'stored'
}

function keptOf(given: Record<string, string | undefined>): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(given)) {
    const lower = name.toLowerCase()
    if (value !== undefined && KEPT.test(lower) && !NEVER.test(lower)) headers[lower] = value
  }
  return headers
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
