/** Prices and offers. */
import type { About } from './about.ts'

const ifMatch = 'The answer’s `ETag` in `If-Match` changes what was read and nothing else.'

export const aboutPrices = {
  'prices.show': {
    summary: 'Show what an article costs now',
    text: 'The lowest of the regular price and the offers that hold, everywhere and at each location with a price or an offer of its own, with the lowest price of the thirty days before the offer began.',
  },
  'prices.put': { summary: 'Set an article’s regular prices', text: `What isn’t sent stays as it is. ${ifMatch}`, refusals: ['unknown-location', 'version-changed'] },
  'prices.changes': {
    summary: 'List what became of prices',
    text: 'Every change there has been, newest first: what it was, what it became, who and when. Offers that began and ended by themselves too.',
  },
  'offers.list': { summary: 'List or look up offers', text: 'Newest first.' },
  'offers.make': {
    summary: 'Make an offer for one or many articles',
    text: 'All or none. A `validFrom` that is null or past is now; a `validTo` that is null is until somebody ends it. Offers may overlap: the lowest price holds.',
    refusals: ['unknown-article', 'unknown-location', 'offer-dates'],
  },
  'offers.show': { summary: 'Show an offer' },
  'offers.change': {
    summary: 'Change an offer',
    text: `Only the fields sent. Of one that has begun only the end and the campaign: to change its price, end it and make another. ${ifMatch}`,
    refusals: ['offer-begun', 'offer-over', 'offer-dates', 'unknown-location', 'version-changed'],
  },
  'offers.end': { summary: 'End an offer', text: 'One that holds ends now. One that is to come is taken away.', refusals: ['offer-over'] },
} as const satisfies Record<string, About>
