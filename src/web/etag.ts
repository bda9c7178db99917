/** Reads say what they answered (ETag), and answer 304 to whoever holds the same already (rule V18). Who may and what is found was asked all the same. */
import type { FastifyInstance } from 'fastify'
import { fingerprint } from '../kit/id.ts'

export function tagReads(app: FastifyInstance): void {
  app.addHook('onSend', async (request, reply, payload) => {
    if (request.method !== 'GET' || reply.statusCode !== 200 || !(typeof payload === 'string' || payload instanceof Uint8Array)) return payload
    const set = reply.getHeader('etag')
    const tag = typeof set === 'string' ? set : `"${fingerprint(payload).toString('base64url').slice(0, 22)}"`
    reply.header('etag', tag)
    const held = (request.headers['if-none-match'] ?? '').split(',').map((each) => each.trim().replace(/^W\//, ''))
    if (!held.includes(tag)) return payload
    reply.code(304).removeHeader('content-type')
    return null
  })
}
