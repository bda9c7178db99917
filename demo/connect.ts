/** A connection set up step by step as the guides say: settings, check, places, activate, webhooks, match, the articles' boxes, and the first sync. */
import type { Answer } from '../src/web/contract/routes.ts'
import { type Api, until } from './ask.ts'

/** How often orders are asked for. Messages come at once; this is what finds a lost one. */
const POLL_MS = 5_000
const SET_UP_MS = 60_000

export interface Connecting {
  code: string
  name: string
  settings: Record<string, string>
  manyPlaces: boolean
  /** Which of our stores are which of its places. */
  places(ours: Answer<'locations.list'>['items'], theirs: { ref: string; name: string }[]): { locationId: number; placeRef: string }[]
  /** False = nobody could reach us, so orders are only asked for. */
  hooks: boolean
}

/** Up to its webhooks. */
export async function activate(api: Api, { code, name, settings, manyPlaces, places, hooks }: Connecting): Promise<number> {
  const { id } = await api('connections.make', { body: { code, name } })
  const params = { connectionId: id }
  await api('connections.settings', { params, body: { settings, manyPlaces, pollEveryMs: POLL_MS } })
  const { health } = await api('connections.check', { params, body: {} })
  const { items: locations } = await api('locations.list')
  await api('connections.places', { params, body: { places: places(locations, health?.places ?? []) } })
  await api('connections.activate', { params, body: {} })
  if (hooks) await api('connections.subscribe', { params, body: {} })
  return id
}

/** All of it, and its first sync begun. */
export async function connect(api: Api, connecting: Connecting): Promise<number> {
  const id = await activate(api, connecting)
  await runUntil(api, id, 'match', 'done')
  await api('connections.box', { params: { connectionId: id }, body: { boxed: true, foundInShop: true } })
  const { runId } = await runUntil(api, id, 'first-sync', 'ready')
  if (runId !== null) await api('runs.confirm', { params: { connectionId: id, runId }, body: {} })
  return id
}

/** Null when it was over at once: nothing differed. */
async function runUntil(api: Api, connectionId: number, kind: 'match' | 'first-sync', state: 'ready' | 'done'): Promise<{ runId: number | null }> {
  const { id } = await api('runs.start', { params: { connectionId }, body: { kind } })
  const seen = await until(SET_UP_MS, async () => {
    const run = await api('runs.show', { params: { connectionId, runId: id } })
    return run.state === state || run.endedAt !== null ? run : null
  })
  if (seen === null) throw new Error(`the ${kind} didn't come to ${state} in ${SET_UP_MS} ms`)
  return { runId: seen.endedAt === null ? id : null }
}

/** The first sync has ended: every number is known and told. What the shop may show late is waited out once. */
export async function firstSyncDone(api: Api, connectionId: number): Promise<void> {
  const done = await until(SET_UP_MS, async () => {
    const { counts, waiting, runs } = await api('connections.show', { params: { connectionId } })
    return runs.length === 0 && waiting === 0 && (counts['in-sync'] ?? 0) > 0 ? true : null
  })
  if (done === null) throw new Error(`the shop wasn't in step after ${SET_UP_MS} ms`)
}
