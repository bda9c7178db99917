/** Says that shops are to have the invoices of their orders; `hand-over.ts` brings them there. */
import type { By } from '../core/by.ts'
import { shopsToTell } from '../core/invoices/tell-shops.ts'
import type { Tx } from '../db/open.ts'
import type { SyncDeps } from './deps.ts'

/** Only shops that take PDFs hear of any. */
export async function tellShops(tx: Tx, { connectors }: Pick<SyncDeps, 'connectors'>, orderIds: number[], by: By): Promise<void> {
  const codes = Object.values(connectors).flatMap((connector) => (connector.carries.out.includes('invoice-pdf') ? [connector.code] : []))
  await shopsToTell(tx, orderIds, new Set(codes), by)
}
