/**
 * Notices that the database is an older copy of itself (R35): put back by `lagerbro restore`, by a copied folder, by whatever the database's own tools do.
 * It beats while somebody works on it, and a witness outside of it remembers the highest beat: lower than that = older. Every company then begins a new epoch
 * before anything is read or written.
 */
import { companyIds } from '../core/listeners/reseal.sql.ts'
import { beginEpoch } from '../core/restores/begin-epoch.ts'
import { beatOnce, jumpIds, lockInstallation, raiseInstallation } from '../db/installation.ts'
import type { Db } from '../db/open.ts'
import type { Clock } from '../kit/clock.ts'
import type { Log } from '../kit/log.ts'
import { isBefore, type Seen, type Witness } from '../kit/witness.ts'

const BEAT_MS = 10_000
const DAY_MS = 86_400_000
const FIRST_DAY = Date.UTC(2026, 0, 1)
/** A version carries its epoch above 2^40 and stays a whole number below 2^53. */
const LAST_EPOCH = 8_000

/**
 * Above every epoch known here, and above those nobody here can know of: a machine without a witness may put back a backup that was put back before, and
 * the day tells the two apart.
 */
export function nextEpoch(known: number[], now: Date): number {
  const day = Math.floor((now.getTime() - FIRST_DAY) / DAY_MS)
  return Math.max(Math.min(day, LAST_EPOCH), ...known.map((epoch) => epoch + 1))
}

/** `db` is the owner's: ids are raised too. Returns the new epoch, or null when the database is the one it was. */
export async function noticeRestore(db: Db, witness: Witness, clock: Clock, log: Log): Promise<number | null> {
  return db.outsideWall(async (q) => {
    const standing = await lockInstallation(q)
    const seen = witness.read(standing.id)
    if (standing.restoredTo === null && (seen === null || !isBefore(standing, seen))) return null
    const by = { actor: 'system', now: clock.now() }
    const dataUntil = standing.restoredTo ?? standing.beatAt ?? by.now
    const epoch = nextEpoch([standing.epoch, seen?.epoch ?? 0], by.now)
    log.warn({ epoch, dataUntil: dataUntil.toISOString() }, 'this database is an older copy: a new epoch begins')
    for (const companyId of await companyIds(q)) await db.inCompany(companyId, (tx) => beginEpoch(tx, { epoch, dataUntil }, by), 'big')
    await jumpIds(q, epoch)
    await raiseInstallation(q, { epoch, beat: Math.max(standing.beat, seen?.beat ?? 0) })
    return epoch
  })
}

export interface Heart {
  /** Resolves with the reason when the database was put back while we ran: whoever runs us stops, and the next start begins the epoch. */
  broken: Promise<string>
  stop(): Promise<void>
}

/** Beats at once, and then for as long as the process works. */
export async function startHeart(db: Db, witness: Witness, clock: Clock, log: Log): Promise<Heart> {
  const stopping = new AbortController()
  let last: Seen | null = null
  let warned = false
  let tellBroken = (_why: string) => {}
  const broken = new Promise<string>((resolve) => {
    tellBroken = resolve
  })
  async function beat(): Promise<void> {
    const { id, ...now } = await db.outsideWall((q) => beatOnce(q, clock.now()))
    if (last !== null && isBefore(now, last)) return tellBroken('The database was put back from an older copy while Lagerbro ran.')
    last = { epoch: now.epoch, beat: now.beat }
    try {
      witness.write(id, last)
    } catch (error) {
      if (!warned)
        log.warn({ problem: String(error) }, 'the witness beside the key file can’t be written: a database put back by other means than `lagerbro restore` won’t be noticed')
      warned = true
    }
  }
  async function beats(): Promise<void> {
    for (;;) {
      await clock.sleep(BEAT_MS, stopping.signal)
      if (stopping.signal.aborted) return
      await beat().catch((error: unknown) => log.warn({ problem: String(error) }, 'the database’s beat failed'))
    }
  }
  await beat()
  const beating = beats()
  return {
    broken,
    async stop() {
      stopping.abort()
      await beating
    },
  }
}
