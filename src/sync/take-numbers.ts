/** The shop's numbers, after an import: taken over as a person's take-over does, for the goods nobody of ours has ever counted (L7). */
import { noteRun, updateState } from '../core/imports/imports.sql.ts'
import { Refusal } from '../core/refusal.ts'
import { runById } from '../core/runs/runs.sql.ts'
import { byOf, type Importing, onImport } from './importing.ts'
import { confirmRun, startRun } from './runs.ts'

/** False while it goes on. A person saw the preview of the import: the take-over's own needs nobody. */
export async function takeNumbers(step: Importing): Promise<boolean> {
  const { deps, line, fence, row } = step
  if (row.runId === null) return begin(step)
  const runId = row.runId
  const run = await fence.inTurn((tx) => runById(tx, runId))
  if (run?.state === 'ready') {
    await confirmRun(deps, line.companyId, runId, byOf(step))
    return true
  }
  if (run !== null && run.endedAt === null) return false
  return onImport(step, (tx) => updateState(tx, row.id, 'done', deps.clock.now()))
}

/** Broken off in between it is the same run the second time. */
async function begin(step: Importing): Promise<boolean> {
  const { deps, line, row } = step
  try {
    const run = await startRun(deps, line.companyId, line.listenerId, 'take-over', byOf(step))
    return await onImport(step, (tx) => noteRun(tx, row.id, run.id))
  } catch (error) {
    // A person takes over chosen articles: after that.
    if (error instanceof Refusal && error.code === 'run-going-on') return false
    throw error
  }
}
