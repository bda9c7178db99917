/** What is said of a route where people look it up: the reference at /docs/api and OpenAPI. */
import type { ProblemCode } from '../problems.ts'

export interface About {
  /** What the call does, as one would ask for it: "Register a sale". */
  summary: string
  /** What whoever calls it must know besides, in whole sentences. */
  text?: string
  /** Refusals of its own, beside those that any call of its shape can give (refusals.ts). */
  refusals?: readonly ProblemCode[]
  /** The body shown as an example, where the smallest valid one isn't made from the schema by itself. */
  example?: unknown
  /** Set when it is to go away: since when it is advised against, until when it answers, and what to call instead. */
  deprecated?: Deprecated
}
/** Days as YYYY-MM-DD; at least `LEAST_DAYS` lie between them (docs/api.md). */
export interface Deprecated {
  since: string
  sunset: string
  /** "POST /v1/sales". */
  instead: string
}

/** From the day a call is advised against until it may stop answering. */
export const LEAST_DAYS = 180

/** Whoever stands in front of a remote can meet these. */
export const remote = ['remote-denied', 'remote-busy', 'remote-strange', 'remote-refused', 'not-connected', 'not-ready', 'settings-wrong'] as const satisfies readonly ProblemCode[]
/** Lines that name articles and pieces at a location. */
export const lines = ['unknown-article', 'unknown-location', 'not-tracked', 'quantity-absurd', 'time-in-future', 'erp-is-master'] as const satisfies readonly ProblemCode[]
export const numbers = ['number-taken', 'number-reserved', 'barcode-taken', 'barcode-invalid', 'variant-wrong'] as const satisfies readonly ProblemCode[]
export const places = [
  'unknown-location',
  'place-unknown',
  'place-taken',
  'place-unusable',
  'place-missing',
  'many-places-off',
  'erp-is-master',
  'numbers-on-their-way',
] as const satisfies readonly ProblemCode[]
