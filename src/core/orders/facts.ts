/** R1: what physically happened, one fact per shipment line, return line and lost line, each with its own time. Pure. */
import type { LostPolicy } from '../listeners/listener.ts'
import type { Piece } from './pieces.ts'

export interface Fact {
  /** The remote's id of the shipment or withdrawal, and the line. */
  key: string
  kind: 'web-ship' | 'web-return' | 'web-loss'
  articleId: number
  locationId: number
  /** What it does to on hand; 0 = goods lost for the shop but back on our shelf. */
  onHand: number
  at: string
}
/** How it stands with goods that were cancelled unshipped and not put back. */
export type LossState = 'written-off' | 'put-back' | 'asked'

export const lossStateOf = (policy: LostPolicy): LossState => (policy === 'write-off' ? 'written-off' : policy === 'put-back' ? 'put-back' : 'asked')

/**
 * `lossStates`: what was decided of each loss; a new one gets the connection's policy. Until a person has answered, the goods are as good as gone.
 * `since`: what happened before is baseline and no fact of ours.
 */
export function factsOf(pieces: readonly Piece[], rules: { lossStates: Readonly<Record<string, LossState>>; policy: LostPolicy; since: Date | null }): Fact[] {
  const facts = new Map<string, Fact>()
  for (const piece of pieces) {
    const sort = sortOf(piece.bucket)
    if (sort === null || piece.event === null || piece.spot.kind === 'elsewhere') continue
    if (rules.since !== null && Date.parse(piece.event.at) < rules.since.getTime()) continue
    const key = `${sort.word}:${piece.event.ref}:${piece.lineRef}`
    const state = rules.lossStates[key] ?? lossStateOf(rules.policy)
    const onHand = sort.kind === 'web-loss' && state === 'put-back' ? 0 : sort.sign * piece.quantity
    const standing = facts.get(key)
    if (standing) standing.onHand += onHand
    else facts.set(key, { key, kind: sort.kind, articleId: piece.articleId, locationId: piece.spot.locationId, onHand, at: piece.event.at })
  }
  return [...facts.values()]
}

function sortOf(bucket: Piece['bucket']): { word: string; kind: Fact['kind']; sign: 1 | -1 } | null {
  if (bucket === 'shipped') return { word: 'ship', kind: 'web-ship', sign: -1 }
  if (bucket === 'returned') return { word: 'return', kind: 'web-return', sign: 1 }
  if (bucket === 'lost') return { word: 'loss', kind: 'web-loss', sign: -1 }
  return null
}

/** A fact as it stands posted. `version` rises each time it had to be posted anew; a vanished one stays here with `onHand` 0. */
export interface PostedFact extends Omit<Fact, 'key'> {
  version: number
}

/** What must be posted so that `now` stands: changed and vanished facts go back with the very time they were posted with, so that counts in between still hold (V12). */
export function factDifference(
  posted: Readonly<Record<string, PostedFact>>,
  now: readonly Fact[],
): { post: (Fact & { version: number; back: boolean })[]; posted: Record<string, PostedFact> } {
  const post: (Fact & { version: number; back: boolean })[] = []
  const after: Record<string, PostedFact> = { ...posted }
  const seen = new Set<string>()
  const takeBack = (key: string, old: PostedFact) => {
    if (old.onHand !== 0) post.push({ ...old, key, onHand: -old.onHand, back: true })
  }
  for (const fact of now) {
    seen.add(fact.key)
    const old = posted[fact.key]
    if (
      old &&
      old.onHand === fact.onHand &&
      (fact.onHand === 0 || (old.articleId === fact.articleId && old.locationId === fact.locationId && Date.parse(old.at) === Date.parse(fact.at)))
    )
      continue
    if (old) takeBack(fact.key, old)
    const version = (old?.version ?? 0) + 1
    if (fact.onHand !== 0) post.push({ ...fact, version, back: false })
    const { key, ...rest } = fact
    after[key] = { ...rest, version }
  }
  for (const [key, old] of Object.entries(posted)) {
    if (seen.has(key) || old.onHand === 0) continue
    takeBack(key, old)
    after[key] = { ...old, onHand: 0 }
  }
  return { post, posted: after }
}
