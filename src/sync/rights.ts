/** What a missing right stops, and what goes on. A right that the connector says no more of stops everything. Pure. */
import { type Health, type RemoteError, STOPPABLE, type Stoppable } from '../connectors/contract.ts'

export interface Stopped {
  what: Stoppable
  /** The right that is missing, as the remote calls it. */
  scope: string
}

const missing = (health: unknown): Health['rights'] => ((health as Health | null)?.rights ?? []).filter((right) => right.needed && !right.granted)

/** By the last check, one of each kind. A sale that can't be seen must not be raised over: without the orders no number is told (S7). */
export function stoppedBy(health: unknown): Stopped[] {
  const rights = missing(health)
  return STOPPABLE.flatMap((what) => {
    const right = rights.find(({ stops }) => stops?.includes(what) === true) ?? (what === 'stock' ? rights.find(({ stops }) => stops?.includes('orders') === true) : undefined)
    return right === undefined ? [] : [{ what, scope: right.scope }]
  })
}

export const isStopped = (health: unknown, what: Stoppable): boolean => stoppedBy(health).some((stopped) => stopped.what === what)

/** The first right without which nothing can be done at all; null = there is none. */
export const stopsAll = (health: unknown): Health['rights'][number] | null => missing(health).find(({ stops }) => stops === undefined) ?? null

/** A refusal for want of a right is explained when the check after it finds something stopped that wasn't before. */
export const explains = (error: RemoteError, before: unknown, after: unknown): boolean =>
  error.code === 'scope-missing' && stopsAll(after) === null && stoppedBy(after).some(({ what }) => !isStopped(before, what))

/** A right that only products need is needed once the shop is told of them. */
export const neededNow = (health: Health, tellsProducts: boolean): Health => ({
  ...health,
  rights: health.rights.map((right) => ({ ...right, needed: right.needed || (tellsProducts && right.stops?.includes('products') === true) })),
})
