/** Everything that can go wrong, as problem+json in the caller's language. A refusal says its code; our own fault says nothing but that. */
import type { FastifySchemaCompiler } from 'fastify'
import type { z } from 'zod'
import { Refusal, type RefusalCode } from '../core/refusal.ts'
import { databaseAway } from '../db/away.ts'
import { type FieldReason, fieldReasons, fill, type ProblemKind, problems } from './contract/problems.ts'
import { isRetryable } from './contract/remedies.ts'
import type { Locale, Problem } from './contract/shared.ts'

/** The compiler holds that every refusal of the core has a status and words. */
const kinds: Record<RefusalCode, ProblemKind> = problems

export function problemOf(refusal: Refusal, locale: Locale): Problem {
  const { status, words } = kinds[refusal.code]
  const { field = null, ...facts } = refusal.facts
  const named = field === null ? null : String(field)
  const reason = facts.reason === undefined ? undefined : fieldReasons[String(facts.reason) as FieldReason]
  const title = fill(words[locale], facts)
  return {
    type: `/docs/errors#${refusal.code}`,
    title,
    status,
    code: refusal.code,
    retryable: isRetryable(refusal.code),
    detail: reason === undefined ? title : fill(reason[locale], { field: named ?? '' }),
    field: named,
    facts,
  }
}

/** What doesn't fit its schema is refused by field; an address that is no id points at nothing. */
export const validator: FastifySchemaCompiler<z.ZodType> =
  ({ schema, httpPart }) =>
  (data: unknown) => {
    const parsed = schema.safeParse(data)
    if (parsed.success) return { value: parsed.data }
    return { error: httpPart === 'params' ? new Refusal('not-found') : refusalOfIssues(parsed.error.issues) }
  }

/** The first thing that is wrong with what was sent, by field. A quantity out of all proportion has a code of its own. */
export function refusalOfIssues(issues: readonly z.core.$ZodIssue[]): Refusal {
  const issue = deepest(issues[0])
  if (issue === undefined) return new Refusal('bad-input')
  const path = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] ?? ''] : issue.path
  const field = path.map(String).join('.')
  const last = String(path.at(-1) ?? '')
  if (issue.code === 'too_big' && issue.origin !== 'string' && issue.origin !== 'array' && ['quantity', 'counted'].includes(last)) return new Refusal('quantity-absurd', { field })
  if (issue.code === 'too_small' && last === 'quantity' && Number(issue.minimum) < -1) return new Refusal('quantity-absurd', { field })
  return new Refusal('bad-input', { ...(field === '' ? {} : { field }), reason: reasonOf(issue) })
}

/** Inside a union the branch that got furthest tells more than "no branch fits". */
function deepest(issue: z.core.$ZodIssue | undefined): z.core.$ZodIssue | undefined {
  if (issue?.code !== 'invalid_union' || issue.errors.length === 0) return issue
  const inner = issue.errors.map((branch) => branch[0]).filter((each) => each !== undefined)
  const best = inner.sort((a, b) => b.path.length - a.path.length)[0]
  return best === undefined ? issue : deepest({ ...best, path: [...issue.path, ...best.path] })
}

function reasonOf(issue: z.core.$ZodIssue): FieldReason {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined && issue.message.includes('undefined') ? 'missing' : 'wrong-type'
    case 'too_big':
      return 'too-big'
    case 'too_small':
      return 'too-small'
    case 'unrecognized_keys':
      return 'unknown-field'
    case 'custom':
      return 'choose-one'
    default:
      return 'wrong-form'
  }
}

/** What fastify and the database throw, as the refusal it means; null = our own fault. */
export function refusalOf(error: unknown): Refusal | null {
  if (error instanceof Refusal) return error
  const { code, name, statusCode } = error as { code?: unknown; name?: unknown; statusCode?: unknown }
  switch (code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return new Refusal('too-large')
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
      return new Refusal('bad-json')
    case 'FST_ERR_BAD_URL':
    case 'FST_ERR_NOT_FOUND':
      return new Refusal('not-found')
    // NUL or broken UTF-8 in text; a date that doesn't exist
    case '22021':
    case '22P05':
    case '22008':
      return new Refusal('bad-input', { reason: 'wrong-form' })
    // a level or a sum beyond what an integer holds
    case '22003':
      return new Refusal('quantity-absurd')
    default:
      if (name === 'SyntaxError' && statusCode === 400) return new Refusal('bad-json')
      if (statusCode === 400 || statusCode === 413 || statusCode === 415) return new Refusal(statusCode === 413 ? 'too-large' : 'bad-input')
      return databaseAway(error) ? new Refusal('unavailable') : null
  }
}
