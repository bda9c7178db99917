/** What waits for a person, the most urgent first. */
import type { Tx } from '../../db/open.ts'
import { type AttentionGroup, attentionGroups } from './attention.sql.ts'
import { CAUSES } from './causes.ts'

/** Of each cause the first are named. */
const SAMPLED = 3

export async function attention(tx: Tx, now: Date): Promise<AttentionGroup[]> {
  const groups = await attentionGroups(tx, now, SAMPLED)
  const rank = new Map<string, number>(CAUSES.map((cause, n) => [cause, n]))
  const rankOf = ({ cause }: AttentionGroup) => rank.get(cause) ?? 0
  return groups.sort((a, b) => rankOf(a) - rankOf(b) || (a.listenerId ?? 0) - (b.listenerId ?? 0))
}
