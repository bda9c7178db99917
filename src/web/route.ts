/** Puts the route table on the server: who may, what is valid, one transaction, one answer. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { By } from '../core/by.ts'
import { Refusal } from '../core/refusal.ts'
import type { Tx } from '../db/open.ts'
import { ageOf } from './age.ts'
import { type Auth, actorOf, type Caller, mayDo, type Need, sameOrigin } from './auth.ts'
import type { ChangeStreams } from './change-streams.ts'
import type { Route } from './contract/route.ts'
import { type RouteId, routeIds, routeOf } from './contract/routes.ts'
import { bytes } from './contract/shared.ts'
import type { WebDeps } from './deps.ts'
import type { Ask, Handler, Handlers } from './handlers.ts'
import { type Kept, once } from './idempotency.ts'
import type { Live } from './live.ts'
import { described } from './openapi.ts'
import { localeOf } from './words.ts'

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller | null
  }
}

/** A handler whatever its route; what reaches it was parsed by that route's schemas. */
type AnyHandler = Handler<never> & { run(...args: unknown[]): Promise<unknown> }
/** Of an Idempotency-Key. */
const MOST_OF_A_KEY = 255
/** Some two hundred lines: more than a till ever sends while somebody stands there. */
const BIG_BYTES = 16 * 1024
/** Of a file; what is longer is refused while it comes. */
const MOST_FILE_BYTES = 20 * 1024 * 1024
/** What every route is served with. */
interface Desk {
  deps: WebDeps
  auth: Auth
  live: Live
  streams: ChangeStreams
}

export function addRoutes(app: FastifyInstance, desk: Desk, handlers: Handlers): void {
  app.decorateRequest('caller', null)
  const takesFile = (id: RouteId) => routeOf(id).body === bytes
  for (const id of routeIds) if (!takesFile(id)) addRoute(app, desk, id, handlers[id] as AnyHandler)
  app.register(async (files) => {
    // Whatever it is said to be: what it is, its bytes say.
    files.removeAllContentTypeParsers()
    files.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
    for (const id of routeIds) if (takesFile(id)) addRoute(files, desk, id, handlers[id] as AnyHandler)
  })
}

function addRoute(app: FastifyInstance, desk: Desk, id: RouteId, handler: AnyHandler): void {
  const { deps, auth } = desk
  const route = routeOf(id)
  const { params, query, body } = route
  const age = ageOf(id)
  const admit = async (request: FastifyRequest, reply: FastifyReply) => {
    reply.headers(age)
    request.caller = await auth.identify(request, reply)
    mayCome(route, request, deps.config.publicAddress)
  }
  app.route({
    method: route.method,
    url: route.path,
    schema: {
      ...described(id),
      ...(params === undefined ? {} : { params }),
      querystring: query ?? z.strictObject({}),
      ...(body === undefined ? {} : { body }),
    },
    ...(id === 'session.open' || id === 'setup.make' ? { config: { rateLimit: { max: 30, keyGenerator: (request: FastifyRequest) => `ip:${request.ip}` } } } : {}),
    // A file is read only of whoever may come at all.
    ...(body === bytes ? { bodyLimit: MOST_FILE_BYTES, preParsing: (request: FastifyRequest, reply: FastifyReply) => admit(request, reply) } : {}),
    async preValidation(request, reply) {
      if (body !== bytes) await admit(request, reply)
      if (body !== undefined && request.body === undefined) request.body = body === bytes ? new Uint8Array() : {}
    },
    async handler(request, reply) {
      const kept = await answer(desk, route, id, handler, request, reply)
      return reply.status(kept.status).send(kept.wire)
    },
  })
}

/** The view in the address, where there is one. */
function viewIn(params: unknown): { viewId?: number } {
  const viewId = (params as { viewId?: unknown } | null | undefined)?.viewId
  return typeof viewId === 'number' ? { viewId } : {}
}

function mayCome(route: Route, request: FastifyRequest, publicAddress: string | null): void {
  const { caller } = request
  if (route.method !== 'GET' && caller?.kind !== 'key' && !sameOrigin(request, publicAddress, caller !== null)) throw new Refusal('wrong-origin')
  if (route.auth === 'none') return
  if (caller === null) throw new Refusal('not-signed-in')
  if (caller.kind === 'key' && route.auth === 'session') throw new Refusal('not-allowed')
  if (caller.kind === 'person' && route.auth === 'view') throw new Refusal('not-allowed', { reason: 'needs-view-key' })
  if (caller.companyId === null && route.companyless !== true) throw new Refusal('no-company')
}

async function answer(desk: Desk, route: Route, id: RouteId, handler: AnyHandler, request: FastifyRequest, reply: FastifyReply): Promise<Kept> {
  const { deps } = desk
  const { caller } = request
  const by: By = { actor: actorOf(caller), now: deps.sync.clock.now() }
  const locale = caller?.kind === 'person' ? caller.locale : localeOf(request.headers['accept-language'])
  const ask = { params: request.params, query: request.query, body: request.body, by, caller, locale, ...desk, request, reply } as Ask<never>
  const need: Need = { auth: route.auth, scope: route.scope, ...(route.own ? { own: true } : {}), ...viewIn(request.params) }
  const finish = (result: unknown): Kept => ({ status: route.status === 201 && (result as { repeated?: unknown }).repeated === true ? 200 : route.status, wire: result })
  if (handler.kind === 'outside') return finish(await handler.run(ask))
  const companyId = caller?.companyId
  if (caller === null || companyId === null || companyId === undefined) throw new Refusal('no-company')
  if (handler.kind === 'by-itself') {
    await deps.sync.db.inCompany(companyId, (tx) => mayDo(tx, caller, need, by))
    return finish(await handler.run(companyId, ask))
  }
  const inside = async (tx: Tx) => {
    await mayDo(tx, caller, need, by)
    const work = async () => finish(await handler.run(tx, ask))
    const key = request.headers['idempotency-key']
    // An answer with a secret in it (a new key) is never kept.
    if (typeof key !== 'string' || route.method === 'GET' || route.auth === 'session' || route.secret === true) return await work()
    if (key.length === 0 || key.length > MOST_OF_A_KEY) throw new Refusal('bad-input', { field: 'Idempotency-Key', reason: key.length === 0 ? 'too-small' : 'too-big' })
    const keyed = { caller: by.actor, key, request: JSON.stringify([id, request.params, request.body]) }
    return await revived(route, await once(tx, keyed, by.now, async () => kept(route, await work())))
  }
  const asked = await deps.sync.db.inCompany(companyId, inside, Number(request.headers['content-length'] ?? 0) > BIG_BYTES ? 'big' : 'small')
  if (handler.kind !== 'watched' || request.method !== 'GET' || !/\btext\/event-stream\b/.test(request.headers.accept ?? '')) return asked
  // Whoever may not, or asks for what isn't there, was told so above, as by any other route.
  reply.headers({ 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' })
  const read = () => deps.sync.db.inCompany(companyId, async (tx) => JSON.stringify(z.encode(route.answer, await handler.run(tx, ask))))
  return { status: 200, wire: desk.live.watch({ caller, companyId, need }, handler.listenerOf(ask), read) }
}

/** As it goes over the wire, so that it can be kept; and back, so that the serializer can send it again. */
const kept = (route: Route, result: Kept): Kept => ({ status: result.status, wire: z.encode(route.answer, result.wire) })
const revived = (route: Route, result: Kept): Kept => ({ status: result.status, wire: z.decode(route.answer, result.wire) })
