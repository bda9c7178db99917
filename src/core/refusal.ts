/** A rule said no. Throwing it rolls the transaction back, so a refused command leaves nothing behind (L4). */

/** Every code a person or a caller can meet; each has status and words in web/contract/problems.ts (the compiler compares them in web/errors.ts). */
export const REFUSAL_CODES = [
  'not-found',
  'bad-input',
  'bad-json',
  'too-large',
  'too-many-requests',
  'not-signed-in',
  'not-allowed',
  'wrong-credentials',
  'wrong-origin',
  'unavailable',
  'key-reused',
  'unknown-article',
  'unknown-location',
  'quantity-absurd',
  'number-taken',
  'number-reserved',
  'barcode-taken',
  'barcode-invalid',
  'name-taken',
  'email-taken',
  'already-set-up',
  'password-weak',
  'not-enough-stock',
  'reservation-over',
  'counted-in-future',
  'no-level-yet',
  'settings-wrong',
  'place-unknown',
  'place-taken',
  'place-unusable',
  'place-missing',
  'many-places-off',
  'numbers-on-their-way',
  'not-connected',
  'not-ready',
  'remote-denied',
  'remote-busy',
  'remote-strange',
  'remote-refused',
  'run-over',
  'run-going-on',
  'import-done',
  'difference-over',
  'our-fault',
  'no-company',
  'variant-wrong',
  'vat-rate-taken',
  'not-tracked',
  'time-in-future',
  'cursor-wrong',
  'cursor-ahead',
  'epoch-changed',
  'erp-is-master',
  'erp-takes-none',
  'resync-required',
  'version-changed',
  'line-twice',
  'external-id-taken',
  'customer-erased',
  'webhook-address',
  'no-webhook',
  'offer-begun',
  'offer-over',
  'offer-dates',
  'in-sandbox',
  'not-a-sandbox',
  'nothing-open',
  'more-than-open',
  'shipped-in-shop',
  'image-type',
  'image-broken',
  'image-too-big',
  'images-full',
  'mail-failed',
] as const
export type RefusalCode = (typeof REFUSAL_CODES)[number]

export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly code: RefusalCode
  /** Facts for the words, and `field` where one field is to blame. Never a secret, never a person. */
  readonly facts: Record<string, string | number>
  constructor(code: RefusalCode, facts: Record<string, string | number> = {}) {
    super(`${code} ${JSON.stringify(facts)}`)
    this.code = code
    this.facts = facts
  }
}
