/** What one snapshot changes, given what stands posted of the order: movements, and what we may still believe of the shop (R1-R3, R9). Pure. */
import type { CountsWhen, ListenerManners, LostPolicy } from '../listeners/listener.ts'
import { type CountedPieces, uncounted } from './counted.ts'
import { type Fact, factDifference, factsOf, type LossState, lossStateOf, type PostedFact } from './facts.ts'
import type { Snapshot } from './order.ts'
import { bucketsOf, cellKey, type Ground, homesOf, type Piece, piecesOf } from './pieces.ts'
import { remoteEffectOf } from './remote-effect.ts'
import { difference, elsewhereOf, type PerCell, reservedOf, unroutedOf } from './reserved.ts'
import { type Echoes, echoesOf, type ShippedHere, withLocations, withShippedHere } from './shipped-here.ts'
import { datedAs, type Times } from './times.ts'

/** What stands posted of an order; stored beside its snapshot. */
export interface Effects {
  facts: Record<string, PostedFact>
  /** Per "article:location". */
  reserved: PerCell
  remote: PerCell
  /** Per article. */
  unrouted: PerCell
  provisional: PerCell
  /** Per place of theirs that is none of ours: pieces that ship or shipped from there. */
  elsewhere: PerCell
  /** Every article the last snapshot named. */
  articles: number[]
  /** Articles with pieces whose place nobody had said: the next snapshot that says it is doubtful too. */
  placeless: number[]
  homes: Record<string, string>
  /** When shipments were first seen that the remote gives no time of. Absent in what was stored before there were any. */
  times?: Times
  /** What the shop told of what left from here. Absent where nothing did. */
  echoes?: Echoes
  /** Which rule `remote` was reckoned by; null = nothing was. Under another one the difference says nothing. */
  rule: string | null
}
export const noEffects: Effects = { facts: {}, reserved: {}, remote: {}, unrouted: {}, provisional: {}, elsewhere: {}, articles: [], placeless: [], homes: {}, rule: null }

export interface Rules extends Pick<ListenerManners, 'compares' | 'lowersItself' | 'restores'> {
  ruleKnown: boolean
  policy: LostPolicy
  countsWhen: CountsWhen
  /** What happened before is baseline. */
  since: Date | null
  lossStates: Readonly<Record<string, LossState>>
  /** Articles of which nothing may be believed after this, whatever the order says: just got their number, or their place was mapped anew. */
  doubtArticles: ReadonlySet<number>
  /** First seen, and older than the baseline: what the shop took for it came before anything we looked at. */
  late: boolean
  /** The connection is over, or the order was deleted: whatever is decided of it, it holds nothing any more. */
  over: boolean
  counted: CountedPieces
  /** What left from here on our own word. */
  here: readonly ShippedHere[]
}

export interface Change {
  /** The order with what left from here: what its page and lists say. */
  now: Snapshot
  effects: Effects
  facts: (Fact & { version: number; back: boolean })[]
  reserved: PerCell
  /** What the shop took since the last snapshot, per cell. */
  seen: PerCell
  /** Articles named now or before: each of their cells hears of it (R17b). */
  articles: number[]
  doubtArticles: Set<number>
  doubtCells: Set<string>
  losses: { key: string; articleId: number; locationId: number; quantity: number; at: string; state: LossState }[]
  /** Open pieces nobody has placed: to be asked again. */
  askRouting: boolean
}

export function changeOf(shown: Snapshot, ground: Omit<Ground, 'homes'>, before: Effects, rules: Rules): Change {
  const { order, times } = datedAs(shown, before.times ?? {}, rules.late)
  const homes = homesOf(order, before.homes)
  // What the shop did to its own number follows from what it says alone.
  const pieces = piecesOf(order, { ...ground, homes })
  const echoes = echoesOf(order, rules.here, before.echoes ?? {})
  const now = withShippedHere(order, rules.here, echoes, ground.places)
  const ours = uncounted(piecesOf(now, { ...ground, places: withLocations(ground.places, rules.here), homes }), rules.counted)
  // An order that doesn't count yet holds nothing and loses nothing; what left the shelf for it has left all the same.
  const counts = rules.countsWhen === 'placed' || order.paid
  const moved = counts ? ours : ours.filter((piece) => piece.bucket !== 'lost')
  const facts = factDifference(before.facts, factsOf(moved, rules))
  const held = rules.over || !counts ? [] : ours
  const reserved = reservedOf(held)
  const remote = remoteEffectOf(pieces, order.paid, rules)
  // A shelf doesn't move when an order is placed: where its pieces will leave from is no question yet.
  const shelf = rules.lowersItself === 'shipped'
  // Where the shop took the pieces is a question also of an order that doesn't count here yet (R6).
  const waiting = (some: Piece[]) => (shelf || rules.over ? { unrouted: {}, provisional: {} } : unroutedOf(some))
  const { unrouted } = waiting(pieces)
  const { provisional } = waiting(counts ? ours : [])
  const named = [...new Set(ground.articles.values())].sort((a, b) => a - b)
  const articles = [...new Set([...named, ...before.articles])].sort((a, b) => a - b)
  const unsaid = order.routing === 'unknown'
  const placeless = [...new Set(pieces.filter((p) => (shelf ? isDoubtfulOnShelf(p) : isPlaceless(p, unsaid, rules.restores === true))).map((p) => p.articleId))]
  const rule = `${rules.lowersItself}:${rules.restores}`
  const ruleChanged = before.rule !== null && before.rule !== rule
  const effects: Effects = {
    ...{ facts: facts.posted, reserved, remote, unrouted, provisional, elsewhere: elsewhereOf(held), articles: named, placeless, homes, times, rule },
    ...(rules.here.length === 0 ? {} : { echoes }),
  }
  const change = { now, effects, facts: facts.post, reserved: difference(reserved, before.reserved), seen: difference(remote, before.remote), articles }
  const doubtArticles = new Set(
    order.doubtful || rules.late || ruleChanged ? articles : [...placeless, ...before.placeless, ...articles.filter((id) => rules.doubtArticles.has(id))],
  )
  const guessing = !rules.compares || !rules.ruleKnown
  const doubtCells = new Set(guessing ? [...touchedCells(before), ...touchedCells(effects)] : [])
  const askRouting = !rules.over && (Object.keys(unrouted).length > 0 || (unsaid && order.lines.some((line) => bucketsOf(order, line.lineRef).open > 0)))
  return { ...change, doubtArticles, doubtCells, losses: lossesOf(moved, rules, before), askRouting }
}

/** Whether the shop may have moved its number somewhere else than where the piece counts here. */
function isPlaceless(piece: Piece, unsaid: boolean, restores: boolean): boolean {
  if (piece.bucket === 'open') return unsaid || piece.spot.kind === 'unsaid'
  if (piece.bucket === 'kept' || (piece.bucket === 'restocked' && restores)) return false
  return piece.spot.kind === 'unsaid'
}

function isDoubtfulOnShelf(piece: Piece): boolean {
  return piece.bucket === 'lost' || ((piece.bucket === 'shipped' || piece.bucket === 'returned') && piece.spot.kind === 'unsaid')
}

function touchedCells(effects: Effects): string[] {
  return [...Object.keys(effects.reserved), ...Object.keys(effects.remote), ...Object.values(effects.facts).map((f) => cellKey(f.articleId, f.locationId))]
}

function lossesOf(pieces: readonly Piece[], rules: Rules, before: Effects): Change['losses'] {
  const losses = new Map<string, Change['losses'][number]>()
  const stateOfLoss = (key: string): LossState => rules.lossStates[key] ?? lossStateOf(rules.policy)
  // One that vanished (an un-cancelled order) is worth nothing any more.
  for (const [key, { kind, articleId, locationId, at }] of Object.entries(before.facts))
    if (kind === 'web-loss') losses.set(key, { key, articleId, locationId, quantity: 0, at, state: stateOfLoss(key) })
  // What a loss is worth on our shelf is asked with nothing decided; what was decided stands beside it.
  for (const fact of factsOf(pieces, { ...rules, lossStates: {}, policy: 'write-off' })) {
    if (fact.kind !== 'web-loss') continue
    losses.set(fact.key, {
      key: fact.key,
      articleId: fact.articleId,
      locationId: fact.locationId,
      quantity: -fact.onHand,
      at: fact.at,
      state: stateOfLoss(fact.key),
    })
  }
  return [...losses.values()]
}

/** The word a shopkeeper would use. */
export function stateOf(order: Snapshot): 'open' | 'shipped' | 'cancelled' | 'done' {
  const buckets = order.lines.map((line) => bucketsOf(order, line.lineRef))
  if (buckets.some((b) => b.open > 0)) return 'open'
  if (buckets.some((b) => b.shipped > 0)) return 'shipped'
  return order.cancelledAt === null ? 'done' : 'cancelled'
}
