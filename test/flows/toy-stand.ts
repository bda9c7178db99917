/** A company and its toy shop in step, over HTTP and on a fake clock: articles of ten pieces each, ticked, matched, and the first sync confirmed. */
import { startToy, type ToySim } from '../../sim/toy/toy.ts'
import type { Connector } from '../../src/connectors/contract.ts'
import { toy } from '../../src/connectors/toy/toy.ts'
import { type Connection, openConnection } from '../../src/sync/connection.ts'
import type { Answer } from '../../src/web/contract/routes.ts'
import { type Owner, openWeb, type Web } from './web.ts'

type Kind = 'match' | 'first-sync' | 'sync-all'

export interface ToyStand {
  web: Web
  owner: Owner
  sim: ToySim
  at: { connectionId: number }
  ids: Record<string, number>
  connection: Connection
  /** All that is due is done, as time passes. */
  settle(): Promise<void>
  /** Starts one, and answers it as it is when all has come to rest. */
  run(kind: Kind): Promise<Answer<'runs.show'>>
  state(number: string): Promise<string>
  close(): Promise<void>
}

const PIECES = 10

/** `beside`: connectors of other connections of the company. */
export async function toyStand(numbers: string[], options: Parameters<typeof startToy>[0] = {}, beside: Record<string, Connector<unknown>> = {}): Promise<ToyStand> {
  const web = await openWeb({ connectors: { toy: toy as Connector<unknown>, ...beside } })
  const sim = await startToy({ now: () => web.clock.now(), ...options })
  const signedIn = await web.owner()
  // A key, because the clock here outlives a signed-in evening.
  const owner: Owner = { ...signedIn, ...(await signedIn.key()), key: signedIn.key }
  for (const number of numbers) sim.addItem({ number, stock: 4 })
  const ids: Record<string, number> = {}
  for (const number of numbers) ids[number] = (await owner.does('articles.make', { body: { number, name: `Vara ${number}` } })).id
  const lines = Object.values(ids).map((articleId) => ({ articleId, quantity: PIECES }))
  await owner.does('goods-receipts.register', { body: { ref: 'start', locationId: owner.locationId, lines } })
  const { id } = await owner.does('connections.make', { body: { code: 'toy', name: 'Webben' } })
  const at = { connectionId: id }
  await owner.does('connections.settings', { params: at, body: { settings: sim.settings() } })
  const { health } = await owner.does('connections.check', { params: at, body: {} })
  await owner.does('connections.places', { params: at, body: { places: [{ locationId: owner.locationId, placeRef: health?.places[0]?.ref ?? '' }] } })
  await owner.does('connections.activate', { params: at, body: {} })
  if (lines.length > 0) await owner.does('connections.box', { params: at, body: { boxed: true, articleIds: Object.values(ids) } })
  const connection = openConnection(web.deps, owner.companyId, id)
  const settle = async () => {
    let waits = 0
    for (let n = 0; n < 400; n++) {
      const { did, nextAt } = await connection.step()
      if (did) continue
      const { queue, runs } = await owner.does('connections.show', { params: at })
      if ((queue.live + queue.backfill === 0 && !runs.some((run) => run.state === 'sending' || run.state === 'looking')) || waits++ > 20) return
      web.clock.advance(Math.max(1, (nextAt ?? web.clock.now()).getTime() - web.clock.now().getTime()))
    }
    throw new Error('not at rest after 400 steps')
  }
  const run = async (kind: Kind) => {
    const started = await owner.does('runs.start', { params: at, body: { kind } })
    await settle()
    return owner.does('runs.show', { params: { ...at, runId: started.id } })
  }
  await run('match')
  const first = await run('sync-all')
  if (first.state === 'ready') await owner.does('runs.confirm', { params: { ...at, runId: first.id }, body: {} })
  await settle()
  return {
    web,
    owner,
    sim,
    at,
    ids,
    connection,
    settle,
    run,
    async state(number) {
      const { items } = await owner.does('connections.articles', { params: at, query: { q: number } })
      const inList = items.find((item) => item.number === number)?.state ?? 'not-there'
      const page = await owner.does('articles.show', { params: { articleId: ids[number] ?? 0 } })
      if (page.connections[0]?.state !== inList) throw new Error(`${number}: the list says ${inList}, its page ${page.connections[0]?.state}`)
      return inList
    },
    async close() {
      await connection.letGo()
      await sim.close()
      await web.close()
    },
  }
}
