/** The shop's list shows numbers too. Where they are taken over, one that is news is looked at: no hook has to have told of it. */
import type { RemoteEvent } from '../connectors/contract.ts'
import type { By } from '../core/by.ts'
import { placesOf } from '../core/listeners/listeners.sql.ts'
import { askLooks } from '../core/told/ask-looks.ts'
import { cellsAtOdds } from '../core/told/told.sql.ts'
import type { Tx } from '../db/open.ts'
import { grouped } from './parts.ts'

export async function lookAtTaken(tx: Tx, listenerId: number, events: RemoteEvent[], by: By): Promise<void> {
  const taken = (await placesOf(tx, listenerId)).filter((place) => place.direction === 'in')
  if (taken.length === 0) return
  const said = events.flatMap((event) =>
    event.kind !== 'listing-seen'
      ? []
      : event.listing.levels.flatMap(({ placeRef, value }) =>
          value === null || !taken.some((place) => place.placeRef === placeRef) ? [] : [{ itemRef: event.listing.itemRef, placeRef, value }],
        ),
  )
  for (const [locationId, cells] of grouped(await cellsAtOdds(tx, listenerId, said), (cell) => cell.locationId))
    await askLooks(tx, listenerId, { articleIds: cells.map((cell) => cell.articleId), locationIds: [locationId] }, { lane: 'backfill', why: 'hook' }, by)
}
