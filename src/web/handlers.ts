/** What a handler is: most run in one transaction of the caller's company; some open their own because the network stands between. */
import type { Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { By } from '../core/by.ts'
import { Refusal } from '../core/refusal.ts'
import type { Tx } from '../db/open.ts'
import type { Auth, Caller } from './auth.ts'
import type { ChangeStreams } from './change-streams.ts'
import type { Answered, Asked, RouteId } from './contract/routes.ts'
import type { Locale } from './contract/shared.ts'
import type { WebDeps } from './deps.ts'
import type { Live } from './live.ts'

export interface Ask<R extends RouteId> {
  params: Asked<R, 'params'>
  query: Asked<R, 'query'>
  body: Asked<R, 'body'>
  by: By
  caller: Caller | null
  locale: Locale
  deps: WebDeps
  auth: Auth
  live: Live
  streams: ChangeStreams
  request: FastifyRequest
  reply: FastifyReply
}
export type Handler<R extends RouteId> =
  /** One transaction: rules, movements, told rows, the kept answer of an Idempotency-Key; all or nothing. */
  | { kind: 'in-company'; run(tx: Tx, ask: Ask<R>): Promise<Answered<R>> }
  /** Reads only. Whoever accepts text/event-stream gets it again each time it has changed because of that listener. */
  | { kind: 'watched'; run(tx: Tx, ask: Ask<R>): Promise<Answered<R>> /** Null = of any. */; listenerOf(ask: Ask<R>): number | null }
  /** Opens what it needs itself. `companyId` is the caller's. A stream is sent as it comes. */
  | { kind: 'by-itself'; run(companyId: number, ask: Ask<R>): Promise<Answered<R> | Readable> }
  /** Has no company (yet). */
  | { kind: 'outside'; run(ask: Ask<R>): Promise<Answered<R>> }
export type Handlers<R extends RouteId = RouteId> = { [Each in R]: Handler<Each> }

export const inCompany = <R extends RouteId>(run: (tx: Tx, ask: Ask<R>) => Promise<Answered<R>>): Handler<R> => ({ kind: 'in-company', run })
export const watched = <R extends RouteId>(listenerOf: (ask: Ask<R>) => number | null, run: (tx: Tx, ask: Ask<R>) => Promise<Answered<R>>): Handler<R> => ({
  kind: 'watched',
  run,
  listenerOf,
})
export const byItself = <R extends RouteId>(run: (companyId: number, ask: Ask<R>) => Promise<Answered<R> | Readable>): Handler<R> => ({ kind: 'by-itself', run })
export const outside = <R extends RouteId>(run: (ask: Ask<R>) => Promise<Answered<R>>): Handler<R> => ({ kind: 'outside', run })

/** What the caller asked for by id must be theirs, or it doesn't exist. */
export function found<T>(row: T | null | undefined): T {
  if (row === null || row === undefined) throw new Refusal('not-found')
  return row
}
