/** What one turn works with: the opened line, the fence, and the remote's manners as the rules ask for them. */
import type { Rules } from '../core/told/row.ts'
import type { SyncDeps } from './deps.ts'
import type { Line } from './line.ts'
import type { Turn } from './turn.ts'

export interface Work {
  deps: SyncDeps
  line: Line
  turn: Turn
  rules: Rules
  /** What a failure now would be a failure of. */
  doing: 'read' | 'write'
}

export const rulesOf = ({ listener }: Line): Rules => ({
  compares: listener.compares,
  ruleKnown: listener.ruleKnown,
  keyMs: listener.keyMs,
  adjusts: listener.adjusts,
  feedLagMs: listener.feedLagMs,
  maxFlightMs: listener.maxFlightMs,
  resendPending: listener.resendPending,
})
