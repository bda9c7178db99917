/** How far a resend has come, as it is shown. */
import { leftOf, type Resend } from '../../core/views/runs.sql.ts'
import type { ViewRow } from '../../core/views/view.ts'
import type { Tx } from '../../db/open.ts'
import type { Answered } from '../contract/routes.ts'

export async function resendShown(tx: Tx, view: ViewRow, run: Resend): Promise<Answered<'views.run'>> {
  const { left, rejected } = await leftOf(tx, view.id, run.id)
  const toGo = run.endedAt === null ? Math.max(run.expected - run.marked, 0) + left : 0
  return {
    id: run.id,
    mode: run.mode,
    state: run.state,
    expected: run.expected,
    queued: run.marked,
    acked: run.marked - left - rejected,
    rejected,
    startedAt: run.startedAt,
    endedAt: run.endedAt,
    minutesLeft: run.endedAt !== null || view.ratePerMin === null ? null : toGo / view.ratePerMin,
  }
}
