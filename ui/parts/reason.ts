/** What a connector or a connection said was wrong, by its code: in our words, the connector's own, or the problem's. */
import type { i18n } from 'i18next'
import type { Problem } from '../problem.ts'

export function codeWords(words: i18n, code: string, facts: Record<string, unknown> = {}): string | null {
  const key = `reasons.${code}`
  if (words.exists(key)) return String(words.t(key as 'reasons.required', facts))
  const its = `shops:${code}`
  return words.exists(its) ? String(words.t(its as 'reasons.required', facts)) : null
}

/** With the connector's finer reason when it gave one ("the secret was pasted as the token"). */
export function reasonWords(words: i18n, problem: Problem): string {
  const reason = problem.facts.reason
  return (typeof reason === 'string' ? codeWords(words, reason, problem.facts) : null) ?? problem.words ?? problem.code
}
