/** The end of a connection. */
import { RemoteError } from '../connectors/contract.ts'
import type { By } from '../core/by.ts'
import { cancelImports } from '../core/imports/imports.sql.ts'
import { deleteHookAddress } from '../core/listeners/listeners.sql.ts'
import { untickAll } from '../core/listings/listings.sql.ts'
import { releaseOrders } from '../core/orders/release-orders.ts'
import { cancelRuns } from '../core/runs/runs.sql.ts'
import { leaveMaster } from './become-master.ts'
import type { SyncDeps } from './deps.ts'
import { type Line, openLine } from './line.ts'
import { change } from './setup.ts'

/**
 * For good: subscriptions are taken down as far as the remote lets us, the hook address is forgotten, what its orders held is free, the shop keeps its
 * numbers. A remote that doesn't answer keeps nobody here: `subscriptionsLeft` says that its hooks may go on knocking where nobody answers, `leftTopics`
 * which ones, where that is known.
 */
export async function disconnect(deps: SyncDeps, companyId: number, id: number, by: By): Promise<{ subscriptionsLeft: boolean; leftTopics: string[] }> {
  const line = await openLine(deps, companyId, id)
  // Also when subscribing broke off halfway: then nothing is written down, but some may stand.
  const left = line !== null && line.listener.hookAddress !== null && deps.publicAddress !== null ? await takeDown(deps, line) : null
  await deps.db.inCompany(companyId, async (tx) => {
    await deleteHookAddress(tx, id)
    await untickAll(tx, id)
    await releaseOrders(tx, id, by)
    await cancelRuns(tx, id, by.now)
    await cancelImports(tx, id, by.now)
    await leaveMaster(tx, id, by.now)
  })
  await change(deps, companyId, id, ['setup', 'active', 'paused'], 'gone', { code: 'person', facts: {}, at: by.now.toISOString() })
  return { subscriptionsLeft: left !== null, leftTopics: left ?? [] }
}

/** Null = none of ours stands any more; else the topics that still do, as far as anybody knows. */
async function takeDown(deps: SyncDeps, { remote, companyId, listenerId }: Line): Promise<string[] | null> {
  try {
    await remote.unsubscribe()
    return null
  } catch (error) {
    if (!(error instanceof RemoteError)) throw error
    deps.log.warn({ company: companyId, listener: listenerId, code: error.code }, 'subscriptions could not be taken down')
    return (error.facts.left ?? '').split(' ').filter((topic) => topic !== '')
  }
}
