/** Who calls: a signed-in person by cookie, or an outside system by API key. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { By } from '../core/by.ts'
import { keyMay, ownerOfKey } from '../core/people/api-key.ts'
import { type Opened, readSession, type Signed } from '../core/people/session.ts'
import { Refusal } from '../core/refusal.ts'
import type { Db, Tx } from '../db/open.ts'
import { fingerprint } from '../kit/id.ts'
import type { Route } from './contract/route.ts'
import type { Locale } from './contract/shared.ts'
import type { WebDeps } from './deps.ts'

export type Caller = { kind: 'person'; session: Signed; companyId: number | null; locale: Locale } | { kind: 'key'; keyId: number; companyId: number }

const COOKIE = 'lagerbro_session'
const KEYS_REMEMBERED = 10_000

export interface Auth {
  /** Null = nobody. A key that isn't ours is refused; an expired session is nobody. */
  identify(request: FastifyRequest, reply: FastifyReply): Promise<Caller | null>
  signedIn(reply: FastifyReply, opened: Opened): void
  signedOut(reply: FastifyReply): void
}

export function openAuth(deps: WebDeps): Auth {
  const { db, clock } = deps.sync
  const cookie = { path: '/', httpOnly: true, sameSite: 'lax', secure: deps.config.cookieSecure } as const
  const keys = rememberedKeys(db)
  const auth: Auth = {
    async identify(request, reply) {
      const bearer = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1]
      if (bearer !== undefined) {
        const owner = await keys(bearer)
        if (owner === null) throw new Refusal('not-signed-in')
        return { kind: 'key', ...owner }
      }
      const token = request.cookies[COOKIE]
      if (token === undefined || token.length > 100) return null
      const session = await db.outsideWall((q) => readSession(q, token, clock.now()))
      if (session === null) return null
      if (session.changed !== null) auth.signedIn(reply, session.changed)
      return { kind: 'person', session, companyId: session.companyId, locale: session.locale }
    },
    signedIn(reply, opened) {
      reply.setCookie(COOKIE, opened.token, { ...cookie, expires: opened.expiresAt })
    },
    signedOut(reply) {
      reply.clearCookie(COOKIE, cookie)
    },
  }
  return auth
}

/** Whose key it is never changes, so it is asked once; whether it still counts is asked in every transaction (keyMay). */
function rememberedKeys(db: Db) {
  const known = new Map<string, { companyId: number; keyId: number }>()
  return async (key: string) => {
    if (key.length > 100) return null
    const hash = fingerprint(key).toString('base64')
    const before = known.get(hash)
    if (before !== undefined) return before
    const owner = await db.outsideWall((q) => ownerOfKey(q, key))
    if (owner !== null && known.size < KEYS_REMEMBERED) known.set(hash, owner)
    return owner
  }
}

export const actorOf = (caller: Caller | null): string => (caller === null ? 'system' : caller.kind === 'person' ? `person:${caller.session.id}` : `key:${caller.keyId}`)

/** What a route asks of who calls it. `viewId` = the view in its address. */
export type Need = Pick<Route, 'auth' | 'scope' | 'own'> & { viewId?: number }

/** In the transaction that does the work: the key still counts and may do this. A key made for a view serves that view alone. */
export async function mayDo(tx: Tx, caller: Caller, need: Need, by: By): Promise<void> {
  if (caller.kind !== 'key') return
  const { scopes, viewId } = await keyMay(tx, caller.keyId, by)
  if (viewId !== null) {
    if (need.auth !== 'view' && need.own !== true) throw new Refusal('not-allowed', { reason: 'view-key' })
    if (need.viewId !== viewId) throw new Refusal('not-found')
    if (need.own === true || need.scope === null) return
  } else if (need.auth === 'view') throw new Refusal('not-allowed', { reason: 'needs-view-key' })
  if (need.scope === null || !scopes.includes(need.scope)) throw new Refusal('not-allowed', need.scope === null ? {} : { scope: need.scope })
}

/**
 * A browser says where a request comes from. With a cookie it must be from here: SameSite=Lax already keeps other sites' posts out, this holds
 * where a browser doesn't. Requests without a cookie carry nothing worth stealing, but may not sign anybody in from elsewhere either.
 */
export function sameOrigin(request: FastifyRequest, publicAddress: string | null, withCookie: boolean): boolean {
  const { origin, host } = request.headers
  const site = request.headers['sec-fetch-site']
  if (origin === undefined) return site === undefined ? !withCookie : site === 'same-origin' || site === 'none'
  const from = URL.canParse(origin) ? new URL(origin) : null
  const here = `${from?.protocol}//${host}`
  return from !== null && ((URL.canParse(here) && from.host === new URL(here).host) || (publicAddress !== null && from.origin === new URL(publicAddress).origin))
}
