/** A person wants a first sync, or everything sent, undone: the preview begins, and nothing is written before it was confirmed. */
import type { By } from '../core/by.ts'
import { tellsNumbers } from '../core/catalogue/catalogues.sql.ts'
import { listenerById, lockListener } from '../core/listeners/listeners.sql.ts'
import { Refusal } from '../core/refusal.ts'
import { insertRun, type RunRow, runById } from '../core/runs/runs.sql.ts'
import { must } from '../kit/assert.ts'
import type { SyncDeps } from './deps.ts'
import { inTheWay } from './runs.ts'

/** Pressed twice it is the same run (S5). */
export async function startUndo(deps: SyncDeps, companyId: number, ofId: number, by: By): Promise<RunRow> {
  return deps.db.inCompany(companyId, async (tx) => {
    const known = await runById(tx, ofId)
    if (known === null) throw new Refusal('not-found')
    await lockListener(tx, known.listenerId)
    const of = must(await runById(tx, ofId), 'the run')
    if ((of.kind !== 'first-sync' && of.kind !== 'sync-all') || of.confirmedAt === null) throw new Refusal('not-undoable', { kind: of.kind })
    if (of.endedAt === null) throw new Refusal('run-going-on')
    const listener = await listenerById(tx, of.listenerId)
    if (listener === null || listener.state === 'gone') throw new Refusal('not-found')
    if (listener.state !== 'active') throw new Refusal('not-ready', { missing: 'active' })
    if (!(await tellsNumbers(tx, of.listenerId))) throw new Refusal('not-ready', { missing: 'stock' })
    const standing = await inTheWay(tx, of.listenerId, 'undo', (run) => run.ofId === ofId, by.now)
    if (standing !== null) return standing
    const { id } = await insertRun(tx, of.listenerId, { kind: 'undo', articles: null, ofId }, by.actor, by.now)
    tx.ring(of.listenerId)
    return must(await runById(tx, id), 'the run')
  })
}
