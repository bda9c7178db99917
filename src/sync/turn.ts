/**
 * One turn per connection at a time, whatever the number of processes (S3, R10). The turn is a lease in the database with a token that
 * rises for ever; every transaction of its holder checks the token first, so a late holder can do nothing more.
 */
import type { Size } from '../db/courtesy.ts'
import type { Db, Tx } from '../db/open.ts'
import type { Clock } from '../kit/clock.ts'
import { giveBackTurn, heldUntil, renewTurn, standingTurn, takeTurn } from './turn.sql.ts'

/** A dead process's turn is free after this: early enough that whoever takes it over is done within the promised 30 s (S3). */
export const LEASE_MS = 25_000
/** Clocks of several machines may differ by seconds, never by this much more than a lease. */
const NEVER_MS = 600_000
/** Longest a request of a turn may take; a worker sends only while the lease has more left. */
export const DEADLINE_MS = 10_000

/** The turn isn't ours any more: forget everything. */
export class TurnLost extends Error {
  override readonly name = 'TurnLost'
}

export interface Fence {
  readonly companyId: number
  readonly listenerId: number
  readonly token: number
  /** A transaction that checks the token first and renews the lease at half. Throws TurnLost. */
  inTurn<T>(work: (tx: Tx) => Promise<T>, size?: Size): Promise<T>
  /** Makes sure the lease outlives one request. Throws TurnLost. */
  ensure(): Promise<void>
}

export interface Turn extends Fence {
  giveBack(): Promise<void>
}

/** The turn, or until when another process holds it. */
export async function takeTheTurn(db: Db, clock: Clock, companyId: number, listenerId: number, holder: string): Promise<Turn | { busyUntil: Date }> {
  const until = () => new Date(clock.now().getTime() + LEASE_MS)
  const taken = await db.outsideWall((q) => takeTurn(q, companyId, listenerId, holder, { now: clock.now(), until: until(), never: new Date(clock.now().getTime() + NEVER_MS) }))
  // Given back since: try again at once.
  if (taken === null) return { busyUntil: (await db.outsideWall((q) => heldUntil(q, companyId, listenerId))) ?? clock.now() }
  const { token } = taken
  let lostAt = until()

  const check = async (tx: Tx): Promise<void> => {
    const standing = await standingTurn(tx, companyId, listenerId, token, holder)
    if (standing === null) throw new TurnLost(`turn ${token} of listener ${listenerId} is over`)
    lostAt = standing.expires_at
  }
  const renew = async (): Promise<void> => {
    const next = until()
    if ((await db.outsideWall((q) => renewTurn(q, companyId, listenerId, token, holder, next))) === 0) throw new TurnLost(`turn ${token} of listener ${listenerId} is over`)
    lostAt = next
  }
  const left = () => lostAt.getTime() - clock.now().getTime()

  return {
    companyId,
    listenerId,
    token,
    inTurn: async (work, size) => {
      const fenced = async (tx: Tx) => {
        await check(tx)
        tx.show(listenerId)
        return work(tx)
      }
      const result = await db.inCompany(companyId, fenced, size)
      if (left() < LEASE_MS / 2) await renew()
      return result
    },
    ensure: async () => {
      if (left() < LEASE_MS / 2 || left() <= DEADLINE_MS) await renew()
    },
    giveBack: async () => {
      await db.outsideWall((q) => giveBackTurn(q, companyId, listenerId, token, holder))
    },
  }
}
