/** What one step of an import works with. */
import type { By } from '../core/by.ts'
import type { ImportRow } from '../core/imports/import.ts'
import { lockImport } from '../core/imports/imports.sql.ts'
import type { Tx } from '../db/open.ts'
import { must } from '../kit/assert.ts'
import type { SyncDeps } from './deps.ts'
import type { Line } from './line.ts'
import type { Fence } from './turn.ts'

export interface Importing {
  deps: SyncDeps
  line: Line
  fence: Fence
  row: ImportRow
}

/** A transaction of the turn on an import that still stands as it did. */
export const onImport = ({ fence, row }: Importing, work: (tx: Tx) => Promise<unknown>): Promise<true> =>
  fence.inTurn(async (tx) => {
    if ((await lockImport(tx, row.id)) === row.state) await work(tx)
    return true as const
  }, 'big')

/** What is carried out is done by whoever said so. */
export const byOf = ({ deps, row }: Importing): By => ({ actor: must(row.confirmedBy, 'who chose'), now: deps.clock.now() })
