/** A company to try things in: made with a few goods, a view and keys, and put back to that as often as one likes. */
import { articlesByNumbers } from '../../core/articles/articles.sql.ts'
import { changeArticle } from '../../core/articles/change-article.ts'
import { createProduct } from '../../core/articles/create-product.ts'
import type { By } from '../../core/by.ts'
import { companyById } from '../../core/companies/companies.sql.ts'
import { orderSource } from '../../core/listeners/listeners.sql.ts'
import { changeLocation } from '../../core/locations/change-location.ts'
import { locations } from '../../core/locations/locations.sql.ts'
import { holdOrders } from '../../core/orders/hold-orders.ts'
import { ordersGone } from '../../core/orders/orders-gone.ts'
import { ownersOf } from '../../core/people/people.sql.ts'
import { Refusal } from '../../core/refusal.ts'
import { countStock } from '../../core/stock/count-stock.ts'
import { releaseReservation } from '../../core/stock/reserve-stock.ts'
import type { Tx } from '../../db/open.ts'
import { must } from '../../kit/assert.ts'
import { SCOPES } from '../contract/people.ts'
import { template } from '../contract/template.ts'
import { type Ask, byItself, type Handlers, inCompany } from '../handlers.ts'
import { makeFromTemplate } from './from-template.ts'
import { articlesBeside, ordersThere, reservationsHeld } from './sandbox.sql.ts'
import { GOODS, LOCATIONS } from './sandbox-goods.ts'

export const companies: Pick<Handlers, 'company.from-template' | 'sandbox.make' | 'sandbox.reset'> = {
  'company.from-template': byItself(async (companyId, ask) => {
    const { sync } = ask.deps
    return await sync.db.outsideWall(async (q) => makeFromTemplate(sync, q, { template: ask.body, owners: await askers(companyId, ask), anybody: false, now: ask.by.now }))
  }),
  'sandbox.make': byItself(async (companyId, ask) => {
    const { sync } = ask.deps
    const { now } = ask.by
    const plan = template.parse({
      company: { name: ask.body.name, country: 'SE' },
      locations: LOCATIONS,
      views: [{ name: 'ERP', writes: ['articles:write', 'stock:write', 'orders:write'] }],
      keys: [{ name: 'Sandbox', scopes: SCOPES.filter((scope) => scope !== 'companies:write') }],
    })
    return await sync.db.outsideWall(async (q) =>
      makeFromTemplate(sync, q, { template: plan, sandbox: true, owners: await askers(companyId, ask), anybody: false, now }, async (tx, made) => {
        const by = { actor: 'system', now }
        for (const { name, options, variants } of GOODS) await createProduct(tx, { name, options, variants }, by)
        await countGoods(tx, made.locations, by)
      }),
    )
  }),
  'sandbox.reset': inCompany(async (tx, { by }) => {
    if (!must(await companyById(tx, tx.companyId), 'the company').sandbox) throw new Refusal('not-a-sandbox')
    await holdOrders(tx)
    for (const { listenerId, refs } of await ordersThere(tx)) {
      const gone = refs.map((orderRef) => ({ orderRef, at: by.now.toISOString(), showsSince: null }))
      await ordersGone(tx, must(await orderSource(tx, listenerId), 'where the orders came from'), gone, by)
    }
    for (const id of await reservationsHeld(tx)) await releaseReservation(tx, id, by)
    const [places, others] = await firstPlaces(tx)
    for (const { id } of others) await changeLocation(tx, id, { archived: true }, by)
    for (const [n, { id }] of places.entries()) await changeLocation(tx, id, { name: LOCATIONS[n]?.name, archived: false }, by)
    const numbers = GOODS.flatMap((product) => product.variants.map((variant) => variant.number))
    const found = new Map((await articlesByNumbers(tx, numbers)).map((article) => [article.asked, article.articleId]))
    for (const { name, variants } of GOODS)
      for (const { number, priceMinor, optionValues } of variants) {
        const id = must(found.get(number), 'an article of the sandbox')
        await changeArticle(tx, id, { number, name: [name, ...Object.values(optionValues)].join(', '), priceMinor, optionValues, archived: false, stockTracked: true }, by)
      }
    const beside = await articlesBeside(tx, [...found.values()])
    for (const id of beside) await changeArticle(tx, id, { archived: true }, by)
    await countGoods(tx, places, by)
    return { articles: numbers.length, archived: beside.length }
  }),
}

/** Whoever is signed in; of a key, those who own its company. */
const askers = async (companyId: number, { caller, deps }: Ask<'sandbox.make' | 'company.from-template'>): Promise<number[]> =>
  caller?.kind === 'person' ? [caller.session.id] : await deps.sync.db.outsideWall((q) => ownersOf(q, companyId))

/** Those it began with, and those made since. */
async function firstPlaces(tx: Tx): Promise<[{ id: number }[], { id: number }[]]> {
  const all = (await locations(tx)).toSorted((a, b) => a.id - b.id)
  return [all.slice(0, LOCATIONS.length), all.slice(LOCATIONS.length)]
}

/** Nothing is set: what differs is counted, and the ledger says so. */
async function countGoods(tx: Tx, places: { id: number }[], by: By): Promise<void> {
  for (const [n, { id }] of places.entries()) {
    const lines = GOODS.flatMap((product) => product.variants.map(({ number, stock }) => ({ articleNumber: number, counted: stock[n] ?? 0 })))
    await countStock(tx, { ref: `sandbox ${id} ${by.now.toISOString()}`, locationId: id, lines }, by)
  }
}
