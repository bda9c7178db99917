/** SQL of a catalogue's settings, and of when its next run begins. */
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'
import type { Catalogue } from './catalogue.ts'

export const catalogueOf = (tx: Tx, listenerId: number) =>
  tx.maybe<Catalogue>(sql`
    select products, price_location_id as "priceLocationId", price_when_changed as "priceWhenChanged", descriptions, boxes, overwrite_images as "overwriteImages",
      vendor_from as "vendorFrom", channels, live, every_hours as "everyHours", stock
    from catalogue where company_id = ${tx.companyId} and listener_id = ${listenerId}`)

export const saveCatalogue = (tx: Tx, listenerId: number, c: Catalogue, now: Date) =>
  tx.run(sql`
    insert into catalogue (company_id, listener_id, products, price_location_id, price_when_changed, descriptions, boxes, overwrite_images, vendor_from, channels, live, every_hours, stock, changed_at)
    values (${tx.companyId}, ${listenerId}, ${c.products}, ${c.priceLocationId}, ${c.priceWhenChanged}, ${c.descriptions}, ${c.boxes}, ${c.overwriteImages}, ${c.vendorFrom}, ${c.channels}, ${c.live}, ${c.everyHours}, ${c.stock}, ${now})
    on conflict (company_id, listener_id) do update set products = excluded.products, price_location_id = excluded.price_location_id, price_when_changed = excluded.price_when_changed,
      descriptions = excluded.descriptions, boxes = excluded.boxes, overwrite_images = excluded.overwrite_images, vendor_from = excluded.vendor_from, channels = excluded.channels, live = excluded.live,
      every_hours = excluded.every_hours, stock = excluded.stock, changed_at = excluded.changed_at`)

/** Whether the shop is told numbers; where nobody has said otherwise it is. */
export const tellsNumbers = async (tx: Tx, listenerId: number): Promise<boolean> =>
  (await tx.maybe<{ stock: boolean }>(sql`select stock from catalogue where company_id = ${tx.companyId} and listener_id = ${listenerId}`))?.stock !== false

/** Connections don't all begin at once: each has minutes of its own. */
const MINUTES_APART = 30
/**
 * When the next run begins: at 01:00, 04:00 and so on where the company is, a while later for each connection. A wall time that summer time skips is an hour later; of one that comes
 * twice it is the later. Null where no run begins by itself.
 */
export const reckonNextRun = (tx: Tx, listenerId: number, now: Date) =>
  tx.run(sql`
    update catalogue k set next_run_at = (
      select min(w.at) from (
        select (day + make_interval(hours => hour, mins => ${listenerId % MINUTES_APART})) at time zone c.time_zone as at
        from company c cross join lateral (select date_trunc('day', ${now}::timestamptz at time zone c.time_zone) as today) t
        cross join lateral generate_series(t.today, t.today + interval '1 day', interval '1 day') day cross join generate_series(1 % k.every_hours, 23, k.every_hours) hour
        where c.id = k.company_id) w
      where w.at > ${now} and k.products)
    where k.company_id = ${tx.companyId} and k.listener_id = ${listenerId}`)

export const nextRunOf = async (tx: Tx, listenerId: number): Promise<Date | null> =>
  (await tx.maybe<{ at: Date | null }>(sql`select next_run_at as at from catalogue where company_id = ${tx.companyId} and listener_id = ${listenerId}`))?.at ?? null

/**
 * A catalogue whose run is due, or whose next one has to be reckoned: it never was, or lies further away than it can, since the clock was set back. Held to the end, so that of two
 * processes one begins it.
 */
export const nextDueCatalogue = (tx: Tx, now: Date) =>
  tx.maybe<{ listenerId: number; due: boolean }>(sql`
    select c.listener_id as "listenerId", coalesce(c.next_run_at <= ${now}, false) as due
    from catalogue c join listener l on l.company_id = c.company_id and l.id = c.listener_id
    where c.company_id = ${tx.companyId} and c.products and c.every_hours is not null and l.state = 'active'
      and (c.next_run_at is null or c.next_run_at <= ${now} or c.next_run_at > ${now}::timestamptz + make_interval(hours => c.every_hours + 1))
    order by c.listener_id limit 1 for update of c skip locked`)

/** Who stands as the supplier where that is the store whose prices go. */
export const storeName = async (tx: Tx, priceLocationId: number | null): Promise<string> =>
  (
    await tx.one<{ name: string }>(sql`
      select coalesce((select l.name from location l where l.company_id = c.id and l.id = ${priceLocationId}), c.name) as name from company c where c.id = ${tx.companyId}`)
  ).name
