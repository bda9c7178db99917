/** Which refusals a call can be answered with: those any call of its shape can, and its own. */
import { z } from 'zod'
import { type ProblemCode, problems } from '../problems.ts'
import { type RouteId, routeOf } from '../routes.ts'
import { aboutOf } from './groups.ts'

export function refusalsOf(id: RouteId): ProblemCode[] {
  const route = routeOf(id)
  const codes = new Set<ProblemCode>(['bad-input', 'too-many-requests', 'unavailable', 'our-fault'])
  const add = (...more: ProblemCode[]) => {
    for (const code of more) codes.add(code)
  }
  if (route.body !== undefined) add('bad-json', 'too-large')
  if (route.method !== 'GET' && route.auth !== 'view') add('wrong-origin')
  if (route.auth !== 'none') add('not-signed-in', 'not-allowed')
  if (route.auth !== 'none' && route.auth !== 'view' && route.companyless !== true) add('no-company')
  if (route.params !== undefined || pointsAtSomething(route.body)) add('not-found')
  if (keepsAnswers(id)) add('key-reused')
  add(...(aboutOf(id).refusals ?? []))
  return [...codes]
}

/** Codes by the status they are answered with, lowest first. */
export function byStatus(codes: readonly ProblemCode[]): [status: number, codes: ProblemCode[]][] {
  const found = new Map<number, ProblemCode[]>()
  for (const code of codes) found.set(problems[code].status, [...(found.get(problems[code].status) ?? []), code])
  return [...found].sort(([a], [b]) => a - b)
}

/** Whether a repeat with the same Idempotency-Key is answered with the first answer. */
export function keepsAnswers(id: RouteId): boolean {
  const { method, auth, secret } = routeOf(id)
  return method !== 'GET' && (auth === 'view' || auth === 'session-or-key') && secret !== true
}

const pointsAtSomething = (schema: z.ZodType | undefined): boolean =>
  schema !== undefined && JSON.stringify(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })).includes('"pointsAt"')
