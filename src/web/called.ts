/**
 * Addresses of one known form, where a remote calls with a code of ours in what it sends (/webhooks.php): GET as a browser does, and POST. Checked, stored, answered in plain text;
 * everything else happens later (S8). What it carries is a secret, so nothing of the address is ever logged.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Call, Connector } from '../connectors/contract.ts'
import { companyOfListener } from '../core/listeners/hook-code.sql.ts'
import { codesThatFit, listenerOfUser } from '../core/listeners/hook-code.ts'
import { listenerById } from '../core/listeners/listeners.sql.ts'
import { openFields } from '../core/listeners/sealed.ts'
import { must } from '../kit/assert.ts'
import { parseJson } from '../kit/json.ts'
import type { NewCall } from '../sync/called.sql.ts'
import { storeCalls } from '../sync/called.ts'
import { countForged } from '../sync/inbox.ts'
import type { WebDeps } from './deps.ts'
import { gather } from './gather.ts'
import { openThrottle } from './wrong-codes.ts'

const MOST_BYTES = 64 * 1024
/** One answer for a wrong code and for a shop nobody has. */
const WRONG_CODE = 'Wrong username or password'

export async function addCalled(app: FastifyInstance, deps: WebDeps): Promise<void> {
  const paths = new Map<string, Connector<unknown>[]>()
  for (const connector of Object.values(deps.sync.connectors))
    if (connector.calledAt !== undefined) paths.set(connector.calledAt.path, [...(paths.get(connector.calledAt.path) ?? []), connector])
  const throttle = openThrottle(deps.sync.clock)
  const take = gather<Caller>()
  await app.register(async (calls) => {
    calls.removeAllContentTypeParsers()
    calls.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))
    for (const [path, connectors] of paths) {
      const takes = (request: FastifyRequest, reply: FastifyReply) => answer(deps, { connectors, throttle, take }, request, reply)
      const options = { bodyLimit: MOST_BYTES, config: { rateLimit: false }, schema: { hide: true } } as const
      calls.get(path, { ...options, exposeHeadRoute: false }, takes)
      calls.post(path, options, takes)
      calls.head(path, options, async (_request, reply) => plain(reply, 200, ''))
    }
  })
}

/** A call on its way: with whom it says it is, and what became of it. */
interface Caller {
  call: Call
  code: string
  fate: { kind: 'wrong-code' } | { kind: 'wrong' | 'taken'; said: string } | null
}
interface Desk {
  connectors: Connector<unknown>[]
  throttle: ReturnType<typeof openThrottle>
  /** Calls of one name that come together are checked together and stored together: a burst of a hundred thousand costs a thousand transactions. */
  take: ReturnType<typeof gather<Caller>>
}

async function answer(deps: WebDeps, desk: Desk, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const call = callOf(request)
  const connector = desk.connectors.find((each) => each.calledAt?.mine(call))
  if (connector?.calledAt === undefined) return plain(reply, 400, 'Unknown type')
  const { user, code } = connector.calledAt.who(call)
  const who = `${request.ip} ${user}`
  const waitS = desk.throttle.waitS(who)
  if (waitS !== null) return plain(reply.header('retry-after', String(waitS)), 429, 'Too many wrong attempts')
  const caller: Caller = { call, code, fate: null }
  try {
    // Committed before it is answered; if that fails, the sender is told to come again.
    await desk.take(`${connector.code} ${user}`, caller, (callers) => takeTogether(deps, connector, user, callers))
  } catch (error) {
    deps.sync.log.error({ connector: connector.code, problem: error instanceof Error ? error.name : 'unknown' }, 'a call could not be stored')
    return plain(reply.header('retry-after', '30'), 503, 'Try again')
  }
  const fate = must(caller.fate, 'what became of it')
  if (fate.kind === 'wrong-code') {
    desk.throttle.wrong(who)
    return plain(reply, 401, WRONG_CODE)
  }
  return plain(reply, fate.kind === 'taken' ? 200 : 400, fate.said)
}

/** Nobody's name and another code take the same steps. */
async function takeTogether(deps: WebDeps, connector: Connector<unknown>, user: string, callers: Caller[]): Promise<void> {
  const { box, clock, db } = deps.sync
  const listenerId = listenerOfUser(user) ?? 0
  const by = { actor: `listener:${listenerId}`, now: clock.now() }
  const companyId = (await db.outsideWall((q) => companyOfListener(q, listenerId)))?.companyId ?? 0
  await db.inCompany(companyId, async (tx) => {
    const fits = await codesThatFit(tx, listenerId, new Set(callers.map((caller) => caller.code)), by.now)
    const listener = await listenerById(tx, listenerId)
    const isOurs = listener !== null && listener.code === connector.code && listener.state !== 'gone'
    const settings = isOurs && fits.size > 0 ? connector.settings.parse(openFields(box, companyId, 'settings', listener.hookAddress ?? '', listener.settings)) : null
    const rows: NewCall[] = []
    for (const caller of callers) {
      if (settings === null || !fits.has(caller.code)) {
        caller.fate = { kind: 'wrong-code' }
        if (listener !== null) await countForged(tx, listenerId, by)
        continue
      }
      const read = must(connector.calledAt, 'where it is called').read(caller.call, settings)
      caller.fate = read.kind === 'wrong' ? { kind: 'wrong', said: read.said } : { kind: 'taken', said: read.kind === 'look' ? 'Success' : read.said }
      if (read.kind === 'look') rows.push({ feed: read.feed, key: read.key, also: read.also, ignored: null })
      if (read.kind === 'ignored') rows.push({ feed: read.feed, key: read.key, also: [], ignored: read.said })
    }
    if (rows.length > 0) await storeCalls(tx, listenerId, rows, by)
  })
}

/** Form, JSON, or no type at all: whatever has a = in it is a form. */
function callOf(request: FastifyRequest): Call {
  const query = request.url.includes('?') ? request.url.slice(request.url.indexOf('?') + 1) : ''
  const body = typeof request.body === 'string' ? request.body.replace(/[\r\n]+$/, '') : ''
  const headers: Call['headers'] = {}
  for (const [name, value] of Object.entries(request.headers)) headers[name] = Array.isArray(value) ? value.join(', ') : value
  const json = body.trimStart().startsWith('{') ? textsIn(body) : null
  const form = json === null ? body : ''
  // e-conomic joins an address that ends in ? with data of its own; a second ? is no part of it.
  const params = { ...textsOf(query.replace(/^\?+/, '')), ...textsOf(form), ...json }
  return { params, raw: [form, query].filter((text) => text !== ''), headers }
}

const textsOf = (form: string): Record<string, string> => Object.fromEntries(new URLSearchParams(form))
function textsIn(body: string): Record<string, string> {
  try {
    const value = parseJson(body)
    return value === null || typeof value !== 'object' ? {} : Object.fromEntries(Object.entries(value).flatMap(([name, each]) => (typeof each === 'string' ? [[name, each]] : [])))
  } catch {
    return {}
  }
}

const plain = (reply: FastifyReply, status: number, text: string): FastifyReply =>
  reply.status(status).type('text/plain; charset=utf-8').headers({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' }).send(text)
