/** One line of the answer to "why isn't it in sync?". */
import { meaningOf, type SyncCode } from '../contract/article-sync.ts'
import type { Answered } from '../contract/routes.ts'

export type Line = Answered<'articles.sync'>['lines'][number]
/** Who is told. */
export type Of = Pick<Line, 'listenerId' | 'name' | 'role'>
export type Rest = Partial<Pick<Line, 'about' | 'locationId' | 'facts' | 'since' | 'said'>>

/** A line of whoever `of` is; the code says what is to be done. */
export function line(of: Of, code: SyncCode, rest: Rest = {}): Line {
  const reason = rest.facts?.reason
  return {
    ...of,
    about: 'connection',
    locationId: null,
    code,
    facts: {},
    since: null,
    said: null,
    ...rest,
    ...meaningOf(code, of.role, reason === undefined ? null : String(reason)),
  }
}
