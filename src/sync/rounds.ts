/**
 * Cells on their way round the slow path: which look they are at, what was seen, how often they had to start over (R17, R21). Memory of one
 * turn: a dead worker's cells are simply dirty again.
 */
import { answerable, certain, inSync, shown, target } from '../core/told/belief.ts'
import { type Cell, type CellNow, cellKey, type Rules } from '../core/told/row.ts'
import { confirmed, held, refused, released } from '../core/told/transitions.ts'
import { backoffMs } from '../kit/backoff.ts'
import type { Letter } from './batch.ts'
import type { Work } from './work.ts'

/** One cell on its way round. */
export interface Looking {
  cell: Cell
  lane: 'live' | 'backfill'
  /** The row's touch before the first look of this round (R17b). */
  touch: number
  /** The requests this look answers: those made before it began (R24). */
  answers: string[]
  /** What the shop showed; null = to be looked at. */
  base: number | null
  /** The drain may start now (R18). */
  readyAt: number
  waited: boolean
  rounds: number
}

/** Rounds before a cell that doesn't stand still is told by a difference or put on hold (R21). */
const MOST_ROUNDS = 3
/** In a row, before it is listed as too hot. */
const MOST_HOT = 20
/** Backfill cells that become ready within the same window share one drain. */
const GATHER_MS = 2_000
/** Cells in memory at once. */
const MOST_LOOKING = 20_000

/** What a step collects in its transaction: rows to save as they are, and letters to send. */
export interface Tray {
  saved: CellNow[]
  letters: Letter[]
}

export type Rounds = ReturnType<typeof rounds>
export function rounds() {
  const going = new Map<string, Looking>()
  /** How often in a row a cell was too hot; memory only, it lists nothing wrongly by starting over. */
  const hot = new Map<string, number>()

  const drop = (cell: Cell) => going.delete(cellKey(cell))
  const again = (l: Looking, touch: number) => Object.assign(l, { touch, base: null, waited: false, rounds: l.rounds + 1 })

  /** It was seen to show `base`: the drain may start now, or one feed's lag later (R18). */
  function wait(l: Looking, base: number, cell: CellNow, { rules }: Work, from: Date): void {
    const lag = needsLag(cell, rules) ? rules.feedLagMs : 0
    const ready = from.getTime() + lag
    Object.assign(l, { base, waited: lag > 0 || rules.feedLagMs === 0, readyAt: l.lane === 'backfill' && lag > 0 ? Math.ceil(ready / GATHER_MS) * GATHER_MS : ready })
  }

  /** Something was taken in meanwhile, or the shop said stale: look again from the start, or give way to others. */
  function roundAgain(l: Looking, row: CellNow, work: Work, { saved, letters }: Tray): void {
    again(l, row.touch)
    l.answers = answerable(row, work.deps.clock.now())
    if (l.rounds > MOST_ROUNDS) giveWay(row, work, { saved, letters })
  }

  /** The shop's number moved between the looks: the second look is the next round's first. */
  function standAgain({ l, row, sample, value }: { l: Looking; row: CellNow; sample: CellNow; value: number }, work: Work, { saved, letters }: Tray): void {
    l.rounds += 1
    if (l.rounds <= MOST_ROUNDS) {
      // As it was before the second look was read.
      l.touch = sample.touch
      wait(l, value, row, work, work.deps.clock.now())
    } else giveWay(row, work, { saved, letters })
  }

  /** R21: told by a difference, exactly once by its key, where the remote takes one: it can't erase. Else put off. */
  function giveWay(row: CellNow, work: Work, { saved, letters }: Tray): void {
    if (!row.takes && work.rules.adjusts && certain(row, work.rules) && row.anchor !== null && row.looks.length === 0 && row.drift === null) {
      const delta = target(row) - Math.max(0, shown(row) as number)
      if (delta === 0) {
        drop(row)
        saved.push(
          inSync(row)
            ? confirmed(row, { version: row.wanted, anchor: row.anchor, doubt: row.doubt, answers: [], value: shown(row) as number, now: work.deps.clock.now() })
            : released(row),
        )
      } else letters.push({ row, sample: row, decision: { kind: 'adjust', delta, value: (shown(row) as number) + delta }, answers: [] })
    } else saved.push(tooHot(row, work))
  }

  function tooHot(row: CellNow, work: Work): CellNow {
    drop(row)
    const times = (hot.get(cellKey(row)) ?? 0) + 1
    hot.set(cellKey(row), times)
    if (times >= MOST_HOT) {
      hot.delete(cellKey(row))
      return refused(row, 'too-hot', '')
    }
    return held(row, work.deps.clock.now(), backoffMs(times - 1, 100, 5_000), 'hot')
  }

  /** Those that stand still in some way, live ones alone while there are any. */
  const groupOf = (which: (l: Looking) => boolean, most: number): Looking[] => {
    const all = [...going.values()].filter(which)
    const live = all.filter((l) => l.lane === 'live')
    return (live.length > 0 ? live : all).slice(0, most)
  }

  return {
    drop,
    again,
    wait,
    roundAgain,
    standAgain,
    groupOf,
    of: (cell: Cell): Looking | undefined => going.get(cellKey(cell)),
    /** It was told, or shows what it should: nothing is counted against it. */
    cool: (cell: Cell) => hot.delete(cellKey(cell)),
    /** Cells whose box, match or place went away meanwhile. */
    forgetMissing(group: Looking[], standing: CellNow[]): void {
      const there = new Set(standing.map(cellKey))
      for (const l of group) if (!there.has(cellKey(l.cell))) drop(l.cell)
    },
    get size(): number {
      return going.size
    },
    get room(): number {
      return MOST_LOOKING - going.size
    },
    /** Takes cells in hand. They must be held by this turn. */
    take(cells: CellNow[], now: Date, before = 0): void {
      for (const cell of cells)
        going.set(cellKey(cell), {
          cell: { articleId: cell.articleId, locationId: cell.locationId },
          lane: cell.lane,
          touch: cell.touch,
          answers: answerable(cell, now),
          base: null,
          readyAt: 0,
          waited: false,
          rounds: before,
        })
    },
    /** When the next waiting cell is ready, or null. */
    nextAt(): Date | null {
      let least: number | null = null
      for (const l of going.values()) if (l.base !== null && (least === null || l.readyAt < least)) least = l.readyAt
      return least === null ? null : new Date(least)
    },
    forget(): void {
      going.clear()
    },
  }
}

/** R18: without certainty or a belief to compare with, the drain starts one feed lag after the look; and so it does before a number is taken over (R47). */
export const needsLag = (cell: CellNow, rules: Rules): boolean => rules.feedLagMs > 0 && (cell.takes || !certain(cell, rules) || cell.anchor === null || cell.drift !== null)
