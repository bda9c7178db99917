/** What both sides show: ours from /v1/levels, the shop's from /_sim/state and /_sim/log. */
import { allPages, askSim } from './ask.ts'
import { STORES, type Store } from './catalogue.ts'
import type { Ground } from './promise.ts'

export interface Theirs {
  levels: Record<string, Record<string, { available: number }>>
  scopes: string[]
  hits: Record<string, number>
  hooksWaiting: unknown[]
}
export interface Ours {
  onHand: number
  reserved: number
  available: number
}

export const theirs = (ground: Pick<Ground, 'sim'>): Promise<Theirs> => askSim<Theirs>(ground.sim, 'state')

/** By article number and store; a place nothing was ever booked at is left out. */
export async function ours({ api }: Pick<Ground, 'api'>, number?: string): Promise<Map<string, Ours>> {
  const levels = await allPages((cursor) => api('levels.list', { query: { ...(number === undefined ? {} : { number }), ...(cursor === null ? {} : { cursor }) } }))
  return new Map(
    levels.flatMap(({ articleNumber, locationName, onHand, reserved, available }) =>
      onHand === null || reserved === null || available === null ? [] : [[cell(articleNumber, locationName), { onHand, reserved, available }] as const],
    ),
  )
}

export async function oursAt(ground: Pick<Ground, 'api'>, number: string, store: Store): Promise<Ours> {
  const found = (await ours(ground, number)).get(cell(number, store))
  if (found === undefined) throw new Error(`nothing is known of ${number} at ${store}`)
  return found
}

/** Null when every number the shop shows is ours; else the first few that aren't. */
export async function disagreement(ground: Ground): Promise<string | null> {
  const [mine, shop] = await Promise.all([ours(ground), theirs(ground)])
  const wrong = Object.entries(shop.levels).flatMap(([number, places]) =>
    STORES.flatMap((store) => {
      const [a, b] = [mine.get(cell(number, store))?.available ?? null, places[store]?.available ?? null]
      return a === b ? [] : [`${number} at ${store}: the shop shows ${b}, we have ${a}`]
    }),
  )
  return wrong.length === 0 ? null : `${wrong.length} numbers differ: ${wrong.slice(0, 3).join('; ')}`
}

export const lastRequest = async (ground: Ground): Promise<number> => (await askSim<LogLine[]>(ground.sim, 'log')).at(-1)?.id ?? 0

/** How many numbers the shop was told since that request. */
export async function told(ground: Ground, after: number): Promise<number> {
  const lines = await askSim<LogLine[]>(ground.sim, `log?after=${after}`)
  return lines.reduce((sum, line) => sum + Number(/inventorySetQuantities x(\d+)/.exec(line.note ?? '')?.[1] ?? 0), 0)
}

interface LogLine {
  id: number
  note: string | null
}
const cell = (number: string, place: string): string => `${number} @ ${place}`
