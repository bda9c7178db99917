/**
 * How often one key or one session may ask; others of the same company aren't held up by it. Every answer says what is left, in the header fields of
 * the IETF draft "RateLimit header fields for HTTP" (draft-ietf-httpapi-ratelimit-headers, from -08 on), and a refusal when to come back.
 */
import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance } from 'fastify'
import { Refusal } from '../core/refusal.ts'
import { actorOf } from './auth.ts'

/** Five hundred a second, from one key or one session: above any till, below what would delay the neighbours for long. */
const REQUESTS_PER_MINUTE = 30_000
const WINDOW_S = 60

export async function limitRates(app: FastifyInstance, most: number = REQUESTS_PER_MINUTE): Promise<void> {
  await app.register(rateLimit, {
    max: most,
    timeWindow: WINDOW_S * 1000,
    hook: 'preHandler',
    keyGenerator: (request) => (request.caller == null ? `ip:${request.ip}` : `${request.caller.companyId} ${actorOf(request.caller)}`),
    errorResponseBuilder: (_request, context) => new Refusal('too-many-requests', { seconds: Math.ceil(context.ttl / 1000) }),
  })
  // The library speaks an older draft's names, one number a field.
  app.addHook('onSend', async (_request, reply) => {
    const [most, left, seconds] = ['limit', 'remaining', 'reset'].map((name) => reply.getHeader(`x-ratelimit-${name}`))
    if (most === undefined) return
    reply.headers({ 'ratelimit-policy': `"minute";q=${most};w=${WINDOW_S}`, ratelimit: `"minute";r=${left};t=${seconds}` })
    for (const name of ['limit', 'remaining', 'reset']) reply.removeHeader(`x-ratelimit-${name}`)
  })
}
