/**
 * Who may work next in the database, so that one company's flood doesn't delay another's sale (S12). Three rules: one company never holds
 * more than its part of the connections while others may want them; big work is done a piece at a time, companies in turn; and before each
 * of its parts big work lets the others' small work go first, but never so long that it gets less than a fifth of the time.
 */
import { availableParallelism } from 'node:os'
import { type Clock, stopwatch, systemClock } from '../kit/clock.ts'

/** Small: somebody waits for it, and it is over in milliseconds. Big: hundreds of rows. */
export type Size = 'small' | 'big'
const FEW_ROWS = 50
export const sizeOf = (rows: number): Size => (rows > FEW_ROWS ? 'big' : 'small')

export interface Place {
  /** Between two parts of big work: whoever else has small work in hand goes first. Whoever asks counts as big from then on. */
  giveWay(): Promise<void>
  leave(): void
}
export interface Courtesy {
  /** Resolves when this company may begin. What is entered must be left. */
  enter(companyId: number, size: Size): Promise<Place>
}

/**
 * Before it begins, big work waits at most three times as long as the last one worked; between its parts, where it holds rows that its own
 * company may want, at most as long as it worked. So at least a fifth of the time is left to it.
 */
const BEFORE_TIMES = 3
const BETWEEN_TIMES = 1
/** How long a part takes is known only afterwards; and nothing waits longer than this for being polite. */
const SHORTEST_WAIT_MS = 10
const LONGEST_WAIT_MS = 1_000

interface Waiting {
  companyId: number
  size: Size
  begin(): void
}

/** `places` = connections; `bigOnes` = how much big work at once: half of the processors, so that the other half is there for whoever comes. */
export function openCourtesy(places: number, clock: Clock = systemClock, bigOnes = Math.max(1, Math.floor(availableParallelism() / 2))): Courtesy {
  const ofOne = Math.max(1, Math.ceil(places / 2))
  const small = new Map<number, number>()
  const inHand = new Map<number, number>()
  const waiting: Waiting[] = []
  const polite = new Set<{ companyId: number; wake(): void }>()
  /** Whose turn it was, the last one at the end. */
  const served = new Map<number, number>()
  let taken = 0
  let bigTaken = 0
  let turns = 0
  /** How long the last piece of big work worked, its waiting left out. */
  let lastBigMs = 0

  const add = (counts: Map<number, number>, companyId: number, n: number) => {
    const count = (counts.get(companyId) ?? 0) + n
    if (count === 0) counts.delete(companyId)
    else counts.set(companyId, count)
  }
  const othersAreBusy = (companyId: number) => small.size > (small.has(companyId) ? 1 : 0)
  const mayBegin = ({ companyId, size }: Waiting) => taken < places && (inHand.get(companyId) ?? 0) < ofOne && (size === 'small' || bigTaken < bigOnes)

  function next(): void {
    for (;;) {
      let first: Waiting | undefined
      for (const each of waiting) if (mayBegin(each) && (first === undefined || (served.get(each.companyId) ?? 0) < (served.get(first.companyId) ?? 0))) first = each
      if (first === undefined) break
      waiting.splice(waiting.indexOf(first), 1)
      served.set(first.companyId, ++turns)
      taken++
      add(inHand, first.companyId, 1)
      if (first.size === 'big') bigTaken++
      first.begin()
    }
    for (const each of polite) if (!othersAreBusy(each.companyId)) each.wake()
  }

  /** Until no other company has small work, or it was waited for long enough. */
  async function letOthersGo(companyId: number, mostMs: number): Promise<void> {
    if (!othersAreBusy(companyId)) return
    const over = new AbortController()
    const one = { companyId, wake: () => over.abort() }
    polite.add(one)
    await clock.sleep(Math.min(LONGEST_WAIT_MS, Math.max(SHORTEST_WAIT_MS, mostMs)), over.signal)
    polite.delete(one)
  }

  return {
    async enter(companyId, size) {
      if (size === 'small') add(small, companyId, 1)
      await new Promise<void>((begin) => {
        waiting.push({ companyId, size, begin })
        next()
      })
      let counted = size === 'small'
      const countNoMore = () => {
        if (counted) add(small, companyId, -1)
        counted = false
      }
      if (size === 'big') await letOthersGo(companyId, BEFORE_TIMES * lastBigMs)
      let part = stopwatch()
      let workedMs = 0
      return {
        async giveWay() {
          const partMs = part()
          workedMs += partMs
          countNoMore()
          next()
          await letOthersGo(companyId, BETWEEN_TIMES * partMs)
          part = stopwatch()
        },
        leave() {
          countNoMore()
          if (size === 'big') {
            lastBigMs = workedMs + part()
            bigTaken--
          }
          taken--
          add(inHand, companyId, -1)
          next()
        },
      }
    },
  }
}
