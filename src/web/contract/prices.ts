/** Prices over HTTP (docs/prices.md): regular ones, offers with dates, what was the lowest before, and every change. Minor units with VAT; null = no price. */
import { z } from 'zod'
import { both, type Route } from './route.ts'
import { actor, articleNumber, cursor, idOf, instant, limit, minor, pageOf, text, textIdOf } from './shared.ts'
import { exactlyOne, oneOfThree, which } from './stock.ts'

const money = z.number().int().nullable()
const price = minor.min(0)

/** A day that isn't in the calendar is refused; whether an hour is there is the time zone's to say. */
const inCalendar = (text: string): boolean => {
  const day = new Date(`${text.slice(0, 10)}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text.slice(0, 10)) && !Number.isNaN(Date.parse(text))
}
/** With an offset a moment; without one a wall time where the company is. */
const moment = z
  .string()
  .regex(/^[1-9]\d{3}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)?$/)
  .refine(inCalendar)

const either = 'A moment (2026-11-27T08:00:00+01:00), or a wall time where the company is (2026-11-27T08:00).'
const saidFrom = { description: `From when it holds. ${either}`, examples: ['2036-11-27T08:00'] }
const saidTo = { description: `Up to when it holds, not including it; null = until somebody ends it. ${either}`, examples: ['2036-11-30T20:00'] }

const from = instant.describe('From this moment on.')
const to = instant.nullable().describe('Up to this moment, not including it. Null = until somebody ends it.')
const asItStood = instant.nullable().describe('Of an offer, as it stood then.')
const lowest30DaysMinor = money.describe('The lowest price there in the thirty days before the offer began; null = it had none. Of an offer to come: as far as is known now.')
const campaign = text(100)

const offerHere = z.object({ id: idOf('offer'), campaign: z.string().nullable(), priceMinor: z.number().int(), validFrom: from, validTo: to, lowest30DaysMinor })
const here = { priceMinor: money.describe('What it costs now.'), offer: offerHere.nullable().describe('The offer that makes it so; null = the regular price holds.') }
export const prices = z.object({
  articleId: idOf('article'),
  articleNumber: z.string(),
  currency: z.string(),
  ...here,
  regularMinor: money,
  atLocations: z
    .array(z.object({ locationId: idOf('location'), ...here, regularMinor: money.describe('Its own regular price; null = the article’s holds there.') }))
    .describe('Locations with a regular price or an offer of their own. Everywhere else the article’s price holds.'),
})
export const pricesForm = z.strictObject({
  regularMinor: price.nullable().optional(),
  atLocations: z
    .array(z.strictObject({ locationId: idOf('location'), regularMinor: price }))
    .max(1000)
    .optional()
    .describe('All locations with a regular price of their own; others lose theirs. Absent = as they are.'),
})

export const priceChange = z.object({
  id: z.number().int(),
  articleId: idOf('article'),
  articleNumber: z.string(),
  /** Null = the article's own price, or an offer everywhere. */
  locationId: idOf('location').nullable(),
  kind: z.enum(['regular', 'offer-made', 'offer-changed', 'offer-began', 'offer-ended', 'offer-dropped']),
  oldMinor: money.describe('Of a regular price: what it was. Of an offer: its own price before.'),
  newMinor: money.describe('Of a regular price: what it became; null = none any more. Of an offer: its own price; null = it is over.'),
  offerId: z.number().int().nullable(),
  validFrom: asItStood,
  validTo: asItStood,
  at: instant,
  actor,
})
/** Newest first. */
export const priceChangesQuery = z.strictObject({
  articleId: textIdOf('article').optional(),
  number: articleNumber.optional(),
  barcode: z.string().max(20).optional(),
  cursor: cursor.optional(),
  limit: limit(),
})

export const OFFER_STATES = ['coming', 'active', 'past'] as const
const offerState = z.enum(OFFER_STATES)
export const offer = z.object({
  id: idOf('offer'),
  articleId: idOf('article'),
  articleNumber: z.string(),
  articleName: z.string(),
  /** Null = everywhere. */
  locationId: idOf('location').nullable(),
  campaign: z.string().nullable(),
  priceMinor: z.number().int(),
  regularMinor: money.describe('The regular price there now.'),
  lowest30DaysMinor,
  validFrom: from,
  validTo: to,
  state: offerState,
  /** False though it is active: another price there is as low or lower. */
  holds: z.boolean(),
  actor,
  createdAt: instant,
  changedAt: instant,
})
/** Newest first. */
export const offersQuery = z.strictObject({
  state: offerState.optional(),
  q: text(100).describe('Start of an article’s number, or part of its name or of the campaign.').optional(),
  articleId: textIdOf('article').optional(),
  number: articleNumber.optional(),
  barcode: z.string().max(20).optional(),
  locationId: textIdOf('location').optional(),
  campaign: campaign.optional(),
  cursor: cursor.optional(),
  limit: limit(),
})
export const offersForm = z.strictObject({
  lines: z
    .array(z.strictObject({ ...which, priceMinor: price }).refine(exactlyOne, oneOfThree))
    .min(1)
    .max(1000),
  locationId: idOf('location').nullable().default(null).describe('Where it holds; null = everywhere.'),
  campaign: campaign.nullable().default(null),
  validFrom: moment.nullable().default(null).meta(saidFrom),
  validTo: moment.nullable().default(null).meta(saidTo),
})
export const offersMade = z.object({ items: z.array(offer) })
export const offerChange = z.strictObject({
  priceMinor: price.optional(),
  locationId: idOf('location').nullable().optional().describe('Where it holds; null = everywhere.'),
  campaign: campaign.nullable().optional(),
  validFrom: moment.optional().meta(saidFrom),
  validTo: moment.nullable().optional().meta(saidTo),
})
export const offerEnded = z.object({ id: idOf('offer'), began: z.boolean().describe('True = it held until now; false = it was to come, and was taken away.') })

const read = { ...both('articles:read'), status: 200 } as const
const write = { ...both('articles:write'), status: 200 } as const
const ofArticle = { params: z.object({ articleId: textIdOf('article') }) }
const one = { params: z.object({ offerId: textIdOf('offer') }) }
const O = '/v1/offers/:offerId'

export const priceRoutes = {
  'prices.show': { method: 'GET', path: '/v1/articles/:articleId/prices', ...read, ...ofArticle, answer: prices },
  'prices.put': { method: 'PUT', path: '/v1/articles/:articleId/prices', ...write, ...ofArticle, body: pricesForm, answer: prices },
  'prices.changes': { method: 'GET', path: '/v1/price-changes', ...read, query: priceChangesQuery, answer: pageOf(priceChange) },
  'offers.list': { method: 'GET', path: '/v1/offers', ...read, query: offersQuery, answer: pageOf(offer) },
  'offers.make': { method: 'POST', path: '/v1/offers', ...both('articles:write'), status: 201, body: offersForm, answer: offersMade },
  'offers.show': { method: 'GET', path: O, ...read, ...one, answer: offer },
  'offers.change': { method: 'PATCH', path: O, ...write, ...one, body: offerChange, answer: offer },
  'offers.end': { method: 'DELETE', path: O, ...write, ...one, answer: offerEnded },
} as const satisfies Record<string, Route>
