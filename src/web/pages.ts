/** The built ui, where there is one: its files, and its first page for every address that is the ui's own. */
import staticFiles from '@fastify/static'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Refusal } from '../core/refusal.ts'

/** Addresses that are never a page. */
const OURS = /^\/(v1|docs|hooks|healthz|readyz|metrics|assets)(\/|\?|$)/

export async function addPages(app: FastifyInstance, uiDir: string | null): Promise<void> {
  if (uiDir !== null) {
    await app.register(staticFiles, {
      root: uiDir,
      index: false,
      // A route per file: what is no file, the front page too, is answered below.
      wildcard: false,
      // Its own header would stand in the place of the one below.
      cacheControl: false,
      // Names of built files carry a hash of what is in them; the first page names them and is always asked for anew.
      setHeaders: (reply, path) => void reply.setHeader('cache-control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache'),
    })
  }
  app.setNotFoundHandler(async (request, reply) => {
    if (uiDir !== null && isPage(request)) return reply.header('cache-control', 'no-cache').sendFile('index.html')
    throw new Refusal('not-found')
  })
}

const isPage = (request: FastifyRequest): boolean =>
  (request.method === 'GET' || request.method === 'HEAD') && !OURS.test(request.url) && (request.headers.accept ?? '*/*').match(/text\/html|\*\/\*/) !== null
