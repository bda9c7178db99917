/**
 * Keeps our questions inside the budget that e-conomic says with every answer, failures too, and never inside a number of our own. Live work may use all of it;
 * backfill leaves a fifth, so that a sale's look never stands behind a first sync.
 */

/** `used` of `most` points in a window of so many seconds. */
export interface Budget {
  used: number
  most: number
  seconds: number
}
const LEFT_FOR_LIVE = 0.2
/** What a call cost before any has answered. */
const FIRST_COST = 3

export interface Pacing {
  /** How long a call must wait; 0 when it may go. */
  take(live: boolean, now: Date): number
  learn(headers: Record<string, string>, now: Date): void
  known(): { left: number; most: number; perSecond: number } | null
}

/** `token-limit-10000-per-60-seconds: 147/10000`; null when it is said in another way. */
export function readBudget(text: string | undefined): Budget | null {
  const [, seconds, used, most] = /per-(\d+)-seconds:\s*(\d+)\/(\d+)/.exec(text ?? '') ?? []
  const budget = { used: Number(used), most: Number(most), seconds: Number(seconds) }
  return seconds === undefined || budget.most <= 0 || budget.seconds <= 0 ? null : budget
}

export function pacing(): Pacing {
  let budget: Budget | null = null
  let cost = FIRST_COST
  /** When `used` was true. */
  let at = 0
  const left = ({ used, most, seconds }: Budget, now: Date) => Math.min(most, most - used + (Math.max(0, now.getTime() - at) / 1000) * (most / seconds))
  return {
    take(live, now) {
      if (budget === null) return 0
      const missing = cost + (live ? 0 : budget.most * LEFT_FOR_LIVE) - left(budget, now)
      if (missing > 0) return Math.ceil((Math.min(missing, budget.most) / (budget.most / budget.seconds)) * 1000)
      budget = { ...budget, used: Math.max(0, budget.most - left(budget, now)) + cost }
      at = now.getTime()
      return 0
    },
    learn(headers, now) {
      const said = readBudget(headers['x-ratelimiting'])
      const points = Number(headers['x-callcost'])
      if (Number.isFinite(points) && points > 0) cost = points
      if (said === null) return
      budget = said
      at = now.getTime()
    },
    known: () => (budget === null ? null : { left: Math.max(0, budget.most - budget.used), most: budget.most, perSecond: budget.most / budget.seconds }),
  }
}
