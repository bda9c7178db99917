/** Tells once that a link is broken, and once that it works again; neither, where the mail was broken as long. Short troubles pass before anybody has read about them. */
import type { Tx } from '../../db/open.ts'
import type { By } from '../by.ts'
import { type ListenerRow, pausedByAnswer } from '../listeners/listener.ts'
import { livingListeners } from '../listeners/listeners.sql.ts'
import type { LinkFacts } from './letter.ts'
import { deleteBreak, deleteUnsentBreak, insertBreak, insertLetter, mailOf, toldBreaks } from './mail.sql.ts'

/** As long as a page waits before it speaks of it, and ten minutes: a mail lies there when all is well again. */
const WORTH_TELLING_MS = 15 * 60_000

export async function noteBreaks(tx: Tx, by: By): Promise<void> {
  if ((await mailOf(tx)) === null) return
  const told = new Map((await toldBreaks(tx)).map(({ listenerId, since }) => [listenerId, since]))
  for (const listener of await livingListeners(tx)) {
    const broke = brokenSince(listener)
    const since = told.get(listener.id)
    const { code = '', facts: why = {} } = whyOf(listener) ?? {}
    const facts = (at: Date): LinkFacts => ({
      ...{ listenerId: listener.id, name: listener.name, since: at.toISOString(), stands: pausedByAnswer(listener) },
      ...{ connector: listener.code, code, scope: why.scope },
    })
    if (since === undefined) {
      if (broke === null || by.now.getTime() - broke.getTime() < WORTH_TELLING_MS) continue
      if (await insertBreak(tx, listener.id, broke)) await insertLetter(tx, 'broken', facts(broke), by.now)
    } else if (broke === null && (await deleteBreak(tx, listener.id)) && !(await deleteUnsentBreak(tx, listener.id)) && listener.state === 'active')
      await insertLetter(tx, 'recovered', facts(since), by.now)
  }
}

/** Null = it works, or a person has stopped it. */
function brokenSince(listener: ListenerRow): Date | null {
  const since = pausedByAnswer(listener) ? listener.stateWhy?.at : listener.state === 'active' ? listener.trouble?.since : undefined
  return since === undefined ? null : new Date(since)
}

const whyOf = (listener: ListenerRow): { code: string; facts: Record<string, string> } | null => (pausedByAnswer(listener) ? listener.stateWhy : listener.trouble)
