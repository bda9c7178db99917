/** Serves a reader of a view: what has to be queued first, in transactions of its own, and then the page. */

import { Refusal } from '../core/refusal.ts'
import { type ChangesPage, letGo, makeReady, nextChanges } from '../core/views/changes.ts'
import type { Cursor } from '../core/views/cursor.ts'
import type { Entity, ViewRow } from '../core/views/view.ts'
import { viewById } from '../core/views/views.sql.ts'
import type { Tx } from '../db/open.ts'
import type { SyncDeps } from './deps.ts'

export interface AskedChanges {
  /** Null = from the oldest that isn't acknowledged. */
  after: Cursor | null
  limit: number
  only: Entity[] | null
  /** Who asks, as a fingerprint; null = not said. */
  reader: string | null
  /** False: what lies unacknowledged isn't served anew (R33). Absent = it is. */
  again?: boolean
}

/** Throws {Refusal} not-found, epoch-changed, cursor-ahead. */
export async function serveChanges(
  deps: { db: SyncDeps['db']; clock: Pick<SyncDeps['clock'], 'now'> },
  companyId: number,
  viewId: number,
  ask: AskedChanges,
): Promise<ChangesPage> {
  const by = { actor: `listener:${viewId}`, now: deps.clock.now() }
  const within = <T>(work: (tx: Tx, view: ViewRow) => Promise<T>): Promise<T> =>
    deps.db.inCompany(companyId, async (tx) => {
      const view = await viewById(tx, viewId)
      if (view === null) throw new Refusal('not-found')
      return work(tx, view)
    })
  await within((tx, view) => makeReady(tx, view, by))
  const page = await within((tx, view) => nextChanges(tx, view, ask, by))
  if (page.items.length > 0 || !(await within((tx, view) => letGo(tx, view, by)))) return page
  return within((tx, view) => nextChanges(tx, view, ask, by))
}
