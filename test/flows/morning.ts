/** A company whose mail goes to a server on this machine: what waits for it, as the list says it and as the letter of the morning after does. */
import { expect } from 'vitest'
import { type MailSim, startMail } from '../../sim/mail/mail.ts'
import { causeMeans, causeWords } from '../../src/core/notices/cause-words.ts'
import { must } from '../../src/kit/assert.ts'
import { openPost } from '../../src/kit/mail.ts'
import { tellByMail } from '../../src/sync/send-letters.ts'
import type { AttentionAction, Cause } from '../../src/web/contract/attention.ts'
import type { Answer } from '../../src/web/contract/routes.ts'
import type { Someone, Web } from './web.ts'

const MINUTE_MS = 60_000
/** Longer than a night, whenever it began. */
const MOST_MINUTES = 25 * 60
type Group = Answer<'attention.show'>['groups'][number]

export interface Morning {
  post: MailSim
  /** Of each cause how many wait now. */
  counts(): Promise<Record<string, number>>
  /** One cause, as the list and its own page have it, and as the next morning's letter says it. `meanwhile` = what goes on every five minutes of the night. */
  says(cause: Cause, count: number, action: AttentionAction, meanwhile?: () => Promise<unknown>): Promise<Group & { items: Answer<'attention.items'>['items'] }>
  close(): Promise<void>
}

export async function morningOf(web: Web, owner: Someone & { companyId: number }): Promise<Morning> {
  const post = await startMail()
  web.deps.post = openPost({ allowLoopback: true })
  const server = { host: '127.0.0.1', port: post.port, security: 'none', sender: 'lager@example.com', recipients: ['anna@example.com'], locale: 'sv', digest: true }
  await owner.does('mail.set', { body: server })
  await owner.does('mail.test', { body: {} })
  const groups = async () => (await owner.does('attention.show')).groups
  return {
    post,
    close: () => post.close(),
    counts: async () => Object.fromEntries((await groups()).map(({ cause, count }) => [cause, count])),
    async says(cause, count, action, meanwhile) {
      const group = must(
        (await groups()).find((each) => each.cause === cause),
        `${cause} in the list`,
      )
      expect([group.count, group.action]).toEqual([count, action])
      const { items } = await owner.does('attention.items', { query: { cause } })
      expect(items).toHaveLength(count)
      post.taken.length = 0
      const stepMinutes = meanwhile === undefined ? 60 : 5
      for (let minute = 0; minute < MOST_MINUTES && post.taken.length === 0; minute += stepMinutes) {
        web.clock.advance(stepMinutes * MINUTE_MS)
        await meanwhile?.()
        await tellByMail(web.deps, owner.companyId)
      }
      const letter = post.taken.map(({ text }) => text).join()
      for (const words of [causeWords('sv', cause, count, group.listener?.name ?? null), causeMeans('sv', cause)]) expect(letter).toContain(words)
      return { ...group, items }
    },
  }
}
