/** Fetches the PDFs that are wanted of an ERP's booked documents, one at a time: a part of its turn (R50). */
import { RemoteError } from '../connectors/contract.ts'
import { beginTry, endTry } from '../core/invoices/want-pdfs.ts'
import type { SyncDeps } from './deps.ts'
import { tellShops } from './hand-invoices.ts'
import type { Line } from './line.ts'
import type { Fence } from './turn.ts'

/** False when none is due. */
export async function fetchPdf(deps: SyncDeps, line: Line, fence: Fence): Promise<boolean> {
  const { remote, listenerId } = line
  if (remote.pdf === undefined) return false
  const wanted = await fence.inTurn((tx) => beginTry(tx, listenerId, deps.clock.now()))
  if (wanted === null) return false
  await fence.ensure()
  const bytes = await remote.pdf(wanted.documentRef).catch(whatCame)
  const by = { actor: `listener:${listenerId}`, now: deps.clock.now() }
  await fence.inTurn(async (tx) => {
    const orderId = await endTry(tx, wanted, bytes, by)
    if (orderId !== null) await tellShops(tx, deps, [orderId], by)
  })
  return true
}

/** An answer that is none of a PDF's says something of this document alone: nothing else has to wait for it. */
function whatCame(error: unknown): null | 'unreadable' {
  if (!(error instanceof RemoteError)) throw error
  switch (error.kind) {
    case 'strange':
      return 'unreadable'
    case 'refused':
      return null
    case 'busy':
    case 'denied':
      throw error
  }
}
