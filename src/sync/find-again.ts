/** A person has put a number right, here or in the shop, and asks to look for it now: the shop is asked for these very numbers, and refused cells are looked at anew. */
import type { By } from '../core/by.ts'
import { Refusal } from '../core/refusal.ts'
import { retryRefused } from '../core/told/ask-looks.ts'
import type { SyncDeps } from './deps.ts'
import { matchLinks } from './matcher.ts'
import { lineOf, refusing } from './setup.ts'

/** Returns how many links changed. */
export async function findAgain(deps: SyncDeps, companyId: number, listenerId: number, articleIds: number[], by: By): Promise<number> {
  return refusing(async () => {
    const line = await lineOf(deps, companyId, listenerId)
    if (line.listener.state !== 'active') throw new Refusal('not-ready', { missing: 'active' })
    const changed = await matchLinks(deps, line, null, articleIds, 'take')
    await deps.db.inCompany(companyId, (tx) => retryRefused(tx, listenerId, articleIds, by))
    return changed
  })
}
