/**
 * Sends "there are changes to read" to the readers that asked for it (Standard Webhooks). Merged: at most one message in a few seconds per view, and
 * only while something is unread. What can't be delivered is tried again over a week, then paused and never deleted: polling goes on without it.
 */
import { randomUUID } from 'node:crypto'
import { Refusal } from '../core/refusal.ts'
import { headOf } from '../core/views/views.sql.ts'
import { type Claimed, claimDue, endTrouble, saveArrived, saveFailed } from '../core/views/webhook.sql.ts'
import { type Webhook, webhookSettings } from '../core/views/webhook.ts'
import { HttpFailed } from '../kit/http.ts'
import { signedHeaders } from '../kit/webhook-signature.ts'
import type { SyncDeps } from './deps.ts'

const SECOND_MS = 1_000
const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
const TIMEOUT_MS = 15 * SECOND_MS
const HELD_MS = 2 * TIMEOUT_MS
/** Between two messages of one view. */
const QUIET_MS = 5 * SECOND_MS
/** After each failure in a row, as Standard Webhooks suggests; the last one again and again. */
const RETRIES_MS = [5 * SECOND_MS, 5 * MINUTE_MS, 30 * MINUTE_MS, 2 * HOUR_MS, 5 * HOUR_MS, 10 * HOUR_MS, 14 * HOUR_MS, 20 * HOUR_MS, 24 * HOUR_MS]
const LONGEST_MS = 24 * HOUR_MS
const GIVE_UP_MS = 7 * 24 * HOUR_MS
/** "This is no longer here": the other side asks to be left alone. */
const GONE = 410

type Deps = Pick<SyncDeps, 'db' | 'clock' | 'http' | 'box' | 'log'>

export interface Outcome {
  delivered: boolean
  /** Null = no answer came. A redirect is a failure: it is never followed. */
  status: number | null
  /** Of no answer: what the call died of (kit/http). */
  error: string | null
}

/** One company's messages that are due now; other processes' are left to them. */
export async function sendDue(deps: Deps, companyId: number): Promise<void> {
  const { now, in: later } = times(deps)
  const due = await deps.db.inCompany(companyId, (tx) =>
    claimDue(tx, { now, until: later(HELD_MS), never: later(10 * MINUTE_MS), quiet: later(-QUIET_MS), longest: later(LONGEST_MS) }, `msg_${randomUUID()}-`),
  )
  await Promise.all(due.map((claimed) => sendOne(deps, companyId, claimed)))
}

async function sendOne(deps: Deps, companyId: number, claimed: Claimed): Promise<void> {
  const webhook = await deps.db.inCompany(companyId, (tx) => webhookSettings(tx, claimed.viewId, deps.box, deps.clock.now()))
  if (webhook === null) return
  const outcome = await send(deps, webhook, claimed.messageId, { type: 'changes.available', view: claimed.viewId, head: claimed.head })
  const { now, in: later } = times(deps)
  await deps.db.inCompany(companyId, async (tx) => {
    if (outcome.delivered) await saveArrived(tx, claimed, outcome.status ?? 0)
    else {
      const since = claimed.failingSince === null || claimed.failingSince > now ? now : claimed.failingSince
      const paused = outcome.status === GONE || now.getTime() - since.getTime() >= GIVE_UP_MS
      const nextTryAt = paused ? null : later(RETRIES_MS[claimed.failures] ?? LONGEST_MS)
      await saveFailed(tx, claimed, { paused, since, nextTryAt, status: outcome.status, error: outcome.error })
    }
    tx.show(claimed.viewId)
  })
  if (!outcome.delivered) deps.log.warn({ company: companyId, view: claimed.viewId, status: outcome.status, error: outcome.error }, 'a webhook did not arrive')
}

/** At once, whatever is due: a test, or the latest message again. What arrives ends a pause. Throws {Refusal} not-found, no-webhook. */
export async function sendByHand(deps: Deps, companyId: number, viewId: number, type: 'test' | 'changes.available'): Promise<Outcome> {
  const { webhook, head } = await deps.db.inCompany(companyId, async (tx) => ({ webhook: await webhookSettings(tx, viewId, deps.box, deps.clock.now()), head: await headOf(tx) }))
  if (webhook === null) throw new Refusal('no-webhook')
  const outcome = await send(deps, webhook, `msg_${randomUUID()}`, { type, view: viewId, head })
  if (outcome.delivered)
    await deps.db.inCompany(companyId, async (tx) => {
      await endTrouble(tx, viewId, outcome.status ?? 0)
      tx.show(viewId)
    })
  return outcome
}

async function send(deps: Deps, webhook: Webhook, id: string, message: { type: string; view: number; head: number }): Promise<Outcome> {
  const body = JSON.stringify(message)
  const headers = { 'content-type': 'application/json', 'user-agent': 'Lagerbro', ...signedHeaders(webhook.secrets, { id, at: deps.clock.now(), body }) }
  try {
    const { status } = await deps.http(webhook.url, { method: 'POST', headers, body, timeoutMs: TIMEOUT_MS })
    return { delivered: status >= 200 && status < 300, status, error: null }
  } catch (error) {
    if (!(error instanceof HttpFailed)) throw error
    return { delivered: false, status: null, error: error.because ?? error.kind }
  }
}

function times(deps: Pick<SyncDeps, 'clock'>) {
  const now = deps.clock.now()
  return { now, in: (ms: number) => new Date(now.getTime() + ms) }
}
