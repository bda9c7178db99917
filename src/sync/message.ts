/** What a stored message says: a hook translated by its connector, or an event of a page as it was written down. Throws when it can't be read. */
import { z } from 'zod'
import type { Connector, RemoteEvent } from '../connectors/contract.ts'
import { parseJson } from '../kit/json.ts'
import type { InboxRow } from './inbox.sql.ts'

export function eventsOf(row: InboxRow, connector: Connector<unknown>, settings: unknown): RemoteEvent[] {
  if (row.source === 'feed') return [storedEvent.parse(parseJson(row.body.toString('utf8')))]
  const events = connector.translateHook({ topic: row.topic, headers: row.headers, body: row.body, receivedAt: row.receivedAt.toISOString() }, settings)
  for (const event of events) if (event.kind === 'order-snapshot') takeable.parse(event.order)
  return events
}

/** Quantities and instants a ledger can take; anything else is listed for a person, never guessed. */
const pieces = z.number().int().min(0).max(1_000_000)
const instant = z.string().refine((text) => !Number.isNaN(Date.parse(text)))
const parts = z.array(z.object({ lineRef: z.string(), quantity: pieces }))
const takeable = z.object({
  orderRef: z.string().min(1),
  stamp: z.string().min(1),
  placedAt: instant,
  lines: z.array(z.object({ lineRef: z.string().min(1), ordered: pieces })),
  shipments: z.array(z.object({ at: instant, lines: parts })),
  withdrawals: z.array(z.object({ at: instant, lines: parts })),
})

/** Written down by ourselves from a page the connector had checked, so only what the ledger can't take is asked again. */
const head = z.object({ kind: z.string(), order: z.unknown().optional() })
const storedEvent = z.custom<RemoteEvent>((value) => {
  const event = head.parse(value)
  if (event.kind === 'order-snapshot') takeable.parse(event.order)
  return true
})
