/** Batches: every line is its own transaction with its own outcome, so one bad line never blocks the rest. */
import type { z } from 'zod'
import { Refusal } from '../../core/refusal.ts'
import type { Tx } from '../../db/open.ts'
import type { RouteId } from '../contract/routes.ts'
import type { Problem } from '../contract/shared.ts'
import { problemOf, refusalOf, refusalOfIssues } from '../errors.ts'
import type { Ask } from '../handlers.ts'

export interface Lines<Answer> {
  done: number
  refused: number
  lines: ({ line: number; outcome: 'done'; repeated: boolean; answer: Answer } | { line: number; outcome: 'refused'; problem: Problem })[]
}

export async function eachLine<Form extends z.ZodType, Answer>(
  { deps, locale }: Ask<RouteId>,
  companyId: number,
  lines: unknown[],
  form: Form,
  work: (tx: Tx, line: z.output<Form>) => Promise<Answer>,
): Promise<Lines<Answer>> {
  const made: Lines<Answer> = { done: 0, refused: 0, lines: [] }
  for (const [n, each] of lines.entries()) {
    try {
      const parsed = form.safeParse(each)
      if (!parsed.success) throw refusalOfIssues(parsed.error.issues)
      const answer = await deps.sync.db.inCompany(companyId, (tx) => work(tx, parsed.data))
      made.lines.push({ line: n + 1, outcome: 'done', repeated: (answer as { repeated?: boolean }).repeated === true, answer })
      made.done++
    } catch (error) {
      const refusal = refusalOf(error) ?? new Refusal('our-fault')
      if (refusal.code === 'our-fault')
        deps.sync.log.error({ line: n + 1, name: error instanceof Error ? error.name : 'unknown' }, 'a line of a batch failed through our own fault')
      made.lines.push({ line: n + 1, outcome: 'refused', problem: problemOf(refusal, locale) })
      made.refused++
    }
  }
  return made
}
