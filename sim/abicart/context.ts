/** Who calls, and which shop: read from the address's query, and from cookies where the query doesn't say. */
import type { SimRequest } from '../kit.ts'
import { RpcError } from './errors.ts'
import type { Place } from './shapes.ts'
import { type Key, type Shop, stampOf, type World } from './world.ts'

/** `key` = an API key, `admin` = somebody who logged in, `visitor` = anybody. */
export type Caller = { kind: 'visitor' } | { kind: 'admin' } | { kind: 'key'; key: Key }
export interface Context {
  world: World
  /** Null when none was named. */
  shop: Shop | null
  caller: Caller
  /** The token as it came. */
  auth: string | null
  language: string
  session: { token: string; order: number | null } | null
}

/** Throws 1002, 1003, 1004 or 1005. */
export function contextOf(world: World, request: SimRequest): Context {
  const cookies = new Map((request.headers.cookie ?? '').split(/;\s*/).map((pair) => [pair.slice(0, pair.indexOf('=')), decodeURIComponent(pair.slice(pair.indexOf('=') + 1))]))
  const given = (name: string) => request.query.get(name) ?? cookies.get(name) ?? null
  const webshop = given('webshop')
  const shop = webshop === null || webshop === '' ? null : world.shops.get(/^\d+$/.test(webshop) ? Number(webshop) : -1)
  if (shop === undefined) throw new RpcError(1002)
  const language = given('language')
  if (language !== null && !/^[a-z]{2}$/.test(language)) throw new RpcError(1003)
  const auth = given('auth')
  const session = given('session')
  return {
    world,
    shop,
    caller: auth === null || auth === '' ? { kind: 'visitor' } : callerOf(world, shop, auth),
    auth,
    language: language ?? shop?.languages[0] ?? 'en',
    session: session === null ? null : sessionOf(shop, session),
  }
}

function callerOf(world: World, shop: Shop | null, auth: string): Caller {
  for (const each of shop === null ? world.shops.values() : [shop]) {
    const key = each.keys.get(auth)
    if (key?.active) {
      key.lastUsed = stampOf(world)
      return { kind: 'key', key }
    }
    if ((each.logins.get(auth) ?? 0) > world.time.ms()) return { kind: 'admin' }
  }
  throw new RpcError(1004)
}

function sessionOf(shop: Shop | null, token: string): { token: string; order: number | null } {
  const found = shop?.sessions.get(token)
  if (found === undefined) throw new RpcError(1005)
  return { token, order: found.order }
}

/** The shop that was named, or 1001. */
export function placeOf(context: Context): Place {
  if (context.shop === null) throw new RpcError(1001)
  return { world: context.world, shop: context.shop }
}

/** Staff and keys with the right only: 1006 for everybody else. */
export function adminPlace(context: Context, className: string): Place {
  const place = placeOf(context)
  const { caller } = context
  if (caller.kind === 'visitor') throw new RpcError(1006)
  if (caller.kind === 'key' && isRefused(caller.key, className)) throw new RpcError(1006)
  return place
}
export const isAdmin = (context: Context, className: string): boolean =>
  context.caller.kind === 'admin' || (context.caller.kind === 'key' && !isRefused(context.caller.key, className))
const isRefused = (key: Key, className: string): boolean => className === 'AuthToken' || key.refused === 'all' || key.refused.includes(className)
