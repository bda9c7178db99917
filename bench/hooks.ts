/** Order hooks as Shopify signs them: how many are stored and answered a second, and how many a second become ledger, each by itself and both at once. */
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Child, start } from './children.ts'
import { bareFunction, bareHttp, bareInsert } from './floors.ts'
import { drive, ticks, until } from './load.ts'
import { type Figure, median } from './report.ts'
import { connect, openStand, type Stand } from './stand.ts'

const CLIENTS = 64

interface Caught {
  path: string
  headers: Record<string, string>
  body: Buffer
}

export async function hooks(scale: number): Promise<Figure[]> {
  const caught: Caught[] = []
  const catcher = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      if (request.headers['x-shopify-topic'] === 'orders/create') caught.push({ path: request.url ?? '/', headers: kept(request.headers), body: Buffer.concat(parts) })
      response.writeHead(200).end()
    })
  })
  await new Promise<void>((resolve) => catcher.listen(0, '127.0.0.1', resolve))
  // The simulator's hooks are caught first and sent by us, as fast as they are taken.
  const stand = await openStand(1000, `http://127.0.0.1:${(catcher.address() as AddressInfo).port}`)
  const shop = await start({ run: 'shopify', places: ['Odenplan'], lanes: 16 })
  try {
    await shop.ask({ kind: 'items', numbers: stand.articles.map((a) => a.number), place: 'Odenplan', quantity: 1000 })
    const id = await connect(stand, 'shopify', shop, true)
    const each = Math.ceil(3000 * scale)
    await order(stand, shop, caught, each * 3)
    return await measured(stand, id, caught, each)
  } finally {
    catcher.closeAllConnections()
    catcher.close()
    await stand.close()
    await shop.stop()
  }
}

const kept = (headers: IncomingHttpHeaders): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).flatMap(([name, value]) => (name === 'content-type' || name.startsWith('x-shopify') ? [[name, String(value)]] : [])))

/** Orders of two lines each, over all articles. */
async function order(stand: Stand, shop: Child, caught: Caught[], count: number): Promise<void> {
  const number = (n: number) => stand.articles[n % stand.articles.length]?.number ?? ''
  for (let n = 0; n < count; n += 250) {
    const orders = Array.from({ length: Math.min(250, count - n) }, (_, k) => [
      { number: number((n + k) * 2), quantity: 1 },
      { number: number((n + k) * 2 + 1), quantity: 1 },
    ])
    await shop.ask({ kind: 'orders', orders, place: 'Odenplan' })
    await until('the hooks have come', async () => caught.length >= n + orders.length, 120_000, 20)
  }
}

async function measured(stand: Stand, id: number, caught: Caught[], each: number): Promise<Figure[]> {
  const send = (from: number) =>
    drive(CLIENTS, each, async (n) => {
      const hook = caught[from + n] as Caught
      const { status } = await stand.web.send('POST', hook.path, hook.headers, hook.body)
      if (status !== 200) throw new Error(`a hook was answered ${status}`)
    })
  const body = caught[0]?.body ?? Buffer.alloc(4000)

  // Taken in alone: nobody applies.
  await stand.restart('web')
  const intake = await send(0)
  const http = await bareHttp(CLIENTS, each, body)
  const rows = await bareInsert(stand, 10, each, body.length)
  // Applied alone: nothing comes in.
  await stand.restart('worker')
  await until('all of it is applied', async () => (await unapplied(stand, id)) === 0, 300_000)
  const ledger = await appliedPerSecond(stand, id)
  const bare = await bareFunction(stand, 1, Math.ceil(each / 100), 200)

  // Both at once, in one process.
  await stand.restart('all')
  const from = ticks()
  const both = await send(each)
  await until('all of it is applied', async () => (await unapplied(stand, id)) === 0, 300_000, 20)
  const through = (each / (ticks() - from)) * 1000
  await reservedAsOrdered(stand, 2 * each * 2)
  return [
    {
      name: `hook intake alone, ${CLIENTS} connections`,
      value: intake.perSecond,
      unit: '/s',
      floor: { what: 'a bare server that says 200', value: http.perSecond },
      aim: { atLeast: 3000 },
      note: `p50 ${median(intake.ms).toFixed(1)} ms each, ${body.length} bytes`,
    },
    { name: 'hook intake alone', value: intake.perSecond, unit: '/s', floor: { what: 'a bare insert of the body, 10 connections', value: rows.perSecond } },
    {
      name: 'hook -> ledger alone',
      value: ledger,
      unit: '/s',
      floor: { what: 'bare post_movements, 200 at a time, orders of 2', value: (bare.perSecond * 200) / 2 },
      aim: { atLeast: 1000 },
    },
    { name: 'intake while the same process applies', value: both.perSecond, unit: '/s', floor: { what: 'alone', value: intake.perSecond } },
    { name: 'hook sent -> in the ledger, both at once', value: through, unit: '/s', floor: { what: 'ledger alone', value: ledger } },
  ]
}

async function unapplied({ superuser }: Stand, id: number): Promise<number> {
  return Number((await superuser.query("select count(*) as n from inbox where listener_id = $1 and state <> 'done'", [id])).rows[0].n)
}

/** From the first group's time to the last's, so that the worker's own start isn't counted. */
async function appliedPerSecond({ superuser }: Stand, id: number): Promise<number> {
  const { rows } = await superuser.query<{ at: Date; n: string }>(
    "select done_at as at, count(*) as n from inbox where listener_id = $1 and source = 'hook' group by 1 order by 1",
    [id],
  )
  const [first, last] = [rows[0], rows.at(-1)]
  if (first === undefined || last === undefined || first === last) return Number.NaN
  // A group's time is when it began: the last one's own work isn't in the span, so its messages aren't either.
  const n = rows.slice(0, -1).reduce((sum, row) => sum + Number(row.n), 0)
  return (n / (last.at.getTime() - first.at.getTime())) * 1000
}

async function reservedAsOrdered({ superuser }: Stand, pieces: number): Promise<void> {
  const reserved = Number((await superuser.query('select sum(reserved) as n from level')).rows[0].n)
  if (reserved !== pieces) throw new Error(`${reserved} pieces are reserved, ${pieces} were ordered`)
}
