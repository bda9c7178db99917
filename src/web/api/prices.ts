/** Prices and offers over HTTP. */
import { articleForUpdate } from '../../core/articles/articles.sql.ts'
import { changeArticle, priceAtLocation } from '../../core/articles/change-article.ts'
import { namedArticles } from '../../core/articles/named-articles.ts'
import { openLocation } from '../../core/locations/change-location.ts'
import { changeOffer, endOffer } from '../../core/prices/change-offer.ts'
import { makeOffers } from '../../core/prices/make-offers.ts'
import { offerState } from '../../core/prices/price.ts'
import { localMoment } from '../../core/prices/prices.sql.ts'
import { lowestBefore, type Prices, pricesOf } from '../../core/prices/prices-of.ts'
import { Refusal } from '../../core/refusal.ts'
import type { Tx } from '../../db/open.ts'
import { fingerprint } from '../../kit/id.ts'
import type { Answered, Asked } from '../contract/routes.ts'
import { cursorOf, idAfter, pageOf } from '../cursors.ts'
import { type Ask, found, type Handlers, inCompany } from '../handlers.ts'
import { namedActors } from './actors.ts'
import { namedExactly, onlyOne } from './named-exactly.ts'
import { type OfferListed, type OffersAsked, offerPage, priceChangePage } from './prices.sql.ts'
import { tagIn } from './tags.ts'

type PricesShown = Answered<'prices.show'>
type OfferShown = Answered<'offers.show'>

const pricesOfOne = async (tx: Tx, articleId: number, now: Date): Promise<PricesShown> => shown(found((await pricesOf(tx, [articleId], now))[0]))

/** Only what is promised of an offer. */
function shown({ number, atLocations, ...prices }: Prices): PricesShown {
  return { ...withOffer(prices), articleNumber: number, atLocations: atLocations.map(withOffer) }
}
function withOffer<P extends Pick<Prices, 'offer'>>(price: P): Omit<P, 'offer'> & { offer: PricesShown['offer'] } {
  if (price.offer === null) return { ...price, offer: null }
  const { id, campaign, priceMinor, validFrom, validTo, lowest30DaysMinor } = price.offer
  return { ...price, offer: { id, campaign, priceMinor, validFrom, validTo, lowest30DaysMinor } }
}

/** Says what was answered, for If-Match: whoever sends it changes that and nothing else. */
function tagged<T>({ reply }: Pick<Ask<'prices.show'>, 'reply'>, answer: T): T {
  reply.header('etag', `"${tagOf(answer)}"`)
  return answer
}
const tagOf = (answer: unknown): string => fingerprint(JSON.stringify(answer)).toString('base64url').slice(0, 22)
async function mustMatch({ request }: Pick<Ask<'prices.show'>, 'request'>, now: () => Promise<unknown>): Promise<void> {
  const tag = tagIn(request.headers['if-match'])
  if (tag === null) return
  const version = tagOf(await now())
  if (tag !== version) throw new Refusal('version-changed', { version })
}

/** Ids that a list is cut down to; null = all. */
async function askedArticles(tx: Tx, query: Asked<'prices.changes', 'query'>): Promise<number[] | null> {
  onlyOne([query.articleId?.toString(), query.number, query.barcode])
  if (query.articleId !== undefined) return [query.articleId]
  return (await namedExactly(tx, query))?.map((row) => row.articleId) ?? null
}

const anyOffer: OffersAsked = { ids: null, articleIds: null, state: null, q: null, locationId: null, campaign: null, beforeId: null, limit: 1000 }

async function offersShown(tx: Tx, rows: OfferListed[], now: Date): Promise<OfferShown[]> {
  const lowest = await lowestBefore(tx, rows)
  const prices = new Map((await pricesOf(tx, [...new Set(rows.map((row) => row.articleId))], now)).map((each) => [each.articleId, each]))
  const actor = await namedActors(
    tx,
    rows.map((row) => row.actor),
  )
  return rows.map((row) => {
    const { id, articleId, articleNumber, articleName, locationId, campaign, priceMinor, validFrom, validTo, createdAt, changedAt } = row
    const price = prices.get(articleId)
    const here = price?.atLocations.find((each) => each.locationId === locationId)
    return {
      ...{ id, articleId, articleNumber, articleName, locationId, campaign, priceMinor, validFrom, validTo, createdAt, changedAt },
      regularMinor: here?.regularMinor ?? price?.regularMinor ?? null,
      lowest30DaysMinor: lowest(row, locationId),
      state: offerState(row, now),
      holds: [price, ...(price?.atLocations ?? [])].some((place) => place?.offer?.id === id),
      actor: actor(row.actor),
    }
  })
}
const oneOffer = async (tx: Tx, id: number, now: Date): Promise<OfferShown> => found((await offersShown(tx, await offerPage(tx, { ...anyOffer, ids: [id] }, now), now))[0])

/** A wall time is where the company is; null and undefined stay what they are. */
async function momentOf<Absent extends null | undefined>(tx: Tx, said: string | Absent): Promise<Date | Absent> {
  if (typeof said !== 'string') return said
  return /(Z|[+-]\d\d:\d\d)$/.test(said) ? new Date(said) : await localMoment(tx, said)
}

export const prices: Pick<Handlers, Extract<keyof Handlers, `prices.${string}` | `offers.${string}`>> = {
  'prices.show': inCompany(async (tx, ask) => tagged(ask, await pricesOfOne(tx, ask.params.articleId, ask.by.now))),
  'prices.put': inCompany(async (tx, ask) => {
    const { params, body, by } = ask
    found(await articleForUpdate(tx, params.articleId))
    const standing = await pricesOfOne(tx, params.articleId, by.now)
    await mustMatch(ask, async () => standing)
    if (body.regularMinor !== undefined && body.regularMinor !== standing.regularMinor) await changeArticle(tx, params.articleId, { priceMinor: body.regularMinor }, by)
    if (body.atLocations !== undefined) await putAtLocations(tx, standing, body.atLocations, by)
    return tagged(ask, await pricesOfOne(tx, params.articleId, by.now))
  }),
  'prices.changes': inCompany(async (tx, { query }) => {
    const rows = await priceChangePage(tx, { articleIds: await askedArticles(tx, query), beforeId: idAfter(query.cursor), limit: query.limit + 1 })
    const actor = await namedActors(
      tx,
      rows.map((row) => row.actor),
    )
    return pageOf(
      rows,
      query.limit,
      (row) => cursorOf(row.id),
      (row) => ({ ...row, actor: actor(row.actor) }),
    )
  }),
  'offers.list': inCompany(async (tx, { query, by }) => {
    const { state = null, q = null, locationId = null, campaign = null, limit } = query
    const articleIds = await askedArticles(tx, query)
    const rows = await offerPage(tx, { ...anyOffer, articleIds, state, q, locationId, campaign, beforeId: idAfter(query.cursor), limit: limit + 1 }, by.now)
    const { next } = pageOf(
      rows,
      limit,
      (row) => cursorOf(row.id),
      () => null,
    )
    return { items: await offersShown(tx, rows.slice(0, limit), by.now), next }
  }),
  'offers.make': inCompany(async (tx, { body, by }) => {
    const named = await namedArticles(tx, body.lines)
    const lines = named.map(({ articleId }, n) => ({ articleId, priceMinor: body.lines[n]?.priceMinor ?? 0 }))
    const { locationId, campaign } = body
    const ids = await makeOffers(tx, { lines, locationId, campaign, validFrom: await momentOf(tx, body.validFrom), validTo: await momentOf(tx, body.validTo) }, by)
    const made = await offersShown(tx, await offerPage(tx, { ...anyOffer, ids }, by.now), by.now)
    return { items: made.toReversed() }
  }),
  'offers.show': inCompany(async (tx, ask) => tagged(ask, await oneOffer(tx, ask.params.offerId, ask.by.now))),
  'offers.change': inCompany(async (tx, ask) => {
    const { params, body, by } = ask
    await mustMatch(ask, () => oneOffer(tx, params.offerId, by.now))
    await changeOffer(tx, params.offerId, { ...body, validFrom: await momentOf(tx, body.validFrom), validTo: await momentOf(tx, body.validTo) }, by)
    return tagged(ask, await oneOffer(tx, params.offerId, by.now))
  }),
  'offers.end': inCompany(async (tx, { params, by }) => ({ id: params.offerId, ...(await endOffer(tx, params.offerId, by)) })),
}

/** What is named stands there; locations that aren't lose their own. */
async function putAtLocations(tx: Tx, standing: PricesShown, said: { locationId: number; regularMinor: number }[], by: Ask<'prices.put'>['by']): Promise<void> {
  const twice = said.findIndex((each, n) => said.findIndex((other) => other.locationId === each.locationId) < n)
  if (twice >= 0) throw new Refusal('bad-input', { field: `atLocations.${twice}`, reason: 'twice' })
  const before = new Map(standing.atLocations.flatMap((each) => (each.regularMinor === null ? [] : [[each.locationId, each.regularMinor]])))
  for (const { locationId, regularMinor } of said) {
    await openLocation(tx, locationId)
    if (before.get(locationId) !== regularMinor) await priceAtLocation(tx, standing.articleId, { locationId, priceMinor: regularMinor }, by)
    before.delete(locationId)
  }
  for (const locationId of before.keys()) await priceAtLocation(tx, standing.articleId, { locationId, priceMinor: null }, by)
}
