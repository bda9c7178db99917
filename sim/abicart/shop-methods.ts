/** Context, Webshop, Language, DeliveryMethod, and who may come in: AuthToken and Admin. */
import { randomBytes } from 'node:crypto'
import { adminPlace, type Context, placeOf } from './context.ts'
import { badParams, RpcError } from './errors.ts'
import { answer, errorsOf, type Methods, reading, schema } from './method.ts'
import { readPatch } from './patch.ts'
import { checkQuery, show } from './query.ts'
import type { Place } from './shapes.ts'
import { type Key, type Shop, stampOf } from './world.ts'

const DAY_MS = 24 * 3_600_000
const DELIVERIES = [{ uid: 4_100_001, name: { sv: 'PostNord', en: 'PostNord' } }]
/** The documentation's sample tokens are base64 of `auth:`, a letter and more. These always hold a `+`, a `/` and a `=`, which break an address that isn't encoded. */
export const newToken = (): string => Buffer.concat([Buffer.from('auth:R'), Buffer.from([0xfb, 0xff, 0xbf]), randomBytes(29)]).toString('base64')

export function shopMethods(): Record<string, Methods> {
  return {
    Context: {
      get: (_params, context) => ({ webshop: context.shop?.webshop ?? null, language: context.language, session: context.session?.token ?? null }),
      set: ([patch], context) => {
        const { webshop } = (patch ?? {}) as { webshop?: unknown }
        if (webshop !== undefined && !Number.isInteger(webshop)) throw badParams('Expected an integer', '/webshop')
        return { webshop: webshop ?? context.shop?.webshop ?? null, language: context.language, session: context.session?.token ?? null }
      },
    },
    Webshop: {
      get: ([uid, query], context) => {
        checkQuery('Webshop', query ?? true)
        const shop = context.world.shops.get(Number(uid))
        if (shop === undefined) throw new RpcError(context.world.knobs.notFound)
        return show({ world: context.world, shop }, 'Webshop', shop, query ?? true)
      },
    },
    Language: {
      list: (_params, context) => {
        const { shop } = placeOf(context)
        return shop.languages.map((uid) => ({ uid, active: true, defaultCurrency: shop.currency }))
      },
    },
    DeliveryMethod: reading('DeliveryMethod', 'anybody', () => DELIVERIES),
    AuthToken: authTokens(),
    Admin: {
      login: ([username, password], context) => {
        const at = placeOf(context)
        const { admin } = at.shop
        if (username !== admin.username || password !== admin.password) throw new RpcError(1006)
        const token = newToken()
        at.shop.logins.set(token, at.world.time.ms() + DAY_MS)
        return token
      },
    },
  }
}

/** For people who logged in; a key can't see or change keys, itself included. */
function authTokens(): Methods {
  const keyOf = (at: Place, uid: unknown): Key => {
    const key = at.shop.keys.get(String(uid))
    if (key === undefined) throw new RpcError(at.world.knobs.notFound)
    return key
  }
  const staff = (context: Context) => adminPlace(context, 'AuthToken')
  const { list, count } = reading('AuthToken', 'staff', ({ shop }) => shop.keys.values())
  return {
    ...(list === undefined || count === undefined ? {} : { list, count }),
    get: ([uid, query], context) => {
      const at = staff(context)
      checkQuery('AuthToken', query ?? true)
      return show(at, 'AuthToken', keyOf(at, uid), query ?? true)
    },
    create: ([patch, query], context) => {
      const at = staff(context)
      checkQuery('AuthToken', query ?? true)
      const { name, description } = readPatch('AuthToken', patch) as Partial<Key>
      const key = addKey(at.shop, { name: name ?? '', description: description ?? '', created: stampOf(at.world) })
      return answer(at, 'AuthToken', key, query)
    },
    getSchema: schema('AuthToken'),
    validate: ([uid, patch], context) => {
      keyOf(staff(context), uid)
      return errorsOf(() => void readPatch('AuthToken', patch))
    },
    set: ([uid, patch, query], context) => {
      const at = staff(context)
      checkQuery('AuthToken', query ?? true)
      const key = keyOf(at, uid)
      Object.assign(key, readPatch('AuthToken', patch))
      return answer(at, 'AuthToken', key, query)
    },
    delete: ([uid], context) => {
      const at = staff(context)
      at.shop.keys.delete(keyOf(at, uid).uid)
      return null
    },
  }
}

export function addKey(shop: Shop, key: Partial<Key> & { created: number }): Key {
  const made: Key = { uid: newToken(), name: '', description: '', active: true, lastUsed: null, refused: [], ...key }
  shop.keys.set(made.uid, made)
  return made
}
