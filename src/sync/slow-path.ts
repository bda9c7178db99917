/**
 * The slow path: looking before telling (R17-R24), for many cells at once. A cell goes round: look, wait out the feed's lag where it must
 * (R18), drain the orders, compose, look again, write. Nothing is written unless the shop stood still and nothing was taken in that names
 * the article since before the first look. What is being looked at is only in memory: a dead worker's cells are simply dirty again.
 */
import { owesCut, target } from '../core/told/belief.ts'
import { type Cell, type CellNow, cellKey } from '../core/told/row.ts'
import { lockCells, readCells, saveCells } from '../core/told/told.sql.ts'
import { confirmed, cutUpTo, held, MOST_TRIES, refused, released } from '../core/told/transitions.ts'
import { sizeOf } from '../db/courtesy.ts'
import type { Tx } from '../db/open.ts'
import { unappliedArticles } from './apply.ts'
import { GRACE_MS, type Letter, partialHoldMs, sendBatch, storeBatch } from './batch.ts'
import { type Decided, decideAfterLook, decideCut } from './decide.ts'
import { recordDifferences } from './difference.sql.ts'
import { drain } from './drain.ts'
import { lookAt, type Sight } from './look.ts'
import { matchLinks } from './matcher.ts'
import { type Looking, needsLag, rounds, type Tray } from './rounds.ts'
import type { Fate } from './send-events.ts'
import { takeShownCells } from './take-shown.ts'
import { noteShown } from './undo-run.ts'
import type { Work } from './work.ts'

export interface SlowPath {
  readonly size: number
  readonly room: number
  /** Takes cells in hand. They must be held by this turn. */
  take(cells: CellNow[], now: Date, rounds?: number): void
  /** One step for the cells that can be moved on; false when all wait. */
  advance(work: Work, backfillToo: boolean): Promise<boolean>
  /** When the next waiting cell is ready, or null. */
  nextAt(): Date | null
  /** The turn is lost or given back: forget everything. */
  forget(): void
}

export function slowPath(): SlowPath {
  const round = rounds()

  // ---- first look, and the cut that must not wait (R23a)

  async function lookFirst(work: Work, group: Looking[]): Promise<void> {
    const { line, turn, deps, rules } = work
    const before = await turn.inTurn((tx) =>
      readCells(
        tx,
        line.listenerId,
        group.map((l) => l.cell),
      ),
    )
    round.forgetMissing(group, before)
    const lane = (group[0] as Looking).lane
    const sights = await lookAt(line, before, lane)
    const answeredAt = deps.clock.now()
    const cuts: { looking: Looking; letter: Letter }[] = []
    const batch = await turn.inTurn(async (tx) => {
      await lockCells(tx, line.listenerId, before)
      const now = await readCells(tx, line.listenerId, before)
      round.forgetMissing(group, now)
      const saved: CellNow[] = []
      for (const cell of now) {
        const l = round.of(cell)
        if (l === undefined) continue
        if (cell.held !== turn.token) {
          round.drop(cell)
          continue
        }
        const sight = sights.get(cellKey(cell)) as Sight
        if (cell.refusal !== null || sight.kind !== 'shows') {
          saved.push(unseen(cell, sight, answeredAt))
          round.drop(cell)
        } else if (owesCut(cell, rules, sight.value, answeredAt)) {
          cuts.push({ looking: l, letter: { row: cell, sample: cell, decision: decideCut(cell, sight.value), answers: [] } })
          l.base = sight.value
        } else round.wait(l, sight.value, cell, work, answeredAt)
      }
      if (saved.length > 0) await saveCells(tx, line.listenerId, saved)
      return cuts.length > 0
        ? storeBatch(
            tx,
            work,
            cuts.map((c) => c.letter),
            lane,
          )
        : null
    }, sizeOf(before.length))
    await rematchMoved(work, before, sights)
    if (batch === null) return
    const fates = await sendBatch(work, batch, false)
    const sentAt = deps.clock.now()
    for (const { looking, letter } of cuts) {
      const fate = fates.get(cellKey(letter.row))
      // The quiet span still counts from before the first look; the lag counts from the cut's answer.
      if (fate === 'done') round.wait(looking, letter.decision.value, { ...letter.row, anchor: null }, work, sentAt)
      else if (fate === 'stale') round.again(looking, looking.touch)
      else round.drop(letter.row)
    }
  }

  // ---- drain, compose, look again, write

  async function compose(work: Work, group: Looking[]): Promise<void> {
    const { line, turn, rules, deps } = work
    await drain(deps, line, turn, 'look')
    const sampled: CellNow[] = []
    const hurried = await turn.inTurn(async (tx) => {
      const cells = group.map((l) => l.cell)
      await lockCells(tx, line.listenerId, cells)
      const now = await readCells(tx, line.listenerId, cells)
      round.forgetMissing(group, now)
      const saved: CellNow[] = []
      const letters: Letter[] = []
      for (const cell of now) {
        const l = round.of(cell)
        if (l === undefined) continue
        if (cell.refusal !== null || cell.held !== turn.token) round.drop(cell)
        else if (cell.touch !== l.touch || (needsLag(cell, rules) && !l.waited)) round.roundAgain(l, cell, work, { saved, letters })
        else sampled.push(cell)
      }
      if (saved.length > 0) await saveCells(tx, line.listenerId, saved)
      return letters.length > 0 ? storeBatch(tx, work, letters, (group[0] as Looking).lane) : null
    }, sizeOf(group.length))
    if (hurried !== null) await follow(work, hurried.cells, await sendBatch(work, hurried, false))
    await takeShownCells(
      work,
      round,
      sampled.filter((c) => c.takes),
    )
    const tells = sampled.filter((c) => !c.takes)
    // R17c: a shop that compares, of whose number nothing was believed, is told expecting the first look.
    const seenOnce = tells.filter((c) => rules.compares && c.anchor === null)
    const seenTwice = tells.filter((c) => !(rules.compares && c.anchor === null))
    await write(work, seenOnce, new Map(seenOnce.map((c) => [cellKey(c), { kind: 'shows', value: (round.of(c) as Looking).base as number }])))
    for (let n = 0; n < seenTwice.length; n += line.connector.limits.look) {
      const part = seenTwice.slice(n, n + line.connector.limits.look)
      await write(work, part, await lookAt(line, part, (group[0] as Looking).lane))
    }
  }

  /** Composes and sends what the second look allows. `cells` are the samples: their versions are never newer than their values (R11). */
  async function write(work: Work, cells: CellNow[], sights: Map<string, Sight>): Promise<void> {
    const { line, turn, rules, deps } = work
    for (let n = 0; n < cells.length; n += line.connector.limits.batch) {
      const part = cells.slice(n, n + line.connector.limits.batch)
      const lane = round.of(part[0] as CellNow)?.lane ?? 'live'
      const answered = deps.clock.now()
      const batch = await turn.inTurn(async (tx) => {
        await lockCells(tx, line.listenerId, part)
        const rows = new Map((await readCells(tx, line.listenerId, part)).map((c) => [cellKey(c), c]))
        const blocked = await unappliedArticles(tx, line.listenerId)
        const letters: Letter[] = []
        const saved: CellNow[] = []
        const shown: { cell: CellNow; shows: number }[] = []
        for (const sample of part) {
          const l = round.of(sample)
          const row = rows.get(cellKey(sample))
          if (l === undefined || row === undefined || row.refusal !== null || row.held !== turn.token || row.takes) {
            round.drop(sample)
            continue
          }
          const sight = sights.get(cellKey(sample)) as Sight
          if (sight.kind !== 'shows') {
            saved.push(unseen(row, sight, answered))
            round.drop(sample)
          } else if (sight.value !== l.base) round.standAgain({ l, row, sample, value: sight.value }, work, { saved, letters })
          else {
            const decided = decideAfterLook(sample, sight.value, rules, answered, blocked === 'all' || blocked.includes(sample.articleId))
            if (decided.decision.kind === 'nothing' && decided.decision.purpose === 'confirm') shown.push({ cell: sample, shows: sight.value })
            await settleDecided(tx, work, { sample, row, l, decided }, { saved, letters })
          }
        }
        if (saved.length > 0) await saveCells(tx, line.listenerId, saved)
        await noteShown(tx, line.listenerId, shown, answered)
        return letters.length > 0 ? storeBatch(tx, work, letters, lane) : null
      }, sizeOf(part.length))
      await rematchMoved(work, part, sights)
      if (batch !== null) await follow(work, batch.cells, await sendBatch(work, batch, false))
    }
  }

  async function settleDecided(tx: Tx, work: Work, it: { sample: CellNow; row: CellNow; l: Looking; decided: Decided }, { saved, letters }: Tray): Promise<void> {
    const { sample, row, l, decided } = it
    const now = work.deps.clock.now()
    const { decision } = decided
    if (decided.difference !== null) {
      const { theirs, believed, confirmed } = decided.difference
      const gap = Math.max(0, theirs) + sample.buffer - sample.available
      const found = { ...sample, theirs, believed, ours: target(sample), gap, reason: confirmed ? ('edited-in-shop' as const) : null }
      await recordDifferences(tx, work.line.listenerId, 'look', [found], now)
    }
    if (decision.kind === 'write') {
      letters.push({ row: { ...row, drift: decided.drift }, sample, decision, answers: l.answers })
      return
    }
    round.cool(row)
    round.drop(row)
    const anchor = { value: decision.value, seen: sample.seen }
    switch (decision.purpose) {
      case 'confirm':
        saved.push(confirmed({ ...row, drift: null }, { version: sample.wanted, anchor, doubt: sample.doubt, answers: l.answers, value: decision.value, now }))
        return
      case 'carry':
        saved.push(
          held(
            { ...row, drift: decided.drift, anchor: row.doubt === sample.doubt ? { value: decision.value - decision.drift, seen: sample.seen } : null },
            now,
            GRACE_MS,
            'difference-checked',
          ),
        )
        return
      case 'watch':
        saved.push(held({ ...row, drift: decided.drift, anchor: null }, now, GRACE_MS, 'difference-checked'))
        return
      default:
        saved.push(held({ ...cutUpTo(row, sample.wanted), drift: decided.drift }, now, partialHoldMs(row, now, work.rules), 'waits-for-facts'))
    }
  }

  /** What became of the writes: done leaves, stale looks again, the rest is dirty or refused already. */
  async function follow(work: Work, cells: Cell[], fates: Map<string, Fate>): Promise<void> {
    const stale = cells.filter((c) => fates.get(cellKey(c)) === 'stale')
    for (const cell of cells) if (fates.get(cellKey(cell)) !== 'stale') round.drop(cell)
    for (const cell of cells) if (fates.get(cellKey(cell)) === 'done') round.cool(cell)
    if (stale.length === 0) return
    const hurried = await work.turn.inTurn(async (tx) => {
      await lockCells(tx, work.line.listenerId, stale)
      const saved: CellNow[] = []
      const letters: Letter[] = []
      for (const row of await readCells(tx, work.line.listenerId, stale)) {
        const l = round.of(row)
        if (l !== undefined) round.roundAgain(l, row, work, { saved, letters })
      }
      if (saved.length > 0) await saveCells(tx, work.line.listenerId, saved)
      return letters.length > 0 ? storeBatch(tx, work, letters, (letters[0] as Letter).row.lane) : null
    })
    // A difference can't be stale: this ends here.
    if (hurried !== null) await follow(work, hurried.cells, await sendBatch(work, hurried, false))
  }

  return {
    get size() {
      return round.size
    },
    get room() {
      return round.room
    },
    take: round.take,
    nextAt: round.nextAt,
    forget: round.forget,
    async advance(work, backfillToo) {
      const { look } = work.line.connector.limits
      const may = (l: Looking) => backfillToo || l.lane === 'live'
      const unlooked = round.groupOf((l) => may(l) && l.base === null, look)
      const now = work.deps.clock.now().getTime()
      const ready = round.groupOf((l) => may(l) && l.base !== null && l.readyAt <= now, look * 8)
      if (ready[0] !== undefined && (ready[0].lane === 'live' || unlooked[0]?.lane !== 'live')) await compose(work, ready)
      else if (unlooked.length > 0) await lookFirst(work, unlooked)
      else return false
      return true
    },
  }
}

/** The look didn't give a number: refused with its reason, or not there this time. */
function unseen(cell: CellNow, sight: Sight, now: Date): CellNow {
  if (cell.refusal !== null) return released(cell)
  if (sight.kind === 'refused') return refused(cell, sight.code, sight.said)
  const tries = cell.tries + 1
  return tries >= MOST_TRIES ? refused(cell, 'remote-strange', '') : { ...held(cell, now, partialHoldMs(cell, now, { resendPending: false }), 'not-shown'), tries }
}

/** The number stands on another item now, or the item is gone: the link says so, and a person takes the other one or puts the number right. */
async function rematchMoved(work: Work, cells: CellNow[], sights: Map<string, Sight>): Promise<void> {
  const moved = cells.filter((c) => {
    const sight = sights.get(cellKey(c))
    return sight?.kind === 'refused' && (sight.code === 'link-moved' || sight.code === 'item-gone')
  })
  if (moved.length > 0) await matchLinks(work.deps, work.line, work.turn, [...new Set(moved.map((c) => c.articleId))])
}
