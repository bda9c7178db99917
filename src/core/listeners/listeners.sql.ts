/** SQL of listeners and their places. */
import type { Queryable, Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'
import type { CountsWhen, ListenerManners, ListenerRow, ListenerState, LostPolicy, MappedPlace, PlaceRow, StateWhy, Trouble } from './listener.ts'

/** One listener, or all of the company when `id` is null; disconnected ones too. `kind` null = of either. */
const listeners = (tx: Tx, id: number | null, kind: 'connection' | null = 'connection') =>
  tx.rows<ListenerRow>(sql`
    select id, kind, code, name, state, state_why as "stateWhy", settings, keep, hook_address as "hookAddress", compares, rule_known as "ruleKnown", lowers_itself as "lowersItself",
           restores, key_ms as "keyMs", adjusts, feed_lag_ms as "feedLagMs", max_flight_ms as "maxFlightMs", resend_pending as "resendPending", epoch, many_places as "manyPlaces",
           lost_policy as "lostPolicy", counts_when as "countsWhen", default_location_id as "defaultLocationId", counts_from as "countsFrom", first_synced_at as "firstSyncedAt", orders_cursor as "ordersCursor", polled_at as "polledAt",
           poll_every_ms as "pollEveryMs", quiet_until as "quietUntil", trouble, health, health_at as "healthAt", subscribed, subscribed_at as "subscribedAt", created_at as "createdAt"
    from listener where company_id = ${tx.companyId} and (${kind}::text is null or kind = ${kind}) and (${id}::bigint is null or id = ${id}) order by id`)

export const listenerById = async (tx: Tx, id: number): Promise<ListenerRow | null> => (await listeners(tx, id))[0] ?? null
/** Whoever orders come from: a connection, or a view through which they are handed in. */
export const orderSource = async (tx: Tx, id: number): Promise<ListenerRow | null> => (await listeners(tx, id, null))[0] ?? null
export const allListeners = (tx: Tx) => listeners(tx, null)

/** Who works needs to know who there is: every connection that isn't disconnected, over one company. */
export const livingListeners = async (tx: Tx): Promise<ListenerRow[]> => (await listeners(tx, null)).filter((l) => l.state !== 'gone')

export const insertListener = (tx: Tx, row: { code: string; name: string; settings: Buffer; hookAddress: string }, now: Date) =>
  tx.one<{ id: number }>(sql`
    insert into listener (company_id, kind, code, name, settings, hook_address, created_at)
    values (${tx.companyId}, 'connection', ${row.code}, ${row.name}, ${row.settings}, ${row.hookAddress}, ${now}) returning id`)

export const insertHookAddress = (tx: Tx, address: string, listenerId: number) =>
  tx.run(sql`insert into hook_address (address, company_id, listener_id) values (${address}, ${tx.companyId}, ${listenerId})`)

export const deleteHookAddress = (tx: Tx, listenerId: number) => tx.run(sql`delete from hook_address where company_id = ${tx.companyId} and listener_id = ${listenerId}`)

/** Outside the wall: whose address a hook came to. */
export const ownerOfHookAddress = (q: Queryable, address: string) =>
  q.maybe<{ companyId: number; listenerId: number }>(sql`select company_id as "companyId", listener_id as "listenerId" from hook_address where address = ${address}`)

/** Held to the end: saveSettings, places and activation of one connection can't run into each other. No key lock: rows that point here are still made meanwhile. */
export const lockListener = (tx: Tx, id: number) => tx.maybe<{ id: number }>(sql`select id from listener where company_id = ${tx.companyId} and id = ${id} for no key update`)

export const updateSettings = (tx: Tx, id: number, settings: Buffer, m: ListenerManners, ruleKnown: boolean) =>
  tx.run(sql`
    update listener set settings = ${settings}, compares = ${m.compares}, rule_known = ${ruleKnown}, lowers_itself = ${m.lowersItself}, restores = ${m.restores}, key_ms = ${m.keyMs},
           adjusts = ${m.adjusts}, feed_lag_ms = ${m.feedLagMs}, max_flight_ms = ${m.maxFlightMs}
    where company_id = ${tx.companyId} and id = ${id}`)

export const updateKeep = (tx: Tx, id: number, keep: Buffer) => tx.run(sql`update listener set keep = ${keep} where company_id = ${tx.companyId} and id = ${id}`)

/** The box as it is now, locked: two renewals of a token in two processes mustn't lose each other's other names. */
export const keepForUpdate = (tx: Tx, id: number) =>
  tx.maybe<{ keep: Buffer | null; hookAddress: string | null }>(
    sql`select keep, hook_address as "hookAddress" from listener where company_id = ${tx.companyId} and id = ${id} for no key update`,
  )

export const updateState = (tx: Tx, id: number, state: ListenerState, why: StateWhy | null) =>
  tx.run(sql`update listener set state = ${state}, state_why = ${why === null ? null : JSON.stringify(why)} where company_id = ${tx.companyId} and id = ${id}`)

export const updateName = (tx: Tx, id: number, name: string) => tx.run(sql`update listener set name = ${name} where company_id = ${tx.companyId} and id = ${id}`)

/** Null = nothing is known any more. */
export const updateHealth = (tx: Tx, id: number, health: string | null, now: Date) =>
  tx.run(sql`update listener set health = ${health}, health_at = ${now} where company_id = ${tx.companyId} and id = ${id}`)

export const updateSubscribed = (tx: Tx, id: number, subscribed: string | null, now: Date) =>
  tx.run(sql`update listener set subscribed = ${subscribed}, subscribed_at = ${now} where company_id = ${tx.companyId} and id = ${id}`)

export const updateQuiet = (tx: Tx, id: number, until: Date | null) => tx.run(sql`update listener set quiet_until = ${until} where company_id = ${tx.companyId} and id = ${id}`)

export const updateTrouble = (tx: Tx, id: number, trouble: Trouble | null) =>
  tx.run(sql`update listener set trouble = ${trouble === null ? null : JSON.stringify(trouble)} where company_id = ${tx.companyId} and id = ${id}`)

export const updateCountsFrom = (tx: Tx, id: number, at: Date) =>
  tx.run(sql`update listener set counts_from = ${at} where company_id = ${tx.companyId} and id = ${id} and counts_from is null`)

/** A person has seen what is to be sent: from now on the shop is told. */
export const updateFirstSynced = (tx: Tx, id: number, at: Date) =>
  tx.run(sql`update listener set first_synced_at = coalesce(first_synced_at, ${at}) where company_id = ${tx.companyId} and id = ${id}`)

export const updateOrdersCursor = (tx: Tx, id: number, cursor: string) =>
  tx.run(sql`update listener set orders_cursor = ${cursor} where company_id = ${tx.companyId} and id = ${id}`)

/** `at` = when the drain that has now reached the end began. */
export const updatePolled = (tx: Tx, id: number, at: Date) => tx.run(sql`update listener set polled_at = ${at} where company_id = ${tx.companyId} and id = ${id}`)

export const updateWays = (
  tx: Tx,
  id: number,
  ways: { manyPlaces: boolean; lostPolicy: LostPolicy; countsWhen: CountsWhen; defaultLocationId: number | null; pollEveryMs: number },
) =>
  tx.run(sql`
    update listener set many_places = ${ways.manyPlaces}, lost_policy = ${ways.lostPolicy}, counts_when = ${ways.countsWhen}, default_location_id = ${ways.defaultLocationId}, poll_every_ms = ${ways.pollEveryMs}
    where company_id = ${tx.companyId} and id = ${id}`)

export const placesOf = (tx: Tx, listenerId: number) =>
  tx.rows<MappedPlace>(
    sql`
      select location_id as "locationId", place_ref as "placeRef", name, case when listener_is_master(company_id, listener_id, location_id) then 'in' else 'out' end as direction
      from place where company_id = ${tx.companyId} and listener_id = ${listenerId} order by location_id`,
  )

export const deletePlaces = (tx: Tx, listenerId: number) => tx.run(sql`delete from place where company_id = ${tx.companyId} and listener_id = ${listenerId}`)

export const insertPlace = (tx: Tx, listenerId: number, place: PlaceRow) =>
  tx.run(
    sql`insert into place (company_id, listener_id, location_id, place_ref, name) values (${tx.companyId}, ${listenerId}, ${place.locationId}, ${place.placeRef}, ${place.name})`,
  )

export const livingLocations = (tx: Tx, ids: number[]) =>
  tx.rows<{ id: number; name: string }>(sql`select id, name from location where company_id = ${tx.companyId} and id = any (${ids}::bigint[]) and archived_at is null`)

/** Boxed articles by the state of their link: the guide's last tick and the page's counts. */
export const linkCounts = (tx: Tx, listenerId: number) =>
  tx.rows<{ state: 'looking' | 'matched' | 'moved' | 'missing' | 'ambiguous'; n: number }>(
    sql`select state, count(*) as n from link where company_id = ${tx.companyId} and listener_id = ${listenerId} and boxed group by state`,
  )

/** A view's places are our own locations, by their id; the first is its default. */
export const ensurePlace = async (tx: Tx, listenerId: number, place: PlaceRow): Promise<void> => {
  await tx.run(sql`
    insert into place (company_id, listener_id, location_id, place_ref, name) values (${tx.companyId}, ${listenerId}, ${place.locationId}, ${place.placeRef}, ${place.name})
    on conflict (company_id, listener_id, location_id) do nothing`)
  await tx.run(sql`update listener set default_location_id = ${place.locationId} where company_id = ${tx.companyId} and id = ${listenerId} and default_location_id is null`)
}

/** Orders placed from now on are handed over to it by themselves, and it is told of what ships from now on; or not. Of one that is being set up nothing is said: it begins when it is active. */
export const updateTakesFrom = (tx: Tx, id: number, takes: { orders: boolean; statuses: boolean }, now: Date) =>
  tx.run(sql`
    update listener set orders_from = case when ${takes.orders} and state in ('active', 'paused') then coalesce(orders_from, ${now}::timestamptz) end,
      statuses_from = case when ${takes.statuses} and state in ('active', 'paused') then coalesce(statuses_from, ${now}::timestamptz) end
    where company_id = ${tx.companyId} and id = ${id}`)
