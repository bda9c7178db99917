/** What waits for a person, over HTTP. */
import { attentionItems } from '../../core/notices/attention.sql.ts'
import { attention as waiting } from '../../core/notices/attention.ts'
import { causeMeans, causeWords } from '../../core/notices/cause-words.ts'
import type { Tx } from '../../db/open.ts'
import { CAUSES } from '../contract/attention.ts'
import type { Answered } from '../contract/routes.ts'
import type { Locale } from '../contract/shared.ts'
import { causeAfter, cursorOf, pageOf } from '../cursors.ts'
import { type Handlers, inCompany } from '../handlers.ts'

export const attention: Pick<Handlers, Extract<keyof Handlers, `attention.${string}`>> = {
  'attention.show': inCompany(async (tx, { by, locale }) => ({ groups: await groupsShown(tx, by.now, locale) })),
  'attention.items': inCompany(async (tx, { query, by }) => {
    const { cause = null, connectionId, viewId, limit } = query
    const rows = await attentionItems(tx, { now: by.now, cause, listenerId: connectionId ?? viewId ?? null, after: causeAfter(query.cursor), limit: limit + 1 })
    return pageOf(
      rows,
      limit,
      (row) => cursorOf(row.cause, row.listenerId ?? 0, row.id),
      (row) => row,
    )
  }),
}

export async function groupsShown(tx: Tx, now: Date, locale: Locale): Promise<Answered<'attention.show'>['groups']> {
  return (await waiting(tx, now)).map(({ cause, listenerId, listener, count, since, sample }) => {
    const [urgency, action] = CAUSES[cause]
    return {
      ...{ cause, count, since, urgency, action, sample },
      listener: listenerId === null || listener === null ? null : { id: listenerId, ...listener },
      title: causeWords(locale, cause, count, listener?.name ?? null),
      means: causeMeans(locale, cause),
    }
  })
}
