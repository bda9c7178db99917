/** How offers stand, as they are filtered. */
export const OFFER_STATES = ['active', 'coming', 'past'] as const
export type OfferState = (typeof OFFER_STATES)[number]
export const isOfferState = (value: unknown): value is OfferState => OFFER_STATES.some((each) => each === value)
