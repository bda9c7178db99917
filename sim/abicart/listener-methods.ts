/** EventListener: one address per event and key. A key reaches its own. */
import { adminPlace, type Context } from './context.ts'
import { badParams, RpcError } from './errors.ts'
import { eventNames } from './events.ts'
import { answer, found, type Method, type Methods, reading, schema } from './method.ts'
import { readPatch } from './patch.ts'
import { checkQuery } from './query.ts'
import type { Place } from './shapes.ts'
import { hit, type Listener, newUid, stampOf, timeText } from './world.ts'

export function listenerMethods(): Record<string, Methods> {
  const read = reading('EventListener', 'staff', listenersOf, mayTouch)
  return {
    EventListener: {
      ...read,
      getSchema: (params, context) => {
        const at = adminPlace(context, 'EventListener')
        if (at.world.knobs.eventGetSchema === 'absent') throw new RpcError(-32601, undefined, 'Method not found: EventListener.getSchema')
        return (schema('EventListener', { eventName: { enum: eventNames(at.world) } }) as Method)(params, context)
      },
      create: ([patch, query], context) => create(context, patch, query),
      set: ([uid, patch, query], context) => {
        const at = adminPlace(context, 'EventListener')
        checkQuery('EventListener', query ?? true)
        const listener = mine(at, context, uid)
        const wanted = readPatch('EventListener', patch) as Partial<Listener>
        if (wanted.authToken !== undefined && wanted.authToken !== listener.authToken) throw badParams("authToken can't be changed", '/authToken')
        check(at, { ...listener, ...wanted }, listener)
        Object.assign(listener, wanted, { changed: stampOf(at.world) })
        if (wanted.url !== undefined && at.world.knobs.setReactivatesListener) Object.assign(listener, { active: true, failures: 0 })
        return answer(at, 'EventListener', listener, query)
      },
      delete: ([uid], context) => {
        const at = adminPlace(context, 'EventListener')
        at.shop.listeners.delete(mine(at, context, uid).uid)
        hit(at.world, 'listener-deleted')
        return null
      },
      getLog: ([uid], context) => {
        const at = adminPlace(context, 'EventListener')
        return mine(at, context, uid).log.map((line) => ({ date: timeText(line.at), uid: line.uid, message: line.outcome }))
      },
    },
  }
}

function create(context: Context, patch: unknown, query: unknown): unknown {
  const at = adminPlace(context, 'EventListener')
  checkQuery('EventListener', query ?? true)
  const { authToken, eventName, url } = readPatch('EventListener', patch) as Partial<Listener>
  if (authToken === undefined) throw badParams('authToken is missing', '/authToken')
  if (context.caller.kind === 'key' ? authToken !== context.auth : !at.shop.keys.has(authToken)) throw badParams('Unknown auth token', '/authToken')
  const now = stampOf(at.world)
  const listener: Listener = {
    uid: newUid(at.world),
    created: now,
    changed: now,
    eventName: eventName ?? '',
    url: url ?? '',
    authToken,
    active: true,
    inactiveSince: null,
    failures: 0,
    log: [],
  }
  check(at, listener, null)
  at.shop.listeners.set(listener.uid, listener)
  hit(at.world, 'listener-created')
  return answer(at, 'EventListener', listener, query)
}

function check(at: Place, wanted: Listener, self: Listener | null): void {
  if (!URL.canParse(wanted.url) || !/^https?:$/.test(new URL(wanted.url).protocol)) throw badParams('Not a valid URL', '/url')
  if (!/^[A-Z]\w+\/\w+$/.test(wanted.eventName)) throw badParams('Not a valid event name', '/eventName')
  if (at.world.knobs.unknownEventName === 'refused' && !eventNames(at.world).includes(wanted.eventName)) throw badParams(`Unknown event ${wanted.eventName}`, '/eventName')
  for (const other of at.shop.listeners.values())
    if (other.uid !== self?.uid && other.authToken === wanted.authToken && other.eventName === wanted.eventName)
      throw badParams('The auth token has a listener for this event already', '/eventName')
}

/** Which of the shop's listeners a key is shown isn't documented. */
function* listenersOf(at: Place, context: Context): Iterable<Listener> {
  for (const listener of at.shop.listeners.values()) if (at.world.knobs.listenersListed === 'shop' || mayTouch(listener, context)) yield listener
}
const mayTouch = (listener: Listener, context: Context): boolean => context.caller.kind === 'admin' || listener.authToken === context.auth

function mine(at: Place, context: Context, uid: unknown): Listener {
  const listener = found<Listener>(at, 'EventListener', uid)
  if (!mayTouch(listener, context)) throw new RpcError(1006)
  return listener
}
