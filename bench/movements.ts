/** Sales over HTTP by 1, 16 and 64 tills, beside the bare database function and a bare insert. */
import { bareFunction, bareInsert } from './floors.ts'
import { type Driven, drive } from './load.ts'
import { type Figure, median } from './report.ts'
import { openStand, type Stand } from './stand.ts'

const ROUNDS = 3

let sold = 0
/** One sale of one piece, answered. */
export async function sell(stand: Stand, client: number): Promise<void> {
  const ref = `S${++sold}`
  const article = stand.articles[(sold * 7919) % stand.articles.length]
  const body = JSON.stringify({ ref, locationId: stand.locationId, lines: [{ articleNumber: article?.number, quantity: 1 }] })
  const answer = await stand.web.send('POST', '/v1/sales', { 'content-type': 'application/json', authorization: `Bearer ${stand.keys[client % stand.keys.length]}` }, body)
  if (answer.status !== 201) throw new Error(`a sale answered ${answer.status}: ${answer.body}`)
}

export async function movements(scale: number): Promise<Figure[]> {
  const stand = await openStand(1000)
  try {
    const sizes = [
      { clients: 1, pieces: Math.ceil(400 * scale) },
      { clients: 16, pieces: Math.ceil(3000 * scale) },
      { clients: 64, pieces: Math.ceil(4000 * scale) },
    ]
    await drive(16, 500, (_, client) => sell(stand, client))
    const api = new Map<number, Driven[]>()
    const bare = new Map<number, Driven[]>()
    const inserted = new Map<number, Driven[]>()
    const note = (all: Map<number, Driven[]>, clients: number, driven: Driven) => all.set(clients, [...(all.get(clients) ?? []), driven])
    // Turn and turn about, so that whatever else the machine does hits all alike.
    for (let round = 0; round < ROUNDS; round++)
      for (const { clients, pieces } of sizes) {
        if (clients <= 16) note(inserted, clients, await bareInsert(stand, clients, pieces))
        if (clients <= 16) note(bare, clients, await bareFunction(stand, clients, pieces))
        note(api, clients, await drive(clients, pieces, (_, client) => sell(stand, client)))
      }
    const rate = (all: Map<number, Driven[]>, clients: number) => median((all.get(clients) ?? []).map((d) => d.perSecond))
    const [{ onHand }] = (await stand.superuser.query<{ onHand: string }>('select sum(on_hand) as "onHand" from level')).rows as [{ onHand: string }]
    const [{ moved }] = (await stand.superuser.query<{ moved: string }>('select sum(on_hand_delta) as moved from movement')).rows as [{ moved: string }]
    if (onHand !== moved) throw new Error(`levels ${onHand} are not the sum of their movements ${moved}`)
    return [
      ...[1, 16].map(
        (clients): Figure => ({
          name: `bare post_movements, ${clients} connections`,
          value: rate(bare, clients),
          unit: '/s',
          floor: { what: 'a bare insert', value: rate(inserted, clients) },
        }),
      ),
      ...sizes.map(
        ({ clients }): Figure => ({
          name: `sales over HTTP, ${clients} tills`,
          value: rate(api, clients),
          unit: '/s',
          floor: { what: 'bare post_movements', value: rate(bare, Math.min(clients, 16)) },
          note: `p50 ${median((api.get(clients) ?? []).flatMap((d) => d.ms)).toFixed(1)} ms each`,
        }),
      ),
    ]
  } finally {
    await stand.close()
  }
}
