/** A refusal as the server said it (problem+json), or that no answer came at all. */
export interface Problem {
  code: string
  status: number
  /** In the language the page asked for; null when no answer came. */
  words: string | null
  /** The field to blame, by the name in the request. */
  field: string | null
  facts: Record<string, unknown>
}

export class ApiProblem extends Error implements Problem {
  override readonly name = 'ApiProblem'
  readonly code: string
  readonly status: number
  readonly words: string | null
  readonly field: string | null
  readonly facts: Record<string, unknown>
  constructor(problem: Problem) {
    super(problem.code)
    this.code = problem.code
    this.status = problem.status
    this.words = problem.words
    this.field = problem.field
    this.facts = problem.facts
  }
}

export function problemOf(error: unknown): Problem {
  if (error instanceof ApiProblem) return error
  return { code: 'no-answer', status: 0, words: null, field: null, facts: {} }
}
