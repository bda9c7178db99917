/** What can be put back of each of these rows, as everything stands at this moment. */
import type { Tx } from '../../db/open.ts'
import { must } from '../../kit/assert.ts'
import type { BulkChangeRow } from './bulk.sql.ts'
import type { ArticleNow } from './facts.sql.ts'
import type { Judged } from './judge.ts'
import { judgeUndo } from './judge-undo.ts'
import { didOf } from './undo.sql.ts'

export type Judge = (now: ArticleNow, n: number) => Judged

export async function undoJudge(tx: Tx, { ofId, locationId }: Pick<BulkChangeRow, 'ofId' | 'locationId'>, ns: number[]): Promise<Judge> {
  const did = new Map((await didOf(tx, must(ofId, 'what is undone'), locationId, ns)).map((row) => [row.n, row]))
  return (now, n) => judgeUndo(now, must(did.get(n), 'what was done'))
}
