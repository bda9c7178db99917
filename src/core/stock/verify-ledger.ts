/** L1: is every level the sum of its movements? Changes nothing. */
import type { Tx } from '../../db/open.ts'
import { countCells, type LedgerFault, ledgerFaults } from './levels.sql.ts'

export interface Verified {
  cells: number
  /** Empty = the ledger holds. */
  faults: LedgerFault[]
}

export async function verifyLedger(tx: Tx): Promise<Verified> {
  return { cells: await countCells(tx), faults: await ledgerFaults(tx) }
}
