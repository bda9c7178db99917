/** A company whose articles are changed many at a time; the worker's chore is run by hand. */
import { goOnWithBulk } from '../../src/core/bulk/go-on.ts'
import { chores } from '../../src/sync/chores.ts'
import type { Answer, Body } from '../../src/web/contract/routes.ts'
import { type Owner, openWeb, type Web } from './web.ts'

type Article = Answer<'articles.show'>
export interface BulkStand {
  web: Web
  owner: Owner
  /** By number. */
  ids: Record<string, number>
  make(form: Body<'articles.make'>): Promise<number>
  idOf(number: string): Promise<number>
  /** Everything a bulk change can change, by number. */
  state(): Promise<Record<string, Omit<Article, 'changedAt' | 'formerNumbers' | 'masters'>>>
  /** A file handed in; text goes as UTF-8. */
  file(content: string | Buffer, name?: string): Promise<Answer<'bulk.show'>>
  /** The chore, until nothing waits. */
  work(): Promise<void>
  /** One part of what waits. */
  step(): Promise<boolean>
  judged(bulkId: number): Promise<Answer<'bulk.show'>>
  /** Judged, started, and carried out. */
  done(bulkId: number): Promise<Answer<'bulk.show'>>
  rows(bulkId: number, query?: Record<string, string>): Promise<Answer<'bulk.rows'>['items']>
  close(): Promise<void>
}

/** `there` = a company that is open already. */
export async function bulkStand(there?: { web: Web; owner: Owner }): Promise<BulkStand> {
  const web = there?.web ?? (await openWeb())
  const owner = there?.owner ?? (await web.owner())
  const ids: Record<string, number> = {}
  const work = async () =>
    void (await chores(web.deps)
      .find((chore) => chore.name === 'bulk')
      ?.run(owner.companyId))
  const show = (bulkId: number) => owner.does('bulk.show', { params: { bulkId } })
  const judged = async (bulkId: number) => {
    await work()
    return show(bulkId)
  }
  return {
    web,
    owner,
    ids,
    work,
    step: () => goOnWithBulk({ db: web.deps.db, log: web.deps.log, now: () => web.clock.now() }, owner.companyId),
    judged,
    async make(form) {
      const { id } = await owner.does('articles.make', { body: form })
      ids[form.number] = id
      return id
    },
    idOf: async (number) => (await owner.does('articles.list', { query: { number } })).items[0]?.id ?? 0,
    async state() {
      const all = await Promise.all(['false', 'true'].map(async (archived) => (await owner.does('articles.list', { query: { archived, limit: 200 } })).items))
      return Object.fromEntries(all.flat().map(({ changedAt: _, ...article }) => [article.number, article]))
    },
    file: (content, name = 'varor.csv') => owner.does('bulk.file', { query: { name }, body: Buffer.from(content), headers: { 'content-type': 'text/csv' } }),
    async done(bulkId) {
      await work()
      web.clock.advance(1_000)
      await owner.does('bulk.start', { params: { bulkId }, body: {} })
      return judged(bulkId)
    },
    rows: async (bulkId, query = {}) => (await owner.does('bulk.rows', { params: { bulkId }, query: { limit: 500, ...query } })).items,
    close: () => web.close(),
  }
}
