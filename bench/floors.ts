/** What this machine can do at best, with none of our code: one row committed, one request answered, one call of the database function. */
import pg from 'pg'
import { start } from './children.ts'
import { type Driven, drive, openClient } from './load.ts'
import type { Stand } from './stand.ts'

async function withClients<T>(config: pg.ClientConfig, count: number, work: (clients: pg.Client[]) => Promise<T>): Promise<T> {
  const clients = Array.from({ length: count }, () => new pg.Client(config))
  await Promise.all(clients.map((client) => client.connect()))
  try {
    return await work(clients)
  } finally {
    await Promise.all(clients.map((client) => client.end()))
  }
}

/** Of a stand only what a bare insert asks for. */
export type Bare = Pick<Stand, 'superuser' | 'app'>
/** One row with a body of so many bytes in a table of nothing else, committed before the next. */
export async function bareInsert(stand: Bare, clients: number, pieces: number, bytes = 100): Promise<Driven> {
  await stand.superuser.query(
    'create table if not exists bench_bare (id bigint generated always as identity primary key, body bytea not null); grant insert on bench_bare to lagerbro_app',
  )
  const body = Buffer.alloc(bytes, 7)
  return withClients(stand.app, clients, (all) => drive(clients, pieces, (_, n) => (all[n] as pg.Client).query('insert into bench_bare (body) values ($1)', [body])))
}

/** One request to a server that reads the body and says 200. */
export async function bareHttp(clients: number, pieces: number, body: Buffer): Promise<Driven> {
  const server = await start({ run: 'bare' })
  const web = openClient(server.address, clients)
  try {
    const send = () => web.send('POST', '/', { 'content-type': 'application/json' }, body)
    await drive(clients, Math.min(pieces, 500), send)
    return await drive(clients, pieces, send)
  } finally {
    web.close()
    await server.stop()
  }
}

let posted = 0
/** The database function alone: one statement, one transaction, `each` movements in it. */
export async function bareFunction(stand: Stand, clients: number, pieces: number, each = 1): Promise<Driven> {
  const { companyId, locationId, articles } = stand
  return withClients(stand.app, clients, async (all) => {
    for (const client of all) await client.query("select set_config('app.company', $1, false)", [String(companyId)])
    return drive(clients, pieces, (_, n) => {
      const now = new Date()
      const movements = Array.from({ length: each }, () => {
        const article = articles[(posted * 7919) % articles.length]?.id
        return { key: `bare:${++posted}`, article, location: locationId, kind: 'sale', on_hand: -1, at: now, source: { type: 'sale', ref: `B${posted}` }, actor: 'key:1' }
      })
      return (all[n] as pg.Client).query('select posted, listeners from post_movements($1, $2, null, $3)', [companyId, JSON.stringify(movements), now])
    })
  })
}
