/** The journal of remote calls: what was asked and answered, redacted before it is written, and never in the way of the call. */
import type { Tools } from '../connectors/contract.ts'
import type { Tx } from '../db/open.ts'
import { stopwatch } from '../kit/clock.ts'
import { type CallRow, insertCalls } from './calls.sql.ts'
import type { SyncDeps } from './deps.ts'
import { addTallies, type PulseRow, savePulse, type TallyRow } from './measure.sql.ts'
import { redactBody, redactHeaders, redactUrl } from './redact.ts'

/** What is written behind the work's back, by company. */
interface Notes {
  calls: CallRow[]
  tallies: TallyRow[]
  pulses: Map<number, PulseRow>
}
interface Journal {
  waiting: Map<number, Notes>
  writing: Promise<void> | null
}
const journals = new WeakMap<SyncDeps['db'], Journal>()

/** The connector's door out. A call is journaled after it was answered, behind its back: a push never waits for the journal. */
export function journaled(deps: SyncDeps, companyId: number, listenerId: number, secrets: Iterable<string>): Tools['http'] {
  return async (url, init) => {
    const at = deps.clock.now()
    const took = stopwatch()
    const request = { method: init.method, url: redactUrl(url, secrets), headers: redactHeaders(init.headers), body: bodyShown(init.body, secrets) }
    const note = (rest: Pick<CallRow, 'status' | 'problem' | 'response'>) =>
      journal(deps, companyId, { call: { listenerId, direction: 'out', label: init.label, at, durationMs: Math.round(took()), request: JSON.stringify(request), ...rest } })
    try {
      const answer = await deps.http(url, { method: init.method, headers: init.headers, ...(init.body === undefined ? {} : { body: init.body }), timeoutMs: init.timeoutMs })
      note({ status: answer.status, problem: null, response: JSON.stringify({ headers: redactHeaders(answer.headers), body: redactBody(answer.body, secrets) }) })
      return answer
    } catch (error) {
      note({ status: null, problem: problemOf(error), response: null })
      throw error
    }
  }
}

/** A file that is sent is told by its size alone. */
const bodyShown = (body: string | Uint8Array | undefined, secrets: Iterable<string>): unknown =>
  body instanceof Uint8Array ? `[a file of ${body.length} bytes kept out]` : redactBody(body, secrets)

/** Resolves when everything journaled so far is written; a stop waits for it. */
export async function journalSettled(deps: Pick<SyncDeps, 'db'>): Promise<void> {
  for (let writing = journals.get(deps.db)?.writing; writing; writing = journals.get(deps.db)?.writing) await writing
}

/** Written soon, many in one transaction; whoever notes something never waits for it. */
export function journal(deps: Pick<SyncDeps, 'db' | 'log'>, companyId: number, note: { call?: CallRow; tallies?: TallyRow[]; pulse?: PulseRow }): void {
  const book = journals.get(deps.db) ?? { waiting: new Map<number, Notes>(), writing: null }
  journals.set(deps.db, book)
  const notes = book.waiting.get(companyId) ?? { calls: [], tallies: [], pulses: new Map<number, PulseRow>() }
  book.waiting.set(companyId, notes)
  if (note.call !== undefined) notes.calls.push(note.call)
  if (note.tallies !== undefined) notes.tallies.push(...note.tallies)
  if (note.pulse !== undefined) notes.pulses.set(note.pulse.listenerId, { ...notes.pulses.get(note.pulse.listenerId), ...note.pulse })
  book.writing ??= write(deps, book).finally(() => {
    book.writing = null
  })
}

async function write(deps: Pick<SyncDeps, 'db' | 'log'>, book: Journal): Promise<void> {
  await Promise.resolve()
  while (book.waiting.size > 0) {
    const all = [...book.waiting]
    book.waiting.clear()
    for (const [companyId, notes] of all) {
      try {
        await deps.db.inCompany(companyId, (tx) => writeNotes(tx, notes))
      } catch (error) {
        // A journal that can't be written must not stop the shop.
        deps.log.warn({ company: companyId, lost: notes.calls.length, problem: problemOf(error) }, 'calls could not be journaled')
      }
    }
  }
}

async function writeNotes(tx: Tx, { calls, tallies, pulses }: Notes): Promise<void> {
  if (calls.length > 0) await insertCalls(tx, calls)
  if (tallies.length > 0) await addTallies(tx, tallies)
  for (const pulse of pulses.values()) await savePulse(tx, pulse)
  for (const listenerId of [...tallies.map((row) => row.listenerId), ...pulses.keys()]) tx.show(listenerId)
}

/** A code for the journal and the log: never a message, which may hold an address with a secret in it. */
export function problemOf(error: unknown): string {
  if (typeof error === 'object' && error !== null) {
    for (const name of ['kind', 'code', 'name'] as const) {
      const value = (error as Record<string, unknown>)[name]
      if (typeof value === 'string') return value.slice(0, 100)
    }
  }
  return 'unknown'
}
