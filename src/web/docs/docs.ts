/** Everything under /docs: what the API is, to read, on this very server. Open to anybody; nothing on it is anybody's. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { Refusal } from '../../core/refusal.ts'
import { LOCALES } from '../contract/shared.ts'
import { localeOf } from '../words.ts'
import { callsPage, groupPage } from './api-pages.ts'
import { errorsPage, errorsTitle } from './errors-page.ts'
import { framed, type Page } from './frame.ts'
import { textPage } from './text-page.ts'

/** The pages of docs/ that are served, by address. */
const TEXTS = { '/docs/how': 'api.md', '/docs/sync-views': 'sync-views.md' } as const

/** The sources' docs/ stands beside src/, and beside dist/ when built. */
const folder = ['../../../docs', '../../../../docs'].map((up) => join(import.meta.dirname, up)).find((place) => existsSync(join(place, 'sync-views.md')))

export function addDocs(app: FastifyInstance): void {
  const open = { config: { rateLimit: false }, schema: { hide: true } } as const
  const css = readFileSync(join(import.meta.dirname, 'docs.css'), 'utf8')
  app.get('/docs', open, async (_request, reply) => reply.redirect('/docs/api'))
  app.get('/docs/docs.css', open, async (_request, reply) => reply.header('cache-control', 'no-cache').type('text/css; charset=utf-8').send(css))
  app.get('/docs/api', open, async (request, reply) => {
    const { q } = request.query as { q?: unknown }
    return send(reply, { title: 'The API', at: '/docs/api', lang: 'en', main: callsPage(typeof q === 'string' ? q : '') })
  })
  app.get('/docs/api/:group', open, async (request, reply) => {
    const page = groupPage((request.params as { group: string }).group)
    if (page === null) throw new Refusal('not-found')
    return send(reply, { ...page, at: '/docs/api', lang: 'en' })
  })
  app.get('/docs/errors', open, async (request, reply) => {
    const { lang } = request.query as { lang?: unknown }
    const locale = LOCALES.find((each) => each === lang) ?? localeOf(request.headers['accept-language'])
    return send(reply.header('vary', 'accept-language'), { title: errorsTitle[locale], at: '/docs/errors', lang: locale, main: errorsPage(locale) })
  })
  for (const [at, file] of Object.entries(TEXTS)) {
    const page = folder === undefined ? null : textPage(folder, file)
    app.get(at, open, async (_request, reply) => {
      if (page === null) throw new Refusal('not-found')
      return send(reply, { ...page, at, lang: 'en' })
    })
  }
}

const send = (reply: FastifyReply, page: Page): FastifyReply => reply.header('cache-control', 'no-cache').type('text/html; charset=utf-8').send(framed(page))
