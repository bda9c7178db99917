/** Is the remote well towards us: does it let us in, is everything granted that we need, do our subscriptions stand? Asked as part of a turn. */
import { type Health, RemoteError } from '../connectors/contract.ts'
import { checkAgain } from './check-again.ts'
import type { SyncDeps } from './deps.ts'
import type { Line } from './line.ts'
import { explains, stopsAll } from './rights.ts'
import { askHealth, askSubscriptions } from './setup.ts'

/** The key of a check that the remote asked for by saying that the app was taken out. */
const UNINSTALLED = 'uninstalled'

/** A right that is gone is often not said by what needs it: an order's place simply stays empty. RemoteError when nothing can be done without it. */
export async function checkAsked(deps: SyncDeps, line: Line, keys: string[]): Promise<void> {
  const missing = missingRight(await askedWell(deps, line, keys))
  if (missing !== null) throw missing
}

/** Told that the app was taken out, and then turned away: that is the reason, whatever the answer calls it. */
export async function askedWell(deps: SyncDeps, line: Line, keys: string[]): Promise<Health> {
  try {
    return await askHealth(deps, line)
  } catch (error) {
    if (error instanceof RemoteError && error.kind === 'denied' && keys.includes(UNINSTALLED))
      throw new RemoteError('denied', 'app-uninstalled', 'the app was taken out of the shop', { executed: 'no', cause: error })
    throw error
  }
}

export function missingRight(health: Health): RemoteError | null {
  const right = stopsAll(health)
  return right === null ? null : new RemoteError('denied', 'scope-missing', 'a right is missing', { executed: 'no', facts: { scope: right.scope } })
}

/** Creates what is missing. What can't be asked for as things are (a secret taken away) is said when a person presses the button. */
export async function watchSubscriptions(deps: SyncDeps, line: Line): Promise<void> {
  if (line.listener.subscribedAt === null) return
  try {
    await askSubscriptions(deps, line)
  } catch (error) {
    if (!(error instanceof RemoteError) || error.kind !== 'refused') throw error
    deps.log.warn({ company: line.companyId, listener: line.listenerId, code: error.code }, 'the subscriptions could not be watched')
  }
}

/** Refused for want of a right: a check tells what that stops, and the rest goes on. False when nothing new is missing. */
export async function isExplained(deps: SyncDeps, line: Line, error: RemoteError): Promise<boolean> {
  if (error.code !== 'scope-missing' || line.listener.state !== 'active') return false
  try {
    const health = await askHealth(deps, line)
    if (!explains(error, line.listener.health, health)) return false
  } catch (failed) {
    if (failed instanceof RemoteError) return false
    throw failed
  }
  await deps.db.inCompany(line.companyId, (tx) => checkAgain(tx, line.listenerId, deps.clock.now()))
  return true
}
