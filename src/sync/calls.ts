/** The journal of remote calls: what was asked and answered, redacted before it is written, and never in the way of the call. */
import type { Tools } from '../connectors/contract.ts'
import { stopwatch } from '../kit/clock.ts'
import { type CallRow, insertCalls } from './calls.sql.ts'
import type { SyncDeps } from './deps.ts'
import { redactBody, redactHeaders, redactUrl } from './redact.ts'

interface Journal {
  waiting: Map<number, CallRow[]>
  writing: Promise<void> | null
}
const journals = new WeakMap<SyncDeps['db'], Journal>()

/** The connector's door out. A call is journaled after it was answered, behind its back: a push never waits for the journal. */
export function journaled(deps: SyncDeps, companyId: number, listenerId: number, secrets: Iterable<string>): Tools['http'] {
  return async (url, init) => {
    const at = deps.clock.now()
    const took = stopwatch()
    const request = { method: init.method, url: redactUrl(url, secrets), headers: redactHeaders(init.headers), body: redactBody(init.body, secrets) }
    const note = (rest: Pick<CallRow, 'status' | 'problem' | 'response'>) =>
      journal(deps, companyId, { listenerId, direction: 'out', label: init.label, at, durationMs: Math.round(took()), request: JSON.stringify(request), ...rest })
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

/** Resolves when everything journaled so far is written; a stop waits for it. */
export async function journalSettled(deps: Pick<SyncDeps, 'db'>): Promise<void> {
  for (let writing = journals.get(deps.db)?.writing; writing; writing = journals.get(deps.db)?.writing) await writing
}

function journal(deps: SyncDeps, companyId: number, row: CallRow): void {
  const book = journals.get(deps.db) ?? { waiting: new Map<number, CallRow[]>(), writing: null }
  journals.set(deps.db, book)
  const rows = book.waiting.get(companyId) ?? []
  book.waiting.set(companyId, rows)
  rows.push(row)
  book.writing ??= write(deps, book).finally(() => {
    book.writing = null
  })
}

async function write(deps: SyncDeps, book: Journal): Promise<void> {
  await Promise.resolve()
  while (book.waiting.size > 0) {
    const all = [...book.waiting]
    book.waiting.clear()
    for (const [companyId, rows] of all) {
      try {
        await deps.db.inCompany(companyId, (tx) => insertCalls(tx, rows))
      } catch (error) {
        // A journal that can't be written must not stop the shop.
        deps.log.warn({ company: companyId, lost: rows.length, problem: problemOf(error) }, 'calls could not be journaled')
      }
    }
  }
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
