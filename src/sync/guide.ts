/** The guide's ticks: computed from what the remote answered and what stands in the database, never from a press of Next. Pure. */
import type { GuideStep, Health, Subscribed } from '../connectors/contract.ts'
import type { ListenerRow } from '../core/listeners/listener.ts'

export type Tick = GuideStep['doneWhen'][number]
export interface Standing {
  listener: Pick<ListenerRow, 'state' | 'health' | 'subscribed' | 'manyPlaces'>
  places: number
  links: { state: 'looking' | 'matched' | 'moved' | 'missing' | 'ambiguous'; n: number }[]
  /** It has called us with the code. */
  called: boolean
  /** Everything a master has was read once. */
  fetched: boolean
}

/** Which facts hold. */
export function ticksOf({ listener, places, links, called, fetched }: Standing): Set<Tick> {
  const health = listener.health as Health | null
  const subscribed = listener.subscribed as Subscribed | null
  const count = (state: Standing['links'][number]['state']) => links.find((link) => link.state === state)?.n ?? 0
  const ticks = new Set<Tick>()
  if (health !== null) ticks.add('credentials')
  if (health?.rights.every((right) => right.granted || !right.needed)) ticks.add('rights')
  if (places === 1 || (places > 1 && listener.manyPlaces)) ticks.add('places')
  if (listener.state === 'active') ticks.add('active')
  // A topic the shop doesn't grant is an extra; what is needed is a right and was asked for there. One it hasn't is made up for by asking.
  const topics = subscribed?.topics ?? []
  if (topics.some((topic) => topic.state !== 'not-granted') && !topics.some((topic) => topic.state === 'foreign')) ticks.add('subscribed')
  if (count('matched') > 0 && count('looking') === 0) ticks.add('matched')
  if (called) ticks.add('called')
  if (fetched) ticks.add('fetched')
  return ticks
}

/** Each step with the facts that don't hold yet. */
export function guideOf(guide: readonly GuideStep[], standing: Standing): { code: string; done: boolean; missing: Tick[] }[] {
  const ticks = ticksOf(standing)
  return guide.map((step) => {
    const missing = step.doneWhen.filter((tick) => !ticks.has(tick))
    return { code: step.code, done: missing.length === 0, missing }
  })
}
