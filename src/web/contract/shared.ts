/** The small shapes every noun uses. Wire types are `z.input`, what handlers see and give is `z.output`. */
import { z } from 'zod'

/** What an id points at. Kept in the schema so that tests can call every route with another company's ids. */
export type Noun =
  | 'article'
  | 'product'
  | 'location'
  | 'connection'
  | 'order'
  | 'run'
  | 'call'
  | 'message'
  | 'key'
  | 'reservation'
  | 'document'
  | 'difference'
  | 'view'
  | 'resend'
  | 'customer'
  | 'image'
  | 'offer'
  | 'request'
  | 'invoice'
  | 'bulk'

const wholeId = z.number().int().positive().max(Number.MAX_SAFE_INTEGER)
/** One of our ids in a body or an answer. */
export const idOf = (noun: Noun) => wholeId.meta({ pointsAt: noun })
/** One of our ids in an address or a query, where everything is text. Anything that is no id points at nothing: 404. */
export const textIdOf = (noun: Noun) =>
  z
    .string()
    .regex(/^[1-9][0-9]{0,14}$/)
    .transform(Number)
    .meta({ pointsAt: noun })

/** ISO 8601 with an offset on the wire, a Date in handlers. */
export const instant = z.codec(z.iso.datetime({ offset: true }), z.date(), { decode: (text) => new Date(text), encode: (date) => date.toISOString() })

export const MOST_PIECES = 1_000_000
/** Whole pieces, signed; more than a million either way is refused as absurd. */
export const pieces = z.number().int().min(-MOST_PIECES).max(MOST_PIECES)
export const positivePieces = z.number().int().min(1).max(MOST_PIECES)
/** Integer minor units of the company's currency. */
export const minor = z.number().int().min(-1_000_000_000_000).max(1_000_000_000_000)

/** Postgres text holds everything but NUL; control characters never belong in what a shopkeeper types. */
const plain = /^\P{Cc}*$/u
export const text = (most: number) => z.string().min(1).max(most).regex(plain)
/** Article numbers are text to the letter: never trimmed, leading zeros kept (L8). */
export const articleNumber = text(100).meta({ examples: ['00123-M'] })
/** The caller's own name of a document; repeating it with the same body answers the same, with another body 409. */
export const callerRef = text(100).meta({ examples: ['K1-1042'] })

export const LOCALES = ['sv', 'nb', 'da', 'en'] as const
export const locale = z.enum(LOCALES)
export type Locale = z.infer<typeof locale>
/** One text in the four languages of the product. */
export type Words = Record<Locale, string>
export const words = z.object({ sv: z.string(), nb: z.string(), da: z.string(), en: z.string() })

/** Opaque; given back as it was got. */
export const cursor = z.string().max(500)
export const limit = (most = 200, normal = 50) =>
  z
    .string()
    .regex(/^[0-9]{1,4}$/)
    .transform(Number)
    .pipe(z.number().int().min(1).max(most))
    .default(normal)
/** A page: `next` null = the end. */
export const pageOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), next: cursor.nullable() })
export const flag = z
  .enum(['true', 'false'])
  .transform((word) => word === 'true')
  .pipe(z.boolean())
/** Who did something: a person, a key, a connection, or the system. */
export const actor = z.object({ kind: z.string(), id: z.number().int().nullable(), name: z.string().nullable() })
export const nothing = z.object({})
/** A file as it is: the whole body, or the whole answer. */
export const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array).meta({ type: 'string', format: 'binary' })

/** problem+json (RFC 9457) with a stable code, the field to blame, and words in the caller's language. */
export const problem = z.object({
  /** Where the code is explained, on this server: "/docs/errors#not-found". */
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string(),
  /** True: nothing is wrong with the request, and the same one may be answered otherwise later. */
  retryable: z.boolean(),
  detail: z.string(),
  field: z.string().nullable(),
  facts: z.record(z.string(), z.union([z.string(), z.number()])),
})
export type Problem = z.infer<typeof problem>

/** One line of a batch: its own outcome; one bad line never blocks the rest. */
export const lineOutcome = <T extends z.ZodType>(answer: T) =>
  z.discriminatedUnion('outcome', [
    z.object({ line: z.number().int(), outcome: z.literal('done'), /** True when it had been done before under the same ref. */ repeated: z.boolean(), answer }),
    z.object({ line: z.number().int(), outcome: z.literal('refused'), problem }),
  ])
export const batchAnswer = <T extends z.ZodType>(answer: T) => z.object({ done: z.number().int(), refused: z.number().int(), lines: z.array(lineOutcome(answer)) })
export const MOST_LINES = 1000
/** The form each line of a batch must have. The line itself arrives as anything, so that one bad line is its own refusal. */
export const lineForms = new WeakMap<z.ZodType, z.ZodType>()
export function linesOf(form: z.ZodType, what: string) {
  const line = z.unknown().describe(what)
  lineForms.set(line, form)
  return z.array(line).min(1).max(MOST_LINES)
}
