/** Everything that answers HTTP: /v1 with its OpenAPI, hooks, the pages, and what an operator asks. */
import cookies from '@fastify/cookie'
import swagger from '@fastify/swagger'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { createSerializerCompiler } from 'fastify-type-provider-zod'
import { Refusal } from '../core/refusal.ts'
import { handlers } from './api/handlers.ts'
import { openAuth } from './auth.ts'
import { addCalled } from './called.ts'
import { openChangeStreams } from './change-streams.ts'
import type { WebDeps } from './deps.ts'
import { addDocs } from './docs/docs.ts'
import { problemOf, refusalOf, validator } from './errors.ts'
import { tagReads } from './etag.ts'
import { addHooks } from './hooks.ts'
import { openLive } from './live.ts'
import { openapi } from './openapi.ts'
import { addPages } from './pages.ts'
import { limitRates } from './rate-limit.ts'
import { addRoutes } from './route.ts'
import { secureHeaders } from './security.ts'
import { localeOf } from './words.ts'

const MB = 1024 * 1024
const MOST_BYTES = 2 * MB

export async function buildServer(deps: WebDeps): Promise<FastifyInstance> {
  const app = Fastify({ logger: false, bodyLimit: MOST_BYTES, trustProxy: 'loopback', routerOptions: { maxParamLength: 300 }, forceCloseConnections: 'idle' })
  app.setValidatorCompiler(validator)
  app.removeContentTypeParser('text/plain')
  app.setSerializerCompiler(createSerializerCompiler({}))
  app.setErrorHandler((error, request, reply) => sendProblem(deps, error, request, reply))
  secureHeaders(app, deps.config.cookieSecure)
  await app.register(cookies)
  await limitRates(app, deps.config.requestsPerMinute)
  await app.register(swagger, openapi)
  // Routes come after swagger has begun to listen for them.
  const live = openLive(deps.sync, deps.bell)
  const streams = openChangeStreams(deps.sync, deps.bell)
  app.addHook('preClose', async () => {
    live.close()
    streams.close()
  })
  await app.register(async (v1) => {
    tagReads(v1)
    addRoutes(v1, { deps, auth: openAuth(deps), live, streams }, handlers)
  })
  await addHooks(app, deps)
  await addCalled(app, deps)
  addOperator(app, deps)
  addDocs(app)
  await addPages(app, deps.config.uiDir)
  await app.ready()
  return app
}

function addOperator(app: FastifyInstance, deps: WebDeps): void {
  const open = { config: { rateLimit: false }, schema: { hide: true } } as const
  app.get('/v1/openapi.json', open, async () => app.swagger())
  app.get('/healthz', open, async () => ({ alive: true }))
  app.get('/readyz', open, async (_request, reply) => {
    const health = await deps.health()
    return reply.status(health.ready ? 200 : 503).send(health)
  })
  app.get('/metrics', open, async (_request, reply) => {
    if (deps.metrics === undefined) throw new Refusal('not-found')
    const { type, text } = await deps.metrics()
    return reply.header('content-type', type).send(text)
  })
}

function sendProblem(deps: WebDeps, error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  let refusal = refusalOf(error)
  if (refusal === null) {
    const { code, name, message, stack } = error as Error & { code?: string }
    deps.sync.log.error({ route: request.routeOptions?.url, code, name, stack: stack?.replace(message, '') }, 'a request failed through our own fault')
    refusal = new Refusal('our-fault')
  }
  if (refusal.code === 'too-large') {
    refusal = new Refusal('too-large', { most: Math.floor(request.routeOptions.bodyLimit / MB) })
    // The rest is read and thrown away: in a line that is cut the answer would be lost.
    reply.removeHeader('connection')
  }
  const locale = request.caller?.kind === 'person' ? request.caller.locale : localeOf(request.headers['accept-language'])
  const problem = problemOf(refusal, locale)
  if (refusal.code === 'too-many-requests' && reply.getHeader('retry-after') === undefined) reply.header('retry-after', String(refusal.facts.seconds ?? 1))
  if (refusal.code === 'unavailable') reply.header('retry-after', '5')
  return reply.status(problem.status).header('content-type', 'application/problem+json; charset=utf-8').header('content-language', locale).serializer(JSON.stringify).send(problem)
}
